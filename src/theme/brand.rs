//! The logo and the favicon.
//!
//! Entry: [`LogoView::new`], [`IconView::new`]. Invariant: a logo has the dimensions of its file, so that the layout does not shift
//! when it loads.

use serde::Serialize;

use super::Theme;
use crate::config::Theme as Settings;
use crate::structure::picture::size_of;

/// The logo in the header of a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LogoView {
    pub src: String,
    /// The logo for the dark appearance.
    pub dark: Option<String>,
    /// The alternative text; empty if the name is next to it.
    pub alt: String,
    /// The dimensions in the units of the picture.
    pub size: Option<(u32, u32)>,
}

/// The favicon.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IconView {
    pub href: String,
    /// The media type.
    pub kind: &'static str,
}

impl LogoView {
    /// The logo, if the book has one; `root` is the path from the page to the top of the site.
    pub(crate) fn new(theme: &Theme, settings: &Settings, root: &str) -> Option<Self> {
        let logo = settings.logo.as_deref()?;
        Some(Self {
            src: asset_url(logo, root),
            dark: settings.logo_dark.as_deref().map(|it| asset_url(it, root)),
            alt: settings.logo_alt.clone().unwrap_or_default(),
            size: path_in_theme(logo).and_then(|it| size_of(theme.file(it))),
        })
    }
}

impl IconView {
    /// The favicon: the setting, else the book's `theme/favicon.svg`, else the logo, else the built-in one.
    pub(crate) fn new(theme: &Theme, settings: &Settings, root: &str) -> Self {
        let default = "theme/favicon.svg";
        let logo = settings
            .logo
            .as_deref()
            .filter(|_| !theme.own.contains_key("favicon.svg"));
        let path = settings.favicon.as_deref().or(logo).unwrap_or(default);
        Self {
            href: asset_url(path, root),
            kind: if is_png_path(path) {
                "image/png"
            } else {
                "image/svg+xml"
            },
        }
    }
}

/// Converts a path in `book.toml` to a path in the folder `theme/`.
pub(super) fn path_in_theme(path: &str) -> Option<&str> {
    path.strip_prefix("theme/")
}

/// The URL of a file of the theme.
fn asset_url(path: &str, root: &str) -> String {
    format!("{root}assets/{}", path_in_theme(path).unwrap_or(path))
}

fn is_png_path(path: &str) -> bool {
    path.rsplit('.')
        .next()
        .is_some_and(|it| it.eq_ignore_ascii_case("png"))
}

/// The signature of a PNG.
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Whether the content of a file is the SVG or PNG that its name says.
pub(super) fn is_valid_picture(path: &str, bytes: &[u8]) -> bool {
    if is_png_path(path) {
        return bytes.starts_with(PNG_SIGNATURE);
    }
    let is_svg = path
        .rsplit('.')
        .next()
        .is_some_and(|it| it.eq_ignore_ascii_case("svg"));
    is_svg && std::str::from_utf8(bytes).is_ok_and(has_svg_root)
}

/// Whether a text contains an `<svg>` element.
fn has_svg_root(text: &str) -> bool {
    text.split_once("<svg")
        .is_some_and(|(_, rest)| rest.contains('>'))
}

/// The style that shows the logo for the appearance; empty unless there are two logos.
pub(super) fn logo_style(settings: &Settings) -> &'static str {
    if settings.logo.is_none() || settings.logo_dark.is_none() {
        return "";
    }
    ".by-night{display:none}\n\
     @media screen and (prefers-color-scheme:dark){:root:not([data-theme=\"light\"]) .by-day{display:none}:root:not([data-theme=\"light\"]) .by-night{display:inline}}\n\
     @media screen{:root[data-theme=\"dark\"] .by-day{display:none}:root[data-theme=\"dark\"] .by-night{display:inline}}\n"
}

#[cfg(test)]
mod tests {
    use super::is_valid_picture;

    #[test]
    fn a_logo_is_what_its_name_says() {
        let svg = b"<?xml version='1.0'?>\n<svg xmlns='x' viewBox='0 0 120.5 40'><path/></svg>";
        assert!(is_valid_picture("logo.svg", svg) && !is_valid_picture("logo.png", svg));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x40";
        assert!(is_valid_picture("logo.PNG", png) && !is_valid_picture("logo.svg", png));
    }
}
