//! Folders as the user names them: where they really are, and the nearest one above that holds a file.
//!
//! Entry: [`resolved`], [`nearest`]. Invariant: nothing is opened or changed.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The absolute path of a folder that may not exist yet, without links, `.` and `..`.
///
/// # Errors
/// When the current folder is gone.
pub fn resolved(folder: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(folder)?;
    let mut missing: Vec<OsString> = Vec::new();
    let mut above = whole.as_path();
    let mut real = loop {
        // The system resolves `..` behind a link, which the words alone can't.
        if let Ok(real) = fs::canonicalize(above) {
            break real;
        }
        match (above.parent(), above.components().next_back()) {
            (Some(parent), Some(last)) => {
                missing.push(last.as_os_str().to_owned());
                above = parent;
            }
            _ => break above.to_path_buf(),
        }
    };
    for part in missing.into_iter().rev() {
        match Path::new(&part).components().next() {
            Some(Component::ParentDir) => {
                real.pop();
            }
            Some(Component::CurDir) | None => {}
            Some(_) => real.push(part),
        }
    }
    Ok(real)
}

/// The nearest folder, from the current one upwards, that holds a file of this name: as a path from here (`.`, `..`, `../..`),
/// and the way from it down to here, empty where it is the current folder itself.
#[must_use]
pub fn nearest(file: &str) -> Option<(PathBuf, PathBuf)> {
    let here = std::env::current_dir().and_then(fs::canonicalize).ok()?;
    for (depth, folder) in here.ancestors().enumerate() {
        if fs::symlink_metadata(folder.join(file)).is_ok() {
            let way = if depth == 0 {
                PathBuf::from(".")
            } else {
                std::iter::repeat_n("..", depth).collect()
            };
            let inside = here.strip_prefix(folder).ok()?.to_path_buf();
            return Some((way, inside));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::resolved;
    use std::fs;
    use std::path::Path;

    #[test]
    fn a_folder_that_does_not_exist_yet_has_its_place() {
        let scratch = tempfile::tempdir().expect("the temporary folder is writable");
        let root = scratch.path().canonicalize().expect("it is there");
        fs::create_dir_all(root.join("a/b")).expect("the test's own folder");
        let at = |path: &str| resolved(&root.join(path)).expect("the current folder is there");
        assert_eq!(at("a/new/site"), root.join("a/new/site"));
        assert_eq!(at("a/new/../site"), root.join("a/site"));
        assert_eq!(at("a/./b/../c"), root.join("a/c"));
        assert_eq!(
            resolved(Path::new("/")).expect("it is there"),
            Path::new("/")
        );
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(root.join("a/b"), root.join("link")).expect("a link");
            assert_eq!(at("link/site"), root.join("a/b/site"));
            assert_eq!(at("link/../site"), root.join("a/site"));
        }
    }
}
