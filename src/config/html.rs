//! `[output.html]`: what the site is like and where it is published.

use schemars::JsonSchema;
use serde::Deserialize;

/// What the site is like.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Output {
    /// The HTML site.
    pub html: Html,
}

/// The HTML site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Html {
    /// The address at which the site is published, such as `https://example.org/catalogue/`.
    pub site_url: Option<String>,
    /// The repository, for a link.
    pub git_repository_url: Option<String>,
    /// The address to edit a file, with `{path}` in it.
    pub edit_url_template: Option<String>,
    /// A line that stands in the foot of every page: what the site is and is not.
    pub notice: Option<String>,
    /// Whether a `.gz` and a `.br` file stand beside each text file, for servers that send them as they are.
    pub precompress: bool,
    /// The licence of the content, as shown in the foot.
    pub licence: Option<String>,
    /// Whether the whole catalogue is also made as one document, `print.html`, to print or to keep as a file; by default
    /// up to 500 measures.
    pub print: Option<bool>,
}
