//! Class or interface of a PHP file: its methods and their places.

use std::ops::Range;

use super::{
    DocTag, PhpMethod, Spanned,
    doc_block::described,
    method::Body,
    token::{PhpToken, tokens, word},
};

/// Class, interface, trait or enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhpClass {
    /// Name without its namespace.
    pub name: String,
    /// First paragraph of its doc block; may be empty.
    pub description: String,
    /// Namespace; empty if there is none.
    pub namespace: String,
    /// True for an interface.
    pub is_interface: bool,
    /// Its name where it is declared, in bytes of the text.
    pub place: Range<usize>,
    /// Classes and interfaces that it extends or implements, as written.
    pub parents: Vec<String>,
    /// True if it has inherited methods: from a class, an interface or a trait.
    pub inherits: bool,
    /// Imports before it, as written after `use`: `A\B as C`.
    pub imports: Vec<String>,
    /// Methods in order.
    pub methods: Vec<PhpMethod>,
}

impl PhpClass {
    /// Its own name with its namespace, without a leading backslash.
    #[must_use]
    pub fn full_own_name(&self) -> String {
        if self.namespace.is_empty() {
            self.name.clone()
        } else {
            format!("{}\\{}", self.namespace, self.name)
        }
    }

    /// Finds a method; names are case-insensitive, as in PHP.
    #[must_use]
    pub fn method(&self, name: &str) -> Option<&PhpMethod> {
        self.methods.iter().find(|method| method.name.eq_ignore_ascii_case(name))
    }

    /// Full name of a class that the file names, without a leading backslash: imported, qualified, or of its namespace.
    #[must_use]
    pub fn full_name(&self, name: &str) -> String {
        if let Some(full) = name.strip_prefix('\\') {
            return full.to_owned();
        }
        let (first, rest) = name.find('\\').map_or((name, ""), |at| name.split_at(at));
        let imported = self.imports.iter().find_map(|import| {
            let (full, alias) = import.split_once(" as ").unwrap_or((import, import));
            let alias = alias.rsplit('\\').next().unwrap_or_default();
            alias.eq_ignore_ascii_case(first).then(|| full.trim_start_matches('\\'))
        });
        match imported {
            Some(full) => format!("{full}{rest}"),
            None if self.namespace.is_empty() => name.to_owned(),
            None => format!("{}\\{name}", self.namespace),
        }
    }

    /// Full names of the classes that its methods take or return, constructors aside.
    pub fn types(&self) -> impl Iterator<Item = String> {
        let methods = self.methods.iter().filter(|it| !it.name.starts_with("__"));
        let named = methods.flat_map(|method| {
            let declared = method.declared.iter().flat_map(|it| it.php_type.split(['|', '&']));
            let tags = method.parameters.iter().chain(&method.returns).flat_map(DocTag::types);
            declared
                .chain(tags)
                .map(|it| it.trim_start_matches('?').trim_end_matches("[]"))
                .collect::<Vec<_>>()
        });
        named.filter(|it| it.contains(|c: char| c.is_ascii_uppercase())).map(|it| self.full_name(it))
    }

    /// Fields of a data interface with their getters: `getIncrementId` for `increment_id` in JSON.
    pub fn fields(&self) -> impl Iterator<Item = (String, &PhpMethod)> {
        self.methods.iter().filter_map(|method| Some((method.field()?, method)))
    }
}

/// Returns true if all quotes and brackets of a file are closed in order.
#[must_use]
pub fn is_whole(text: &str) -> bool {
    let mut open = Vec::new();
    for (token, span) in tokens(text) {
        let written = text.get(span).unwrap_or_default();
        match token {
            PhpToken::Text(_) if written.starts_with(['\'', '"']) && !is_closed(written) => return false,
            PhpToken::Sign('(') => open.push(')'),
            PhpToken::Sign('[') => open.push(']'),
            PhpToken::Sign('{') => open.push('}'),
            PhpToken::Sign(sign @ (')' | ']' | '}')) if open.pop() != Some(sign) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

fn is_closed(quoted: &str) -> bool {
    quoted.len() > 1 && quoted.ends_with(['\'', '"']) && quoted.chars().next() == quoted.chars().last()
}

/// Parses the first class of a file; none if there is none.
#[must_use]
pub fn class(text: &str) -> Option<PhpClass> {
    class_called(text, "")
}

/// Parses the class with the name, or else the first class of a file; none if there is none.
#[must_use]
pub fn class_called(text: &str, name: &str) -> Option<PhpClass> {
    let tokens = tokens(text);
    let declared: Vec<(usize, &str)> = tokens
        .windows(2)
        .enumerate()
        .filter_map(|(at, window)| match window {
            [(PhpToken::Name(kind), _), (PhpToken::Name(name), _)] if is_class(kind) => {
                // Neither `Order::class` nor `new class extends Order` is a declaration.
                let before = at.checked_sub(1).and_then(|before| tokens.get(before)).map(|(token, _)| token);
                let is_new = |it: &PhpToken<'_>| word(it).is_some_and(|it| it.eq_ignore_ascii_case("new"));
                let is_declared = before.is_none_or(|it| *it != PhpToken::Colons && !is_new(it));
                is_declared.then_some((at, *name))
            }
            _ => None,
        })
        .collect();
    let called = declared.iter().find(|(_, it)| it.eq_ignore_ascii_case(name));
    let &(at, _) = called.or(declared.first())?;
    let (head, rest) = tokens.split_at(at);
    let behind =
        head.iter().rfind(|(token, _)| *token == PhpToken::Sign(';')).map_or(0, |(_, span)| span.end);
    let start = rest.first().map_or(behind, |(_, span)| span.start);
    let (name, place) = rest.get(1).and_then(|(token, span)| Some((word(token)?, span.clone())))?;
    let open = rest.iter().position(|(token, _)| *token == PhpToken::Sign('{'))?;
    let heading: Vec<&str> = rest.get(..open)?.iter().filter_map(|(token, _)| word(token)).collect();
    let extends = heading.iter().any(|it| it.eq_ignore_ascii_case("extends"));
    let is_interface = heading.first().is_some_and(|it| it.eq_ignore_ascii_case("interface"));
    let is_clause = |it: &str| it.eq_ignore_ascii_case("extends") || it.eq_ignore_ascii_case("implements");
    let parents = heading.iter().skip(2).filter(|it| !is_clause(it)).map(ToString::to_string).collect();
    let namespace = head.windows(2).find_map(|window| match window {
        [(PhpToken::Name(word), _), (PhpToken::Name(namespace), _)]
            if word.eq_ignore_ascii_case("namespace") =>
        {
            Some((*namespace).to_owned())
        }
        _ => None,
    });
    let imports = imports(head, text);
    let tokens = rest.get(open..)?;
    let mut body = Body { text, tokens, imports: &imports, uses_traits: false, methods: Vec::new() };
    body.read();
    let (inherits, methods) = (extends || body.uses_traits, body.methods);
    let description = described(text.get(behind..start).unwrap_or_default());
    Some(PhpClass {
        name: name.to_owned(),
        description,
        namespace: namespace.unwrap_or_default(),
        is_interface,
        place,
        parents,
        inherits,
        imports,
        methods,
    })
}

fn is_class(word: &str) -> bool {
    ["class", "interface", "trait", "enum"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// Imports `use …;` before the class, without the keyword.
fn imports(head: &[Spanned<'_>], text: &str) -> Vec<String> {
    let statements = head.split(|(token, _)| *token == PhpToken::Sign(';'));
    let uses = statements.filter_map(|statement| match statement {
        [(PhpToken::Name("use"), _), (_, first), .., (_, last)] => text.get(first.start..last.end),
        [(PhpToken::Name("use"), _), (_, only)] => text.get(only.clone()),
        _ => None,
    });
    uses.map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASS: &str = r#"<?php
namespace A\B;

use A\C;
use A\D as E;

/** About it */
final class Sync implements SyncInterface
{
    public const X = ['a' => Order::class];

    #[Pure]
    private $map = [1, 2];

    /**
     * @inheritDoc
     */
    public function get(string $id = 'function x() {}'): C
    {
        return (function () { return "}"; })();
    }

    /**
     * Lists them,
     * all of them
     *
     * And more.
     * @param string   $a  first
     * @param int|null $b
     * @return E[]
     */
    abstract public static function &list($a, $b);

    protected function hidden() { if (1) { } }
    function plain() {}
}
"#;

    #[test]
    fn methods_are_found_with_their_doc_blocks() {
        let class = class(CLASS).unwrap();
        assert_eq!((class.name.as_str(), class.inherits), ("Sync", false));
        assert_eq!(class.imports, [r"A\C", r"A\D as E"]);
        let names: Vec<(&str, bool)> =
            class.methods.iter().map(|it| (it.name.as_str(), it.is_public)).collect();
        assert_eq!(names, [("get", true), ("list", true), ("hidden", false), ("plain", true)]);
        let [get, list, hidden] = ["get", "list", "hidden"].map(|name| class.method(name).unwrap());
        let text = |method: &PhpMethod| &CLASS[method.span.clone()];
        assert!(
            text(get).starts_with("/**\n     * @inheritDoc") && text(get).ends_with("})();\n    }"),
            "{}",
            text(get)
        );
        assert_eq!(
            (list.parameters[0].text.as_str(), list.parameters[1].text.as_str()),
            ("string $a", "int|null $b")
        );
        assert_eq!(list.returns.as_ref().map(|it| it.text.as_str()), Some("E[]"));
        assert_eq!((list.is_fixed, get.is_fixed, get.has_doc, hidden.has_doc), (true, false, true, false));
        assert_eq!((class.namespace.as_str(), class.is_interface), (r"A\B", false));
        assert_eq!(class.parents, ["SyncInterface"]);
        assert_eq!(
            ["C", "E", r"\X\Y", "Z", r"E\F"].map(|name| class.full_name(name)),
            [r"A\C", r"A\D", r"X\Y", r"A\B\Z", r"A\D\F"]
        );
        assert!(
            text(list).starts_with("/**\n     * Lists") && text(list).ends_with("$b);"),
            "{}",
            text(list)
        );
        assert_eq!(text(hidden), "protected function hidden() { if (1) { } }");
        assert_eq!(
            (class.description.as_str(), list.description.as_str()),
            ("About it", "Lists them, all of them")
        );
        assert!(class.method("GET").is_some() && class.method("set").is_none());
    }

    #[test]
    fn what_comes_from_elsewhere_is_seen() {
        for (text, inherits) in [
            ("<?php class A extends B {}", true),
            ("<?php class A { use B; }", true),
            ("<?php class A implements B { function c() { $d = function () use ($e) {}; } }", false),
            ("<?php interface A { public function b(); }", false),
        ] {
            assert_eq!(class(text).unwrap().inherits, inherits, "{text}");
        }
    }

    #[test]
    fn a_class_is_found_by_its_name() {
        let text = "<?php namespace A; class B { function c() { return new class extends D { function e() {} }; } } \
                    interface F { function g(); } enum H: string { case I = 'j'; }";
        for (name, found) in [("B", "B"), ("f", "F"), ("H", "H"), ("D", "B"), ("extends", "B"), ("", "B")] {
            assert_eq!(class_called(text, name).unwrap().name, found, "{name}");
        }
        assert!(class_called(text, "F").unwrap().method("g").is_some());
    }

    #[test]
    fn what_is_no_class_is_none() {
        for text in
            ["", "<?php", "<?php $a = B::class; c();", "<?php class", "<?php class A", "<?php // class A {}"]
        {
            assert_eq!(class(text), None, "{text}");
        }
        assert_eq!(class("<?php class A { function").unwrap().methods, []);
        assert_eq!(class("<?php class A { function b() {").unwrap().methods, []);
    }
}
