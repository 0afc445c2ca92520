//! Rules on the structure of files.

pub mod active_picture;
pub mod duplicate_key;
pub mod hidden_character;
pub mod invalid_toml;
pub mod invalid_yaml;
pub mod missing_key;
pub mod not_utf8;
pub mod text_direction;
pub mod unknown_key;
pub mod unknown_tag;
pub mod unknown_value;
pub mod unprintable_name;
pub mod wrong_type;
