//! Requests as people paste them, and what hides their secrets.
#![no_main]

#[path = "../readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::pasted(bytes));
