//! `[webhooks]`, `[[webhook]]`, and what else only later releases have.

use super::{Context, Scope};
use crate::{
    diag::{Diagnostic, Rule},
    names::{MagentoVersion, SettingPath},
    spec::settings::SettingType,
};

/// The longest name of an index or a constraint that Magento writes as it is.
const IDENTIFIER: usize = 64;

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = incomplete(context).into_iter().collect();
    findings.extend(settings(context));
    findings.extend(long_names(context));
    findings
}

/// What is not in every release of the target.
pub(super) fn check_in(context: &Context<'_>, scope: &Scope) -> Vec<Diagnostic> {
    let releases = scope.target.releases;
    let before = |floor: MagentoVersion| context.catalog.those(releases, |version| version < floor);
    let mut findings = Vec::new();
    let lacking = before(MagentoVersion::new(2, 3, 0));
    if context.spec.webhooks.is_some() && !lacking.is_empty() {
        let message = format!("webhooks cannot be made for {}", context.catalog.describe(lacking));
        findings.push(
            Diagnostic::new(Rule::WebhooksRelease, message)
                .at(context.spans.key("/webhooks"))
                .reason("their table is declared in db_schema.xml, which Magento reads from 2.3.0 on")
                .help(ways_out(context, releases - lacking, "remove [webhooks] and [[webhook]]")),
        );
    }
    let lacking = before(MagentoVersion::new(2, 3, 5).with_p(1));
    if !context.spec.csp.is_empty() && !lacking.is_empty() {
        let message = format!("there is no csp_whitelist.xml in {}", context.catalog.describe(lacking));
        findings.push(
            Diagnostic::new(Rule::CspRelease, message)
                .at(context.spans.key("/csp"))
                .reason("Magento reads it from 2.3.5-p1 on; it is not written where a release of the target is older")
                .help(ways_out(context, releases - lacking, "remove [csp]")),
        );
    }
    findings
}

fn ways_out(context: &Context<'_>, left: crate::catalog::ReleaseSet, otherwise: &str) -> String {
    if left.is_empty() {
        otherwise.to_owned()
    } else {
        format!("{otherwise}, or {}", context.narrow_to(left))
    }
}

fn incomplete(context: &Context<'_>) -> Option<Diagnostic> {
    let finding = |route: &str, message: &str| {
        Diagnostic::new(Rule::WebhooksIncomplete, message).at(context.spans.key(route))
    };
    match (&context.spec.webhooks, context.spec.webhook.first()) {
        (None, Some(_)) => Some(
            finding("/webhook/0", "there is no `[webhooks]` that says how webhooks are delivered")
                .reason("where they are sent, and with which key, are settings that it names")
                .help("write [webhooks] with url, secret, enabled and timeout"),
        ),
        (Some(_), None) => Some(
            finding("/webhooks", "there is no `[[webhook]]`: nothing would ever be sent")
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
        let route = format!("/webhooks/{key}");
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

/// Magento shortens longer names by itself, to something that depends on the prefix of its tables.
fn long_names(context: &Context<'_>) -> Option<Diagnostic> {
    context.spec.webhooks.as_ref()?;
    let module = &context.spec.module.name;
    let longest = format!("{module}_outbox_status_available_at").len();
    (longest > IDENTIFIER).then(|| {
        let excess = longest - IDENTIFIER;
        Diagnostic::new(Rule::NameTooLong, format!("`{module}` is too long for the names of its table's indexes"))
            .at(context.spans.value("/module/name"))
            .reason("they begin with it; MySQL takes 64 characters, and what Magento makes of longer ones is another name")
            .help(format!("give the module a name that is shorter by {excess}, or remove [webhooks]"))
    })
}
