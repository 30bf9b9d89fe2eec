//! `use` statements of a PHP file.

use std::collections::BTreeMap;

/// Imported classes, by their name in the file.
#[derive(Default)]
pub(in crate::emit) struct Imports {
    by_name: BTreeMap<String, String>,
}

impl Imports {
    /// Imports a class under an alias.
    pub(in crate::emit) fn alias(&mut self, class: &str, name: &str) {
        self.by_name.insert(name.to_owned(), class.to_owned());
    }

    /// Returns the name of the class in the file: its short name, or its full name if another class has that short
    /// name.
    pub(in crate::emit) fn name(&mut self, class: &str) -> String {
        let short = class.rsplit('\\').next().unwrap_or(class);
        let known = self.by_name.entry(short.to_owned()).or_insert_with(|| class.to_owned());
        if known == class { short.to_owned() } else { format!("\\{class}") }
    }

    /// Returns the operands of the `use` statements, sorted.
    pub(in crate::emit) fn lines(&self) -> Vec<String> {
        let line = |(name, class): (&String, &String)| {
            let is_alias = class.rsplit('\\').next() != Some(name);
            if is_alias { format!("{class} as {name}") } else { class.clone() }
        };
        let mut lines: Vec<String> = self.by_name.iter().map(line).collect();
        lines.sort();
        lines
    }
}
