//! Copies a file of the built-in theme into a book, to be customised.

use crate::diagnostic::nearest;
use crate::theme::built_in;

/// A copy of a built-in file. Its first line holds the digest of the original.
///
/// # Errors
/// There is no built-in file with this path, or it is a picture.
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
