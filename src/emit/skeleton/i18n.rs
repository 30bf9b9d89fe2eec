//! `i18n/en_US.csv`, and the same phrases in other languages.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    emit::{
        settings::backend::{NO_ADDRESS, NO_NUMBER, NO_OPTION},
        webhooks::{NO_KEY, operations::NOT_DELIVERED},
    },
    model::{AclNode, MenuEntry, Module},
    names::{AclTitle, ModuleName},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let phrases = phrases(module);
    let is_wanted = module.settings.is_some() || !module.locales.is_empty();
    (is_wanted && !phrases.is_empty()).then(|| phrases.iter().map(|phrase| line(phrase, phrase)).collect())
}

/// Generates the file of a locale: each phrase with its translation on disk, or else untranslated, followed by
/// translations of phrases that no longer exist. A file with an unclosed quote is left unchanged.
pub(in crate::emit) fn locale(module: &Module, on_disk: Option<&str>) -> Option<String> {
    let Ok(translated) = read(on_disk.unwrap_or_default()) else { return on_disk.map(str::to_owned) };
    let phrases = phrases(module);
    let lines =
        phrases.iter().map(|&phrase| line(phrase, translated.get(phrase).map_or(phrase, String::as_str)));
    let stale = translated.iter().filter(|(phrase, text)| is_stale(&phrases, phrase, text));
    Some(lines.chain(stale.map(|(phrase, text)| line(phrase, text))).collect())
}

/// Returns true for a translation whose phrase no longer exists.
fn is_stale(phrases: &BTreeSet<&str>, phrase: &str, text: &str) -> bool {
    !phrases.contains(phrase) && !text.is_empty() && text != phrase
}

/// Returns the phrases without a translation in the file of a locale, and the translations without a phrase; for a
/// file with an unclosed quote, its line.
pub(in crate::emit) fn differences(
    module: &Module,
    on_disk: Option<&str>,
) -> Result<(Vec<String>, Vec<String>), usize> {
    let translated = read(on_disk.unwrap_or_default())?;
    let phrases = phrases(module);
    let is_missing =
        |phrase: &&str| translated.get(*phrase).is_none_or(|text| text == phrase || text.is_empty());
    let missing = phrases.iter().copied().filter(is_missing).map(str::to_owned);
    let stale = translated.iter().filter(|(phrase, text)| is_stale(&phrases, phrase, text));
    Ok((missing.collect(), stale.map(|(phrase, _)| phrase.clone()).collect()))
}

/// Phrases of the generated files.
fn phrases(module: &Module) -> BTreeSet<&str> {
    let mut phrases = BTreeSet::new();
    titles(&module.acl, &module.name, &mut phrases);
    if let Some(settings) = &module.settings {
        let groups = settings.groups();
        phrases.extend(settings.tabs.iter().map(|tab| tab.label.as_str()));
        phrases.extend(settings.sections.iter().filter_map(|section| section.label.as_deref()));
        phrases.extend(groups.iter().filter_map(|group| group.label.as_deref()));
        phrases.extend(settings.all().filter_map(|setting| setting.title.as_deref()));
        phrases.extend(settings.all().filter_map(|setting| setting.comment.as_deref()));
        let options = settings.all().filter_map(|setting| setting.kind.options()).flatten();
        phrases.extend(options.map(|option| option.label.as_str()));
        let elements = groups.iter().flat_map(|group| &group.elements);
        let elements = elements.chain(settings.all().flat_map(|setting| &setting.elements));
        let translated = ["comment", "tooltip", "hint", "button_label"];
        let elements = elements.filter(|element| translated.contains(&element.name));
        phrases.extend(elements.filter_map(|element| element.text.as_deref()));
        phrases.extend(settings.has_urls().then_some(NO_ADDRESS));
        phrases.extend(settings.has_numbers().then_some(NO_NUMBER));
        phrases.extend(settings.has_choices().then_some(NO_OPTION));
    }
    phrases.extend(module.menu.iter().flat_map(MenuEntry::phrases));
    phrases.extend(module.webhooks.as_ref().map(|_| NO_KEY));
    phrases.extend(module.webhooks.as_ref().and_then(|it| it.notify_minutes).map(|_| NOT_DELIVERED));
    phrases
}

/// Adds the titles of the module's own resources.
fn titles<'a>(nodes: &'a [AclNode], module: &ModuleName, phrases: &mut BTreeSet<&'a str>) {
    for node in nodes {
        let declared = node.declared.as_ref().filter(|_| node.id.module() == module.as_str());
        phrases.extend(declared.and_then(|declared| declared.title.as_ref()).map(AclTitle::as_str));
        titles(&node.children, module, phrases);
    }
}

fn line(phrase: &str, text: &str) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    format!("{},{}\n", quoted(phrase), quoted(text))
}

/// Parses phrases and translations like Magento: the first two columns of each line. Returns the line of an unclosed
/// quote, counted from 1.
fn read(csv: &str) -> Result<BTreeMap<String, String>, usize> {
    let mut translations = BTreeMap::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    let (mut is_quoted, mut line, mut opened) = (false, 1, 1);
    let mut chars = csv.strip_prefix('\u{feff}').unwrap_or(csv).chars().chain(['\n']).peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if is_quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if is_quoted => {
                // A cell ends after its closing quote; otherwise the quote opens another one.
                if chars.peek().is_some_and(|next| !matches!(next, ',' | '\r' | '\n')) {
                    return Err(opened);
                }
                is_quoted = false;
            }
            '"' if cell.is_empty() => (is_quoted, opened) = (true, line),
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                let mut cells = std::mem::take(&mut row).into_iter();
                if let (Some(phrase), Some(text)) = (cells.next(), cells.next()) {
                    translations.insert(phrase, text);
                }
            }
            c => cell.push(c),
        }
    }
    if is_quoted { Err(opened) } else { Ok(translations) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_are_read_back() {
        let csv = line("a, \"b\"", "x\ny") + "plain,text,module,M\r\n\nonly\n" + &line("z", "");
        let read: Vec<(String, String)> = read(&csv).unwrap().into_iter().collect();
        let expected = [("a, \"b\"", "x\ny"), ("plain", "text"), ("z", "")];
        assert_eq!(read, expected.map(|(phrase, text)| (phrase.to_owned(), text.to_owned())));
        assert_eq!(super::read("\"a\",\"b\"\n\"c\",\"d\n\"e\",\"f\"\n"), Err(2));
        assert_eq!(super::read("\"a\",\"b\"\n\"c\",\"d\n"), Err(2));
    }
}
