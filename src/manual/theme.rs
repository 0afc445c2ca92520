//! The page on the theme: how to change it, with all blocks, tokens and files.
//!
//! Entry: [`page`]. Invariant: the lists come from the built-in theme.

use super::text::{table_header, table_row};
use crate::theme::{blocks, built_in, tokens};

/// The page.
#[must_use]
pub fn page() -> String {
    let mut out = include_str!("theme.md").to_owned();
    out.push_str(
        "\n## Blocks\n\n`layout.html` is the frame of every page: each of its blocks can be changed in each template too. `head_end` and \
         `body_end` are empty and stand before the ends of `head` and `body`; `footer_start` and `footer_end` are empty and stand in the \
         foot; `brand` is the logo with the name, `nav` the items of the menu. In each other template, `heading` is what stands above the \
         text and `content` the text with all that follows. `head` and `foot` belong to the pages: put nothing there that each page is to have.\n\n",
    );
    out.push_str(&table_header(&["template", "blocks"]));
    for (template, blocks) in blocks() {
        let blocks: Vec<_> = blocks.iter().map(|it| format!("`{it}`")).collect();
        out.push_str(&table_row(&[&format!("`{template}`"), &blocks.join(", ")]));
    }
    out.push_str(
        "\n## Tokens\n\nEach can be set anew in a style sheet of your own. Colours for the dark appearance stand in the same two \
         rules as in the built-in `css/tokens.css`.\n\n",
    );
    out.push_str(&table_header(&["token", "light", "dark", "what it is"]));
    for token in tokens() {
        let dark = token.dark.map_or_else(String::new, |it| format!("`{it}`"));
        let cells = [
            format!("`--{}`", token.name),
            format!("`{}`", token.light),
            dark,
        ];
        let [name, light, dark] = &cells;
        out.push_str(&table_row(&[name, light, dark, token.meaning]));
    }
    out.push_str("\n## Files\n\nEvery file of the built-in theme. One of the same path in `theme/` takes its place.\n\n");
    let paths: Vec<_> = built_in::paths()
        .iter()
        .map(|it| format!("`{it}`"))
        .collect();
    out.push_str(&format!("{}\n", paths.join(", ")));
    out
}
