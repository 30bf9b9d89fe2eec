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
