//! Files that a user asked for once: a new book, a new record, schemas.
//!
//! Entry: [`add`], [`replace`]. Invariant: a new book or record never overwrites a file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// The names of what stands in a folder; none for one that is absent.
///
/// # Errors
/// A folder that can't be read, or a file in its place.
pub fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|it| named(&it, folder))?,
    };
    let name = |it: io::Result<fs::DirEntry>| Ok(it?.file_name().to_string_lossy().into_owned());
    entries.map(name).collect()
}

/// What stands where files are to be written, or in the place of a folder that they need.
#[must_use]
pub fn in_the_way<'a>(folder: &Path, files: &'a [(String, Vec<u8>)]) -> Vec<&'a str> {
    let is_folder = |it: &Path| fs::metadata(folder.join(it)).is_ok_and(|it| it.is_dir());
    let is_there = |it: &Path| fs::symlink_metadata(folder.join(it)).is_ok();
    let mut out: Vec<&str> = Vec::new();
    for (path, _) in files {
        let above = Path::new(path).ancestors().skip(1);
        let mut above = above.filter(|it| !it.as_os_str().is_empty());
        let blocked = above.find(|it| is_there(it) && !is_folder(it));
        let blocked = blocked.or_else(|| Some(Path::new(path)).filter(|it| is_there(it)));
        if let Some(place) = blocked.and_then(Path::to_str) {
            out.push(place);
        }
    }
    out.dedup();
    out
}

/// Writes files where none may stand. If one can't be written, those before it are taken away again.
///
/// # Errors
/// A file that is there or can't be written, by name.
pub fn add(folder: &Path, files: &[(String, impl AsRef<[u8]>)]) -> io::Result<()> {
    for (at, (path, text)) in files.iter().enumerate() {
        let file = folder.join(path);
        if let Err(error) = add_one(&file, text.as_ref()) {
            for (path, _) in &files[..at] {
                // What is left is named by the error that the user reads.
                let _ = fs::remove_file(folder.join(path));
            }
            return Err(named(&error, &file));
        }
    }
    Ok(())
}

fn add_one(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::File::create_new(file)?.write_all(bytes)
}

/// Writes files into a folder, over those of the same name.
///
/// # Errors
/// A folder or file that can't be written, by name.
pub fn replace(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    for (path, bytes) in files {
        let file = folder.join(path);
        let parent = file.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|it| named(&it, parent))?;
        fs::write(&file, bytes).map_err(|it| named(&it, &file))?;
    }
    Ok(())
}

fn named(error: &io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
