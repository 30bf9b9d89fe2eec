//! `[webhooks]` and `[[webhook]]`.

use super::Context;
use crate::{
    diag::{Diagnostic, Rule},
    names::{Count, SettingPath},
    spec::{Pointer, pointer, settings::SettingType},
};

/// The longest name of an index or a constraint that Magento writes as it is.
const IDENTIFIER: usize = 64;

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = incomplete(context).into_iter().collect();
    findings.extend(settings(context));
    findings.extend(timeout(context));
    findings.extend(attempts(context));
    findings.extend(long_names(context));
    findings
}

fn incomplete(context: &Context<'_>) -> Option<Diagnostic> {
    let finding = |route: &Pointer, message: &str| {
        Diagnostic::new(Rule::WebhooksIncomplete, message).at(context.spans.key(route))
    };
    match (&context.spec.webhooks, context.spec.webhook.first()) {
        (None, Some(_)) => Some(
            finding(&pointer!["webhook", 0], "there is no `[webhooks]` that says how webhooks are delivered")
                .reason("where they are sent, and with which key, are settings that it names")
                .help("write [webhooks] with url, secret, enabled and timeout"),
        ),
        (Some(_), None) => Some(
            finding(&pointer!["webhooks"], "there is no `[[webhook]]`: nothing would ever be sent")
                .reason("a webhook says at which event what is told")
                .help("write [[webhook]] with topic, event and fields, or remove [webhooks]"),
        ),
        _ => None,
    }
}

/// The settings that webhooks are delivered by.
fn settings(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(webhooks) = &context.spec.webhooks else { return Vec::new() };
    let named: [(&str, &SettingPath, SettingType, &str); 4] = [
        ("url", &webhooks.url, SettingType::Url, "url"),
        ("secret", &webhooks.secret, SettingType::Secret, "secret"),
        ("enabled", &webhooks.enabled, SettingType::Yesno, "yesno"),
        ("timeout", &webhooks.timeout, SettingType::Number, "number"),
    ];
    let check = |(key, path, kind, name): (&str, &SettingPath, SettingType, &str)| {
        let route = pointer!["webhooks", key];
        match context.setting(path) {
            None => Some(context.no_setting(&route, path, false)),
            Some(setting) if setting.kind == kind => None,
            Some(_) => Some(
                Diagnostic::new(
                    Rule::UnknownSetting,
                    format!("the setting `{path}` is not of type \"{name}\""),
                )
                .at(context.spans.value(&route))
                .reason(format!("`{key}` of `[webhooks]` is read as that"))
                .help(format!("name a [[setting]] with type = \"{name}\"")),
            ),
        }
    };
    named.into_iter().filter_map(check).collect()
}

/// The most seconds that the other side should be waited for: as long is a webhook claimed, and cron occupied.
const LONGEST_TIMEOUT: i32 = 300;

/// The most attempts that make sense.
const MOST_ATTEMPTS: u32 = 100;

/// What is left to whoever types a number into the setting.
fn timeout(context: &Context<'_>) -> Option<Diagnostic> {
    let path = &context.spec.webhooks.as_ref()?.timeout;
    let setting = context.setting(path).filter(|setting| setting.kind == SettingType::Number)?;
    let fault = match (setting.min, setting.max) {
        (Some(min), _) if min < 1 => format!("`{path}` may be {min} seconds"),
        (_, Some(max)) if max > LONGEST_TIMEOUT => format!("`{path}` may be {max} seconds"),
        (Some(_), Some(_)) => return None,
        _ => format!("`{path}` is a timeout without a range"),
    };
    Some(
        Diagnostic::new(Rule::WebhookDelivery, fault)
            .at(context.spans.value(&pointer!["webhooks", "timeout"]))
            .reason("0 seconds is no limit at all, and while one webhook is waited for no other is sent")
            .help(format!("write min = 1 and max = 60 at the [[setting]], at most {LONGEST_TIMEOUT}")),
    )
}

/// Numbers that make webhooks late, or keep them for ever.
fn attempts(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(webhooks) = &context.spec.webhooks else { return Vec::new() };
    let finding = |key: &str, message: String| {
        Diagnostic::new(Rule::WebhookDelivery, message).at(context.spans.value(&pointer!["webhooks", key]))
    };
    let given = |count: Option<Count>, default| count.map_or(default, Count::get);
    let (first, longest) = (given(webhooks.first_delay, 60), given(webhooks.longest_delay, 21_600));
    let mut findings = Vec::new();
    if first > longest {
        let key = if webhooks.first_delay.is_some() { "first_delay" } else { "longest_delay" };
        findings.push(
            finding(key, format!("the first delay, {first} seconds, is longer than the longest, {longest}"))
                .reason("the delay is doubled each time and cut at the longest, so that `first_delay` would say nothing")
                .help("write a `first_delay` below `longest_delay`"),
        );
    }
    let attempts = given(webhooks.max_attempts, 12);
    if attempts > MOST_ATTEMPTS {
        findings.push(
            finding("max_attempts", format!("a webhook is tried {attempts} times"))
                .reason(
                    "one that the other side refuses is tried for weeks, and stands in the outbox as long",
                )
                .help(format!("write at most {MOST_ATTEMPTS}; 12 are about two days")),
        );
    }
    findings
}

/// Magento shortens longer names by itself, to something that depends on the prefix of its tables.
fn long_names(context: &Context<'_>) -> Option<Diagnostic> {
    context.spec.webhooks.as_ref()?;
    let module = &context.spec.module.name;
    let longest = format!("{module}_outbox_status_available_at").len();
    (longest > IDENTIFIER).then(|| {
        let excess = longest - IDENTIFIER;
        Diagnostic::new(Rule::NameTooLong, format!("`{module}` is too long for the names of its table's indexes"))
            .at(context.spans.value(&pointer!["module", "name"]))
            .reason("they begin with it; MySQL takes 64 characters, and what Magento makes of longer ones is another name")
            .help(format!("give the module a name that is shorter by {excess}, or remove [webhooks]"))
    })
}
