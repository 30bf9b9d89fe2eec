//! Methods of a class.

use std::ops::Range;

use super::{
    DocTag, PhpParameter, Spanned, arguments,
    doc_block::described,
    parameter::written_type,
    signature::Signature,
    token::{PhpToken, word},
};
use crate::names::snake;

/// Method of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhpMethod {
    /// Its name.
    pub name: String,
    /// True if it is public.
    pub is_public: bool,
    /// True if it is static or final.
    pub is_fixed: bool,
    /// True if it has a doc block.
    pub has_doc: bool,
    /// First paragraph of its doc block; may be empty.
    pub description: String,
    /// Parameters in its doc block: `string $incrementId`.
    pub parameters: Vec<DocTag>,
    /// Return type in its doc block.
    pub returns: Option<DocTag>,
    /// Parameters as PHP declares them.
    pub declared: Vec<PhpParameter>,
    /// Parts that PHP compares with the interface.
    pub signature: Signature,
    /// From its first word up to its body, in bytes of the text.
    pub head: Range<usize>,
    /// Its name, in bytes of the text.
    pub place: Range<usize>,
    /// From its doc block to its end, in bytes of the text.
    pub span: Range<usize>,
}

impl PhpMethod {
    /// Field of a data object whose getter it is: `increment_id` for `getIncrementId`, which has no required parameters.
    #[must_use]
    pub fn field(&self) -> Option<String> {
        let name = ["get", "is", "has"].iter().find_map(|verb| self.name.strip_prefix(verb))?;
        let is_getter = name.starts_with(|c: char| c.is_ascii_uppercase())
            && self.declared.iter().all(|it| it.is_optional);
        is_getter.then(|| snake(name))
    }

    /// Return type in its doc block; may be empty.
    #[must_use]
    pub fn returned(&self) -> &str {
        self.returns.as_ref().map_or("", |tag| tag.text.as_str())
    }
}

/// Body of a class, and its methods once it is read.
pub(super) struct Body<'t, 'a> {
    pub(super) text: &'a str,
    /// Tokens from the opening brace on.
    pub(super) tokens: &'t [Spanned<'a>],
    pub(super) imports: &'t [String],
    pub(super) uses_traits: bool,
    pub(super) methods: Vec<PhpMethod>,
}

impl Body<'_, '_> {
    pub(super) fn read(&mut self) {
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
        let (name, place) =
            self.tokens.get(at + 1..)?.iter().find_map(|(token, span)| Some((word(token)?, span.clone())))?;
        let end = self.end(at)?;
        let (first, last) = (self.tokens.get(start)?, self.tokens.get(end)?);
        let doc = self.text.get(behind..first.1.start).unwrap_or_default();
        let modifiers: Vec<String> = self
            .tokens
            .get(start..at)?
            .iter()
            .filter_map(|(token, _)| Some(word(token)?.to_lowercase()))
            .collect();
        let is = |words: [&str; 2]| modifiers.iter().any(|it| words.contains(&it.as_str()));
        let declaration = self.tokens.get(at + 1..=end)?;
        let is_end = |(token, _): &Spanned<'_>| matches!(token, PhpToken::Sign('{' | ';'));
        let (head, _) = declaration.split_at(declaration.iter().position(is_end)?);
        // Its name comes before its parameters.
        let from = head.iter().position(|(token, _)| *token == PhpToken::Sign('('))?;
        let (parameters, length) = arguments(head.get(from + 1..)?);
        let parameters = parameters.into_iter().filter_map(|it| PhpParameter::of(it, self.text));
        let declared: Vec<PhpParameter> = parameters.collect();
        let returned = written_type(head.get(from + 1 + length..)?);
        let span_start = doc.find("/**").map_or(first.1.start, |found| behind + found);
        let method = PhpMethod {
            name: name.to_owned(),
            description: described(doc),
            is_public: !is(["private", "protected"]),
            is_fixed: is(["static", "final"]),
            has_doc: doc.contains("/**"),
            parameters: DocTag::all(doc, behind, "@param"),
            returns: DocTag::all(doc, behind, "@return").into_iter().next(),
            signature: Signature::of(&declared, &returned, self.imports),
            declared,
            head: first.1.start..head.last()?.1.end,
            place,
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
