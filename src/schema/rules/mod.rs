//! What keeps a file from being a record, one mistake a file.

pub mod front_matter_missing;
pub mod id_differs_from_file;
pub mod missing_words;
