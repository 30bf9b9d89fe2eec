//! Settings that are shown only while others have a value.

use std::collections::HashMap;

use crate::{
    check::Context,
    diag::{Diagnostic, Rule, circles},
    names::SettingPath,
    spec::{
        Pointer, pointer,
        settings::{Scalar, Setting, SettingType},
    },
};

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let settings = &context.spec.setting;
    let places: HashMap<&SettingPath, usize> =
        settings.iter().enumerate().rev().map(|(at, setting)| (&setting.path, at)).collect();
    let next = |setting: &Setting| setting.depends.keys().filter_map(|on| places.get(on).copied()).collect();
    let circle = circles(&settings.iter().map(next).collect::<Vec<_>>());
    // A circle is reported at the last of its settings.
    let last: HashMap<usize, usize> =
        circle.iter().enumerate().filter_map(|(at, circle)| Some(((*circle)?, at))).collect();
    let mut findings = Vec::new();
    for (at, setting) in settings.iter().enumerate() {
        let is_last = circle[at].is_some_and(|circle| last.get(&circle) == Some(&at));
        for (on, value) in &setting.depends {
            let route = pointer!["setting", at, "depends"].key(on);
            findings.extend(match places.get(on) {
                None => Some(context.no_setting(&route, on, true)),
                Some(&other) if is_last && circle[other] == circle[at] => {
                    Some(circular(context, &route, &setting.path, on))
                }
                Some(&other) => {
                    let other = &settings[other];
                    incomparable(context, &route, other).or_else(|| never(context, &route, other, value))
                }
            });
        }
    }
    findings
}

/// Reports a multiselect or a secret, whose value the form does not compare (docs/magento/settings.md#depends).
fn incomparable(context: &Context<'_>, route: &Pointer, other: &Setting) -> Option<Diagnostic> {
    let (kind, reason) = match other.kind {
        SettingType::Multiselect => ("multiselect", "the form compares only the first chosen option"),
        SettingType::Secret => {
            ("secret", "the form compares the asterisks that it shows instead of the secret")
        }
        _ => return None,
    };
    let message = format!("a setting cannot depend on the {kind} `{}`", other.path);
    Some(
        Diagnostic::new(Rule::SettingValue, message)
            .at(context.spans.key(route))
            .reason(reason)
            .help("remove it, or depend on a setting of type yesno or select"),
    )
}

/// Reports a value that the other setting cannot have.
fn never(context: &Context<'_>, route: &Pointer, other: &Setting, value: &Scalar) -> Option<Diagnostic> {
    let fits = match (other.kind, value) {
        (SettingType::Yesno, Scalar::Flag(_)) => true,
        (SettingType::Number, Scalar::Number(number)) => {
            other.min.is_none_or(|min| min <= *number) && other.max.is_none_or(|max| *number <= max)
        }
        (SettingType::Yesno | SettingType::Number, _) => false,
        (SettingType::Select, Scalar::Text(text)) => {
            other.options.keys().any(|option| option.as_str() == text)
        }
        (_, Scalar::Text(text)) => !text.contains(['\r', '\n']),
        _ => false,
    };
    (!fits).then(|| {
        Diagnostic::new(Rule::SettingValue, format!("`{}` never has this value", other.path))
            .at(context.spans.value(route))
            .reason("the setting would never be shown")
            .help("use a value that it can have: true, a number in its range, or one of its options")
            .module_help("use a value that it can have: 1 or 0, a number in its range, or one of its options")
    })
}

/// Reports settings that depend on each other.
fn circular(context: &Context<'_>, route: &Pointer, own: &SettingPath, on: &SettingPath) -> Diagnostic {
    let message = if on == own {
        format!("`{own}` depends on itself")
    } else {
        format!("`{own}` and `{on}` depend on each other")
    };
    Diagnostic::new(Rule::SettingValue, message)
        .at(context.spans.key(route))
        .reason("each is hidden until the other has its value, and a hidden setting cannot get one")
        .help("remove one of them")
}
