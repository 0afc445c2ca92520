//! Resolves the folders that a user names, and searches parent folders for a file.
//!
//! Entry: [`resolve`], [`find_upwards`]. Invariant: nothing is opened or changed.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The absolute path of a folder, which need not exist, without symbolic links, `.` and `..`.
///
/// # Errors
/// When the current folder no longer exists.
pub fn resolve(folder: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(folder)?;
    let mut missing: Vec<OsString> = Vec::new();
    let mut existing = absolute.as_path();
    let mut real = loop {
        // `..` after a symbolic link can only be resolved by the system.
        if let Ok(real) = fs::canonicalize(existing) {
            break real;
        }
        match (existing.parent(), existing.components().next_back()) {
            (Some(parent), Some(last)) => {
                missing.push(last.as_os_str().to_owned());
                existing = parent;
            }
            _ => break existing.to_path_buf(),
        }
    };
    for name in missing.into_iter().rev() {
        match Path::new(&name).components().next() {
            Some(Component::ParentDir) => {
                real.pop();
            }
            Some(Component::CurDir) | None => {}
            Some(_) => real.push(name),
        }
    }
    Ok(real)
}

/// The nearest folder, from the current one upwards, that holds a file of this name: its path relative to the current folder
/// (`.`, `..`, `../..`), and the path from it down to the current folder (empty if they are the same).
#[must_use]
pub fn find_upwards(file: &str) -> Option<(PathBuf, PathBuf)> {
    let here = std::env::current_dir().and_then(fs::canonicalize).ok()?;
    for (depth, folder) in here.ancestors().enumerate() {
        if fs::symlink_metadata(folder.join(file)).is_ok() {
            let upwards = if depth == 0 {
                PathBuf::from(".")
            } else {
                std::iter::repeat_n("..", depth).collect()
            };
            let inside = here.strip_prefix(folder).ok()?.to_path_buf();
            return Some((upwards, inside));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::resolve;
    use std::fs;
    use std::path::Path;

    #[test]
    fn a_folder_that_does_not_exist_yet_has_its_place() {
        let scratch = tempfile::tempdir().expect("the temporary folder is writable");
        let root = scratch.path().canonicalize().expect("it is there");
        fs::create_dir_all(root.join("a/b")).expect("the test's own folder");
        let resolve_in_root =
            |path: &str| resolve(&root.join(path)).expect("the current folder is there");
        assert_eq!(resolve_in_root("a/new/site"), root.join("a/new/site"));
        assert_eq!(resolve_in_root("a/new/../site"), root.join("a/site"));
        assert_eq!(resolve_in_root("a/./b/../c"), root.join("a/c"));
        assert_eq!(
            resolve(Path::new("/")).expect("it is there"),
            Path::new("/")
        );
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(root.join("a/b"), root.join("link")).expect("a link");
            assert_eq!(resolve_in_root("link/site"), root.join("a/b/site"));
            assert_eq!(resolve_in_root("link/../site"), root.join("a/site"));
        }
    }
}
