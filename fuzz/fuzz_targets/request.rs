//! The head of a request to the preview is read without a panic, alike however it arrives.
#![no_main]

use controlbook::host::http;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| http::read_incrementally(bytes));
