//! The columns of a line, in the order of the tables.

use std::cmp::Ordering;

/// Columns of a line before its releases. Lines are sorted with the vendor Magento, which the tables omit, and routes
/// after methods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns(pub(crate) Vec<String>);

impl Columns {
    /// Columns of an item that was read. White space in them separates words only.
    pub(crate) fn of<const N: usize>(columns: [&str; N]) -> Self {
        Self(columns.iter().map(|column| column.replace(['\t', '\n', '\r'], " ")).collect())
    }

    /// First column.
    pub(crate) fn first(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// Returns true for a route below a service: `@GET /V1/orders`.
    pub(crate) fn is_route(&self) -> bool {
        self.first().starts_with('@') && self.first().contains(' ')
    }

    fn order(&self) -> (bool, impl Iterator<Item = [&str; 2]>) {
        let vendor = |column: &'_ String| column.starts_with('\\');
        let parts = self.0.iter().map(move |column| {
            if vendor(column) { ["Magento_", &column[1..]] } else { [column.as_str(), ""] }
        });
        (self.is_route(), parts)
    }
}

impl Ord for Columns {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((is_route, columns), (other_is_route, others)) = (self.order(), other.order());
        is_route.cmp(&other_is_route).then_with(|| {
            let text = |parts: [&str; 2]| parts.concat();
            columns.map(text).cmp(others.map(text)).then_with(|| self.0.cmp(&other.0))
        })
    }
}

impl PartialOrd for Columns {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
