//! Checks the CSS of an SVG for what loads or runs.
//!
//! Entry: [`fault`]. Invariant: CSS escapes and comments cannot hide anything.

use super::address;

/// Functions and properties that load something, or run scripts in some browsers.
const FORBIDDEN: [&str; 6] = [
    "image-set(",
    "expression(",
    "-moz-binding",
    "behavior:",
    "javascript:",
    "vbscript:",
];

/// Number of characters of an address to look at: enough for its scheme and media type.
const MAX_ADDRESS: usize = 64;

/// What a style could load or run; none if it does neither.
pub(super) fn fault(style: &str) -> Option<&'static str> {
    let style = unescape(style);
    if style.contains("@import") {
        return Some("a style sheet from elsewhere is loaded");
    }
    if FORBIDDEN.iter().any(|it| style.contains(it)) {
        return Some("this style could run or load something");
    }
    let loads = |start: &str| {
        let mut rest = style.as_str();
        while let Some((before, after)) = rest.split_once(start) {
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            let inside: String = after
                .chars()
                .take(MAX_ADDRESS)
                .take_while(|c| *c != ')')
                .collect();
            if !before.ends_with(is_name) && !is_local(&inside) {
                return true;
            }
            rest = after;
        }
        false
    };
    (loads("url(") || loads("src(")).then_some("another file is loaded")
}

/// Whether an address is a fragment of the same file, or embeds a raster image or a font.
fn is_local(inside: &str) -> bool {
    let inside = inside.trim().trim_matches(['"', '\'']).trim();
    let data = inside.strip_prefix("data:").unwrap_or_default();
    let fonts = ["font/", "application/font-", "application/x-font-"];
    inside.is_empty()
        || inside.starts_with('#')
        || address::is_raster(inside)
        || fonts.iter().any(|it| data.starts_with(it))
}

/// Removes comments, resolves escapes and lowercases a style.
fn unescape(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                let mut number = String::new();
                while let Some(digit) = rest.next_if(char::is_ascii_hexdigit) {
                    number.push(digit);
                    if number.len() == 6 {
                        break;
                    }
                }
                if number.is_empty() {
                    // An escaped line break is removed, any other character stands for itself.
                    out.extend(rest.next().filter(|it| *it != '\n'));
                } else {
                    rest.next_if(char::is_ascii_whitespace);
                    let known = u32::from_str_radix(&number, 16).ok();
                    out.extend(known.and_then(char::from_u32));
                }
            }
            '/' if rest.peek() == Some(&'*') => {
                rest.next();
                let mut last = ' ';
                for c in rest.by_ref() {
                    if (last, c) == ('*', '/') {
                        break;
                    }
                    last = c;
                }
            }
            c => out.push(c),
        }
    }
    out.make_ascii_lowercase();
    out
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn loading_is_found_in_any_spelling() {
        for style in [
            "@import 'a.css'",
            "@\\69mport url(a)",
            "@im/**/port x; fill: url(http://x)",
            "fill: url( \"https://example.org/a\" )",
            "fill:\\75rl(//example.org/a)",
            "fill: u\\000072l(a.svg#b)",
            "background: image-set('a.png' 1x)",
            "x: -moz-binding",
            "fill: URL(a.svg)",
            "src: url(data:text/html,a)",
            "a{fill:url(#a);stroke:url(b)}",
            "@font-face{src:src('a.woff')}",
            "fill: url(data:image/svg+xml,a)",
        ] {
            assert!(fault(style).is_some(), "{style}");
        }
        for style in [
            ".st0{fill:#FFF;}",
            "fill:url(#g)",
            "fill: url( '#g' )",
            "mask-image: url(data:image/png;base64,AA==)",
            "@font-face{font-family:a;src:url(data:font/woff2;base64,AA)}",
            "/* @import */ .a { stroke-width: 2 }",
            "",
        ] {
            assert_eq!(fault(style), None, "{style}");
        }
    }
}
