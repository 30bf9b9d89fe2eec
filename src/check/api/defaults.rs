//! Rules on `defaults` of a method: the parameters are in its body, of that type, and no required one follows.

use crate::{
    check::Context,
    diag::{Diagnostic, Help, Rule, nearest},
    names::{BaseType, ParameterName, TypeName},
    spec::{
        Pointer,
        api::{Method, ParameterDefault},
        as_flag, as_integer,
    },
};

pub(super) fn check(context: &Context<'_>, route: &Pointer, method: &Method) -> Vec<Diagnostic> {
    let route = route.key("defaults");
    let fault = |(name, value): (&ParameterName, &ParameterDefault)| {
        let finding = |message: String| Diagnostic::new(Rule::InvalidValue, message);
        let Some((at, _, kind)) = method.body.get_full(name) else {
            let names = method.body.keys().map(ParameterName::as_str);
            let help = nearest(name.as_str(), names).map_or_else(
                || Help::new("add it to `body`, or remove it here").removal(),
                |near| Help::new(format!("did you mean `{near}`?")).meant(near),
            );
            return Some(
                finding(format!("`{name}` is not in the body of `{}`", method.name))
                    .at(context.spans.key(&route.key(name)))
                    .reason("only parameters in `body` have a default")
                    .help(help),
            );
        };
        let value_at = context.spans.value(&route.key(name));
        if !fits(kind, value) {
            return Some(
                finding(format!("the default of `{name}` is not of the type `{}`", kind.as_str()))
                    .at(value_at)
                    .reason("PHP refuses a method whose default has another type")
                    .help(instead(kind, value).into_iter().fold(expected(kind), Help::value)),
            );
        }
        let later = method.body.iter().skip(at + 1);
        let is_required = |(name, kind): &(&ParameterName, &TypeName)| {
            !kind.is_nullable() && !method.defaults.contains_key(*name)
        };
        let later = later.into_iter().find(is_required).map(|(name, _)| name.as_str());
        let later = later.or_else(|| method.search.then_some("searchCriteria"))?;
        Some(
            finding(format!("`{name}` has a default, but the parameter `{later}` after it is required"))
                .at(value_at)
                .reason("PHP takes a default only if no required parameter follows")
                .help(Help::new(format!("move `{name}` behind `{later}`, or remove its default")).removal()),
        )
    };
    method.defaults.iter().filter_map(fault).collect()
}

fn fits(kind: &TypeName, value: &ParameterDefault) -> bool {
    let BaseType::Scalar(base) = kind.base() else {
        return kind.is_list() && matches!(value, ParameterDefault::List(items) if items.is_empty());
    };
    match value {
        ParameterDefault::List(items) => {
            let is_text = matches!(base, "string" | "mixed" | "array");
            (kind.is_list() || matches!(base, "array" | "mixed")) && (items.is_empty() || is_text)
        }
        _ if kind.is_list() => false,
        ParameterDefault::Flag(_) => matches!(base, "bool" | "mixed"),
        ParameterDefault::Number(_) => matches!(base, "int" | "float" | "mixed"),
        ParameterDefault::Text(_) => matches!(base, "string" | "mixed"),
    }
}

/// Default in TOML that was likely meant.
fn instead(kind: &TypeName, value: &ParameterDefault) -> Option<String> {
    let text = match value {
        ParameterDefault::Flag(flag) => flag.to_string(),
        ParameterDefault::Number(number) => number.to_string(),
        ParameterDefault::Text(text) => text.to_string(),
        ParameterDefault::List(_) => return None,
    };
    match kind.base() {
        _ if kind.is_list() => None,
        BaseType::Scalar("bool") => as_flag(&text).map(|flag| flag.to_string()),
        BaseType::Scalar("int" | "float") => as_integer(&text),
        BaseType::Scalar("string") => Some(format!("\"{text}\"")),
        _ => None,
    }
}

fn expected(kind: &TypeName) -> Help {
    let example = match kind.base() {
        _ if kind.is_list() => "a list: []",
        BaseType::Scalar("array") => "a list: []",
        BaseType::Scalar("bool") => "true or false",
        BaseType::Scalar("int" | "float") => "a whole number: 20",
        BaseType::Scalar(_) => "a string: \"all\"",
        _ => {
            let help = "remove it: an object has no default but null, as the type with `?` has";
            return Help::new(help).removal();
        }
    };
    Help::new(format!("write {example}"))
}
