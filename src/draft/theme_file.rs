//! A file of the built-in theme, as a book begins to change it.

use crate::diagnostic::nearest;
use crate::theme::built_in;

/// A copy, with the digest of what it was copied from in its first line.
///
/// # Errors
/// A path that no built-in file has, with the nearest; a picture.
pub fn theme_file(path: &str) -> Result<String, String> {
    built_in::stamped_copy(path).ok_or_else(|| {
        if built_in::file(path).is_some() {
            return format!("`{path}` is a picture: put one of your own at `theme/{path}`");
        }
        let known = built_in::paths();
        let near = nearest(path, known.iter().map(|it| (it.as_str(), "")));
        let help = near.map_or_else(
            || "`controlbook manual theme` lists them".to_owned(),
            |(near, _)| format!("did you mean `{near}`?"),
        );
        format!("the built-in theme has no file `{path}`; {help}")
    })
}
