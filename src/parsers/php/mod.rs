//! Parser of the PHP that magespec needs: the name that registration.php registers, the names that setup scripts pass
//! to `processIntegrationConfig`, and the methods of a class. It skips everything else.

mod class;
mod doc_block;
mod interference;
mod method;
mod parameter;
mod signature;
mod token;

use std::ops::Range;

pub use class::{PhpClass, class, class_called, is_whole};
pub use doc_block::DocTag;
pub use interference::{Deed, INTERFERING, Interference, interferences};
pub use method::PhpMethod;
pub use parameter::PhpParameter;
pub use signature::Signature;

pub use token::{PhpToken, strings, tokens};

use crate::parsers::SpannedText;

/// The call of `ComponentRegistrar::register` in a registration.php.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The name it registers.
    pub name: SpannedText,
    /// True if the file contains nothing else, so that a generated one is equivalent.
    pub is_plain: bool,
}

/// Finds the call that registers a module: `ComponentRegistrar` with or without its namespace, imported or aliased by
/// `use`; the name as a string or concatenated strings.
#[must_use]
pub fn registration(text: &str, offset: usize) -> Option<Registration> {
    let tokens = tokens(text);
    let aliases = aliases(&tokens);
    let is_registrar = |name: &str| {
        let last = |name: &str| name.rsplit('\\').next() == Some("ComponentRegistrar");
        last(name) || aliases.iter().any(|(alias, full)| *alias == name && last(full))
    };
    for (at, window) in tokens.windows(5).enumerate() {
        let [
            (PhpToken::Name(class), start),
            (PhpToken::Colons, _),
            (PhpToken::Name(method), _),
            (PhpToken::Sign('('), _),
            _,
        ] = window
        else {
            continue;
        };
        if !is_registrar(class) || !method.eq_ignore_ascii_case("register") {
            continue;
        }
        let (arguments, behind) = arguments(&tokens[at + 4..]);
        let [kind, name, ..] = arguments.as_slice() else { continue };
        if !is_module(kind) {
            continue;
        }
        let Some(name) = constant(name, offset) else { continue };
        let rest = &tokens[at + 4 + behind..];
        let is_plain = rest_is_empty(rest) && is_prologue(&tokens[..at], text, start.start);
        return Some(Registration { name, is_plain });
    }
    None
}

/// A call of `processIntegrationConfig`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Processing {
    /// Names that it passes; none if they are computed at run time.
    pub names: Option<Vec<String>>,
}

/// Finds the calls of `processIntegrationConfig` in a file.
#[must_use]
pub fn processings(text: &str) -> Vec<Processing> {
    // Most files have none, and searching for the word is cheap.
    if !text.contains("processIntegrationConfig") {
        return Vec::new();
    }
    let tokens = tokens(text);
    let calls = tokens.windows(3).enumerate().filter(|(_, window)| {
        matches!(
            window,
            [(PhpToken::Arrow, _), (PhpToken::Name("processIntegrationConfig"), _), (PhpToken::Sign('('), _)]
        )
    });
    let names = |at: usize| {
        let (arguments, _) = arguments(&tokens[at + 3..]);
        list(arguments.first()?)
    };
    calls.map(|(at, _)| Processing { names: names(at) }).collect()
}

type Spanned<'a> = (PhpToken<'a>, Range<usize>);

/// Parses `use A\B as C;` to (`C`, `A\B`).
fn aliases<'a>(tokens: &[Spanned<'a>]) -> Vec<(&'a str, &'a str)> {
    let aliases = tokens.windows(4).filter_map(|window| match window {
        [
            (PhpToken::Name("use"), _),
            (PhpToken::Name(full), _),
            (PhpToken::Name("as"), _),
            (PhpToken::Name(alias), _),
        ] => Some((*alias, *full)),
        _ => None,
    });
    aliases.collect()
}

/// Arguments of a call, or parameters of a method, after the opening bracket, and the number of tokens up to and including the closing bracket.
fn arguments<'t, 'a>(tokens: &'t [Spanned<'a>]) -> (Vec<&'t [Spanned<'a>]>, usize) {
    let (mut depth, mut start, mut arguments) = (0usize, 0, Vec::new());
    for (at, (token, _)) in tokens.iter().enumerate() {
        match token {
            PhpToken::Sign('(' | '[' | '{') => depth += 1,
            PhpToken::Sign(')' | ']' | '}') if depth > 0 => depth -= 1,
            PhpToken::Sign(')') => {
                if start < at {
                    arguments.push(&tokens[start..at]);
                }
                return (arguments, at + 1);
            }
            PhpToken::Sign(',') if depth == 0 => {
                arguments.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    (arguments, tokens.len())
}

/// Recognizes `ComponentRegistrar::MODULE`, or its value.
fn is_module(argument: &[Spanned<'_>]) -> bool {
    match argument {
        [(PhpToken::Text(text), _)] => text == "module",
        [.., (PhpToken::Colons, _), (PhpToken::Name(name), _)] => *name == "MODULE",
        _ => false,
    }
}

/// Parses a string, or strings concatenated with dots.
fn constant(argument: &[Spanned<'_>], offset: usize) -> Option<SpannedText> {
    let (first, last) = (argument.first()?, argument.last()?);
    let mut value = String::new();
    for (at, (token, _)) in argument.iter().enumerate() {
        match token {
            PhpToken::Text(text) if at % 2 == 0 => value += text,
            PhpToken::Sign('.') if at % 2 == 1 => {}
            _ => return None,
        }
    }
    (argument.len() % 2 == 1).then(|| SpannedText::new(value, first.1.start + offset..last.1.end + offset))
}

/// Parses `['A', 'B']` or `array('A', 'B')`.
fn list(argument: &[Spanned<'_>]) -> Option<Vec<String>> {
    let inner = match argument {
        [(PhpToken::Sign('['), _), inner @ .., (PhpToken::Sign(']'), _)]
        | [(PhpToken::Name("array"), _), (PhpToken::Sign('('), _), inner @ .., (PhpToken::Sign(')'), _)] => {
            inner
        }
        _ => return None,
    };
    let items = inner.split(|(token, _)| *token == PhpToken::Sign(',')).filter(|item| !item.is_empty());
    items.map(|item| constant(item, 0).map(|text| text.value)).collect()
}

/// Checks that only a semicolon follows the call.
fn rest_is_empty(tokens: &[Spanned<'_>]) -> bool {
    matches!(tokens, [] | [(PhpToken::Sign(';'), _)] | [(PhpToken::Sign(';'), _), (PhpToken::Close, _)])
}

/// Checks that only `declare(…);` and `use …;` precede the call, and nothing the opening tag.
fn is_prologue(tokens: &[Spanned<'_>], text: &str, end: usize) -> bool {
    let opens_first = text.trim_start_matches('\u{feff}').starts_with("<?php") && end > 0;
    let statements = tokens.split(|(token, _)| *token == PhpToken::Sign(';'));
    let is_harmless = |statement: &[Spanned<'_>]| match statement {
        [] => true,
        [(PhpToken::Name(word), _), ..] => matches!(*word, "declare" | "use"),
        _ => false,
    };
    opens_first && statements.into_iter().all(is_harmless)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<(String, bool)> {
        registration(text, 0).map(|found| (found.name.value, found.is_plain))
    }

    const PLAIN: &str = "<?php\nuse Magento\\Framework\\Component\\ComponentRegistrar;\n";

    #[test]
    fn every_form_of_the_call_is_read() {
        for call in [
            "ComponentRegistrar::register(ComponentRegistrar::MODULE, 'Acme_Erp', __DIR__);",
            "\\Magento\\Framework\\Component\\ComponentRegistrar::register(\n \\Magento\\Framework\\Component\\ComponentRegistrar::MODULE,\n 'Acme_Erp',\n __DIR__\n);",
            "ComponentRegistrar :: REGISTER ( 'module' , \"Acme_Erp\" , dirname(__FILE__) ) ;",
            "ComponentRegistrar::register(ComponentRegistrar::MODULE, 'Acme' . '_' . 'Erp', __DIR__ . '/src',);",
            "// a comment\nComponentRegistrar::register(/* kind */ ComponentRegistrar::MODULE, # name\n'Acme_Erp', __DIR__);\n?>\n",
        ] {
            assert_eq!(name(&format!("{PLAIN}{call}")), Some(("Acme_Erp".to_owned(), true)), "{call}");
        }
        let renamed = "<?php declare(strict_types=1); use A\\ComponentRegistrar as Registrar; Registrar::register(Registrar::MODULE, 'Acme_Erp', __DIR__);";
        assert_eq!(name(renamed), Some(("Acme_Erp".to_owned(), true)));
    }

    #[test]
    fn the_name_is_marked() {
        let text =
            format!("{PLAIN}ComponentRegistrar::register(ComponentRegistrar::MODULE, 'A_B', __DIR__);");
        let span = registration(&text, 7).unwrap().name.span;
        assert_eq!(&text[span.start - 7..span.end - 7], "'A_B'");
    }

    #[test]
    fn other_code_is_seen() {
        let call = "ComponentRegistrar::register(ComponentRegistrar::MODULE, 'A_B', __DIR__);";
        for text in [
            format!("{PLAIN}require 'x.php'; {call}"),
            format!("{PLAIN}{call} echo 1;"),
            format!("<html><?php {call}"),
            format!("{PLAIN}if (true) {{ {call} }}"),
        ] {
            assert_eq!(name(&text), Some(("A_B".to_owned(), false)), "{text}");
        }
    }

    #[test]
    fn what_is_no_registration_of_a_module_is_none() {
        for text in [
            "",
            "<?php",
            "ComponentRegistrar::register(ComponentRegistrar::MODULE, 'A_B', __DIR__);",
            "<?php // ComponentRegistrar::register(ComponentRegistrar::MODULE, 'A_B', __DIR__);",
            "<?php $x = 'ComponentRegistrar::register(ComponentRegistrar::MODULE, \"A_B\", __DIR__);';",
            "<?php ComponentRegistrar::register(ComponentRegistrar::THEME, 'A_B', __DIR__);",
            "<?php ComponentRegistrar::register(ComponentRegistrar::MODULE, $name, __DIR__);",
            "<?php ComponentRegistrar::register(ComponentRegistrar::MODULE, 'A' . X, __DIR__);",
            "<?php ComponentRegistrar::register(ComponentRegistrar::MODULE",
            "<?php ComponentRegistrar::register(",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn processed_names_are_read() {
        let of =
            |argument: &str| processings(&format!("<?php $this->m->processIntegrationConfig({argument});"));
        let names = |names: &[&str]| {
            vec![Processing { names: Some(names.iter().map(|&name| name.to_owned()).collect()) }]
        };
        assert_eq!(of("['A', \"B\",]"), names(&["A", "B"]));
        assert_eq!(of("array('A')"), names(&["A"]));
        assert_eq!(of("[self::NAME]"), [Processing { names: None }]);
        assert_eq!(of("$names"), [Processing { names: None }]);
        assert_eq!(processings("<?php // ->processIntegrationConfig(['A'])"), []);
        assert_eq!(processings("<?php $x->other(['A']);"), []);
    }
}
