//! The theme that the program carries, and the stamp on a copy of one of its files.
//!
//! Entry: [`file`], [`copy`]. Invariant: a copy that was not changed is no override, with its stamp or without.

use include_dir::{Dir, include_dir};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/theme");

/// Stands in the first line of a copy, before the digest of what was copied.
const STAMP: &str = "built-in: ";

/// How many letters of a digest are written.
const DIGEST: usize = 16;

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

/// A file as a book begins to change it: with a first line that says what it was copied from.
#[must_use]
pub fn copy(path: &str) -> Option<String> {
    let text = text(path)?;
    let (open, close) = comment(path)?;
    Some(format!("{open}{STAMP}{}{close}\n{text}", digest(text)))
}

/// The digest that a copy carries, and what follows it.
#[must_use]
pub fn stamped<'a>(path: &str, text: &'a str) -> Option<(&'a str, &'a str)> {
    let (open, close) = comment(path)?;
    let (line, rest) = text.split_once('\n')?;
    let digest = line.strip_prefix(open)?.trim_end().strip_suffix(close)?;
    Some((digest.strip_prefix(STAMP)?, rest))
}

/// Whether a file of a book is the built-in one.
#[must_use]
pub fn is_same(path: &str, bytes: &[u8]) -> bool {
    let Some(built_in) = file(path) else {
        return false;
    };
    let copied = std::str::from_utf8(bytes)
        .ok()
        .and_then(|it| stamped(path, it));
    bytes == built_in || copied.is_some_and(|(_, rest)| rest.as_bytes() == built_in)
}

/// The digest of a text.
#[must_use]
pub fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..DIGEST].to_owned()
}

/// How a file says what its readers don't see.
fn comment(path: &str) -> Option<(&'static str, &'static str)> {
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
    use super::{copy, digest, file, is_same, paths, stamped, text};

    #[test]
    fn a_copy_knows_what_it_was_copied_from() {
        for path in paths() {
            let Some(copy) = copy(&path) else {
                assert!(path.ends_with(".png"), "{path} is a text");
                continue;
            };
            let built_in = text(&path).expect("a text");
            assert_eq!(
                stamped(&path, &copy),
                Some((digest(built_in).as_str(), built_in))
            );
            assert!(is_same(&path, copy.as_bytes()), "{path}");
            assert!(is_same(&path, file(&path).expect("a file")), "{path}");
            assert!(!is_same(&path, format!("{copy} ").as_bytes()), "{path}");
        }
    }
}
