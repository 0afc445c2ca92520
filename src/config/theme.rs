//! `[theme]`: whose site it is, and which parts of it are shown.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::address;

/// What makes the site look like its owner's. Files of the folder `theme/` go further: see the manual's page on the theme.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Theme {
    /// A short name of the site, for the head of each page and the titles of windows. The title stands in all other places.
    pub short_title: Option<String>,
    /// The logo in the head of each page, in place of the mark: an SVG or PNG file such as `theme/logo.svg`. The name stands beside it.
    pub logo: Option<String>,
    /// The logo on a dark ground, where one file does not serve both.
    pub logo_dark: Option<String>,
    /// What the logo says, if it holds the name: then the name is not written beside it. Without it the logo is decoration.
    pub logo_alt: Option<String>,
    /// The mark in the browser's tab: a square SVG or PNG file in `theme/`. By default `theme/favicon.svg`, else the logo.
    pub favicon: Option<String>,
    /// The one colour of links, identifiers and filled marks, such as `#0b5666`. Hover, tints and heat maps follow it.
    pub accent: Option<String>,
    /// The same on a dark ground. By default, the first lighter tone of `accent` that can be read well there.
    pub accent_dark: Option<String>,
    /// Links in a row of their own at the end of each page: imprint, privacy, accessibility.
    pub footer: Vec<FooterLink>,
    /// Parts of the site that are not shown: they have no page, no way that leads to them, and are not found.
    pub hide: Vec<Hidden>,
}

/// A link at the end of each page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FooterLink {
    /// The words of the link.
    pub title: String,
    /// A page of the book by its path in the content folder, such as `guide/imprint.md`; or an address that begins with `https://` or `mailto:`.
    pub link: String,
}

impl FooterLink {
    /// Whether it leads out of the site.
    #[must_use]
    pub fn is_address(&self) -> bool {
        address::is_outside(&self.link)
    }
}

/// A part of the site that need not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    /// Measures against use cases and frameworks.
    Matrix,
    /// What is mapped, left out and open.
    Coverage,
    /// From one framework to another.
    Crosswalk,
    /// What a certificate's levels say to the provider.
    Provider,
    /// Statements to tick off.
    Checklists,
    /// The page of threats. Their names in texts stay, without a link.
    Threats,
    /// The page of terms. Terms in texts stay, without a link.
    Glossary,
    /// The catalogue as JSON and CSV, page and files.
    Data,
}
