//! `i18n/en_US.csv`, and the same phrases in other languages.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AclNode, Module, SettingKind};

/// What `HttpUrl` says of what is no address.
const NO_ADDRESS: &str = "\"%1\" is not an http or https address.";

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let phrases = phrases(module);
    let is_wanted = module.settings.is_some() || !module.locales.is_empty();
    (is_wanted && !phrases.is_empty()).then(|| phrases.iter().map(|phrase| line(phrase, phrase)).collect())
}

/// The phrases in another language: translated as they are on disk, else as they are. What is translated there and is no
/// phrase any more stays behind them. A file with a quote that is never closed stays as it is.
pub(in crate::emit) fn locale(module: &Module, on_disk: Option<&str>) -> Option<String> {
    let Ok(translated) = read(on_disk.unwrap_or_default()) else { return on_disk.map(str::to_owned) };
    let phrases = phrases(module);
    let lines =
        phrases.iter().map(|&phrase| line(phrase, translated.get(phrase).map_or(phrase, String::as_str)));
    let stale = translated.iter().filter(|(phrase, text)| is_stale(&phrases, phrase, text));
    Some(lines.chain(stale.map(|(phrase, text)| line(phrase, text))).collect())
}

/// Whether it is the translation of no phrase: what was never translated is none.
fn is_stale(phrases: &BTreeSet<&str>, phrase: &str, text: &str) -> bool {
    !phrases.contains(phrase) && !text.is_empty() && text != phrase
}

/// The phrases that the file of a locale does not translate, and what it translates that is no phrase; of a file with a
/// quote that is never closed, the line of that.
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

/// The phrases of generated files.
fn phrases(module: &Module) -> BTreeSet<&str> {
    let mut phrases = BTreeSet::new();
    titles(&module.acl, &mut phrases);
    if let Some(settings) = &module.settings {
        phrases.extend(settings.own.as_ref().map(|section| section.label.as_str()));
        phrases.extend(settings.groups.iter().filter_map(|group| group.label.as_deref()));
        phrases.extend(settings.iter().map(|setting| setting.label.as_str()));
        phrases.extend(settings.iter().filter_map(|setting| setting.comment.as_deref()));
        for setting in settings.iter() {
            if let SettingKind::Select(choices) | SettingKind::Multiselect(choices) = &setting.kind {
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

/// Phrases and their translations, as Magento reads them: the first two columns of each line. If a quote is never closed,
/// the line in which it stands, from 1.
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
                // Behind its closing quote a cell ends; otherwise that is the opening one of another.
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
