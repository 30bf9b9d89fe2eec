//! OAuth headers, and the base strings of requests with them.
#![no_main]

#[path = "../readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::oauth(bytes));
