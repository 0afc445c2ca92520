//! A file of the book that is written anew: whole or not at all, and only as it was read.
//!
//! Entry: [`revise`]. Invariant: nothing outside the root is written, and a file that somebody else has changed stays.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Puts bytes in the place of those that a file had when it was read. A link stays, and what it leads to is written.
///
/// # Errors
/// A file that has changed since, that lies outside the root, or that can't be written; it is as it was then.
pub fn revise(root: &Path, path: &str, read: &[u8], bytes: &[u8]) -> io::Result<()> {
    let (root, place) = (fs::canonicalize(root)?, fs::canonicalize(root.join(path))?);
    if !place.starts_with(&root) {
        return Err(io::Error::other("it lies outside the book"));
    }
    let found = fs::read(&place)?;
    if found == bytes {
        return Ok(());
    }
    unchanged(&found, read)?;
    // Whoever may not write the file may perhaps replace it all the same: that is not asked for.
    let permissions = OpenOptions::new()
        .append(true)
        .open(&place)?
        .metadata()?
        .permissions();
    let beside = beside(&place)?;
    let done = write(&beside, bytes, permissions)
        .and_then(|()| unchanged(&fs::read(&place)?, read))
        .and_then(|()| fs::rename(&beside, &place));
    if done.is_err() {
        // The error that is reported names what went wrong first.
        let _ = fs::remove_file(&beside);
    }
    done?;
    // Not every file system can flush a folder; the file is whole in any case.
    let folder = place.parent().map(File::open);
    let _ = folder.map(|it| it.and_then(|it| it.sync_all()));
    Ok(())
}

fn unchanged(found: &[u8], read: &[u8]) -> io::Result<()> {
    if found == read {
        Ok(())
    } else {
        Err(io::Error::other("it has changed since it was read"))
    }
}

/// A name in the folder of a file that no book is read from.
fn beside(place: &Path) -> io::Result<PathBuf> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let folder = place.parent().ok_or(io::ErrorKind::NotFound)?;
    let process = std::process::id();
    Ok(folder.join(format!(".{name}.{process}.controlbook-new")))
}

fn write(place: &Path, bytes: &[u8], permissions: fs::Permissions) -> io::Result<()> {
    let mut file = File::create_new(place)?;
    file.write_all(bytes)?;
    file.set_permissions(permissions)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::revise;

    #[test]
    fn a_file_is_replaced_as_it_was_read_only() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path();
        fs::write(root.join("a"), "one").expect("it is ours");
        revise(root, "a", b"one", b"two").expect("it is as it was read");
        let error = revise(root, "a", b"one", b"three").expect_err("it has changed");
        assert!(error.to_string().contains("has changed"), "{error}");
        assert_eq!(fs::read(root.join("a")).expect("it is there"), b"two");
        revise(root, "absent", b"", b"x").expect_err("nothing stands there");
        revise(root, "../a", b"", b"x").expect_err("nothing stands there");
        let names = fs::read_dir(root).expect("it is a folder").count();
        assert_eq!(names, 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path().join("book");
        fs::create_dir(&root).expect("it is ours");
        fs::write(root.join("a"), "one").expect("it is ours");
        let own = fs::Permissions::from_mode(0o640);
        fs::set_permissions(root.join("a"), own).expect("it is ours");
        symlink("a", root.join("link")).expect("links can be made");
        revise(&root, "link", b"one", b"two").expect("it leads into the book");
        let link = fs::symlink_metadata(root.join("link")).expect("it is there");
        assert!(link.is_symlink());
        let metadata = fs::metadata(root.join("a")).expect("it is there");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read(root.join("a")).expect("it is there"), b"two");
        fs::write(folder.path().join("outside"), "one").expect("it is ours");
        symlink("../outside", root.join("out")).expect("links can be made");
        let error = revise(&root, "out", b"one", b"two").expect_err("it leaves the book");
        assert!(error.to_string().contains("outside"), "{error}");
        let outside = fs::read(folder.path().join("outside")).expect("it is there");
        assert_eq!(outside, b"one");
    }
}
