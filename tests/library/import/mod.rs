//! Existing modules: what is read of them, what is found, and the spec that says the same.

mod findings;
mod forms;
mod pages;
mod readers;
mod spec;
mod tables;
