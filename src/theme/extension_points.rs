//! What a book can override in the built-in theme: blocks of templates and tokens of style sheets.
//!
//! Entry: [`blocks`], [`tokens`]. Invariant: both are read from the files of the theme; only the meanings of the tokens are written
//! here.

use super::sheet::{self, Mode};
use super::template::Outline;
use super::{SHEET_ORDER, TEMPLATES, built_in};

/// A token of the theme, for the manual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenInfo {
    /// Its name without the two hyphens.
    pub name: String,
    /// Its value in the light appearance.
    pub light: String,
    /// Its value in the dark appearance, where it differs.
    pub dark: Option<String>,
    /// What it is used for.
    pub meaning: &'static str,
}

/// The blocks of each template that has any, by name.
#[must_use]
pub fn blocks() -> Vec<(String, Vec<String>)> {
    let templates = built_in::paths().into_iter();
    let mut out: Vec<_> = templates
        .filter_map(|path| {
            let name = path.strip_prefix(TEMPLATES)?.to_owned();
            let blocks = Outline::parse(built_in::text(&path)?).blocks;
            let blocks: Vec<_> = blocks.into_iter().map(|it| it.name).collect();
            (!blocks.is_empty()).then_some((name, blocks))
        })
        .collect();
    // The layout of all pages comes first.
    out.sort_by_key(|(name, _)| name != "layout.html");
    out
}

/// All tokens, in the order of their sheet.
#[must_use]
pub fn tokens() -> Vec<TokenInfo> {
    let sheet = built_in::text(&format!("css/{}", SHEET_ORDER[0])).unwrap_or_default();
    let all = sheet::tokens(sheet);
    let light = all.iter().filter(|it| it.mode == Mode::Light);
    let dark = |name: &str| {
        let mut declarations = all
            .iter()
            .filter(|it| it.mode == Mode::Dark && it.name == name);
        declarations
            .next()
            .map(|it| sheet[it.value.clone()].to_owned())
    };
    let info = |it: &sheet::Token| TokenInfo {
        name: it.name.clone(),
        light: sheet[it.value.clone()].to_owned(),
        dark: dark(&it.name),
        meaning: meaning(&it.name),
    };
    light.map(info).collect()
}

/// What a token is used for; empty if unknown.
fn meaning(name: &str) -> &'static str {
    let step = |prefix: &str| {
        let rest = name.strip_prefix(prefix)?;
        rest.parse::<u32>().ok()
    };
    let known = match name {
        "serif" => "names of things",
        "sans" => "all other text",
        "mono" => "identifiers",
        "t-xs" | "t-s" | "t-m" => "small text and tables",
        "measure" => "width of a column of text",
        "gutter" => "margin of the page",
        "part" => "space before a section",
        "paper" => "the page",
        "wash" => "quiet ground",
        "in" => "behind a mark",
        "line" => "hairline",
        "line-2" => "border of a control",
        "ink" => "text",
        "ink-2" => "secondary text",
        "accent" => "links, identifiers and filled marks",
        "accent-2" => "the same under the pointer",
        "wash-2" => "what is chosen or targeted",
        "on-accent" => "text on the accent",
        "focus" => "ring around what has the focus",
        "mark" => "found words",
        _ => "",
    };
    if known.is_empty() && step("t-").is_some() {
        return "text, the larger the number";
    }
    if known.is_empty() && step("s").is_some() {
        return "space, in quarters of a rem";
    }
    if known.is_empty() && step("h").is_some() {
        return "step of a heat map";
    }
    known
}

#[cfg(test)]
mod tests {
    use super::{blocks, tokens};

    #[test]
    fn every_token_has_a_meaning() {
        let tokens = tokens();
        assert!(tokens.len() > 30);
        for token in tokens {
            assert!(!token.meaning.is_empty(), "--{} has no meaning", token.name);
        }
    }

    #[test]
    fn every_page_has_a_heading_and_a_content_to_change() {
        let blocks = blocks();
        assert_eq!(blocks[0].0, "layout.html");
        let without: Vec<_> = blocks
            .iter()
            .skip(1)
            .filter(|(_, it)| {
                !["body", "heading", "content"]
                    .iter()
                    .all(|name| it.iter().any(|it| it == name))
            })
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(without, Vec::<&str>::new());
    }
}
