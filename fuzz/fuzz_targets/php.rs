//! A registration.php, the calls of processIntegrationConfig, and the class of a file.
#![no_main]

#[path = "../readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::php(bytes));
