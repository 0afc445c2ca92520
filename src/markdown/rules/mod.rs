//! Rules about faults in prose, one per file.

pub mod broken_link;
pub mod duplicate_note;
pub mod empty_link;
pub mod empty_section;
pub mod loose_sign;
pub mod malformed_address;
pub mod missing_alt;
pub mod nested_heading;
pub mod not_inline;
pub mod open_comment;
pub mod raw_html;
pub mod second_title;
pub mod undefined_reference;
pub mod uneven_table;
pub mod unsafe_url;
pub mod unsupported_markup;
pub mod unused_definition;
