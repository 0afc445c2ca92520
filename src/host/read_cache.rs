//! Files as they were read before, so that what has not changed is not opened again.
//!
//! Entry: [`Memory`]. Invariant: a file counts as unchanged only if any change would have given it another stamp.

use std::collections::HashMap;
use std::fs::Metadata;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Files as they were read before.
#[derive(Debug, Default)]
pub struct Memory(HashMap<String, (Stamp, Arc<[u8]>)>);

impl Memory {
    /// A file as it was read before, with its stamp.
    pub(super) fn get(&self, path: &str) -> Option<&(Stamp, Arc<[u8]>)> {
        self.0.get(path)
    }

    /// Remembers a file.
    pub(super) fn keep(&mut self, path: String, file: (Stamp, Arc<[u8]>)) {
        self.0.insert(path, file);
    }

    /// Holds a file that was read again and is the same by the value that the book holds, so that its bytes are held once.
    pub(super) fn share(&mut self, path: &str, bytes: &Arc<[u8]>) {
        if let Some((_, held)) = self.0.get_mut(path) {
            held.clone_from(bytes);
        }
    }
}

/// What changes with a file, as the disk tells without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: SystemTime,
    /// The time of the last change of content, name or rights, and the file’s number.
    #[cfg(unix)]
    inode: (i64, i64, u64),
}

impl Stamp {
    /// The stamp of a file that has stood unchanged for so long that another change would give it another stamp.
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only there is a later time"))]
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        const TICK: Duration = Duration::from_millis(100);
        let modified = metadata.modified().ok()?;
        let mut latest = modified;
        #[cfg(unix)]
        let inode = {
            use std::os::unix::fs::MetadataExt;
            let (seconds, nanoseconds) = (metadata.ctime(), metadata.ctime_nsec());
            let since = Duration::new(
                u64::try_from(seconds).ok()?,
                u32::try_from(nanoseconds).ok()?,
            );
            latest = latest.max(SystemTime::UNIX_EPOCH + since);
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
