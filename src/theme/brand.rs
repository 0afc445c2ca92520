//! The logo and the mark in the browser's tab.
//!
//! Entry: [`LogoView::of`], [`IconView::of`]. Invariant: a picture's size comes from the picture, so that nothing moves when it has loaded.

use serde::Serialize;

use super::Theme;
use crate::config::Theme as Settings;
use crate::structure::picture::size_of;

/// The logo in the head of a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LogoView {
    pub src: String,
    /// The one on a dark ground.
    pub dark: Option<String>,
    /// What it says; empty where the name stands beside it.
    pub alt: String,
    /// The size in the picture's own units.
    pub size: Option<(u32, u32)>,
}

/// The mark in the browser's tab.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IconView {
    pub href: String,
    /// The media type.
    pub kind: &'static str,
}

impl LogoView {
    /// The logo, if the book has one; `root` leads from the page to the site's top.
    pub(crate) fn of(theme: &Theme, settings: &Settings, root: &str) -> Option<Self> {
        let logo = settings.logo.as_deref()?;
        Some(Self {
            src: address(logo, root),
            dark: settings.logo_dark.as_deref().map(|it| address(it, root)),
            alt: settings.logo_alt.clone().unwrap_or_default(),
            size: inner(logo).and_then(|it| size_of(theme.file(it))),
        })
    }
}

impl IconView {
    /// The setting, else the book's `theme/favicon.svg`, else the logo, else the built-in mark.
    pub(crate) fn of(theme: &Theme, settings: &Settings, root: &str) -> Self {
        let by_name = "theme/favicon.svg";
        let logo = settings.logo.as_deref();
        let logo = logo.filter(|_| !theme.own.contains_key("favicon.svg"));
        let path = settings.favicon.as_deref().or(logo).unwrap_or(by_name);
        Self {
            href: address(path, root),
            kind: if is_png_path(path) {
                "image/png"
            } else {
                "image/svg+xml"
            },
        }
    }
}

/// A path of `book.toml` as a path in the folder `theme/`.
pub(super) fn inner(path: &str) -> Option<&str> {
    path.strip_prefix("theme/")
}

/// The address of a file of the theme.
fn address(path: &str, root: &str) -> String {
    format!("{root}assets/{}", inner(path).unwrap_or(path))
}

fn is_png_path(path: &str) -> bool {
    path.rsplit('.')
        .next()
        .is_some_and(|it| it.eq_ignore_ascii_case("png"))
}

/// The first bytes of a PNG.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Whether browsers show a file under this name as a picture.
pub(super) fn is_picture(path: &str, bytes: &[u8]) -> bool {
    if is_png_path(path) {
        return bytes.starts_with(PNG);
    }
    let is_svg = path
        .rsplit('.')
        .next()
        .is_some_and(|it| it.eq_ignore_ascii_case("svg"));
    is_svg && std::str::from_utf8(bytes).is_ok_and(|it| svg_tag(it).is_some())
}

/// The attributes of the root of an SVG.
fn svg_tag(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("<svg")?;
    rest.split_once('>').map(|it| it.0)
}

/// What shows one of two logos by the appearance; nothing where there are no two.
pub(super) fn style(settings: &Settings) -> &'static str {
    if settings.logo.is_none() || settings.logo_dark.is_none() {
        return "";
    }
    ".by-night{display:none}\n\
     @media screen and (prefers-color-scheme:dark){:root:not([data-theme=\"light\"]) .by-day{display:none}:root:not([data-theme=\"light\"]) .by-night{display:inline}}\n\
     @media screen{:root[data-theme=\"dark\"] .by-day{display:none}:root[data-theme=\"dark\"] .by-night{display:inline}}\n"
}

#[cfg(test)]
mod tests {
    use super::is_picture;

    #[test]
    fn a_logo_is_what_its_name_says() {
        let svg = b"<?xml version='1.0'?>\n<svg xmlns='x' viewBox='0 0 120.5 40'><path/></svg>";
        assert!(is_picture("logo.svg", svg) && !is_picture("logo.png", svg));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x40";
        assert!(is_picture("logo.PNG", png) && !is_picture("logo.svg", png));
    }
}
