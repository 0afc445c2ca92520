//! Any Markdown renders to HTML with proper nesting and unique ids.
#![no_main]

#[path = "../../tests/it/rendered.rs"]
mod rendered;

use controlbook::markdown::Flavour;
use libfuzzer_sys::fuzz_target;
use rendered::{render, nesting_error, duplicate_ids};

fuzz_target!(|text: &str| {
    for flavour in [Flavour::Block, Flavour::Inline] {
        let html = render(text, flavour, false);
        assert_eq!(nesting_error(&html), None, "{text:?}\n{html}");
        assert_eq!(duplicate_ids(&html), [""; 0], "{text:?}\n{html}");
        // HTML from the author need not be nested properly.
        let _ = render(text, flavour, true);
    }
});
