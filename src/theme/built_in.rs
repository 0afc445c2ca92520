//! The built-in theme, and the stamp on a copy of one of its files.
//!
//! Entry: [`file`], [`stamped_copy`]. Invariant: an unchanged copy is no override, with or without its stamp.

use include_dir::{Dir, include_dir};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/theme");

/// Precedes the digest of the original in the first line of a copy.
const STAMP_PREFIX: &str = "built-in: ";

/// The length of a written digest in hexadecimal digits.
const DIGEST_LENGTH: usize = 16;

/// The bytes of a file.
#[must_use]
pub fn file(path: &str) -> Option<&'static [u8]> {
    BUILT_IN.get_file(path).map(include_dir::File::contents)
}

/// The text of a file.
#[must_use]
pub fn text(path: &str) -> Option<&'static str> {
    file(path).and_then(|it| std::str::from_utf8(it).ok())
}

/// Every path, sorted.
#[must_use]
pub fn paths() -> Vec<String> {
    let mut out = Vec::new();
    collect(&BUILT_IN, &mut out);
    out.sort();
    out
}

fn collect(dir: &Dir<'_>, out: &mut Vec<String>) {
    let files = dir.files().filter_map(|it| it.path().to_str());
    out.extend(files.map(|it| it.replace('\\', "/")));
    dir.dirs().for_each(|it| collect(it, out));
}

/// A copy of a file for a book to change, with a stamp in its first line.
#[must_use]
pub fn stamped_copy(path: &str) -> Option<String> {
    let text = text(path)?;
    let (open, close) = comment_delimiters(path)?;
    Some(format!(
        "{open}{STAMP_PREFIX}{}{close}\n{text}",
        digest(text)
    ))
}

/// Splits a copy into the digest in its stamp and the text after it.
#[must_use]
pub fn split_stamp<'a>(path: &str, text: &'a str) -> Option<(&'a str, &'a str)> {
    let (open, close) = comment_delimiters(path)?;
    let (line, rest) = text.split_once('\n')?;
    let digest = line.strip_prefix(open)?.trim_end().strip_suffix(close)?;
    Some((digest.strip_prefix(STAMP_PREFIX)?, rest))
}

/// Whether a file of a book equals the built-in one, apart from a stamp.
#[must_use]
pub fn is_unchanged(path: &str, bytes: &[u8]) -> bool {
    let Some(built_in) = file(path) else {
        return false;
    };
    let copied = std::str::from_utf8(bytes)
        .ok()
        .and_then(|it| split_stamp(path, it));
    bytes == built_in || copied.is_some_and(|(_, rest)| rest.as_bytes() == built_in)
}

/// The digest of a text.
#[must_use]
pub fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..DIGEST_LENGTH].to_owned()
}

/// The delimiters of a comment, by file extension.
fn comment_delimiters(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path.rsplit('.').next()? {
        "html" => ("{# ", " #}"),
        "css" => ("/* ", " */"),
        "js" => ("// ", ""),
        "svg" => ("<!-- ", " -->"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{digest, file, is_unchanged, paths, split_stamp, stamped_copy, text};

    #[test]
    fn a_copy_knows_what_it_was_copied_from() {
        for path in paths() {
            let Some(copy) = stamped_copy(&path) else {
                assert!(path.ends_with(".png"), "{path} is a text");
                continue;
            };
            let built_in = text(&path).expect("a text");
            assert_eq!(
                split_stamp(&path, &copy),
                Some((digest(built_in).as_str(), built_in))
            );
            assert!(is_unchanged(&path, copy.as_bytes()), "{path}");
            assert!(is_unchanged(&path, file(&path).expect("a file")), "{path}");
            assert!(
                !is_unchanged(&path, format!("{copy} ").as_bytes()),
                "{path}"
            );
        }
    }
}
