//! Links what is built for speed at a fixed address, as Debian links Python: the loader then has no 21,000 addresses to
//! relocate, which takes a tenth of the time of a short command (docs/performance.md). Packages are built for size and
//! stay position-independent, and so does the build of who sets flags or a linker.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name, value| env::var(name).is_ok_and(|it| it == value);
    let is_set = |name| env::var_os(name).is_some_and(|it| !it.is_empty());
    let is_fast = is("PROFILE", "release") && (is("OPT_LEVEL", "2") || is("OPT_LEVEL", "3"));
    let is_tried = is("TARGET", "x86_64-unknown-linux-gnu");
    if is_fast && is_tried && !is_set("CARGO_ENCODED_RUSTFLAGS") && !is_set("RUSTC_LINKER") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
