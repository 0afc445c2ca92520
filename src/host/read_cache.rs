//! A cache of file contents, so that unchanged files are not opened again.
//!
//! Entry: [`ReadCache`]. Invariant: a file counts as unchanged only if any change would have changed its fingerprint.

use std::collections::HashMap;
use std::fs::Metadata;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// File contents by path, each with the fingerprint that the file had when it was read.
#[derive(Debug, Default)]
pub struct ReadCache(HashMap<String, (Fingerprint, Arc<[u8]>)>);

impl ReadCache {
    /// A cached file and its fingerprint.
    pub(super) fn get(&self, path: &str) -> Option<&(Fingerprint, Arc<[u8]>)> {
        self.0.get(path)
    }

    /// Adds or replaces a file.
    pub(super) fn insert(&mut self, path: String, file: (Fingerprint, Arc<[u8]>)) {
        self.0.insert(path, file);
    }

    /// Replaces the bytes of a cached file by an equal value, so that memory holds them once.
    pub(super) fn share_bytes(&mut self, path: &str, bytes: &Arc<[u8]>) {
        if let Some((_, cached)) = self.0.get_mut(path) {
            cached.clone_from(bytes);
        }
    }
}

/// Size, mtime and inode of a file, to detect a change without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint {
    length: u64,
    modified: SystemTime,
    /// The time of the last change of content, name or permissions (ctime), and the inode number.
    #[cfg(unix)]
    inode: (i64, i64, u64),
}

impl Fingerprint {
    /// The fingerprint of a file, or `None` if it changed so recently that another change within the same clock tick would go
    /// unnoticed.
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has a ctime"))]
    pub(super) fn from_metadata(metadata: &Metadata) -> Option<Self> {
        const TICK: Duration = Duration::from_millis(100);
        let modified = metadata.modified().ok()?;
        let mut latest = modified;
        #[cfg(unix)]
        let inode = {
            use std::os::unix::fs::MetadataExt;
            let (seconds, nanoseconds) = (metadata.ctime(), metadata.ctime_nsec());
            let changed = Duration::new(
                u64::try_from(seconds).ok()?,
                u32::try_from(nanoseconds).ok()?,
            );
            latest = latest.max(SystemTime::UNIX_EPOCH + changed);
            (seconds, nanoseconds, metadata.ino())
        };
        latest.elapsed().is_ok_and(|it| it > TICK).then_some(Self {
            length: metadata.len(),
            modified,
            #[cfg(unix)]
            inode,
        })
    }
}
