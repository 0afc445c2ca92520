//! The rules of the whole build, one a file.

pub mod too_few;
pub mod unreadable_file;
pub mod unused_exception;
