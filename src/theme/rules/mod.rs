//! Rules of the theme: of its templates, its files and its colours, one a file.

pub mod low_contrast;
pub mod outdated_override;
pub mod template_mistake;
pub mod unknown_block;
pub mod unknown_theme_file;
pub mod unusable_logo;
