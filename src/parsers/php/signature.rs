//! Signatures of PHP methods, compared with those of an interface: number and types of parameters.

use std::collections::BTreeSet;

use super::{Spanned, token::PhpToken};

/// Parameters and return type of a method.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    parameters: Vec<SignatureParameter>,
    /// Return types; empty if not declared.
    returns: Types,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct SignatureParameter {
    /// Types; empty if not declared.
    types: Types,
    is_optional: bool,
    /// True if it is variadic.
    takes_rest: bool,
}

/// Members of a union in lower case, classes by the last part of their name; `?A` is `a` and `null`.
type Types = BTreeSet<String>;

/// Types of PHP that are not classes.
const BUILT_IN: [&str; 14] = [
    "array", "bool", "callable", "false", "float", "int", "iterable", "mixed", "never", "null", "object",
    "string", "true", "void",
];

impl Signature {
    /// Parses the tokens after the name of a method, up to its body or semicolon. `imports` are those of its file.
    pub(super) fn read(tokens: &[Spanned<'_>], imports: &[String]) -> Self {
        let mut signature = Self::default();
        let (mut depth, mut is_value, mut is_named) = (0usize, false, false);
        let mut parameter = SignatureParameter::default();
        for (token, _) in tokens {
            let is_own = depth == 1 && !is_value;
            match token {
                PhpToken::Sign('(' | '[' | '{') => depth += 1,
                PhpToken::Sign(sign @ (')' | ']' | '}')) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && *sign == ')' && is_named {
                        signature.parameters.push(std::mem::take(&mut parameter));
                    }
                }
                PhpToken::Sign(',') if depth == 1 => {
                    signature.parameters.push(std::mem::take(&mut parameter));
                    (is_value, is_named) = (false, false);
                }
                PhpToken::Variable if depth == 1 => is_named = true,
                PhpToken::Sign('=') if is_own => (parameter.is_optional, is_value) = (true, true),
                PhpToken::Sign('.') if is_own => parameter.takes_rest = true,
                PhpToken::Sign('?') if is_own => _ = parameter.types.insert("null".to_owned()),
                PhpToken::Sign('?') if depth == 0 => _ = signature.returns.insert("null".to_owned()),
                PhpToken::Name(name) if is_own => _ = parameter.types.insert(resolved(name, imports)),
                PhpToken::Name(name) if depth == 0 => _ = signature.returns.insert(resolved(name, imports)),
                // A parameter with the default null is nullable.
                PhpToken::Name(name)
                    if depth == 1 && name.eq_ignore_ascii_case("null") && !parameter.types.is_empty() =>
                {
                    parameter.types.insert("null".to_owned());
                }
                _ => {}
            }
        }
        signature
    }

    /// Returns true if a class may declare it where its interface has `wanted`: it accepts the same input and returns
    /// nothing else. Parents of classes are unknown, so classes are assumed to match.
    #[must_use]
    pub fn fits(&self, wanted: &Self) -> bool {
        let rest = self.parameters.last().filter(|last| last.takes_rest);
        let takes = |(at, wanted): (usize, &SignatureParameter)| {
            let found = self.parameters.get(at).or(rest);
            found.is_some_and(|found| {
                (found.is_optional || found.takes_rest || !wanted.is_optional)
                    && is_taken(&found.types, &wanted.types)
            })
        };
        let mut more = self.parameters.iter().skip(wanted.parameters.len());
        wanted.parameters.iter().enumerate().all(takes)
            && more.all(|parameter| parameter.is_optional || parameter.takes_rest)
            && is_answered(&self.returns, &wanted.returns)
    }
}

/// Returns true if a parameter of these types accepts everything that the wanted types do.
fn is_taken(found: &Types, wanted: &Types) -> bool {
    let takes_all = found.is_empty() || found.contains("mixed");
    takes_all
        || !wanted.is_empty()
            && wanted.iter().all(|wanted| {
                found.contains(wanted)
                    || found.contains("object") && is_class(wanted)
                    || found.contains("iterable") && wanted == "array"
            })
}

/// Returns true if every returned type is among the wanted ones.
fn is_answered(found: &Types, wanted: &Types) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let has_class = || wanted.contains("object") || wanted.iter().any(|it| is_class(it));
    let is_one = |found: &String| {
        wanted.contains(found)
            || wanted.contains("mixed")
            || found == "never"
            || wanted.contains("bool") && (found == "true" || found == "false")
            || is_class(found) && !found.ends_with("interface") && has_class()
            // `self` of an interface is the interface.
            || is_class(found) && wanted.contains("self")
    };
    !found.is_empty() && found.iter().all(is_one)
}

fn is_class(name: &str) -> bool {
    !BUILT_IN.contains(&name)
}

/// Last part of the name that it is imported for.
fn resolved(name: &str, imports: &[String]) -> String {
    let renamed = imports.iter().find_map(|import| {
        let (full, alias) = import.split_once(" as ")?;
        alias.eq_ignore_ascii_case(name).then_some(full)
    });
    renamed.unwrap_or(name).rsplit('\\').next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::class;

    fn fits(found: &str, wanted: &str) -> bool {
        let read = |head: &str| {
            let text = format!("<?php use A\\Item as Row; class A {{ public function f{head} {{}} }}");
            class(&text).unwrap().method("f").unwrap().signature.clone()
        };
        read(found).fits(&read(wanted))
    }

    #[test]
    fn a_method_takes_what_its_interface_takes() {
        for (found, wanted) in [
            ("(string $a)", "(string $b)"),
            ("($a)", "(string $a)"),
            ("(mixed $a)", "(?Item $a)"),
            ("(?string $a)", "(string $a)"),
            ("(string $a = null)", "(?string $a = null)"),
            ("(int|string $a, $more = [1, 2])", "(string $a)"),
            ("(...$all)", "(string $a, int $b)"),
            ("(\\A\\Item $a)", "(Row $a)"),
            ("(#[\\SensitiveParameter] string $a)", "(string $a)"),
            ("(iterable $a)", "(array $a)"),
            ("()", "()"),
        ] {
            assert!(fits(found, wanted), "{found} {wanted}");
        }
        for (found, wanted) in [
            ("(string $a)", "(int $a)"),
            ("(string $a)", "(?string $a)"),
            ("(string $a)", "($a)"),
            ("()", "(string $a)"),
            ("(string $a, $b)", "(string $a)"),
            ("(string $a)", "(string $a = '')"),
            ("(\\A\\Other $a)", "(Row $a)"),
        ] {
            assert!(!fits(found, wanted), "{found} {wanted}");
        }
    }

    #[test]
    fn a_method_answers_what_its_interface_answers() {
        for (found, wanted) in [
            ("()", "()"),
            ("(): int", "()"),
            ("(): string", "(): ?string"),
            ("(): false", "(): bool"),
            ("(): Order", "(): OrderInterface"),
            ("(): static", "(): OrderInterface"),
            ("(): OrderInterface", "(): self"),
            ("(): \\A\\OrderInterface", "(): OrderInterface"),
        ] {
            assert!(fits(found, wanted), "{found} {wanted}");
        }
        for (found, wanted) in [
            ("()", "(): int"),
            ("(): ?string", "(): string"),
            ("(): string", "(): int"),
            ("(): ItemInterface", "(): OrderInterface"),
            ("(): Order", "(): array"),
        ] {
            assert!(!fits(found, wanted), "{found} {wanted}");
        }
    }
}
