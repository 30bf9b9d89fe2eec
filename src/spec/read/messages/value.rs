//! A value of the right type that its pattern or its limits refuse.

use jsonschema::{ValidationError, error::ValidationErrorKind as Kind};

use super::{
    entry, text,
    wording::{for_example, last_key, shorten, subject},
};
use crate::{
    diag::{Diagnostic, Rule},
    names,
    spec::read::{
        described::{expected, limits},
        spans::Spans,
    },
};

pub(in crate::spec::read) fn wrong_value(
    route: &str,
    error: &ValidationError<'_>,
    spans: &Spans,
) -> Diagnostic {
    let text = error.instance().as_str().unwrap_or_default();
    let shown = shorten(text);
    let key = &last_key(route);
    let too_long = matches!(error.kind(), Kind::MaxLength { .. });
    let length = text.chars().count();
    let steps: Vec<&str> = route.split('/').skip(1).collect();
    let finding = |rule, message: String| Diagnostic::new(rule, message).at(spans.value(route));
    match steps.as_slice() {
        ["module", "name"] => finding(Rule::ModuleName, format!("`{shown}` is no module name"))
            .reason("Magento wants two parts, each a capital and then letters or digits, and one underscore between")
            .help("write, for example: name = \"Acme_ErpBridge\""),
        ["module", "package"] => finding(Rule::PackageName, format!("`{shown}` is no Composer package name"))
            .reason("Composer wants vendor/package in lower case")
            .help("write, for example: package = \"acme/module-erp-bridge\", or leave the key out"),
        ["module", "version"] => {
            let finding = finding(Rule::ModuleVersion, format!("`{shown}` is no version of two to four numbers"))
                .reason("module.xml and composer.json both get it: numbers with dots between, and at the end -beta1 or the like");
            match text.strip_prefix(['v', 'V']).filter(|rest| names::ModuleVersion::new(*rest).is_ok()) {
                Some(rest) => finding.help(format!("write {rest}")).fix(spans.value(route), format!("\"{rest}\"")),
                None => finding.help("write, for example: version = \"1.0.0\" or \"1.0.0-beta1\""),
            }
        }
        ["module", "sequence", _] => finding(Rule::ModuleName, format!("`{shown}` is no module name"))
            .reason("Magento knows modules by two parts, each a capital and then letters or digits, and one underscore between")
            .help("write, for example: sequence = [\"Magento_Sales\"]"),
        ["module", "homepage"] | ["module", "authors", _, "homepage"] => {
            finding(Rule::InvalidValue, format!("`{shown}` is no address of a page"))
                .reason("Composer takes http and https addresses with a host, in ASCII, and ignores or refuses others")
                .help(for_example(route, key))
        }
        ["module", "authors", _, "email"] => {
            finding(Rule::InvalidValue, format!("`{shown}` is no e-mail address"))
                .reason("Composer ignores or refuses an author's address that is none (PHP's FILTER_VALIDATE_EMAIL)")
                .help(for_example(route, key))
        }
        ["integration", _, "name" | "email" | "endpoint_url" | "identity_link_url"] if too_long && steps[2] != "name" => {
            finding(Rule::ValueTooLong, format!("`{key}` has {length} characters, Magento keeps 255"))
                .reason("the column is varchar(255): the rest is cut in silence, differs from the XML at every setup:upgrade, and the integration is reset each time")
                .help("shorten it to at most 255 characters")
        }
        ["integration", _, "name"] => {
            if (2..=names::COLUMN_LENGTH).contains(&length) {
                finding(Rule::IntegrationName, "the name is blank".to_owned())
                    .reason("Admin would list an integration without a name")
            } else {
                finding(Rule::IntegrationName, format!("the name has {length} characters, Magento takes 2 to 255"))
                    .reason("its schema wants two, and the database keeps 255: under a longer name it is never found again")
            }
            .help("give it a name of 2 to 255 characters")
        }
        ["integration", _, "email"] => finding(Rule::EmailFormat, format!("`{shown}` is no e-mail address that Magento takes"))
            .reason(text::of_email(text))
            .help("write, for example: email = \"erp@acme.com\""),
        ["integration", _, "endpoint_url" | "identity_link_url"] => {
            if text.is_empty() {
                finding(Rule::EmptyUrl, format!("`{key}` is empty"))
                    .reason("Magento refuses an empty element in developer mode")
                    .help(format!("leave `{key}` out if there is none"))
            } else if length < 4 {
                finding(Rule::UrlTooShort, format!("`{shown}` is too short for a URL"))
                    .reason("Magento's schema wants at least four characters")
                    .help(format!("write the whole address: {key} = \"https://…\""))
            } else {
                let (fault, help) = text::of_url(text);
                finding(Rule::InvalidValue, format!("`{shown}` is no URL: {fault}"))
                    .reason("Magento's schema refuses it in developer mode (xs:anyURI), or no one can call it")
                    .help(help)
            }
        }
        ["integration", _, "calls", _] | ["integration", _, "calls", _, "route"] => entry::call(&shown, text, finding),
        ["integration", _, "resources", _] => entry::resource(&shown, text, finding),
        ["acl", .., "title"] => finding(Rule::AclTitle, format!("the title has {length} characters, Magento takes 3 to 50"))
            .reason("its schema of acl.xml refuses the whole file in developer mode")
            .help("give it a title of 3 to 50 characters"),
        ["acl", .., "id" | "parent"] => finding(Rule::AclId, format!("`{shown}` is no ACL resource id"))
            .reason("Magento wants the module's name, two colons, and letters, digits or underscores")
            .help("write, for example: \"Acme_ErpBridge::sync\""),
        _ => match error.kind() {
            Kind::MinItems { .. } => finding(Rule::InvalidValue, format!("`{key}` is an empty list"))
                .reason("an empty list says nothing, where something must be said")
                .help("give it at least one entry, or leave it out"),
            Kind::Minimum { .. } | Kind::Maximum { .. } => {
                let (lowest, highest) = limits(route);
                let reason = match key.as_str() {
                    "sort_order" => "Magento's schema has 32 bits for it (xs:int)",
                    _ => "it is a number of the generated module, and must fit there",
                };
                finding(Rule::InvalidValue, format!("`{key}` is out of range: {}", error.instance()))
                    .reason(reason)
                    .help(format!("write a number between {lowest} and {highest}"))
            }
            Kind::MinLength { limit } if !text.is_empty() => {
                finding(Rule::InvalidValue, format!("{} has {}, and needs {limit}", subject(route), characters(length)))
                    .reason(format!("\"{shown}\" is too short for what is made of it"))
                    .help(format!("write {}", expected(route).unwrap_or(names::Line::EXPECTED)))
            }
            Kind::MaxLength { limit } => {
                finding(Rule::InvalidValue, format!("{} has {}, and may have {limit}", subject(route), characters(length)))
                    .reason("what is made of it holds no more")
                    .help(format!("shorten it by {}", characters(length.saturating_sub(usize::try_from(*limit).unwrap_or(length)))))
            }
            _ => finding(Rule::InvalidValue, format!("{} cannot be \"{shown}\"", subject(route)))
                .reason(text::of_text(&steps, text))
                .help(format!("write {}", expected(route).unwrap_or(names::Line::EXPECTED))),
        },
    }
}

fn characters(count: usize) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}
