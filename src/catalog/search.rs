//! Full-text search in the catalog.

/// Search words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

/// Text of an item to search.
#[derive(Debug, Clone, Default)]
pub struct SearchText {
    /// Its name, with all that tells it from others.
    pub name: String,
    /// Further words that it matches, which do not make it the thing that was searched for: `create` for a route with POST.
    pub hints: String,
}

/// Result of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// Items, best match first.
    pub items: Vec<T>,
    /// Words that had to be ignored to find anything.
    pub ignored: Vec<String>,
}

impl<T> Found<T> {
    /// Returns true if nothing matches all words.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.items.is_empty() || !self.ignored.is_empty()
    }
}

impl<T> Default for Found<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ignored: Vec::new() }
    }
}

/// Words that say nothing about an item.
const FILLERS: [&str; 11] = ["a", "all", "an", "for", "from", "in", "of", "on", "the", "to", "with"];

/// Words of an item.
struct ItemWords {
    name: Vec<String>,
    hints: Vec<String>,
}

impl Query {
    /// Splits a text as ids and titles are split: `Magento_Sales::actions_view` is four words. Leaves out fillers, unless
    /// they are all of it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let all = words(text);
        let is_word = |word: &&String| !FILLERS.contains(&word.as_str());
        let kept: Vec<String> = all.iter().filter(is_word).cloned().collect();
        Self { words: if kept.is_empty() { all } else { kept } }
    }

    /// Words of the query without those to ignore.
    #[must_use]
    pub fn without(&self, ignored: &[String]) -> String {
        let left: Vec<&str> =
            self.words.iter().filter(|word| !ignored.contains(word)).map(String::as_str).collect();
        left.join(" ")
    }

    /// Finds the items that match every word, best match first, ties in their order. Typos are tolerated if no item matches
    /// exactly; if none matches then, the words are ignored that the closest item does not match.
    pub fn search<T>(&self, items: impl IntoIterator<Item = T>, text: impl Fn(&T) -> SearchText) -> Found<T> {
        let split = |item: &T| {
            let SearchText { name, hints } = text(item);
            ItemWords { name: words(&name), hints: words(&hints) }
        };
        let items: Vec<(ItemWords, T)> = items.into_iter().map(|item| (split(&item), item)).collect();
        let mut ignored = Vec::new();
        let mut ranks = ranks(&self.words, &items, as_written);
        if ranks.is_empty() {
            ranks = self::ranks(&self.words, &items, misspelt);
        }
        if ranks.is_empty() {
            let closest = items.iter().map(|(item, _)| self.matched(item)).filter(|it| it.1 > 0);
            // Of equally close items the first.
            if let Some((matched, _)) = closest.reduce(|best, it| if it.1 > best.1 { it } else { best }) {
                let (kept, others) =
                    matched.into_iter().zip(&self.words).partition::<Vec<_>, _>(|(is, _)| *is);
                let kept: Vec<String> = kept.into_iter().map(|(_, word)| word.clone()).collect();
                ignored = others.into_iter().map(|(_, word)| word.clone()).collect();
                ranks = self::ranks(&kept, &items, alike);
            }
        }
        ranks.sort_by_key(|&(_, rank)| std::cmp::Reverse(rank));
        let mut items: Vec<Option<T>> = items.into_iter().map(|(_, item)| Some(item)).collect();
        let found = ranks.into_iter().filter_map(|(at, _)| items.get_mut(at).and_then(Option::take));
        Found { items: found.collect(), ignored }
    }

    /// Tells which words an item matches, and how well; 0 if its name matches none.
    fn matched(&self, item: &ItemWords) -> (Vec<bool>, u32) {
        let rates: Vec<[u32; 2]> = self.words.iter().map(|word| item.rates(word, alike)).collect();
        let is_named = rates.iter().any(|[name, _]| *name > 0);
        let count = rates.iter().filter(|rates| rates.iter().any(|&rate| rate > 0)).count();
        let sum: u32 = rates.iter().map(|[name, hints]| name.max(hints)).sum();
        let rank = u32::try_from(count).unwrap_or_default() * 1000 + sum;
        (
            rates.iter().map(|rates| rates.iter().any(|&rate| rate > 0)).collect(),
            if is_named { rank } else { 0 },
        )
    }
}

/// Items that match all words, by index, with their rank.
fn ranks<T>(query: &[String], items: &[(ItemWords, T)], score: fn(&str, &str) -> u32) -> Vec<(usize, u32)> {
    let ranks = items.iter().map(|(item, _)| item.rank(query, score)).enumerate();
    ranks.filter(|&(_, rank)| rank > 0).collect()
}

impl ItemWords {
    /// Rates how well a word matches the name and the hints: 0 for no match.
    fn rates(&self, word: &str, score: fn(&str, &str) -> u32) -> [u32; 2] {
        [&self.name, &self.hints].map(|there| there.iter().map(|other| score(word, other)).max().unwrap_or(0))
    }

    /// Rates how well the words match: 0 if one of them has no match. Shorter names win ties.
    fn rank(&self, query: &[String], score: fn(&str, &str) -> u32) -> u32 {
        let mut sum = 0;
        for word in query {
            match self.rates(word, score).into_iter().max() {
                None | Some(0) => return 0,
                Some(best) => sum += best * 100,
            }
        }
        let tie = 99_u32.saturating_sub(u32::try_from(self.name.len()).unwrap_or(u32::MAX));
        if query.is_empty() { 0 } else { sum + tie }
    }
}

fn as_written(word: &str, there: &str) -> u32 {
    if word == there {
        3
    } else if there.starts_with(word) {
        2
    } else {
        // Almost everything contains a letter or two. A shipment is created below `ship`, orders below `order`.
        u32::from(word.len() > 2 && there.contains(word) || there.len() > 3 && word.starts_with(there))
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

/// Rates a match as written above one with typos.
fn alike(word: &str, there: &str) -> u32 {
    match as_written(word, there) {
        0 => misspelt(word, there).min(1),
        rate => 1 + rate,
    }
}

/// Splits into runs of letters and digits, also where an uppercase letter follows a lowercase one; in lowercase.
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

    fn search(query: &str, items: &[&'static str]) -> Found<&'static str> {
        Query::new(query).search(items.iter().copied(), |item| {
            let (name, hints) = item.split_once('|').unwrap_or((item, ""));
            SearchText { name: name.to_owned(), hints: hints.to_owned() }
        })
    }

    fn found(query: &str, items: &[&'static str]) -> Vec<&'static str> {
        let found = search(query, items);
        assert_eq!(found.ignored, [""; 0]);
        found.items
    }

    #[test]
    fn every_word_must_be_there() {
        let items = ["Magento_Sales::sales_invoice Invoices", "Magento_Sales::sales_order Orders"];
        assert_eq!(found("sales invoice", &items), [items[0]]);
        assert_eq!(found("sales", &items), items);
        assert_eq!(found("ORDER magento_sales", &items), [items[1]]);
        assert_eq!(found("invoice of the sales", &items), [items[0]]);
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

    #[test]
    fn words_are_ignored_where_nothing_matches_all() {
        let items = ["order ship|create", "order|read", "order refund|create", "product|create"];
        let ignored = |query| {
            let found = search(query, &items);
            (found.items, found.ignored.join(" "))
        };
        assert_eq!(ignored("order ship zebra"), (vec![items[0]], "zebra".to_owned()));
        assert_eq!(ignored("zebra orders"), (vec![items[1], items[0], items[2]], "zebra".to_owned()));
        assert_eq!(ignored("ship product"), (vec![items[0]], "product".to_owned()));
        let items = ["creditmemo", "customers"];
        assert_eq!(search("edit customers", &items).items, [items[1]], "a whole word is closer");
        assert_eq!(ignored("create zebra"), (vec![], String::new()), "a hint alone is not enough");
        assert_eq!(ignored("zebra"), (vec![], String::new()));
        assert_eq!(Query::new("the zebra order").without(&["zebra".to_owned()]), "order");
    }
}
