//! Checks the addresses in the attributes of an SVG.
//!
//! Entry: [`fault`]. Invariant: whitespace and control characters, which browsers ignore, cannot hide a scheme.

/// Raster formats, which can neither run scripts nor load anything.
const RASTER: [&str; 6] = ["png", "jpeg", "jpg", "gif", "webp", "avif"];

/// What is wrong with the address in an attribute of an element; none for a fragment of the same file, an embedded raster image
/// or a link to the web.
pub(super) fn fault(element: &str, address: &str) -> Option<&'static str> {
    // Browsers trim whitespace and remove tabs and line breaks (WHATWG URL).
    let address: String = address
        .chars()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .trim()
        .to_lowercase();
    let is_image = matches!(element, "image" | "feimage");
    let schemes = ["https://", "http://", "mailto:", "tel:"];
    let is_link = element == "a" && schemes.iter().any(|it| address.starts_with(it));
    if address.is_empty() || address.starts_with('#') || is_link {
        return None;
    }
    if is_image && is_raster(&address) {
        return None;
    }
    let scripts = ["javascript:", "vbscript:", "livescript:", "mocha:"];
    Some(if scripts.iter().any(|it| address.starts_with(it)) {
        "this address runs a script"
    } else if address.starts_with("data:") {
        "this embeds something that is no raster image"
    } else {
        "this refers to another file"
    })
}

/// Whether a lowercase address embeds a raster image.
pub(super) fn is_raster(address: &str) -> bool {
    let kind = address.strip_prefix("data:image/").unwrap_or_default();
    RASTER.iter().any(|it| {
        let rest = kind.strip_prefix(it);
        rest.is_some_and(|it| it.starts_with([';', ',']))
    })
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn only_fragments_raster_images_and_web_links_are_allowed() {
        for (element, address) in [
            ("a", "javascript:alert(1)"),
            ("a", " java\nscript:alert(1)"),
            ("a", "\u{1}JAVASCRIPT:x"),
            ("a", "data:text/html,x"),
            ("a", "other.svg"),
            ("a", "//example.org"),
            ("use", "https://example.org/a.svg#b"),
            ("use", "a.svg#b"),
            ("image", "https://example.org/a.png"),
            ("image", "data:image/svg+xml;base64,AA"),
            ("image", "data:image/pngx,AA"),
            ("use", "data:image/png;base64,AA"),
            ("a", "file:///etc/passwd"),
        ] {
            assert!(fault(element, address).is_some(), "{element} {address}");
        }
        for (element, address) in [
            ("use", "#a"),
            ("lineargradient", " #g "),
            ("a", "https://example.org/"),
            ("a", "mailto:a@example.org"),
            ("image", "data:image/png;base64,\n AA=="),
            ("image", ""),
        ] {
            assert_eq!(fault(element, address), None, "{element} {address}");
        }
    }
}
