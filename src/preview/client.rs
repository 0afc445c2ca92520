//! The preview's own script and style sheet, and the two tags that bring them into a page.
//!
//! Entry: [`tags`]. Invariant: they load under the policy that pages carry, from the preview's own folder.

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

/// What the pages look like that only the preview shows, and what it adds to others.
pub(super) const STYLES: &str = include_str!("client/preview.css");

/// The script.
pub(super) static SCRIPT: LazyLock<String> = LazyLock::new(|| SCRIPTS.concat());

/// A word that changes with script and styles.
pub(super) static VERSION: LazyLock<String> =
    LazyLock::new(|| tag(format!("{}{STYLES}", *SCRIPT).as_bytes()));

/// A short word for bytes: equal where they are.
pub(super) fn tag(bytes: &[u8]) -> String {
    let mut tag = blake3::hash(bytes).to_hex().to_string();
    tag.truncate(16);
    tag
}

/// What stands before the end of a page's head: which state of which run it shows, and the tag of its bytes.
pub(super) fn tags(run: &str, at: u64, page: &str) -> String {
    let version = VERSION.as_str();
    format!(
        "<link rel=\"stylesheet\" href=\"/{RESERVED}preview.css?v={version}\">\
         <script src=\"/{RESERVED}preview.js?v={version}\" data-preview=\"{run}\" data-at=\"{at}\" data-page=\"{page}\"></script>"
    )
}

/// A page with the tags in it; everything else as it is.
pub(super) fn injected(page: &[u8], tags: &str) -> Vec<u8> {
    const END: &[u8] = b"</head>";
    let at = page
        .windows(END.len())
        .position(|it| it.eq_ignore_ascii_case(END))
        .unwrap_or(page.len());
    [&page[..at], tags.as_bytes(), &page[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::injected;

    #[test]
    fn tags_stand_at_the_end_of_the_head() {
        assert_eq!(
            injected(b"<head></HEAD><p></head>", "<x>"),
            b"<head><x></HEAD><p></head>"
        );
        assert_eq!(injected(b"<p>", "<x>"), b"<p><x>");
    }
}
