//! What an earlier run wrote into a folder: the file `.controlbook` in it.
//!
//! Entry: [`Manifest::read`]. Invariant: no path in it leads out of the folder, whoever wrote it.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Component, Path};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::disk::{Disk, TEMPORARY, failed, replace};
use super::stage::STAGE;

/// The manifest's name in the folder.
pub(super) const NAME: &str = ".controlbook";

const VERSION: u32 = 1;

/// The files of a folder that are the site's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: u32,
    /// The digest of what the site was made from; empty while a run is at work.
    pub inputs: String,
    /// Whether there was nothing to say of what it was made from.
    #[serde(default)]
    pub quiet: bool,
    /// How the files that are derived from others were made; empty where there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub way: String,
    /// Each file as it was left. None for one that a run is bringing or taking away: it may be
    /// there or not, and only pages of the same run lead to it.
    pub files: BTreeMap<String, Option<Stamp>>,
}

/// What a file is told by without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// In bytes.
    size: u64,
    /// In nanoseconds since 1970.
    modified: u64,
}

impl Stamp {
    /// The stamp of a file; none where the system keeps no usable time.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let modified = u64::try_from(since.as_nanos()).ok()?;
        Some(Self {
            size: metadata.len(),
            modified,
        })
    }
}

impl Manifest {
    /// A manifest of these files.
    pub fn new(inputs: &str, files: BTreeMap<String, Option<Stamp>>) -> Self {
        Self {
            version: VERSION,
            inputs: inputs.to_owned(),
            quiet: false,
            way: String::new(),
            files,
        }
    }

    /// The manifest of a folder; none if the folder or the manifest is absent.
    ///
    /// # Errors
    /// When it can't be read, is broken, or is of another version.
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        let place = folder.join(NAME);
        let bytes = match fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_file() => fs::read(&place),
            Ok(_) => Err(io::Error::new(
                ErrorKind::InvalidData,
                "it is not a regular file",
            )),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => Err(error),
        };
        let bytes = bytes.map_err(|error| failed("read", &place, &error))?;
        let manifest = serde_json::from_slice::<Self>(&bytes)
            .ok()
            .filter(|it| it.version == VERSION && it.files.keys().all(|path| is_plain(path)));
        if manifest.is_none() {
            let (place, folder) = (place.display(), folder.display());
            let why = format!(
                "`{place}` is broken or of another version of controlbook, so that its files \
                 can't be told from others: remove the folder `{folder}` and build again"
            );
            return Err(io::Error::new(ErrorKind::InvalidData, why));
        }
        Ok(manifest)
    }

    /// Writes the manifest into its folder.
    ///
    /// # Errors
    /// When the disk refuses; the one before stays.
    pub fn store(&self, disk: &dyn Disk, folder: &Path) -> io::Result<()> {
        let bytes = serde_json::to_vec(self).expect("strings and numbers are always JSON");
        replace(disk, &folder.join(NAME), &bytes)
    }
}

/// Whether a path leads to a file below its folder, on this system, and is not one of our own
/// names.
pub(super) fn is_plain(path: &str) -> bool {
    let is_name = |part: &str| {
        let mut components = Path::new(part).components();
        let only = (components.next(), components.next());
        matches!(only, (Some(Component::Normal(name)), None) if name == part)
    };
    let is_ours = |part: &str| {
        [NAME, TEMPORARY, STAGE]
            .iter()
            .any(|it| part.eq_ignore_ascii_case(it))
    };
    !path.contains('\0') && path.split('/').all(|part| is_name(part) && !is_ours(part))
}

/// The folders above a path inside the site, outermost first: `a` and `a/b` of `a/b/c`.
pub(super) fn folders_above(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::{folders_above, is_plain};

    #[test]
    fn a_plain_path_stays_in_its_folder() {
        for path in [
            "index.html",
            "a/b/c.js",
            "ä b/\"'\n.txt",
            "...",
            ".nojekyll",
            "a/..b",
        ] {
            assert!(is_plain(path), "{path:?}");
        }
        for path in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a/.",
            "a\0b",
            ".controlbook",
            "a/.Controlbook-tmp",
            ".controlbook-new/0/a",
        ] {
            assert!(!is_plain(path), "{path:?}");
        }
    }

    #[test]
    fn folders_come_outermost_first() {
        assert_eq!(folders_above("a/b/c").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folders_above("a").count(), 0);
    }
}
