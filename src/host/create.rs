//! Files that a user asked for once: a new book, a new record, schemas.
//!
//! Entry: [`in_empty`], [`add`], [`replace`]. Invariant: a new book or record never overwrites a file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes files into a folder that is absent or holds nothing but a hidden repository.
///
/// # Errors
/// A folder that holds anything else, or one that can't be written.
pub fn in_empty(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    if folder.exists() {
        for entry in fs::read_dir(folder).map_err(|it| named(&it, folder))? {
            let name = entry?.file_name();
            if name != ".git" {
                let words = format!(
                    "{} is not empty: it holds {}; begin a book in a folder of its own",
                    folder.display(),
                    name.to_string_lossy()
                );
                return Err(io::Error::other(words));
            }
        }
    }
    replace(folder, files)
}

/// Writes files where none may stand. If one can't be written, those before it are taken away again.
///
/// # Errors
/// A file that is there or can't be written, by name.
pub fn add(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    for (at, (path, text)) in files.iter().enumerate() {
        let file = folder.join(path);
        if let Err(error) = add_one(&file, text) {
            for (path, _) in &files[..at] {
                // What is left is named by the error that the user reads.
                let _ = fs::remove_file(folder.join(path));
            }
            return Err(named(&error, &file));
        }
    }
    Ok(())
}

fn add_one(file: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::File::create_new(file)?.write_all(text.as_bytes())
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
