//! Findings about values that have the right type but violate a pattern or limit.

use jsonschema::{ValidationError, error::ValidationErrorKind as Kind};

use super::{
    entry, text,
    wording::{for_example, last_key, shorten, subject},
};
use crate::{
    diag::{Diagnostic, Help, Rule},
    names,
    spec::read::{
        described::{EXAMPLE_MODULE, expected, is_required, limits},
        pointer::Pointer,
        spans::Spans,
    },
};

pub(in crate::spec::read) fn wrong_value(
    route: &Pointer,
    error: &ValidationError<'_>,
    spans: &Spans,
) -> Diagnostic {
    let text = error.instance().as_str().unwrap_or_default();
    let shown = shorten(text);
    let key = &last_key(route);
    let too_long = matches!(error.kind(), Kind::MaxLength { .. });
    let length = text.chars().count();
    let steps: Vec<&str> = route.steps().collect();
    let finding = |rule, message: String| Diagnostic::new(rule, message).at(spans.value(route));
    match steps.as_slice() {
        ["module", "name"] => {
            let finding = finding(Rule::ModuleName, format!("`{shown}` is not a module name"))
                .reason(text::of_module_name(text));
            match text::likely_module(text) {
                Some(likely) => finding.help(Help::meaning(&likely)),
                None => finding.help("write, for example: name = \"Acme_ErpBridge\""),
            }
        }
        ["module", "package"] => finding(Rule::PackageName, format!("`{shown}` is not a Composer package name"))
            .reason("Composer requires vendor/package in lower case")
            .help("write, for example: package = \"acme/module-erp-bridge\", or leave the key out"),
        ["module", "version"] => {
            let finding = finding(Rule::ModuleVersion, format!("`{shown}` is not a version of two to four numbers"))
                .reason("it is written to module.xml and composer.json: numbers separated by dots, optionally with a suffix such as -beta1");
            match text.strip_prefix(['v', 'V']).filter(|rest| names::ModuleVersion::new(*rest).is_ok()) {
                Some(rest) => finding.help(format!("write {rest}")).fix(spans.value(route), format!("\"{rest}\"")),
                None => finding.help("write, for example: version = \"1.0.0\" or \"1.0.0-beta1\""),
            }
        }
        ["module", "sequence", _] => finding(Rule::ModuleName, format!("`{shown}` is not a module name"))
            .reason(text::of_module_name(text))
            .help("write, for example: sequence = [\"Magento_Sales\"]"),
        ["module", "homepage"] | ["module", "authors", _, "homepage"] => {
            finding(Rule::InvalidValue, format!("`{shown}` is not the URL of a web page"))
                .reason("Composer accepts http and https URLs with a host, in ASCII, and ignores or rejects others")
                .help(for_example(route, key))
        }
        ["module", "authors", _, "email"] => {
            finding(Rule::InvalidValue, format!("`{shown}` is not an e-mail address"))
                .reason("Composer ignores or rejects an invalid author address (PHP's FILTER_VALIDATE_EMAIL)")
                .help(for_example(route, key))
        }
        ["integration", _, "name" | "email" | "endpoint_url" | "identity_link_url"] if too_long && steps[2] != "name" => {
            finding(Rule::ValueTooLong, format!("`{key}` has {length} characters, but Magento stores 255"))
                .reason("the column is varchar(255): Magento silently truncates the value, so it differs from the XML at every setup:upgrade and the integration is reset each time")
                .help("shorten it to at most 255 characters")
        }
        ["integration", _, "name"] | ["integration", _, "renamed_from", ..] | ["retired", "integrations", _]
            if !matches!(error.kind(), Kind::MinItems { .. }) =>
        {
            if (2..=names::COLUMN_LENGTH).contains(&length) {
                finding(Rule::IntegrationName, "the name is blank".to_owned())
                    .reason("Admin would list an integration without a name")
            } else {
                finding(Rule::IntegrationName, format!("the name has {}, but Magento requires 2 to 255", characters(length)))
                    .reason("Magento's schema requires two, and the database stores 255: an integration with a longer name is never found again")
            }
            .help("give it a name of 2 to 255 characters")
        }
        ["integration", _, "email"] => finding(Rule::EmailFormat, format!("`{shown}` is not an e-mail address that Magento accepts"))
            .reason(text::of_email(text))
            .help(match names::Email::new(text.trim()) {
                Ok(email) => Help::write(email.as_str()),
                Err(_) => Help::new("write, for example: email = \"erp@acme.com\""),
            })
            .module_help("write, for example: <email>erp@acme.com</email>"),
        ["integration", _, "endpoint_url" | "identity_link_url"] => {
            if text.is_empty() {
                finding(Rule::EmptyUrl, format!("`{key}` is empty"))
                    .reason("Magento rejects an empty element in developer mode")
                    .help(Help::new(format!("leave `{key}` out if there is no URL")).removal())
            } else if length < 4 {
                finding(Rule::UrlTooShort, format!("`{shown}` is too short for a URL"))
                    .reason("Magento's schema requires at least four characters")
                    .help(format!("write the whole URL: {key} = \"https://…\""))
                    .module_help(format!("write the whole URL: <{key}>https://…</{key}>"))
            } else {
                let (fault, help) = text::of_url(text);
                let likely = text::likely_url(text);
                finding(Rule::InvalidValue, format!("`{shown}` is not a URL: {fault}"))
                    .reason("Magento's schema rejects it in developer mode (xs:anyURI), or nothing can call it")
                    .help(likely.map_or_else(|| Help::new(help), |likely| Help::new(help).text(likely)))
                    .module_help(help)
            }
        }
        ["integration", _, "calls", _] | ["integration", _, "calls", _, "route"] => entry::call(&shown, text, finding),
        ["integration", _, "resources", _] => entry::resource(&shown, text, finding),
        ["setting", _, "renamed_from", ..] if !matches!(error.kind(), Kind::MinItems { .. }) => {
            finding(Rule::InvalidValue, format!("`{shown}` is not the whole path of a setting"))
                .reason("shops store a setting under its section, groups and field, also where `path` leaves out the section")
                .help("write all of them, such as `acme_erp/stock/schedule`")
        }
        ["cron", _, "schedule"] => {
            let (reason, help) = text::of_schedule(text);
            finding(Rule::InvalidValue, format!("`{shown}` is not a schedule")).reason(reason).help(help)
        }
        ["i18n", "locales", _] if names::Locale::likely(text).is_some() => {
            let likely = names::Locale::likely(text).unwrap_or_default();
            let finding = finding(Rule::InvalidValue, format!("{} cannot be \"{shown}\"", subject(route)))
                .reason(text::of_text(&steps, text))
                .help(Help::write(&likely));
            finding.fix(spans.value(route), format!("\"{likely}\""))
        }
        ["csp", ..] => finding(Rule::InvalidValue, format!("{} cannot be \"{shown}\"", subject(route)))
            .reason(text::of_text(&steps, text))
            .help(format!("write {}", names::CspHost::EXPECTED))
            .module_help("write a host, with or without a scheme, in a <value type=\"host\">"),
        ["acl", .., "title"] => finding(Rule::AclTitle, format!("the title has {}, but Magento requires 3 to 50", characters(length)))
            .reason("Magento's schema for acl.xml rejects the whole file in developer mode")
            .help("give it a title of 3 to 50 characters"),
        ["acl", .., "id" | "parent"] => finding(Rule::AclId, format!("`{shown}` is not an ACL resource id"))
            .reason("an id is the module's name, two colons, then letters, digits or underscores")
            .help(format!("write, for example: \"{EXAMPLE_MODULE}::sync\"")),
        _ => match error.kind() {
            Kind::MinItems { .. } => finding(Rule::InvalidValue, format!("`{key}` is an empty list"))
                .reason("at least one entry is required")
                .help(if is_required(route) { "add an entry" } else { "add an entry, or leave the key out" }),
            Kind::Minimum { .. } | Kind::Maximum { .. } => {
                let (lowest, highest) = limits(route);
                let reason = match key.as_str() {
                    "sort_order" => "Magento's schema limits it to 32 bits (xs:int)",
                    _ => "it is written to the generated module, which limits it",
                };
                finding(Rule::InvalidValue, format!("`{key}` is out of range: {}", error.instance()))
                    .reason(reason)
                    .help(format!("write a number between {lowest} and {highest}"))
            }
            Kind::MinLength { limit } if !text.is_empty() => {
                finding(Rule::InvalidValue, format!("{} has {}, but needs at least {limit}", subject(route), characters(length)))
                    .reason(format!("\"{shown}\" is too short for the generated files"))
                    .help(format!("write {}", expected(route).unwrap_or(names::Line::EXPECTED)))
            }
            Kind::MaxLength { limit } => {
                finding(Rule::InvalidValue, format!("{} has {}, but at most {limit} are allowed", subject(route), characters(length)))
                    .reason("the generated files allow no more")
                    .help(format!("shorten it by {}", characters(length.saturating_sub(usize::try_from(*limit).unwrap_or(length)))))
            }
            _ => finding(Rule::InvalidValue, format!("{} cannot be \"{shown}\"", subject(route)))
                .reason(text::of_text(&steps, text))
                .help(match likely_route(&steps, text) {
                    Some(likely) => Help::meaning(&likely),
                    None => Help::new(format!("write {}", expected(route).unwrap_or(names::Line::EXPECTED))),
                }),
        },
    }
}

/// Route of a method that is probably meant.
fn likely_route(steps: &[&str], text: &str) -> Option<String> {
    let is_route = matches!(steps, ["service", _, "method", _, "route" | "replaced_by"]);
    text::likely_route(text, |route| names::Route::new(route).is_ok()).filter(|_| is_route)
}

fn characters(count: usize) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}
