//! Parameters of a method.

use std::ops::Range;

use super::{Spanned, token::PhpToken};

/// Parameter of a method as PHP declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhpParameter {
    /// Name without the `$`.
    pub name: String,
    /// Type as written: `?string`, `int|string`; empty if there is none.
    pub php_type: String,
    /// True if it has a default value or takes the rest.
    pub is_optional: bool,
    /// From its type to its name, in bytes of the file.
    pub span: Range<usize>,
}

impl PhpParameter {
    /// Parses the tokens after the name of a method, up to its body or semicolon.
    pub(super) fn all(tokens: &[Spanned<'_>], text: &str) -> Vec<Self> {
        let mut parameters = Vec::new();
        let mut depth = 0usize;
        let mut written = String::new();
        let (mut start, mut named) = (None, None::<Self>);
        for (token, span) in tokens {
            match token {
                PhpToken::Sign('(' | '[' | '{') => depth += 1,
                PhpToken::Sign(sign @ (')' | ']' | '}')) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && *sign == ')' {
                        parameters.extend(named);
                        return parameters;
                    }
                }
                PhpToken::Sign(',') if depth == 1 => {
                    parameters.extend(named.take());
                    (written, start) = (String::new(), None);
                }
                PhpToken::Sign('=' | '.') if depth == 1 && named.is_some() => {
                    named.iter_mut().for_each(|it| it.is_optional = true);
                }
                PhpToken::Variable if depth == 1 && named.is_none() => {
                    let name = text.get(span.clone()).unwrap_or_default().trim_start_matches('$').to_owned();
                    let is_optional = written.contains("...");
                    let php_type = written.replace("...", "").replace('&', "");
                    let span = start.unwrap_or(span.start)..span.end;
                    named = Some(Self { name, php_type, is_optional, span });
                }
                PhpToken::Name(word) if depth == 1 && named.is_none() && !is_modifier(word) => {
                    start.get_or_insert(span.start);
                    written += word;
                }
                PhpToken::Sign(sign @ ('?' | '|' | '.' | '&')) if depth == 1 && named.is_none() => {
                    start.get_or_insert(span.start);
                    written.push(*sign);
                }
                _ => {}
            }
        }
        parameters
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
                    array &$f = array(1, 2), \\G\\H ...$i) {} function j() {} }";
        let class = class(text).unwrap();
        let parameters = &class.method("__construct").unwrap().declared;
        let read: Vec<(&str, &str, bool)> =
            parameters.iter().map(|it| (it.name.as_str(), it.php_type.as_str(), it.is_optional)).collect();
        assert_eq!(
            read,
            [("b", "?B", false), ("d", "int|string", true), ("f", "array", true), ("i", "\\G\\H", true)]
        );
        assert_eq!(&text[parameters[0].span.clone()], "?B $b");
        assert_eq!(class.method("j").unwrap().declared, []);
    }
}
