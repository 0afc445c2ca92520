//! The reserved file names of the writer, and which paths a site may have.
//!
//! Entry: [`is_valid_path`]. Invariant: no path of a site contains a reserved name.

use std::path::{Component, Path};

/// The manifest.
pub(super) const MANIFEST: &str = ".controlbook";

/// The backup of the manifest: the paths of the site's files. Each of the two is replaced only while the other is whole and
/// durable.
pub(super) const FILE_LIST: &str = ".controlbook-files";

/// The temporary file for writing either of them. Its name is fixed, so that the leftover of a killed run is recognised.
pub(super) const TEMPORARY_FILE: &str = ".controlbook-tmp";

/// The staging folder. It has a numbered subfolder for each folder of the site, so that a new folder can be renamed as a whole.
/// Its name is fixed, so that the leftover of a killed run is recognised.
pub(super) const STAGING_FOLDER: &str = ".controlbook-new";

/// Whether a path stays inside its folder on this system and contains no reserved name.
pub(super) fn is_valid_path(path: &str) -> bool {
    let is_name = |part: &str| {
        let mut components = Path::new(part).components();
        let only = (components.next(), components.next());
        matches!(only, (Some(Component::Normal(name)), None) if name == part)
    };
    let is_ours = |part: &str| {
        [MANIFEST, FILE_LIST, TEMPORARY_FILE, STAGING_FOLDER]
            .iter()
            .any(|it| part.eq_ignore_ascii_case(it))
    };
    !path.contains('\0') && path.split('/').all(|part| is_name(part) && !is_ours(part))
}

/// The parent folders of a path inside the site, outermost first: `a` and `a/b` for `a/b/c`.
pub(super) fn folders_above(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

#[cfg(test)]
mod tests {
    use super::{folders_above, is_valid_path};

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
            assert!(is_valid_path(path), "{path:?}");
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
            assert!(!is_valid_path(path), "{path:?}");
        }
    }

    #[test]
    fn folders_come_outermost_first() {
        assert_eq!(folders_above("a/b/c").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folders_above("a").count(), 0);
    }
}
