//! Every example of the `CommonMark` Spec: the HTML of any text is nested properly.

use controlbook::markdown::Flavour;

use crate::rendered::{duplicate_ids, nesting_error, render, tags};

const EXAMPLES: &str = include_str!("../fixtures/commonmark-0.31.2.txt");

/// The examples, by number.
fn examples() -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for part in EXAMPLES.split("=-=-= ").skip(1) {
        let (number, text) = part.split_once('\n').expect("a line for the number");
        out.push((number.parse().expect("a number"), text.to_owned()));
    }
    out
}

#[test]
fn every_example_gives_whole_html() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    for (number, text) in &examples {
        for flavour in [Flavour::Block, Flavour::Inline] {
            let html = render(text, flavour, false);
            assert_eq!(nesting_error(&html), None, "{number}: {text:?}\n{html}");
            assert_eq!(duplicate_ids(&html), [""; 0], "{number}: {html}");
        }
    }
}

#[test]
fn html_of_the_author_tears_none_of_ours() {
    for (number, text) in examples() {
        let ours = tags(&render(&text, Flavour::Block, false));
        let html = render(&text, Flavour::Block, true);
        assert!(!html.contains("<!--"), "{number}: {html}");
        // What is ours stands among the author's in the same order.
        let mut both = tags(&html).into_iter();
        for tag in ours {
            assert!(both.any(|it| it == tag), "{number}: {tag:?} in {html}");
        }
    }
}

#[test]
fn all_examples_in_one_text_give_whole_html() {
    // Examples whose last block goes on for ever would swallow the next.
    let texts = examples().into_iter().map(|(_, text)| text);
    let texts: Vec<_> = texts
        .filter(|it| !it.contains("```") && !it.contains("~~~"))
        .collect();
    let html = render(&texts.join("\n\n"), Flavour::Block, false);
    assert_eq!(nesting_error(&html), None);
    assert_eq!(duplicate_ids(&html), [""; 0]);
    let quoted = texts.join("\n\n").replace('\n', "\n> ");
    let html = render(&format!("> {quoted}"), Flavour::Block, false);
    assert_eq!(nesting_error(&html), None);
    assert!(
        !html.contains("<section>"),
        "no section begins in a quotation"
    );
}
