//! The names that a run gives to files of its own, and the paths that a site may have.
//!
//! Entry: [`is_plain`]. Invariant: no path of a site is one of the run's own names.

use std::path::{Component, Path};

/// The manifest's name in the folder.
pub(super) const NAME: &str = ".controlbook";

/// The paths of the site's files once more, in case that the manifest is lost. It is replaced only while the manifest is
/// whole and durable, and the manifest only while this is.
pub(super) const LIST: &str = ".controlbook-files";

/// The name under which both are written before they take their own. It is the same each time, so that what a killed run
/// leaves is known for what it is.
pub(super) const TEMPORARY: &str = ".controlbook-tmp";

/// The folder of a site's files until they take their places: each under its own name, in a numbered folder for each folder of
/// the site, so that a folder that is new takes its place whole. It is the same each time, so that what a killed run leaves
/// is known for what it is.
pub(super) const STAGE: &str = ".controlbook-new";

/// Whether a path leads to a file below its folder, on this system, and is not one of our own
/// names.
pub(super) fn is_plain(path: &str) -> bool {
    let is_name = |part: &str| {
        let mut components = Path::new(part).components();
        let only = (components.next(), components.next());
        matches!(only, (Some(Component::Normal(name)), None) if name == part)
    };
    let is_ours = |part: &str| {
        [NAME, LIST, TEMPORARY, STAGE]
            .iter()
            .any(|it| part.eq_ignore_ascii_case(it))
    };
    !path.contains('\0') && path.split('/').all(|part| is_name(part) && !is_ours(part))
}

/// The folders above a path inside the site, outermost first: `a` and `a/b` of `a/b/c`.
pub(super) fn folders_above(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::{folders_above, is_plain};

    #[test]
    fn a_plain_path_stays_in_its_folder() {
        for path in [
            "index.html",
            "a/b/c.js",
            "ä b/\"'\n.txt",
            "...",
            ".nojekyll",
            "a/..b",
        ] {
            assert!(is_plain(path), "{path:?}");
        }
        for path in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a/.",
            "a\0b",
            ".controlbook",
            "a/.Controlbook-tmp",
            ".controlbook-new/0/a",
            "a/.controlbook-files",
        ] {
            assert!(!is_plain(path), "{path:?}");
        }
    }

    #[test]
    fn folders_come_outermost_first() {
        assert_eq!(folders_above("a/b/c").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folders_above("a").count(), 0);
    }
}
