//! The catalog of a shop, written back and looked up.
#![no_main]

#[path = "../readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::catalog(bytes));
