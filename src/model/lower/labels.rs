//! Readable labels made from names.

use crate::names::capitalized;

/// Words that are always written in uppercase.
const ACRONYMS: [&str; 40] = [
    "api", "b2b", "cms", "crm", "css", "csv", "ean", "edi", "erp", "ftp", "gtin", "html", "http", "https",
    "id", "ip", "isbn", "json", "jwt", "mfa", "oms", "pdf", "php", "pim", "pos", "rma", "sftp", "sku",
    "smtp", "sql", "ssl", "tls", "ui", "upc", "uri", "url", "utc", "uuid", "vat", "xml",
];

/// `Timeout Seconds` of `timeout_seconds`: each word capitalized.
pub(super) fn title(name: &str) -> String {
    words(name).map(|word| capitalized(&spelled(&word))).collect::<Vec<_>>().join(" ")
}

/// `Order export` of `OrderExport`: the first word capitalized.
pub(super) fn sentence(name: &str) -> String {
    capitalized(&phrase(name))
}

/// `increment ID` of `increment_id`.
fn phrase(name: &str) -> String {
    words(name).map(|word| spelled(&word)).collect::<Vec<_>>().join(" ")
}

/// Description of a page, from the description of one item: `One page of orders as the ERP sees them` of
/// `One order as the ERP sees it`. Falls back to the name of the type.
pub(super) fn page_of(description: &str, name: &str) -> String {
    let mut words = description.split(' ');
    let rest = match words.next() {
        Some("One" | "A" | "An") => words.next().map(|noun| (plural(noun), words)),
        _ => None,
    };
    match rest {
        Some((noun, rest)) => {
            let rest = rest.map(|word| match word {
                "it" => "them",
                "its" => "their",
                "is" => "are",
                "has" => "have",
                word => word,
            });
            ["One page of".to_owned(), noun]
                .into_iter()
                .chain(rest.map(str::to_owned))
                .collect::<Vec<_>>()
                .join(" ")
        }
        None => format!("One page of {name} objects"),
    }
}

fn plural(noun: &str) -> String {
    let ends = |ends: &[&str]| ends.iter().any(|end| noun.ends_with(end));
    match noun.strip_suffix('y') {
        Some(stem) if !ends(&["ay", "ey", "oy", "uy"]) => format!("{stem}ies"),
        _ if ends(&["s", "x", "ch", "sh"]) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// Words of a `snake_case` or `CamelCase` name, in lower case.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut split = String::new();
    let mut before = '_';
    for c in name.chars() {
        if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            split.push('_');
        }
        split.push(c.to_ascii_lowercase());
        before = c;
    }
    split.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

fn spelled(word: &str) -> String {
    if ACRONYMS.contains(&word) { word.to_uppercase() } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        for (name, title_, sentence_) in [
            ("base_url", "Base URL", "Base URL"),
            ("api_key", "API Key", "API key"),
            ("timeout_seconds", "Timeout Seconds", "Timeout seconds"),
            ("OrderExport", "Order Export", "Order export"),
            ("getList", "Get List", "Get list"),
            ("apiKey", "API Key", "API key"),
        ] {
            assert_eq!((title(name).as_str(), sentence(name).as_str()), (title_, sentence_));
        }
        assert_eq!(phrase("erp_number"), "ERP number");
    }

    #[test]
    fn one_becomes_a_page_of_many() {
        for (one, page) in [
            ("One order as the ERP sees it", "One page of orders as the ERP sees them"),
            ("A category and its products", "One page of categories and their products"),
            ("Stock", "One page of X objects"),
            ("One", "One page of X objects"),
        ] {
            assert_eq!(page_of(one, "X"), page);
        }
    }
}
