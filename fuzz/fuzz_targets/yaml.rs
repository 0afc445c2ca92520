//! The two readers of YAML agree on every text that the quick one accepts.
#![no_main]

use controlbook::structure::yaml::agreement;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    agreement::is_read(text);
});
