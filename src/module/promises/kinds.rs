//! Types in doc blocks, as those read them who know JSON, but no PHP.

/// Type without null, and whether it may be null.
pub(super) fn split(kind: &str) -> (String, bool) {
    let parts: Vec<&str> = kind.split('|').filter(|part| !part.eq_ignore_ascii_case("null")).collect();
    (parts.join("|"), parts.len() < kind.split('|').count())
}

/// Type in words: `\Acme\Erp\Api\Data\OrderInterface[]|null` is `Order[] or null`.
pub(super) fn words(kind: &str) -> String {
    let word = |part: &str| {
        let (name, list) = part.split_once("[]").map_or((part, ""), |(name, _)| (name, "[]"));
        let name = name.rsplit('\\').next().unwrap_or_default();
        format!("{}{list}", name.strip_suffix("Interface").unwrap_or(name))
    };
    kind.split('|').map(word).collect::<Vec<_>>().join(" or ")
}

/// Last part of the class name in a type: `OrderInterface`.
pub(super) fn class(kind: &str) -> String {
    let (kind, _) = split(kind);
    kind.trim_end_matches("[]").rsplit('\\').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{class, split, words};

    #[test]
    fn types_are_read_without_php() {
        let list = r"\Acme\Erp\Api\Data\OrderInterface[]|null";
        assert_eq!(words(list), "Order[] or null");
        assert_eq!(words("int"), "int");
        assert_eq!(class(list), "OrderInterface");
        assert_eq!(split("null|string"), ("string".to_owned(), true));
        assert_eq!(split("string"), ("string".to_owned(), false));
    }
}
