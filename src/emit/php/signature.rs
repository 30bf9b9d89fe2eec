//! The head of a method, on one line or, where that is too long, on several.

use super::LINE;

/// Where a method stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum MethodOwner {
    /// In an interface: it ends with a semicolon.
    Interface,
    /// In a class: its body follows.
    Class,
}

/// `    public function get(string $id): Foo` with what stands behind it.
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
