//! Types and parameters of methods, as Magento reads them: from doc blocks first.

use magespec::parsers::php::PhpMethod;

use super::ClassFile;

/// Words of types that are not classes.
const WORDS: [&str; 24] = [
    "array", "bool", "boolean", "callable", "double", "false", "float", "int", "integer", "iterable",
    "mixed", "null", "object", "resource", "self", "static", "string", "true", "void", "$this", "this",
    "anyType", "never", "number",
];

/// Parameter of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) php_type: String,
    /// Default, as written.
    pub(crate) default: Option<String>,
}

/// A type with the full names of its classes: `OrderInterface[]|null` of a file that imports it.
pub(crate) fn doc_type(file: &ClassFile, written: &str) -> String {
    let one = |name: &str| {
        let (nullable, name) = name.strip_prefix('?').map_or(("", name), |name| ("|null", name));
        let (name, list) = name.find("[]").map_or((name, ""), |at| name.split_at(at));
        let is_word = WORDS.iter().any(|word| word.eq_ignore_ascii_case(name));
        let full = if is_word || name.is_empty() { name.to_owned() } else { file.class.full_name(name) };
        format!("{full}{list}{nullable}")
    };
    written.split('|').map(one).collect::<Vec<_>>().join("|")
}

/// Return type of a method; empty if it has none.
pub(crate) fn returned(file: &ClassFile, method: &PhpMethod) -> String {
    let head = file.text.get(method.head.clone()).unwrap_or_default();
    let declared =
        head.rsplit_once(')').and_then(|(_, rest)| rest.trim().strip_prefix(':')).map_or("", str::trim);
    doc_type(file, Some(method.returned()).filter(|said| !said.is_empty()).unwrap_or(declared))
}

/// Parameters of a method.
pub(crate) fn parameters(file: &ClassFile, method: &PhpMethod) -> Vec<Parameter> {
    let parameter = |declared: &magespec::parsers::php::PhpParameter| {
        let tag = method.parameters.iter().find(|tag| tag.variable() == Some(&declared.name));
        let said = tag.and_then(|tag| tag.text.split_whitespace().next()).unwrap_or(&declared.php_type);
        let said = if said.is_empty() { "mixed" } else { said };
        Parameter {
            name: declared.name.clone(),
            php_type: doc_type(file, said),
            default: default(file.text.get(declared.span.end..).unwrap_or_default()),
        }
    };
    method.declared.iter().map(parameter).collect()
}

/// Default of a parameter, from the text after its name.
fn default(rest: &str) -> Option<String> {
    let value = rest.trim_start().strip_prefix('=')?;
    let mut depth = 0_usize;
    let end = value.find(|c| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth > 0 => depth -= 1,
            ')' | ',' if depth == 0 => return true,
            _ => {}
        }
        false
    });
    let words = value.get(..end?)?.split_whitespace();
    Some(words.collect::<Vec<_>>().join(" "))
}
