//! The preview's own script and style sheet, and the two tags that bring them into a page.
//!
//! Entry: [`head_tags`]. Invariant: they load under the policy that pages carry, from the preview's own folder.

use std::sync::LazyLock;

use super::RESERVED;

/// The scripts in the order in which they are joined.
const SCRIPTS: [&str; 5] = [
    include_str!("client/patch.js"),
    include_str!("client/panel.js"),
    include_str!("client/marks.js"),
    include_str!("client/assets.js"),
    include_str!("client/live.js"),
];

/// Styles of the preview's own pages and of what it adds to others.
pub(super) const STYLES: &str = include_str!("client/preview.css");

/// The script.
pub(super) static SCRIPT: LazyLock<String> = LazyLock::new(|| SCRIPTS.concat());

/// A digest of script and styles.
pub(super) static VERSION: LazyLock<String> =
    LazyLock::new(|| tag(format!("{}{STYLES}", *SCRIPT).as_bytes()));

/// A short digest of bytes.
pub(super) fn tag(bytes: &[u8]) -> String {
    let mut tag = blake3::hash(bytes).to_hex().to_string();
    tag.truncate(16);
    tag
}

/// The elements at the end of a page's head: script and styles, with the run, the revision and the digest of the page.
pub(super) fn head_tags(run: &str, revision: u64, page: &str) -> String {
    let version = VERSION.as_str();
    format!(
        "<link rel=\"stylesheet\" href=\"/{RESERVED}preview.css?v={version}\">\
         <script src=\"/{RESERVED}preview.js?v={version}\" data-preview=\"{run}\" data-at=\"{revision}\" data-page=\"{page}\"></script>"
    )
}

/// Inserts the tags at the end of a page's head.
pub(super) fn inject(page: &[u8], tags: &str) -> Vec<u8> {
    const END: &[u8] = b"</head>";
    let at = page
        .windows(END.len())
        .position(|it| it.eq_ignore_ascii_case(END))
        .unwrap_or(page.len());
    [&page[..at], tags.as_bytes(), &page[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::inject;

    #[test]
    fn tags_stand_at_the_end_of_the_head() {
        assert_eq!(
            inject(b"<head></HEAD><p></head>", "<x>"),
            b"<head><x></HEAD><p></head>"
        );
        assert_eq!(inject(b"<p>", "<x>"), b"<p><x>");
    }
}
