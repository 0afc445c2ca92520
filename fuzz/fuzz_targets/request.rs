//! Reading the head of a request never panics, and gives the same result however the bytes are divided.
#![no_main]

use controlbook::host::http;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| http::read_incrementally(bytes));
