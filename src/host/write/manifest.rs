//! The manifest `.controlbook`: which files of a folder earlier runs wrote.
//!
//! Entry: [`Manifest::read`]. Invariant: no path in it leads out of the folder, whoever wrote it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::Stamp;
use super::error::io_error;
use super::names::{FILE_LIST, MANIFEST, is_valid_path};

const VERSION: u32 = 1;

/// The files of a folder that belong to the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: u32,
    /// The digest of the inputs of the site; empty during a run.
    pub inputs: String,
    /// Whether the inputs had no diagnostics.
    #[serde(default)]
    pub quiet: bool,
    /// The recipe of the derived files; empty if there are none. The key is older than the name.
    #[serde(rename = "way", default, skip_serializing_if = "String::is_empty")]
    pub recipe: String,
    /// The stamp of each file. `None` for a file that a run is creating or deleting: it may exist or not, and only pages of the
    /// same run link to it.
    pub files: BTreeMap<String, Option<Stamp>>,
    /// Whether the manifest and its backup were unreadable, so that the site may have unlisted files.
    #[serde(skip)]
    pub is_lost: bool,
}

impl Manifest {
    /// Creates a manifest of these files.
    pub fn new(inputs: &str, files: BTreeMap<String, Option<Stamp>>) -> Self {
        Self {
            version: VERSION,
            inputs: inputs.to_owned(),
            quiet: false,
            recipe: String::new(),
            files,
            is_lost: false,
        }
    }

    /// Reads the manifest of a folder; `None` if the folder or the manifest does not exist.
    ///
    /// An empty or truncated manifest, which a power loss leaves if the system's flush does not keep its promise, is replaced by
    /// its backup. If that is unreadable too, no file is known to be the site's.
    ///
    /// # Errors
    /// When it can't be read, is of another version, or leads out of the folder.
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        let manifest = read_file(folder, MANIFEST)?;
        if let ManifestFile::Whole(manifest) = manifest {
            manifest.validate(folder, MANIFEST)?;
            return Ok(Some(manifest));
        }
        let unfinished = |files, is_lost| {
            let mut manifest = Self::new("", files);
            manifest.is_lost = is_lost;
            Ok(Some(manifest))
        };
        match (read_file(folder, FILE_LIST)?, manifest) {
            (ManifestFile::Whole(list), _) => {
                list.validate(folder, FILE_LIST)?;
                let files = list.files.into_keys().map(|path| (path, None));
                unfinished(files.collect(), false)
            }
            (ManifestFile::Absent, ManifestFile::Absent) => Ok(None),
            _ => unfinished(BTreeMap::new(), true),
        }
    }

    /// Refuses a manifest of another version, or one with a path that leads out of the folder.
    fn validate(&self, folder: &Path, name: &str) -> io::Result<()> {
        if self.version == VERSION && self.files.keys().all(|path| is_valid_path(path)) {
            return Ok(());
        }
        Err(unknown_format(folder, name))
    }

    /// The same files without stamps, which differ from build to build.
    pub fn without_stamps(&self) -> Self {
        let files = self.files.keys().map(|path| (path.clone(), None));
        Self::new("", files.collect())
    }

    /// Serialises the manifest.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings and numbers are always JSON")
    }
}

/// The result of reading a manifest or its backup.
enum ManifestFile {
    Absent,
    Whole(Manifest),
    /// It is empty or incomplete, or no JSON.
    Truncated,
}

fn read_file(folder: &Path, name: &str) -> io::Result<ManifestFile> {
    let location = folder.join(name);
    let bytes = match fs::symlink_metadata(&location) {
        Ok(metadata) if metadata.is_file() => fs::read(&location),
        Ok(_) => Err(io::Error::new(
            ErrorKind::InvalidData,
            "it is not a regular file",
        )),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(ManifestFile::Absent),
        Err(error) => Err(error),
    };
    let bytes = bytes.map_err(|error| io_error("read", &location, &error))?;
    match serde_json::from_slice(&bytes) {
        Ok(whole) => Ok(ManifestFile::Whole(whole)),
        // A truncated file is invalid JSON; valid JSON of another shape comes from another version.
        Err(error) if error.is_data() => Err(unknown_format(folder, name)),
        Err(_) => Ok(ManifestFile::Truncated),
    }
}

fn unknown_format(folder: &Path, name: &str) -> io::Error {
    let (location, folder) = (folder.join(name), folder.display());
    let message = format!(
        "`{}` is of another version of controlbook or leads out of the folder, so that the site's \
         files can't be told from others: remove the folder `{folder}` and build again",
        location.display()
    );
    io::Error::new(ErrorKind::InvalidData, message)
}
