//! Settings that are shown only while others have a value.

use std::collections::HashMap;

use crate::{
    check::Context,
    diag::{Diagnostic, Help, Level, Rule, circles},
    names::SettingPath,
    spec::{
        Pointer, pointer,
        settings::{Scalar, Setting, SettingType, ShowCondition},
    },
};

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let settings = &context.spec.setting;
    let sections: Vec<String> = settings.iter().map(|setting| context.spec.section_of(setting)).collect();
    let places: HashMap<(&str, &str), usize> = settings
        .iter()
        .zip(&sections)
        .enumerate()
        .rev()
        .map(|(at, (setting, section))| ((section.as_str(), setting.path.as_str()), at))
        .collect();
    let place = |section: &str, on: &SettingPath| places.get(&context.spec.target_of(section, on)).copied();
    let next = |(setting, section): (&Setting, &String)| {
        setting.depends.keys().filter_map(|on| place(section, on)).collect()
    };
    let circle = circles(&settings.iter().zip(&sections).map(next).collect::<Vec<_>>());
    // A circle is reported at the last of its settings.
    let last: HashMap<usize, usize> =
        circle.iter().enumerate().filter_map(|(at, circle)| Some(((*circle)?, at))).collect();
    let mut findings = Vec::new();
    for (at, (setting, section)) in settings.iter().zip(&sections).enumerate() {
        let is_last = circle[at].is_some_and(|circle| last.get(&circle) == Some(&at));
        for (on, condition) in &setting.depends {
            let route = pointer!["setting", at, "depends"].key(on);
            findings.extend(match place(section, on) {
                None => unknown(context, section, &route, on),
                Some(other) if is_last && circle[other] == circle[at] => {
                    Some(circular(context, &route, &setting.path, on))
                }
                Some(other) => {
                    let other = &settings[other];
                    incomparable(context, &route, other).or_else(|| never(context, &route, other, condition))
                }
            });
        }
    }
    // Magento builds the form all the same.
    findings.iter_mut().for_each(|finding| finding.level = Level::Warning);
    findings
}

/// Reports a setting that nobody declares. Sections of other modules may have more than the catalog knows.
fn unknown(context: &Context<'_>, section: &str, route: &Pointer, on: &SettingPath) -> Option<Diagnostic> {
    let (of, path) = context.spec.target_of(section, on);
    let settings = context.spec.settings.as_ref();
    let is_included = settings.is_some_and(|settings| {
        settings.sections().iter().any(|it| it.id.as_str() == of && (it.tab.is_none() || it.includes()))
    });
    let is_foreign =
        of != section && !context.spec.setting.iter().any(|it| context.spec.section_of(it) == of);
    let is_known = !context.catalog.config_paths().find(&format!("{of}/{path}")).is_empty();
    let is_shared =
        settings.is_some_and(|it| it.label.is_none() && it.section_id().is_some_and(|id| id.as_str() == of));
    let may_be = is_included || is_foreign || is_known || is_shared && context.is_sketch;
    (!may_be).then(|| context.no_setting(route, on, true))
}

/// Reports a multiselect or a secret, whose value the form does not compare (docs/magento/settings.md#depends).
fn incomparable(context: &Context<'_>, route: &Pointer, other: &Setting) -> Option<Diagnostic> {
    let (kind, reason) = match other.kind()? {
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
            .help(Help::new("remove it, or depend on a setting of type yesno or select").removal()),
    )
}

/// Reports a value that the other setting cannot have.
fn never(
    context: &Context<'_>,
    route: &Pointer,
    other: &Setting,
    condition: &ShowCondition,
) -> Option<Diagnostic> {
    // Classes of its own may give it other values.
    if other.has_source() || condition.is_negative() {
        return None;
    }
    let kind = other.kind()?;
    let fits = condition.values().iter().any(|value| match (kind, value) {
        (SettingType::Yesno, Scalar::Flag(_)) => true,
        (SettingType::Number, Scalar::Number(number)) => {
            other.min.is_none_or(|min| min <= *number) && other.max.is_none_or(|max| *number <= max)
        }
        (SettingType::Yesno | SettingType::Number, _) => false,
        (SettingType::Select, Scalar::Text(text)) => {
            other.options.keys().any(|option| option.as_str() == text)
        }
        (_, Scalar::Text(text)) => !text.contains(['\r', '\n']),
        (kind, _) => !kind.is_read(),
    });
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
        .help(Help::new("remove one of them").removal())
}
