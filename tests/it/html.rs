//! A reader of HTML that is strict enough for tests: elements with their attributes, text.

use std::collections::BTreeMap;

/// An opening tag.
pub struct Element<'a> {
    pub name: &'a str,
    pub attributes: BTreeMap<&'a str, String>,
}

impl Element<'_> {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// Every opening tag of a page, in order. Panics where a tag is not well formed.
pub fn elements(html: &str) -> Vec<Element<'_>> {
    let mut out = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = &rest[rest.find("-->").expect("a comment ends")..];
        } else if rest.starts_with("</") || rest.starts_with("<!") {
            rest = &rest[1..];
        } else {
            let (element, after) = element(rest);
            out.push(element);
            rest = after;
        }
    }
    out
}

fn element(text: &str) -> (Element<'_>, &str) {
    let inner = &text[1..];
    let end = inner
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .expect("a tag ends");
    let name = &inner[..end];
    assert!(
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()),
        "not a tag: {}",
        &text[..text.len().min(40)]
    );
    let mut attributes = BTreeMap::new();
    let mut rest = inner[end..].trim_start();
    loop {
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            return (Element { name, attributes }, after);
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
            .expect("an attribute ends");
        let key = &rest[..end];
        assert!(
            !key.is_empty(),
            "a stray sign in a tag: {}",
            &text[..text.len().min(80)]
        );
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let close = quoted.find('"').expect("a quote ends");
                rest = &quoted[close + 1..];
                decode(&quoted[..close])
            }
            None => {
                assert!(!rest.starts_with('='), "an attribute without quotes: {key}");
                String::new()
            }
        };
        assert!(
            attributes.insert(key, value).is_none(),
            "the attribute {key} stands twice on {name}"
        );
        rest = rest.trim_start();
    }
}

/// The text inside the first element of a name.
pub fn text_of(html: &str, name: &str) -> String {
    let open = html
        .find(&format!("<{name}"))
        .unwrap_or_else(|| panic!("no {name}"));
    let start = open + html[open..].find('>').expect("the tag ends") + 1;
    let end = start
        + html[start..]
            .find(&format!("</{name}>"))
            .expect("it is closed");
    let mut out = String::new();
    let mut inside = false;
    for c in html[start..end].chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    decode(&out)
}

/// The whole text of a page, tags left out.
pub fn all_text(html: &str) -> String {
    text_of(html, "html")
}

fn decode(text: &str) -> String {
    let mut out = text.to_owned();
    for (entity, sign) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, sign);
    }
    out
}
