//! Rules on `[webhooks]` and `[[webhook]]`: completeness, settings, delays, names.

use super::Context;
use crate::{
    diag::{Diagnostic, Help, Rule},
    names::{Count, SettingPath},
    spec::{Pointer, pointer, settings::SettingType},
};

/// Greatest length of an index or constraint name that Magento does not shorten.
const IDENTIFIER: usize = 64;

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = incomplete(context).into_iter().collect();
    findings.extend(settings(context));
    findings.extend(timeout(context));
    findings.extend(attempts(context));
    findings.extend(second_secret(context));
    findings.extend(long_names(context));
    findings
}

fn incomplete(context: &Context<'_>) -> Option<Diagnostic> {
    let finding = |route: &Pointer, message: &str| {
        Diagnostic::new(Rule::WebhooksIncomplete, message).at(context.spans.key(route))
    };
    match (&context.spec.webhooks, context.spec.webhook.first()) {
        (None, Some(_)) => Some(
            finding(&pointer!["webhook", 0], "there is no `[webhooks]` table for the delivery of webhooks")
                .reason("it names the settings for the address and the key")
                .help("write [webhooks] with url, secret, enabled and timeout"),
        ),
        (Some(_), None) => Some(
            finding(&pointer!["webhooks"], "there is no `[[webhook]]`, so nothing would ever be sent")
                .reason("a webhook says which event sends which fields")
                .help("write [[webhook]] with topic, event and fields, or remove [webhooks]"),
        ),
        _ => None,
    }
}

/// Checks the settings that `[webhooks]` names.
fn settings(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(webhooks) = &context.spec.webhooks else { return Vec::new() };
    let named: [(&str, Option<&SettingPath>, SettingType, &str); 5] = [
        ("url", Some(&webhooks.url), SettingType::Url, "url"),
        ("secret", Some(&webhooks.secret), SettingType::Secret, "secret"),
        ("second_secret", webhooks.second_secret.as_ref(), SettingType::Secret, "secret"),
        ("enabled", Some(&webhooks.enabled), SettingType::Yesno, "yesno"),
        ("timeout", Some(&webhooks.timeout), SettingType::Number, "number"),
    ];
    let check = |(key, path, kind, name): (&str, Option<&SettingPath>, SettingType, &str)| {
        let path = path?;
        let route = pointer!["webhooks", key];
        match context.setting(path) {
            None => Some(context.no_setting(&route, path, false)),
            Some(setting) if setting.kind() == Some(kind) => None,
            Some(_) => Some(
                Diagnostic::new(
                    Rule::UnknownSetting,
                    format!("the setting `{path}` is not of type \"{name}\""),
                )
                .at(context.spans.value(&route))
                .reason(format!("`{key}` of `[webhooks]` needs that type"))
                .help(format!("name a [[setting]] with type = \"{name}\"")),
            ),
        }
    };
    named.into_iter().filter_map(check).collect()
}

/// Greatest timeout in seconds: for that long a webhook stays claimed and cron is busy.
const LONGEST_TIMEOUT: i32 = 300;

/// Greatest number of attempts that makes sense.
const MOST_ATTEMPTS: u32 = 100;

/// Checks the range of the timeout, which administrators set.
fn timeout(context: &Context<'_>) -> Option<Diagnostic> {
    let path = &context.spec.webhooks.as_ref()?.timeout;
    let setting = context.setting(path).filter(|setting| setting.kind() == Some(SettingType::Number))?;
    let fault = match (setting.min, setting.max) {
        (Some(min), _) if min < 1 => format!("`{path}` may be {min} seconds"),
        (_, Some(max)) if max > LONGEST_TIMEOUT => format!("`{path}` may be {max} seconds"),
        (Some(_), Some(_)) => return None,
        _ => format!("the timeout `{path}` has no range"),
    };
    Some(
        Diagnostic::new(Rule::WebhookDelivery, fault)
            .at(context.spans.value(&pointer!["webhooks", "timeout"]))
            .reason("0 seconds means no limit, and no other webhook is sent while one waits for its response")
            .help(format!(
                "set min = 1 and max = 60 for the [[setting]]; max can be at most {LONGEST_TIMEOUT}"
            )),
    )
}

/// Reports a second secret that is the first.
fn second_secret(context: &Context<'_>) -> Option<Diagnostic> {
    let webhooks = context.spec.webhooks.as_ref()?;
    let second = webhooks.second_secret.as_ref().filter(|second| **second == webhooks.secret)?;
    Some(
        Diagnostic::new(
            Rule::DeclaredTwice,
            format!("`{second}` is both `secret` and `second_secret` of `[webhooks]`"),
        )
        .at(context.spans.value(&pointer!["webhooks", "second_secret"]))
        .reason("the second key signs beside the first while the external system changes to it")
        .help("name another [[setting]] with type = \"secret\", or remove `second_secret`"),
    )
}

/// Reports numbers that make webhooks late or keep them for ever.
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
            finding(
                key,
                format!("the first delay, {first} seconds, is longer than the longest, {longest} seconds"),
            )
            .reason(
                "the delay doubles each time up to `longest_delay`, so `first_delay` would have no effect",
            )
            .help("write a `first_delay` below `longest_delay`"),
        );
    }
    let attempts = given(webhooks.max_attempts, 12);
    if attempts > MOST_ATTEMPTS {
        findings.push(
            finding("max_attempts", format!("a webhook is tried {attempts} times"))
                .reason("a rejected webhook would be retried for weeks and stay in the outbox all that time")
                .help(
                    Help::new(format!("write at most {MOST_ATTEMPTS}; 12 attempts take about two days"))
                        .value(MOST_ATTEMPTS.to_string())
                        .value("12"),
                ),
        );
    }
    findings
}

/// Reports a module name so long that Magento shortens index names, in a way that depends on its table prefix.
fn long_names(context: &Context<'_>) -> Option<Diagnostic> {
    context.spec.webhooks.as_ref()?;
    let module = &context.spec.module.name;
    let longest = format!("{module}_outbox_status_available_at").len();
    (longest > IDENTIFIER).then(|| {
        let excess = longest - IDENTIFIER;
        Diagnostic::new(Rule::NameTooLong, format!("`{module}` is too long for the index names of its table"))
            .at(context.spans.value(&pointer!["module", "name"]))
            .reason("index names start with the module's name; MySQL allows 64 characters, and Magento renames longer ones")
            .help(format!("shorten the module's name by {excess} characters, or remove [webhooks]"))
    })
}
