//! Folders and files inside the site's folder that are mounts of their own.
//!
//! Entry: [`refuse_mounts`], [`is_mount`]. Invariant: only looks.
//!
//! No file can be moved into another mount, and none that is mounted can be replaced, so that a run would fail half way.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::names::folders_above;
use super::plan::{Standing, standing};

/// Refuses the first of these paths of the site, or of the folders above them, that is a mount.
///
/// # Errors
/// Names the mount, or what can't be read.
pub(super) fn refuse_mounts<'a>(
    folder: &Path,
    paths: impl Iterator<Item = &'a str>,
) -> io::Result<()> {
    let mut places = BTreeSet::new();
    for path in paths {
        places.extend(folders_above(path));
        places.insert(path);
    }
    for path in places {
        let place = folder.join(path);
        if matches!(
            standing(folder, path)?,
            Standing::File(_) | Standing::Folder
        ) && is_mount(folder, &place)
        {
            let why = format!(
                "`{}` is a mount of its own, and the site's files can't be moved into it: mount \
                 all of `{}` in its place, or build elsewhere and copy",
                place.display(),
                folder.display()
            );
            return Err(io::Error::new(ErrorKind::CrossesDevices, why));
        }
    }
    Ok(())
}

/// Whether a file or folder below `folder` is a mount, or a folder of another file system.
pub(super) fn is_mount(folder: &Path, place: &Path) -> bool {
    is_mount_root(place) || is_on_another_device(folder, place)
}

/// Whether something is mounted at a place, even of the same file system.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_mount_root(place: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};

    let flags = AtFlags::SYMLINK_NOFOLLOW | AtFlags::NO_AUTOMOUNT;
    statx(CWD, place, flags, StatxFlags::empty())
        .is_ok_and(|it| it.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn is_mount_root(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn is_on_another_device(folder: &Path, place: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let device = |place: &Path| {
        let metadata = fs::symlink_metadata(place).ok()?;
        // Layers of an overlay give their files other numbers than their folders.
        metadata.is_dir().then(|| metadata.dev())
    };
    device(place).is_some_and(|it| device(folder).is_some_and(|folder| folder != it))
}

#[cfg(not(unix))]
fn is_on_another_device(_: &Path, _: &Path) -> bool {
    false
}
