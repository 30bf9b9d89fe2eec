//! Rules on `[i18n]`: locales and translations.

use super::{Context, duplicate_names::repeated};
use crate::{
    diag::{Diagnostic, Help, Level, Rule},
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
        let finding = |rule, message| Diagnostic::new(rule, message).at(context.spans.value(&list.key(at)));
        if locale.as_str() == "en_US" {
            findings.push(
                finding(Rule::InvalidValue, "`en_US` is the language of the source phrases".to_owned())
                    .reason("i18n/en_US.csv is always generated and is not a translation")
                    .help(Help::new("remove it").removal()),
            );
        } else if !locale.is_known() {
            findings.push(
                finding(Rule::UnknownLocale, format!("Magento has no locale `{locale}`"))
                    .reason("Magento never reads the file unless another module adds the locale")
                    .help(match Locale::likely(locale.as_str()) {
                        Some(likely) => Help::meaning(&likely),
                        None => Help::new(
                            "write a locale from `bin/magento info:language:list`, such as \"de_DE\"",
                        ),
                    }),
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
                    format!("line {line} of {file} has an unclosed quote"),
                    "the rest of the file cannot be parsed, so it is left unchanged and gets no new phrases",
                    "close it; write two quotes for a literal quote in a phrase".to_owned(),
                );
                open.level = Level::Warning;
                return vec![open];
            }
        };
        let missing = (!missing.is_empty()).then(|| {
            finding(
                format!("{} not translated to {locale}: {}", count(missing.len()), shown(&missing)),
                "Magento shows the English phrase instead",
                format!("add the translation in the second column of {file}"),
            )
        });
        let stale = (!stale.is_empty()).then(|| {
            finding(
                format!(
                    "{} translated to {locale} but no longer used: {}",
                    count(stale.len()),
                    shown(&stale)
                ),
                "the phrase was changed or removed; the file keeps its translation",
                format!("move the translation to the new phrase, then remove the old line from {file}"),
            )
        });
        [missing, stale].into_iter().flatten().collect()
    });
    findings.collect()
}

fn count(phrases: usize) -> String {
    if phrases == 1 { "1 phrase is".to_owned() } else { format!("{phrases} phrases are") }
}

/// Shortens the list to its first phrases.
fn shown(phrases: &[String]) -> String {
    const SHOWN: usize = 3;
    let first: Vec<String> = phrases.iter().take(SHOWN).map(|phrase| format!("\"{phrase}\"")).collect();
    let more = if phrases.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", first.join(", "))
}
