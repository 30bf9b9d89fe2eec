//! Signatures of PHP methods, compared with those of an interface: number and types of parameters.

use std::collections::BTreeSet;

use super::PhpParameter;

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
    /// True if it has a default value or takes the rest.
    is_optional: bool,
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
    /// Signature of declared parameters and a return type as written. `imports` are those of its file.
    pub(super) fn of(declared: &[PhpParameter], returned: &str, imports: &[String]) -> Self {
        let parameter = |it: &PhpParameter| {
            let mut types = types(&it.php_type, imports);
            if it.is_null_by_default && !types.is_empty() {
                types.insert("null".to_owned());
            }
            SignatureParameter { types, is_optional: it.is_optional, takes_rest: it.takes_rest }
        };
        Self { parameters: declared.iter().map(parameter).collect(), returns: types(returned, imports) }
    }

    /// Returns true if a class may declare it where its interface has `wanted`: it accepts the same input and returns
    /// nothing else. Parents of classes are unknown, so classes are assumed to match.
    #[must_use]
    pub fn fits(&self, wanted: &Self) -> bool {
        let rest = self.parameters.last().filter(|last| last.takes_rest);
        let takes = |(at, wanted): (usize, &SignatureParameter)| {
            let found = self.parameters.get(at).or(rest);
            found.is_some_and(|found| {
                (found.is_optional || !wanted.is_optional) && is_taken(&found.types, &wanted.types)
            })
        };
        let mut more = self.parameters.iter().skip(wanted.parameters.len());
        wanted.parameters.iter().enumerate().all(takes)
            && more.all(|parameter| parameter.is_optional)
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

/// Types of a union or an intersection as written; `?A` is `A` and `null`.
fn types(written: &str, imports: &[String]) -> Types {
    let mut types = Types::new();
    for name in written.split(['|', '&']) {
        let named = name.trim_start_matches('?');
        if named.len() < name.len() {
            types.insert("null".to_owned());
        }
        if !named.is_empty() {
            types.insert(resolved(named, imports));
        }
    }
    types
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
            ("(string $a)", "(string ...$a)"),
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
