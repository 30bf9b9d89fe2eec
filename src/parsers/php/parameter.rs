//! Parameters of a method.

use std::ops::Range;

use super::{
    Spanned,
    token::{PhpToken, word},
};

/// Parameter of a method as PHP declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhpParameter {
    /// Name without the `$`.
    pub name: String,
    /// Type as written: `?string`, `int|string`; empty if there is none.
    pub php_type: String,
    /// True if it has a default value or takes the rest.
    pub is_optional: bool,
    /// True if it is variadic.
    pub takes_rest: bool,
    /// True if its default value is null.
    pub is_null_by_default: bool,
    /// Default value as written; none without one.
    pub default: Option<String>,
    /// From its type to its name, in bytes of the file.
    pub span: Range<usize>,
}

impl PhpParameter {
    /// Parses the tokens of one parameter; none if it has no name.
    pub(super) fn of(tokens: &[Spanned<'_>], text: &str) -> Option<Self> {
        let mut depth = 0usize;
        // Attributes and default values may contain anything in brackets.
        let is_outside = |(token, _): &&Spanned<'_>| match token {
            PhpToken::Sign('(' | '[' | '{') => {
                depth += 1;
                false
            }
            PhpToken::Sign(')' | ']' | '}') => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        };
        let outside: Vec<Spanned<'_>> = tokens.iter().filter(is_outside).cloned().collect();
        let at = outside.iter().position(|(token, _)| *token == PhpToken::Variable)?;
        let (before, rest) = outside.split_at(at);
        let ((_, place), behind) = rest.split_first()?;
        let start =
            before.iter().find(|(token, _)| is_of_type(token)).map_or(place.start, |(_, it)| it.start);
        let written = written_type(before);
        let equals = behind.iter().find(|(token, _)| *token == PhpToken::Sign('='));
        let has_default = equals.is_some();
        let end = tokens.last().map_or(place.end, |(_, last)| last.end);
        let default = equals.and_then(|(_, it)| Some(text.get(it.end..end)?.trim().to_owned()));
        let is_null =
            |(token, _): &Spanned<'_>| word(token).is_some_and(|it| it.eq_ignore_ascii_case("null"));
        let takes_rest = written.ends_with("...");
        Some(Self {
            name: text.get(place.clone())?.trim_start_matches('$').to_owned(),
            php_type: written.trim_end_matches(['.', '&']).to_owned(),
            is_optional: has_default || takes_rest,
            takes_rest,
            is_null_by_default: has_default && behind.iter().any(is_null),
            default,
            span: start..place.end,
        })
    }
}

/// Type that the tokens before a name or after a colon declare, without white space.
pub(super) fn written_type(tokens: &[Spanned<'_>]) -> String {
    let mut written = String::new();
    for (token, _) in tokens.iter().filter(|(token, _)| is_of_type(token)) {
        match token {
            PhpToken::Name(name) => written += name,
            PhpToken::Sign(sign) => written.push(*sign),
            _ => {}
        }
    }
    written
}

fn is_of_type(token: &PhpToken<'_>) -> bool {
    match token {
        PhpToken::Name(name) => !is_modifier(name),
        PhpToken::Sign(sign) => matches!(sign, '?' | '|' | '.' | '&'),
        _ => false,
    }
}

/// Returns true for words before a promoted parameter of a constructor.
fn is_modifier(word: &str) -> bool {
    ["public", "protected", "private", "readonly"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

#[cfg(test)]
mod tests {
    use super::super::class;

    #[test]
    fn parameters_have_their_types_as_written() {
        let text = "<?php class A { public function __construct(private readonly ?B $b, #[C('x')] int|string $d = ['e' => 1], \
                    array &$f = array(1, 2), I&J $k, K $l = NULL, \\G\\H &...$i) {} function j() {} }";
        let class = class(text).unwrap();
        let parameters = &class.method("__construct").unwrap().declared;
        let read: Vec<(&str, &str, bool)> =
            parameters.iter().map(|it| (it.name.as_str(), it.php_type.as_str(), it.is_optional)).collect();
        assert_eq!(
            read,
            [
                ("b", "?B", false),
                ("d", "int|string", true),
                ("f", "array", true),
                ("k", "I&J", false),
                ("l", "K", true),
                ("i", "\\G\\H", true)
            ]
        );
        let flags: Vec<(bool, bool)> =
            parameters.iter().map(|it| (it.takes_rest, it.is_null_by_default)).collect();
        let plain = (false, false);
        assert_eq!(flags, [plain, plain, plain, plain, (false, true), (true, false)]);
        assert_eq!(&text[parameters[0].span.clone()], "?B $b");
        assert_eq!(class.method("j").unwrap().declared, []);
    }
}
