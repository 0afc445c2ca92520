//! The few steps by which a run changes the disk.
//!
//! Entry: [`Disk`]; [`Real`] is the disk, and the tests have one that dies after any step.
//! Invariant: a file under its own name is whole; only a temporary one can be half written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::manifest::Stamp;
use crate::output::WriteTo;

/// The name under which the manifest is written before it takes its own. It is the same each time, so that what a killed run
/// leaves is known for what it is.
pub(super) const TEMPORARY: &str = ".controlbook-tmp";

/// How many bytes of a large file are written or compared at once.
pub(super) const PIECE: usize = 64 * 1024;

/// What changes the disk, step by step.
pub(super) trait Disk: Sync {
    /// Makes a folder and those above it.
    fn create_folder(&self, place: &Path) -> io::Result<()>;
    /// Makes a file where none may stand; returns by what it is told without reading it.
    fn create_file(&self, place: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>>;
    /// Makes a file that is written piece by piece.
    fn write_file(&self, place: &Path, write: WriteTo<'_>) -> io::Result<Option<Stamp>> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        self.create_file(place, &bytes)
    }
    /// Gives a file another name, instead of what bears it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file, or a link itself.
    fn remove_file(&self, place: &Path) -> io::Result<()>;
    /// Removes a folder that is empty.
    fn remove_folder(&self, place: &Path) -> io::Result<()>;
}

/// The disk itself.
pub(super) struct Real;

impl Disk for Real {
    fn create_folder(&self, place: &Path) -> io::Result<()> {
        fs::create_dir_all(place)
    }

    fn create_file(&self, place: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>> {
        let mut file = File::create_new(place)?;
        file.write_all(bytes)?;
        Ok(Stamp::of(&file.metadata()?))
    }

    fn write_file(&self, place: &Path, write: WriteTo<'_>) -> io::Result<Option<Stamp>> {
        let mut file = BufWriter::with_capacity(PIECE, File::create_new(place)?);
        write(&mut file)?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Stamp::of(&file.metadata()?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, place: &Path) -> io::Result<()> {
        fs::remove_file(place)
    }

    fn remove_folder(&self, place: &Path) -> io::Result<()> {
        fs::remove_dir(place)
    }
}

/// Writes a file whole: under a temporary name first, then under its own.
///
/// # Errors
/// When a step fails. What stood there before stays, and nothing half written is left.
pub(super) fn replace(disk: &dyn Disk, place: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = place.with_file_name(TEMPORARY);
    disk.create_file(&temporary, bytes)
        .and_then(|_| disk.rename(&temporary, place))
        .map_err(|error| {
            // A full disk needs the room; if this fails too, the next run removes it.
            disk.remove_file(&temporary).ok();
            failed("write", place, &error)
        })
}

/// An error that says what could not be done, and where.
pub(super) fn failed(verb: &str, place: &Path, error: &io::Error) -> io::Error {
    let place = place.display();
    io::Error::new(error.kind(), format!("cannot {verb} `{place}`: {error}"))
}
