//! The page on accessibility says what `book.toml` declares, and nothing more.

use crate::book::Book;
