//! The magespec command.
fn main() {}
