//! Writes files on request of a command: a new book, a new record, schemas.
//!
//! Entry: [`create_files`], [`write_files`]. Invariant: a new book or record never overwrites a file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// The names of a folder's entries; empty for a folder that does not exist.
///
/// # Errors
/// A folder that can't be read, or a file in its place.
pub fn entry_names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|it| with_path(&it, folder))?,
    };
    let name = |it: io::Result<fs::DirEntry>| Ok(it?.file_name().to_string_lossy().into_owned());
    entries.map(name).collect()
}

/// Existing paths that prevent the files from being created: the file itself, or a file in place of a parent folder.
#[must_use]
pub fn conflicts<'a>(folder: &Path, files: &'a [(String, Vec<u8>)]) -> Vec<&'a str> {
    let is_folder = |path: &Path| fs::metadata(folder.join(path)).is_ok_and(|it| it.is_dir());
    let exists = |path: &Path| fs::symlink_metadata(folder.join(path)).is_ok();
    let mut conflicts: Vec<&str> = Vec::new();
    for (path, _) in files {
        let path = Path::new(path);
        let mut parents = path
            .ancestors()
            .skip(1)
            .filter(|it| !it.as_os_str().is_empty());
        let conflict = parents
            .find(|it| exists(it) && !is_folder(it))
            .or_else(|| exists(path).then_some(path));
        conflicts.extend(conflict.and_then(Path::to_str));
    }
    conflicts.dedup();
    conflicts
}

/// Creates files, none of which may exist. If one fails, removes those created before it.
///
/// # Errors
/// Names the file that exists or can't be written.
pub fn create_files(folder: &Path, files: &[(String, impl AsRef<[u8]>)]) -> io::Result<()> {
    for (i, (path, bytes)) in files.iter().enumerate() {
        let file = folder.join(path);
        if let Err(error) = create_file(&file, bytes.as_ref()) {
            for (path, _) in &files[..i] {
                // The error that is returned matters more than a failed cleanup.
                let _ = fs::remove_file(folder.join(path));
            }
            return Err(with_path(&error, &file));
        }
    }
    Ok(())
}

fn create_file(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::File::create_new(file)?.write_all(bytes)
}

/// Writes files into a folder, replacing those of the same name.
///
/// # Errors
/// Names the folder or file that can't be written.
pub fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    for (path, bytes) in files {
        let file = folder.join(path);
        let parent = file.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|it| with_path(&it, parent))?;
        fs::write(&file, bytes).map_err(|it| with_path(&it, &file))?;
    }
    Ok(())
}

fn with_path(error: &io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
