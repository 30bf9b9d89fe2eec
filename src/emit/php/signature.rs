//! Method signatures, on one line or, if too long, on several.

use super::LINE;

/// Location of a method.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum MethodOwner {
    /// Interface: the signature ends with a semicolon.
    Interface,
    /// Class: a body follows.
    Class,
}

/// Renders `    public function get(string $id): Foo` and the semicolon or opening brace.
pub(in crate::emit) fn signature(
    name: &str,
    parameters: &[String],
    returns: &str,
    place: MethodOwner,
) -> String {
    let end = if place == MethodOwner::Interface { ";" } else { "" };
    let line = format!("    public function {name}({}): {returns}{end}", parameters.join(", "));
    if line.chars().count() <= LINE || parameters.is_empty() {
        return if place == MethodOwner::Interface { line } else { format!("{line}\n    {{") };
    }
    let parameters: Vec<String> = parameters.iter().map(|parameter| format!("        {parameter}")).collect();
    let end = if place == MethodOwner::Interface { ";" } else { " {" };
    format!("    public function {name}(\n{}\n    ): {returns}{end}", parameters.join(",\n"))
}
