//! What an earlier run wrote into a folder: the file `.controlbook` in it.
//!
//! Entry: [`Manifest::read`]. Invariant: no path in it leads out of the folder, whoever wrote it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::Stamp;
use super::error::failed;
use super::names::{LIST, NAME, is_plain};

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
    /// Whether it could not be read, so that the site may have more files than it lists.
    #[serde(skip)]
    pub is_lost: bool,
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
            is_lost: false,
        }
    }

    /// The manifest of a folder; none if the folder or the manifest is absent.
    ///
    /// One that is empty or cut, as a power loss leaves a file where a flush is not what it says, is replaced by the list of
    /// the site's files beside it. Without that either, no file is known to be the site's.
    ///
    /// # Errors
    /// When it can't be read, is of another version, or leads out of the folder.
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        let manifest = read_file(folder, NAME)?;
        if let Reading::Whole(manifest) = manifest {
            manifest.refuse_other(folder, NAME)?;
            return Ok(Some(manifest));
        }
        let unfinished = |files, is_lost| {
            let mut manifest = Self::new("", files);
            manifest.is_lost = is_lost;
            Ok(Some(manifest))
        };
        match (read_file(folder, LIST)?, manifest) {
            (Reading::Whole(list), _) => {
                list.refuse_other(folder, LIST)?;
                let files = list.files.into_keys().map(|path| (path, None));
                unfinished(files.collect(), false)
            }
            (Reading::Absent, Reading::Absent) => Ok(None),
            _ => unfinished(BTreeMap::new(), true),
        }
    }

    /// Refuses a manifest that another version wrote, or that leads out of the folder.
    fn refuse_other(&self, folder: &Path, name: &str) -> io::Result<()> {
        if self.version == VERSION && self.files.keys().all(|path| is_plain(path)) {
            return Ok(());
        }
        Err(unknown(folder, name))
    }

    /// The same files without their stamps: each build of the same site gives the same bytes.
    pub fn list(&self) -> Self {
        let files = self.files.keys().map(|path| (path.clone(), None));
        Self::new("", files.collect())
    }

    /// The bytes of its file.
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings and numbers are always JSON")
    }
}

/// What a file of the program's own says.
enum Reading {
    Absent,
    Whole(Manifest),
    /// It is empty, or breaks off, or holds what no program wrote.
    Cut,
}

fn read_file(folder: &Path, name: &str) -> io::Result<Reading> {
    let place = folder.join(name);
    let bytes = match fs::symlink_metadata(&place) {
        Ok(metadata) if metadata.is_file() => fs::read(&place),
        Ok(_) => Err(io::Error::new(
            ErrorKind::InvalidData,
            "it is not a regular file",
        )),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Reading::Absent),
        Err(error) => Err(error),
    };
    let bytes = bytes.map_err(|error| failed("read", &place, &error))?;
    match serde_json::from_slice(&bytes) {
        Ok(whole) => Ok(Reading::Whole(whole)),
        // What breaks off is no JSON at all; what is JSON of another shape, another program wrote.
        Err(error) if error.is_data() => Err(unknown(folder, name)),
        Err(_) => Ok(Reading::Cut),
    }
}

fn unknown(folder: &Path, name: &str) -> io::Error {
    let (place, folder) = (folder.join(name), folder.display());
    let why = format!(
        "`{}` is of another version of controlbook or leads out of the folder, so that the site's \
         files can't be told from others: remove the folder `{folder}` and build again",
        place.display()
    );
    io::Error::new(ErrorKind::InvalidData, why)
}
