//! What must not stand in prose, one mistake a file.

pub mod empty_section;
pub mod missing_alt;
pub mod not_inline;
pub mod raw_html;
pub mod second_title;
pub mod unsafe_url;
