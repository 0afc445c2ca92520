//! Detects mount points inside the folder of a site.
//!
//! Entry: [`refuse_mounts`], [`is_mount`]. Invariant: nothing is changed.
//!
//! A rename can't cross mounts, and a mounted file can't be replaced, so that a run would fail half way.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::names::folders_above;
use super::plan::{PathState, path_state};

/// Refuses a site if one of its paths or their parent folders is a mount point.
///
/// # Errors
/// Names the mount point, or the path that can't be read.
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
        let location = folder.join(path);
        if matches!(
            path_state(folder, path)?,
            PathState::File(_) | PathState::Folder
        ) && is_mount(folder, &location)
        {
            let message = format!(
                "`{}` is a mount of its own, and the site's files can't be moved into it: mount \
                 all of `{}` in its place, or build elsewhere and copy",
                location.display(),
                folder.display()
            );
            return Err(io::Error::new(ErrorKind::CrossesDevices, message));
        }
    }
    Ok(())
}

/// Whether a file or folder below `folder` is a mount point, or a folder of another file system.
pub(super) fn is_mount(folder: &Path, location: &Path) -> bool {
    is_mount_root(location) || is_on_another_device(folder, location)
}

/// Whether a path is a mount point, even of the same file system (bind mount).
#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_mount_root(location: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};

    let flags = AtFlags::SYMLINK_NOFOLLOW | AtFlags::NO_AUTOMOUNT;
    statx(CWD, location, flags, StatxFlags::empty())
        .is_ok_and(|it| it.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn is_mount_root(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn is_on_another_device(folder: &Path, location: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let device = |location: &Path| {
        let metadata = fs::symlink_metadata(location).ok()?;
        // On an overlay file system, files may have other device numbers than their folders.
        metadata.is_dir().then(|| metadata.dev())
    };
    device(location).is_some_and(|it| device(folder).is_some_and(|folder| folder != it))
}

#[cfg(not(unix))]
fn is_on_another_device(_: &Path, _: &Path) -> bool {
    false
}
