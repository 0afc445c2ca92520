//! Any Markdown gives HTML whose elements stand in each other, and whose ids differ.
#![no_main]

#[path = "../../tests/it/rendered.rs"]
mod rendered;

use controlbook::markdown::Flavour;
use libfuzzer_sys::fuzz_target;
use rendered::{rendered, torn, twice};

fuzz_target!(|text: &str| {
    for flavour in [Flavour::Block, Flavour::Inline] {
        let html = rendered(text, flavour, false);
        assert_eq!(torn(&html), None, "{text:?}\n{html}");
        assert_eq!(twice(&html), [""; 0], "{text:?}\n{html}");
        // With the author's own HTML among it, it need not be whole.
        let _ = rendered(text, flavour, true);
    }
});
