//! Full-text search in the catalog.

/// Search words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Splits a text as ids and titles are split: `Magento_Sales::actions_view` is four words.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { words: words(text) }
    }

    /// Returns true if there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Finds the items that have every word in one of their texts, best match first, ties in their order. Typos are
    /// tolerated if no item matches exactly.
    pub fn search<T>(&self, items: impl IntoIterator<Item = T>, text: impl Fn(&T) -> String) -> Vec<T> {
        let items: Vec<(Vec<String>, T)> =
            items.into_iter().map(|item| (words(&text(&item)), item)).collect();
        let rank = |score: fn(&str, &str) -> u32| -> Vec<u32> {
            items.iter().map(|(there, _)| self.score(there, score)).collect()
        };
        let mut ranks = rank(as_written);
        if ranks.iter().all(|&rank| rank == 0) {
            ranks = rank(misspelt);
        }
        let mut found: Vec<(u32, T)> =
            ranks.into_iter().zip(items).map(|(rank, (_, item))| (rank, item)).collect();
        found.retain(|&(rank, _)| rank > 0);
        found.sort_by_key(|&(rank, _)| std::cmp::Reverse(rank));
        found.into_iter().map(|(_, item)| item).collect()
    }

    /// Rates how well the words match: 0 if one of them has no match. Shorter items win ties.
    fn score(&self, there: &[String], score: fn(&str, &str) -> u32) -> u32 {
        if self.is_empty() {
            return 0;
        }
        let mut sum = 0;
        for word in &self.words {
            match there.iter().map(|other| score(word, other)).max() {
                None | Some(0) => return 0,
                Some(best) => sum += best * 100,
            }
        }
        sum + 99_u32.saturating_sub(u32::try_from(there.len()).unwrap_or(u32::MAX))
    }
}

fn as_written(word: &str, there: &str) -> u32 {
    if word == there {
        3
    } else if there.starts_with(word) {
        2
    } else {
        // Almost everything contains a letter or two.
        u32::from(word.len() > 2 && there.contains(word))
    }
}

/// Tolerates one typo in four letters, two in eight.
fn misspelt(word: &str, there: &str) -> u32 {
    let allowed = word.chars().count().min(8) / 4;
    let mistakes = strsim::damerau_levenshtein(word, there);
    if as_written(word, there) > 0 {
        4
    } else if mistakes <= allowed {
        u32::try_from(3_usize.saturating_sub(mistakes)).unwrap_or(1)
    } else {
        0
    }
}

/// Splits into runs of letters and digits, also where a capital follows a small letter; in lower case.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in text.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_small) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str, items: &[&'static str]) -> Vec<&'static str> {
        Query::new(query).search(items.iter().copied(), |item| (*item).to_owned())
    }

    #[test]
    fn every_word_must_be_there() {
        let items = ["Magento_Sales::sales_invoice Invoices", "Magento_Sales::sales_order Orders"];
        assert_eq!(found("sales invoice", &items), [items[0]]);
        assert_eq!(found("sales", &items), items);
        assert_eq!(found("ORDER magento_sales", &items), [items[1]]);
        assert_eq!(found("sales credit", &items), [""; 0]);
        assert_eq!(found("", &items), [""; 0]);
    }

    #[test]
    fn whole_words_come_first_and_then_beginnings() {
        let items = ["reorder", "orders", "an order of many words", "order"];
        assert_eq!(found("order", &items), ["order", "an order of many words", "orders", "reorder"]);
    }

    #[test]
    fn typos_are_forgiven_where_nothing_is_right() {
        let items = ["Magento_Catalog::categories", "Magento_Cart::manage", "Magento_Tax::manage_tax"];
        assert_eq!(found("catgories", &items), [items[0]]);
        assert_eq!(found("magneto catalgo", &items), [items[0]]);
        assert_eq!(found("cart", &items), [items[1]], "not what only reads like it");
        assert_eq!(found("xyz", &items), [""; 0]);
    }
}
