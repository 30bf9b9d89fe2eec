//! `i18n/en_US.csv`, and the same phrases in other languages.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AclNode, Kind, Module};

/// What `HttpUrl` says of what is no address.
const NO_ADDRESS: &str = "\"%1\" is not an http or https address.";

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let phrases = phrases(module);
    let is_wanted = module.settings.is_some() || !module.locales.is_empty();
    (is_wanted && !phrases.is_empty()).then(|| phrases.iter().map(|phrase| line(phrase, phrase)).collect())
}

/// The phrases in another language: translated as they are on disk, else as they are. What is translated there and is no
/// phrase any more stays behind them.
pub(in crate::emit) fn locale(module: &Module, on_disk: Option<&str>) -> Option<String> {
    let translated = on_disk.map(read).unwrap_or_default();
    let phrases = phrases(module);
    let lines =
        phrases.iter().map(|&phrase| line(phrase, translated.get(phrase).map_or(phrase, String::as_str)));
    let stale = translated.iter().filter(|(phrase, _)| !phrases.contains(phrase.as_str()));
    Some(lines.chain(stale.map(|(phrase, text)| line(phrase, text))).collect())
}

/// The phrases that the file of a locale does not translate, and what it translates that is no phrase.
pub(in crate::emit) fn differences(module: &Module, on_disk: Option<&str>) -> (Vec<String>, Vec<String>) {
    let translated = on_disk.map(read).unwrap_or_default();
    let phrases = phrases(module);
    let is_missing =
        |phrase: &&str| translated.get(*phrase).is_none_or(|text| text == phrase || text.is_empty());
    let missing = phrases.iter().copied().filter(is_missing).map(str::to_owned);
    let stale = translated.keys().filter(|phrase| !phrases.contains(phrase.as_str())).cloned();
    (missing.collect(), stale.collect())
}

/// The phrases of generated files.
fn phrases(module: &Module) -> BTreeSet<&str> {
    let mut phrases = BTreeSet::new();
    titles(&module.acl, &mut phrases);
    if let Some(settings) = &module.settings {
        phrases.extend(settings.own.as_ref().map(|section| section.label.as_str()));
        phrases.extend(settings.groups.iter().map(|group| group.label.as_str()));
        phrases.extend(settings.iter().map(|setting| setting.label.as_str()));
        phrases.extend(settings.iter().filter_map(|setting| setting.comment.as_deref()));
        for setting in settings.iter() {
            if let Kind::Select(choices) | Kind::Multiselect(choices) = &setting.kind {
                phrases.extend(choices.iter().map(|choice| choice.label.as_str()));
            }
        }
        phrases.extend(settings.has_urls().then_some(NO_ADDRESS));
    }
    phrases
}

fn titles<'a>(nodes: &'a [AclNode], phrases: &mut BTreeSet<&'a str>) {
    for node in nodes {
        phrases.extend(node.declared.as_ref().map(|declared| declared.title.as_str()));
        titles(&node.children, phrases);
    }
}

fn line(phrase: &str, text: &str) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    format!("{},{}\n", quoted(phrase), quoted(text))
}

/// Phrases and their translations, as Magento reads them: the first two columns of each line.
fn read(csv: &str) -> BTreeMap<String, String> {
    let mut translations = BTreeMap::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    let mut is_quoted = false;
    let mut chars = csv.strip_prefix('\u{feff}').unwrap_or(csv).chars().chain(['\n']).peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
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
    translations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_are_read_back() {
        let csv = line("a, \"b\"", "x\ny") + "plain,text,module,M\r\n\nonly\n" + &line("z", "");
        let read: Vec<(String, String)> = read(&csv).into_iter().collect();
        let expected = [("a, \"b\"", "x\ny"), ("plain", "text"), ("z", "")];
        assert_eq!(read, expected.map(|(phrase, text)| (phrase.to_owned(), text.to_owned())));
    }
}
