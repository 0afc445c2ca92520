//! Syntax highlighting of code blocks with classes; each distinct block is highlighted once.
//!
//! Entry: [`Highlighter::highlight`]. Invariant: the output contains no styles and no colours.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::html::escape;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scopes by the start of their name, and the class that each gets.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    let names = [
        ("comment", "hl-c"),
        ("string", "hl-s"),
        ("keyword", "hl-k"),
        ("storage", "hl-k"),
        ("entity.name.tag", "hl-k"),
        ("entity.name.function", "hl-k"),
        ("support.type.property-name", "hl-k"),
    ];
    names
        .into_iter()
        .filter_map(|(name, class)| Some((Scope::new(name).ok()?, class)))
        .collect()
});

/// Longer blocks, in bytes, are not highlighted, since this would be slow.
const MAX_HIGHLIGHTED_BYTES: usize = 20_000;

/// Highlights code, with a cache.
#[derive(Debug, Default)]
pub struct Highlighter {
    seen: Mutex<HashMap<(String, String), Arc<str>>>,
}

impl Highlighter {
    /// The HTML of a code block in a language; plain text where the language is unknown.
    #[must_use]
    pub fn highlight(&self, language: &str, code: &str) -> Arc<str> {
        let key = (language.to_owned(), code.to_owned());
        if let Some(html) = self
            .seen
            .lock()
            .expect("no thread panics while holding it")
            .get(&key)
        {
            return html.clone();
        }
        let html: Arc<str> = markup(language, code).into();
        let mut seen = self.seen.lock().expect("no thread panics while holding it");
        seen.insert(key, html.clone());
        html
    }
}

fn markup(language: &str, code: &str) -> String {
    let syntax = SYNTAXES
        .find_syntax_by_token(language)
        .filter(|it| it.name != "Plain Text");
    match syntax {
        Some(syntax) if code.len() <= MAX_HIGHLIGHTED_BYTES => {
            classed(syntax, code).unwrap_or_else(|| escape(code))
        }
        _ => escape(code),
    }
}

fn classed(syntax: &SyntaxReference, code: &str) -> Option<String> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut pieces: Vec<(Option<&str>, String)> = Vec::new();
    for line in LinesWithEndings::from(code) {
        let mut from = 0;
        for (to, operation) in state.parse_line(line, &SYNTAXES).ok()? {
            push(&mut pieces, class_of(&stack), &line[from..to]);
            from = to;
            stack.apply(&operation).ok()?;
        }
        push(&mut pieces, class_of(&stack), &line[from..]);
    }
    let mut out = String::new();
    for (class, text) in pieces {
        match class {
            Some(class) => {
                out.push_str(&format!("<span class=\"{class}\">{}</span>", escape(&text)));
            }
            None => out.push_str(&escape(&text)),
        }
    }
    Some(out)
}

fn push<'a>(pieces: &mut Vec<(Option<&'a str>, String)>, class: Option<&'a str>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some((last, words)) if *last == class || text.trim().is_empty() => words.push_str(text),
        _ => pieces.push((class, text.to_owned())),
    }
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    stack
        .as_slice()
        .iter()
        .rev()
        .find_map(|scope| {
            CLASSES
                .iter()
                .find(|(prefix, _)| prefix.is_prefix_of(*scope))
        })
        .map(|(_, class)| *class)
}

#[cfg(test)]
mod tests {
    use super::Highlighter;

    #[test]
    fn code_is_escaped_and_classed_in_few_spans() {
        let html = Highlighter::default().highlight("yaml", "# <b>\nkey: \"a & b\"\n");
        assert!(html.contains("<span class=\"hl-c\"># &lt;b&gt;"), "{html}");
        assert!(html.contains("hl-k\">key"), "{html}");
        assert!(html.contains("a &amp; b"), "{html}");
        assert_eq!(
            &*Highlighter::default().highlight("no such", "<i>"),
            "&lt;i&gt;"
        );
    }
}
