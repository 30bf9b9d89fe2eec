//! Documents for programs: one on standard output, whatever happens, and each as its schema says.

mod failures;
mod schemas;

use std::path::Path;

use serde_json::Value;

use super::{SPEC, magespec, mock_activate, mock_run, project};

/// The document of a run, and its exit status.
#[track_caller]
fn document(dir: &Path, line: &str) -> (i32, Value) {
    // A space within an argument is written #.
    let arguments: Vec<String> = line.split(' ').map(|word| word.replace('#', " ")).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = magespec(dir, &arguments);
    let document = serde_json::from_str(&ran.stdout)
        .unwrap_or_else(|error| panic!("{line}: {error}\n{}\n{}", ran.stdout, ran.stderr));
    (ran.status, document)
}
