//! Calls of `dispatch` on an event manager.

use std::ops::Range;

use magespec::parsers::php::{PhpToken, tokens};

use super::{ClassFile, Classes};

/// Call that dispatches an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DispatchCall {
    /// Method that makes it.
    pub(crate) method: String,
    /// Parts of the event's name.
    pub(crate) name: Vec<NamePart>,
    /// Keys of its data with their values, as written; none if they are computed.
    pub(crate) keys: Option<Vec<(KeyName, String)>>,
}

/// Part of an event's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NamePart {
    /// Text.
    Text(String),
    /// `$this->_eventPrefix` of a model or a collection.
    Prefix,
    /// Anything else, as written.
    Code(String),
}

/// Key of an event's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyName {
    /// Text.
    Text(String),
    /// `$this->_eventObject` of a model or a collection.
    EventObject,
}

type Token<'a> = (PhpToken<'a>, Range<usize>);

/// All calls of a class. One whose name has alternatives, `$state ? 'enabled' : 'disabled'` or a variable that is assigned in
/// several places, is several.
pub(crate) fn dispatches(file: &ClassFile, classes: &Classes) -> Vec<DispatchCall> {
    if !file.text.contains("dispatch(") {
        return Vec::new();
    }
    let tokens = tokens(&file.text);
    let mut calls = Vec::new();
    for (at, window) in tokens.windows(3).enumerate() {
        let [(PhpToken::Arrow, _), (PhpToken::Name("dispatch"), place), (PhpToken::Sign('('), _)] = window
        else {
            continue;
        };
        let method = file.class.methods.iter().find(|method| method.span.contains(&place.start));
        let Some(method) = method else { continue };
        let arguments = arguments(tokens.get(at + 2..).unwrap_or_default());
        let place = |offset: usize| tokens.partition_point(|(_, span)| span.start < offset);
        let body = tokens.get(place(method.span.start)..place(method.span.end)).unwrap_or_default();
        let scope = Scope { file, classes, body };
        let before = tokens.get(place(method.span.start)..at).unwrap_or_default();
        let names = arguments.first().map(|name| scope.name(name, before, 0)).unwrap_or_default();
        let keys = arguments.get(1).map_or(Some(Vec::new()), |data| scope.keys(data));
        let receiver = before.last().map(|(_, span)| file.text.get(span.clone()).unwrap_or_default());
        let is_manager = receiver.is_some_and(|it| it.to_lowercase().contains("event"));
        let calls_of = names.into_iter().map(|name| DispatchCall {
            method: method.name.clone(),
            name,
            keys: keys.clone(),
        });
        // A front controller dispatches requests.
        calls.extend(calls_of.filter(|call| is_manager || call.is_named()));
    }
    calls
}

impl DispatchCall {
    /// Returns true if the name is not computed as a whole.
    pub(crate) fn is_named(&self) -> bool {
        is_named(&self.name)
    }
}

fn is_named(name: &[NamePart]) -> bool {
    name.iter().any(|part| match part {
        NamePart::Text(text) => text.contains(|c: char| c.is_alphanumeric()),
        NamePart::Prefix => true,
        NamePart::Code(_) => false,
    })
}

/// Default of a property of a class, if it is a text: `protected $_eventPrefix = 'sales_order';`.
pub(crate) fn property(file: &ClassFile, name: &str) -> Option<String> {
    if !file.text.contains(name) {
        return None;
    }
    let tokens = tokens(&file.text);
    let methods = &file.class.methods;
    tokens.windows(3).find_map(|window| match window {
        [(PhpToken::Variable, place), (PhpToken::Sign('='), _), (PhpToken::Text(text), _)]
            if file.text.get(place.clone()) == Some(&format!("${name}"))
                && !methods.iter().any(|method| method.span.contains(&place.start)) =>
        {
            Some(text.clone())
        }
        _ => None,
    })
}

/// Text of a constant that a class declares.
pub(super) fn constant(file: &ClassFile, name: &str) -> Option<String> {
    if !file.text.contains(name) {
        return None;
    }
    tokens(&file.text).windows(4).find_map(|window| match window {
        [
            (PhpToken::Name("const"), _),
            (PhpToken::Name(it), _),
            (PhpToken::Sign('='), _),
            (PhpToken::Text(text), _),
        ] if *it == name => Some(text.clone()),
        _ => None,
    })
}

/// Arguments of a call, from its opening bracket on.
fn arguments<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let inside = tokens.get(1..closing(tokens)).unwrap_or_default();
    split(inside, |token| *token == PhpToken::Sign(','))
}

/// Index of the bracket that closes the first one.
fn closing(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    let end = tokens.iter().position(|(token, _)| {
        match token {
            PhpToken::Sign('(' | '[' | '{') => depth += 1,
            PhpToken::Sign(')' | ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    end.unwrap_or(tokens.len())
}

/// Tokens between separators that are in no brackets.
fn split<'t, 'a>(tokens: &'t [Token<'a>], separates: impl Fn(&PhpToken<'a>) -> bool) -> Vec<&'t [Token<'a>]> {
    let mut depth = 0_usize;
    let parts = tokens.split(|(token, _)| {
        match token {
            PhpToken::Sign('(' | '[' | '{') => depth += 1,
            PhpToken::Sign(')' | ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && separates(token)
    });
    parts.filter(|part| !part.is_empty()).collect()
}

fn written<'a>(tokens: &[Token<'_>], text: &'a str) -> &'a str {
    match tokens {
        [(_, first), .., (_, last)] => text.get(first.start..last.end).unwrap_or_default(),
        [(_, only)] => text.get(only.clone()).unwrap_or_default(),
        [] => "",
    }
}

/// Method in which names are resolved.
struct Scope<'s> {
    file: &'s ClassFile,
    classes: &'s Classes,
    body: &'s [Token<'s>],
}

impl Scope<'_> {
    /// Parts of a name that are joined with `.`, formatted or stand in a text in double quotes; one list for each alternative.
    /// `before` is the code before it, in which variables are assigned.
    fn name(&self, name: &[Token<'_>], before: &[Token<'_>], depth: usize) -> Vec<Vec<NamePart>> {
        let text = &self.file.text;
        let mut names = vec![Vec::new()];
        for piece in split(name, |token| *token == PhpToken::Sign('.')) {
            let source = written(piece, text);
            let alternatives = match piece {
                [(PhpToken::Text(value), _)] if !value.is_empty() => {
                    vec![vec![NamePart::Text(value.clone())]]
                }
                [(PhpToken::Text(_), _)] => vec![interpolated(source.trim_matches('"'))],
                [(PhpToken::Name("sprintf"), _), call @ ..] => vec![formatted(&arguments(call), text)],
                [(PhpToken::Name(class), _), (PhpToken::Colons, _), (PhpToken::Name(constant), _)] => {
                    let value = self.classes.constant(self.file, class, constant);
                    vec![vec![value.map_or_else(|| NamePart::Code(source.to_owned()), NamePart::Text)]]
                }
                [(PhpToken::Variable, _)] if depth < 3 => {
                    let values = assigned(source, before, text).into_iter();
                    let values: Vec<_> = values.flat_map(|value| self.value(value, before, depth)).collect();
                    match values.as_slice() {
                        [_] => values,
                        [_, ..] if values.iter().all(|value| is_named(value)) => values,
                        _ => vec![vec![NamePart::Code(source.to_owned())]],
                    }
                }
                _ if matches!(source, "$this->_eventPrefix" | "$this->eventPrefix") => {
                    vec![vec![NamePart::Prefix]]
                }
                _ => vec![vec![NamePart::Code(source.to_owned())]],
            };
            let with =
                |name: &Vec<NamePart>| alternatives.iter().map(|more| [&name[..], more].concat()).collect();
            names = names.iter().flat_map(|name| -> Vec<Vec<NamePart>> { with(name) }).collect();
        }
        names
    }

    /// Parts of an assigned value, or of both sides of `? :`.
    fn value(&self, value: &[Token<'_>], before: &[Token<'_>], depth: usize) -> Vec<Vec<NamePart>> {
        match value {
            [
                ..,
                (PhpToken::Sign('?'), _),
                (PhpToken::Text(one), _),
                (PhpToken::Sign(':'), _),
                (PhpToken::Text(other), _),
            ] => [one, other].map(|text| vec![NamePart::Text(text.clone())]).into(),
            _ => self.name(value, before, depth + 1),
        }
    }

    /// Keys of an array, or all keys that the method gives an array in a variable.
    fn keys(&self, data: &[Token<'_>]) -> Option<Vec<(KeyName, String)>> {
        let text = &self.file.text;
        if written(data, text) == "$this->_getEventData()" {
            let [own, object] = [KeyName::Text("data_object".to_owned()), KeyName::EventObject];
            return Some(vec![(own, "$this".to_owned()), (object, "$this".to_owned())]);
        }
        let [(PhpToken::Variable, place)] = data else { return self.items(data) };
        let variable = text.get(place.clone())?;
        let mut all: Vec<(KeyName, String)> = Vec::new();
        let mut add = |keys: Vec<(KeyName, String)>| {
            for (name, value) in keys {
                if !all.iter().any(|(other, _)| *other == name) {
                    all.push((name, value));
                }
            }
        };
        for (at, (token, place)) in self.body.iter().enumerate() {
            if *token != PhpToken::Variable || text.get(place.clone()) != Some(variable) {
                continue;
            }
            match self.body.get(at + 1..)? {
                [(PhpToken::Sign('='), _), (PhpToken::Sign('=' | '>'), _), ..] => {}
                [(PhpToken::Sign('='), _), value @ ..] => add(self.items(statement(value))?),
                [
                    (PhpToken::Sign('['), _),
                    (PhpToken::Text(key), _),
                    (PhpToken::Sign(']'), _),
                    (PhpToken::Sign('='), _),
                    value @ ..,
                ] => {
                    add(vec![(KeyName::Text(key.clone()), written(statement(value), text).to_owned())]);
                }
                _ => {}
            }
        }
        Some(all).filter(|all| !all.is_empty())
    }

    /// Keys of `[…]` or `array(…)`.
    fn items(&self, array: &[Token<'_>]) -> Option<Vec<(KeyName, String)>> {
        let array = match array {
            [(PhpToken::Sign('['), _), ..] => array,
            [(PhpToken::Name("array"), _), rest @ ..] => rest,
            _ => return None,
        };
        let items = split(array.get(1..closing(array))?, |token| *token == PhpToken::Sign(','));
        items.into_iter().map(|item| self.key(item)).collect()
    }

    fn key(&self, item: &[Token<'_>]) -> Option<(KeyName, String)> {
        let text = &self.file.text;
        let arrow =
            |window: &[Token<'_>]| matches!(window, [(PhpToken::Sign('='), _), (PhpToken::Sign('>'), _)]);
        let at = item.windows(2).position(arrow)?;
        let (name, value) = (item.get(..at)?, written(item.get(at + 2..)?, text).to_owned());
        match name {
            [(PhpToken::Text(name), _)] => Some((KeyName::Text(name.clone()), value)),
            [(PhpToken::Name(class), _), (PhpToken::Colons, _), (PhpToken::Name(constant), _)] => {
                Some((KeyName::Text(self.classes.constant(self.file, class, constant)?), value))
            }
            _ if written(name, text) == "$this->_eventObject" => Some((KeyName::EventObject, value)),
            _ => None,
        }
    }
}

/// Tokens up to the end of a statement.
fn statement<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let end = tokens.iter().position(|(token, _)| *token == PhpToken::Sign(';'));
    tokens.get(..end.unwrap_or(tokens.len())).unwrap_or_default()
}

/// Values that a variable is assigned.
fn assigned<'t, 'a>(variable: &str, before: &'t [Token<'a>], text: &str) -> Vec<&'t [Token<'a>]> {
    let is_assigned = |window: &[Token<'a>]| {
        matches!(window, [(PhpToken::Variable, place), (PhpToken::Sign('='), _), (next, _)]
            if text.get(place.clone()) == Some(variable) && !matches!(next, PhpToken::Sign('=' | '>')))
    };
    let places = before.windows(3).enumerate().filter(|(_, window)| is_assigned(window));
    places.filter_map(|(at, _)| Some(statement(before.get(at + 2..)?))).collect()
}

/// Parts of `sprintf('core_copy_fieldset_%s_%s', $fieldset, $aspect)`.
fn formatted(arguments: &[&[Token<'_>]], text: &str) -> Vec<NamePart> {
    let Some(([(PhpToken::Text(format), _)], values)) = arguments.split_first() else { return Vec::new() };
    let mut values = values.iter();
    let mut parts = Vec::new();
    for (at, piece) in format.split("%s").enumerate() {
        if at > 0 {
            parts.extend(values.next().map(|value| NamePart::Code(written(value, text).to_owned())));
        }
        parts.push(NamePart::Text(piece.to_owned()));
    }
    parts.retain(|part| *part != NamePart::Text(String::new()));
    parts
}

/// Parts of a text in double quotes: `twofactor_event_{$module}`, `payment_$code`.
fn interpolated(text: &str) -> Vec<NamePart> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, variable) = rest.split_at(at);
        let is_braced = before.ends_with('{');
        parts.push(NamePart::Text(before.trim_end_matches('{').to_owned()));
        let end = if is_braced {
            variable.find('}').unwrap_or(variable.len())
        } else {
            variable.find(|c: char| c != '$' && c != '_' && !c.is_alphanumeric()).unwrap_or(variable.len())
        };
        let (code, after) = variable.split_at(end);
        parts.push(NamePart::Code(code.to_owned()));
        rest = after.strip_prefix('}').filter(|_| is_braced).unwrap_or(after);
    }
    parts.push(NamePart::Text(rest.to_owned()));
    parts.retain(|part| *part != NamePart::Text(String::new()));
    parts
}
