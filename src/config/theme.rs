//! `[theme]`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::address;

/// The look of the site. Files in the folder `theme/` can change more: see the page on the theme in the manual.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Theme {
    /// A short name of the site, for page headers and window titles. Everything else shows the title.
    pub short_title: Option<String>,
    /// The logo in the page header: an SVG or PNG file such as `theme/logo.svg`. The name is shown next to it.
    pub logo: Option<String>,
    /// The logo for dark mode, if it needs another file.
    pub logo_dark: Option<String>,
    /// The text alternative of the logo, if the logo contains the name. The name is then not shown next to it. Without it, the logo is
    /// decorative.
    pub logo_alt: Option<String>,
    /// The icon in the browser tab: a square SVG or PNG file in `theme/`. Default: `theme/favicon.svg`, otherwise the logo.
    pub favicon: Option<String>,
    /// The colour of links, identifiers and icons, such as `#0b5666`. Hover colours, tints and heat maps are derived from it.
    pub accent: Option<String>,
    /// The accent colour in dark mode. Default: the first lighter shade of `accent` with sufficient contrast.
    pub accent_dark: Option<String>,
    /// Additional links in the footer of each page, such as imprint, privacy and accessibility.
    pub footer: Vec<FooterLink>,
    /// Parts of the site to leave out: they have no pages, no links and no search results.
    pub hide: Vec<Hidden>,
}

/// A link in the footer of each page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FooterLink {
    /// The text of the link.
    pub title: String,
    /// The path of a page in the content folder, such as `guide/imprint.md`, or an address that begins with `https://` or `mailto:`.
    pub link: String,
}

impl FooterLink {
    /// Whether it is an external address.
    #[must_use]
    pub fn is_address(&self) -> bool {
        address::is_external(&self.link)
    }
}

/// A part of the site that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    /// The matrices of measures, use cases and frameworks.
    Matrix,
    /// The coverage of frameworks: mapped, excluded and open.
    Coverage,
    /// The crosswalks between frameworks.
    Crosswalk,
    /// The requirements on providers by assurance level.
    Provider,
    /// The checklists.
    Checklists,
    /// The page of threats. Their names stay in texts, without links.
    Threats,
    /// The glossary. Terms stay in texts, without links.
    Glossary,
    /// The data files in JSON and CSV, and their page.
    Data,
}
