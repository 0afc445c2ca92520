//! The mistakes of structure, one a file.

pub mod duplicate_key;
pub mod invalid_toml;
pub mod invalid_yaml;
pub mod missing_key;
pub mod not_utf8;
pub mod unknown_key;
pub mod unknown_value;
pub mod wrong_type;
