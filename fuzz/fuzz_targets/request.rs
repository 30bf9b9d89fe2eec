//! Requests to the mock shop: its routes, checks and answers.
#![no_main]

#[path = "../readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::request(bytes));
