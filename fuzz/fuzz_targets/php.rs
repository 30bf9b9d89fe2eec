//! A registration.php, and the calls of processIntegrationConfig.
#![no_main]

#[path = "../readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::php(bytes));
