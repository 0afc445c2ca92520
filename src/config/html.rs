//! `[output.html]`.

use schemars::JsonSchema;
use serde::Deserialize;

/// The output formats.
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
    /// The web address of the published site, such as `https://example.org/catalogue/`.
    pub site_url: Option<String>,
    /// The web address of the repository, for a link.
    pub git_repository_url: Option<String>,
    /// A template for the web address at which a file can be edited, with `{path}` in it.
    pub edit_url_template: Option<String>,
    /// A notice in the footer of every page: what the site is and is not.
    pub notice: Option<String>,
    /// Whether to write compressed `.gz` and `.br` copies of text files, for servers that can send them.
    pub precompress: bool,
    /// The licence of the content, shown in the footer.
    pub licence: Option<String>,
    /// Whether to write the whole catalogue as one document for printing, `print.html`. Default: only up to 500 measures.
    pub print: Option<bool>,
}
