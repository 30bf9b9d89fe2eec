//! Did you mean.

/// The candidate that reads most like `word`, or none that is close enough to be worth a suggestion.
///
/// Case and the characters `-`, `_` and space are ignored; of equally close ones the first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = normalize(word);
    let mut best: Option<(&str, f64)> = None;
    for candidate in candidates {
        let likeness = strsim::jaro_winkler(&word, &normalize(candidate));
        if likeness >= 0.8 && best.is_none_or(|(_, so_far)| likeness > so_far) {
            best = Some((candidate, likeness));
        }
    }
    best.map(|(candidate, _)| candidate)
}

/// The question in words: `did you mean "a", "b" or "c"?`; none without a candidate.
pub fn did_you_mean<T: AsRef<str>>(candidates: &[T]) -> Option<String> {
    let (last, others) = candidates.split_last()?;
    let others: Vec<String> = others.iter().map(|candidate| format!("\"{}\"", candidate.as_ref())).collect();
    let last = last.as_ref();
    Some(if others.is_empty() {
        format!("did you mean \"{last}\"?")
    } else {
        format!("did you mean {} or \"{last}\"?", others.join(", "))
    })
}

fn normalize(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_find_their_word() {
        let keys = ["name", "email", "endpoint_url", "identity_link_url", "resources"];
        for (typo, key) in [
            ("endpoint-url", Some("endpoint_url")),
            ("e_mail", Some("email")),
            ("resource", Some("resources")),
            ("endpoint", Some("endpoint_url")),
            ("zzz", None),
        ] {
            assert_eq!(nearest(typo, keys), key, "{typo}");
        }
    }
}
