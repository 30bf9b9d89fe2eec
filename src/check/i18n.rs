//! `[i18n]`.

use super::{Context, duplicate_names::repeated};
use crate::{
    diag::{Diagnostic, Level, Rule},
    emit,
    model::Module,
    names::Locale,
    spec::{Spans, Spec, pointer},
    tree::TreePath,
};

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let list = pointer!["i18n", "locales"];
    let locales = &context.spec.i18n.locales;
    let mut findings = repeated(context, "locale", &list, locales.iter().map(Locale::as_str));
    if locales.is_empty() && context.spans.value(&list).is_some() {
        findings.push(context.empty_list(&list, "locales"));
    }
    for (at, locale) in locales.iter().enumerate() {
        let finding = |rule, message| Diagnostic::new(rule, message).at(context.spans.value(list.key(at)));
        if locale.as_str() == "en_US" {
            findings.push(
                finding(Rule::InvalidValue, "`en_US` is the language of the phrases themselves".to_owned())
                    .reason("i18n/en_US.csv is written anyway, and is not yours to translate")
                    .help("remove it"),
            );
        } else if !locale.is_known() {
            findings.push(
                finding(
                    Rule::UnknownLocale,
                    format!("no store view of Magento can have the locale `{locale}`"),
                )
                .reason("its file would never be read, unless another module adds the locale")
                .help("write one of `bin/magento info:language:list`, such as \"de_DE\""),
            );
        }
    }
    findings
}

/// Differences between the phrases of the module and the translations on disk.
pub(super) fn check_translations(
    spec: &Spec,
    spans: &Spans,
    module: &Module,
    on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
) -> Vec<Diagnostic> {
    let findings = spec.i18n.locales.iter().enumerate().flat_map(|(at, locale)| {
        let finding = |message, reason: &str, help: String| {
            Diagnostic::new(Rule::Translations, message)
                .at(spans.value(&pointer!["i18n", "locales", at]))
                .reason(reason)
                .help(help)
        };
        let file = format!("i18n/{locale}.csv");
        let (missing, stale) = match emit::translations(module, locale, on_disk) {
            Ok(lists) => lists,
            Err(line) => {
                let mut open = finding(
                    format!("line {line} of {file} has a quote that is never closed"),
                    "what follows cannot be told apart: the file is left as it is, without new phrases",
                    "close it; two quotes stand for one within a text".to_owned(),
                );
                open.level = Level::Warning;
                return vec![open];
            }
        };
        let missing = (!missing.is_empty()).then(|| {
            finding(
                format!("{} not translated to {locale}: {}", count(missing.len()), shown(&missing)),
                "Magento shows the English phrase in its place",
                format!("put the translation into the second column of {file}"),
            )
        });
        let stale = (!stale.is_empty()).then(|| {
            finding(
                format!(
                    "{} translated to {locale} and no longer used: {}",
                    count(stale.len()),
                    shown(&stale)
                ),
                "the phrase was changed or taken out; what stands in the file is kept",
                format!("take them over for the new phrases, and remove them from {file}"),
            )
        });
        [missing, stale].into_iter().flatten().collect()
    });
    findings.collect()
}

fn count(phrases: usize) -> String {
    if phrases == 1 { "1 phrase is".to_owned() } else { format!("{phrases} phrases are") }
}

/// The first of them.
fn shown(phrases: &[String]) -> String {
    const SHOWN: usize = 3;
    let first: Vec<String> = phrases.iter().take(SHOWN).map(|phrase| format!("\"{phrase}\"")).collect();
    let more = if phrases.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", first.join(", "))
}
