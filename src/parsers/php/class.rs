//! Class or interface of a PHP file: its methods and their places.

use std::ops::Range;

use super::{
    Spanned,
    signature::Signature,
    token::{PhpToken, tokens},
};
use crate::names::snake;

/// Class, interface or trait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhpClass {
    /// Name without its namespace.
    pub name: String,
    /// First paragraph of its doc block; may be empty.
    pub description: String,
    /// True if it has inherited methods: from a class, an interface or a trait.
    pub inherits: bool,
    /// Imports before it, as written after `use`: `A\B as C`.
    pub imports: Vec<String>,
    /// Methods in order.
    pub methods: Vec<PhpMethod>,
}

/// Method of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhpMethod {
    /// Its name.
    pub name: String,
    /// True if it is public.
    pub is_public: bool,
    /// First paragraph of its doc block; may be empty.
    pub description: String,
    /// Parameters in its doc block: `string $incrementId`.
    pub parameters: Vec<String>,
    /// Return type in its doc block; may be empty.
    pub returns: String,
    /// Parts that PHP compares with the interface.
    pub signature: Signature,
    /// From its first word up to its body, in bytes of the text.
    pub head: Range<usize>,
    /// From its doc block to its end, in bytes of the text.
    pub span: Range<usize>,
}

impl PhpClass {
    /// Finds a method; names are case-insensitive, as in PHP.
    #[must_use]
    pub fn method(&self, name: &str) -> Option<&PhpMethod> {
        self.methods.iter().find(|method| method.name.eq_ignore_ascii_case(name))
    }

    /// Fields of a data interface with their getters: `getIncrementId` for `increment_id` in JSON.
    pub fn fields(&self) -> impl Iterator<Item = (String, &PhpMethod)> {
        self.methods.iter().filter_map(|method| {
            let name = ["get", "is", "has"].iter().find_map(|verb| method.name.strip_prefix(verb))?;
            let is_getter =
                method.parameters.is_empty() && name.starts_with(|c: char| c.is_ascii_uppercase());
            is_getter.then(|| (snake(name), method))
        })
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
    let tokens = tokens(text);
    let at = tokens.windows(2).enumerate().find_map(|(at, window)| match window {
        [(PhpToken::Name(word), _), (PhpToken::Name(_), _)] if is_class(word) => {
            // `Order::class` is not a declaration.
            let is_declared =
                at == 0 || tokens.get(at - 1).is_none_or(|(token, _)| *token != PhpToken::Colons);
            is_declared.then_some(at)
        }
        _ => None,
    })?;
    let (head, rest) = tokens.split_at(at);
    let behind =
        head.iter().rfind(|(token, _)| *token == PhpToken::Sign(';')).map_or(0, |(_, span)| span.end);
    let start = rest.first().map_or(behind, |(_, span)| span.start);
    let name = rest.get(1).and_then(|(token, _)| word(token))?;
    let open = rest.iter().position(|(token, _)| *token == PhpToken::Sign('{'))?;
    let extends = rest.get(..open)?.iter().any(|(token, _)| word(token).is_some_and(|it| it == "extends"));
    let imports = imports(head, text);
    let tokens = rest.get(open..)?;
    let mut body = Body { text, tokens, imports: &imports, uses_traits: false, methods: Vec::new() };
    body.read();
    let (inherits, methods) = (extends || body.uses_traits, body.methods);
    let description = described(text.get(behind..start).unwrap_or_default());
    Some(PhpClass { name: name.to_owned(), description, inherits, imports, methods })
}

fn is_class(word: &str) -> bool {
    ["class", "interface", "trait"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

fn word<'a>(token: &PhpToken<'a>) -> Option<&'a str> {
    match token {
        PhpToken::Name(word) => Some(word),
        _ => None,
    }
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

struct Body<'t, 'a> {
    text: &'a str,
    /// Tokens from the opening brace on.
    tokens: &'t [Spanned<'a>],
    imports: &'t [String],
    uses_traits: bool,
    methods: Vec<PhpMethod>,
}

impl Body<'_, '_> {
    fn read(&mut self) {
        // First token of the current declaration, and the end of the one before.
        let (mut depth, mut first, mut behind) = (0usize, None, 0);
        let mut at = 0;
        while let Some((token, span)) = self.tokens.get(at) {
            match token {
                PhpToken::Sign('{' | '(' | '[') => depth += 1,
                PhpToken::Sign('}' | ')' | ']') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
            let ends = matches!(token, PhpToken::Sign(';' | '}' | '{')) && depth == 1;
            if ends {
                (first, behind) = (None, span.end);
            } else if depth == 1 && first.is_none() && !matches!(token, PhpToken::Sign(']')) {
                first = Some(at);
                self.uses_traits |= *token == PhpToken::Name("use");
            }
            if let (PhpToken::Name(word), Some(start)) = (token, first)
                && depth == 1
                && word.eq_ignore_ascii_case("function")
                && let Some((method, end)) = self.method(start, at, behind)
            {
                behind = method.span.end;
                self.methods.push(method);
                (first, at) = (None, end);
            }
            at += 1;
        }
    }

    /// Parses the method whose keyword `function` is at `at`, and returns its last token too. `start` is its first
    /// token, and the previous declaration ends at `behind`.
    fn method(&self, start: usize, at: usize, behind: usize) -> Option<(PhpMethod, usize)> {
        let name = self.tokens.get(at + 1..)?.iter().find_map(|(token, _)| word(token))?;
        let end = self.end(at)?;
        let (first, last) = (self.tokens.get(start)?, self.tokens.get(end)?);
        let doc = self.text.get(behind..first.1.start).unwrap_or_default();
        let is_hidden = self.tokens.get(start..at)?.iter().any(|(token, _)| {
            word(token).is_some_and(|it| matches!(it.to_lowercase().as_str(), "private" | "protected"))
        });
        let declaration = self.tokens.get(at + 1..=end)?;
        let is_end = |(token, _): &Spanned<'_>| matches!(token, PhpToken::Sign('{' | ';'));
        let (head, _) = declaration.split_at(declaration.iter().position(is_end)?);
        // Its name comes before its parameters.
        let from = head.iter().position(|(token, _)| *token == PhpToken::Sign('('))?;
        let span_start = doc.find("/**").map_or(first.1.start, |found| behind + found);
        let method = PhpMethod {
            name: name.to_owned(),
            description: described(doc),
            is_public: !is_hidden,
            parameters: tagged(doc, "@param"),
            returns: tagged(doc, "@return").into_iter().next().unwrap_or_default(),
            signature: Signature::read(head.get(from..)?, self.imports),
            head: first.1.start..head.last()?.1.end,
            span: span_start..last.1.end,
        };
        Some((method, end))
    }

    /// Last token of a method: its semicolon, or the closing brace of its body.
    fn end(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        for (offset, (token, _)) in self.tokens.get(at..)?.iter().enumerate() {
            match token {
                PhpToken::Sign('{' | '(' | '[') => depth += 1,
                PhpToken::Sign(';') if depth == 0 => return Some(at + offset),
                PhpToken::Sign(sign @ ('}' | ')' | ']')) => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 && *sign == '}' {
                        return Some(at + offset);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// First paragraph of a doc block, on one line; none if it starts with a tag.
fn described(doc: &str) -> String {
    let Some((_, doc)) = doc.rsplit_once("/**") else { return String::new() };
    let doc = doc.split("*/").next().unwrap_or_default();
    let lines = doc.lines().map(|line| line.trim().trim_start_matches('*').trim());
    let paragraph = lines.skip_while(|line| line.is_empty());
    let paragraph = paragraph.take_while(|line| !line.is_empty() && !line.starts_with(['@', '{']));
    paragraph.collect::<Vec<_>>().join(" ")
}

/// Text after a tag on each of its lines: type and name for `@param`, the type for `@return`.
fn tagged(doc: &str, tag: &str) -> Vec<String> {
    let words = if tag == "@param" { 2 } else { 1 };
    let lines =
        doc.lines().filter_map(|line| line.trim().trim_start_matches(['/', '*', ' ']).strip_prefix(tag));
    lines.map(|line| line.split_whitespace().take(words).collect::<Vec<_>>().join(" ")).collect()
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
            (list.parameters.join(", "), list.returns.as_str()),
            ("string $a, int|null $b".to_owned(), "E[]")
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
