//! Documents for programs: one on standard output, whatever happens, and each as its schema says.

mod failures;

use std::path::Path;

use serde_json::Value;

use super::{magespec, project};

/// The document of a run, and its exit status.
#[track_caller]
fn document(dir: &Path, line: &str) -> (i32, Value) {
    let arguments: Vec<&str> = line.split(' ').collect();
    let ran = magespec(dir, &arguments);
    let document = serde_json::from_str(&ran.stdout)
        .unwrap_or_else(|error| panic!("{line}: {error}\n{}\n{}", ran.stdout, ran.stderr));
    (ran.status, document)
}
