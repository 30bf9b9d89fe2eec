//! Observed calls, as a spec names them.

use std::collections::HashMap;

use super::{ResponseCounts, Tally};
use crate::{
    catalog::{Access, Catalog, ReleaseSet},
    names::{Call, Mode},
    resolve::ResolvedCall,
};

/// Observed call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// The call, resolved in the releases in question.
    pub called: ResolvedCall,
    /// Number of requests and their responses.
    pub answers: ResponseCounts,
}

impl Observed {
    /// Returns true if only a logged-in customer can make it, wherever it is answered.
    #[must_use]
    pub fn is_for_customers(&self) -> bool {
        let needs = &self.called.needs;
        !needs.is_empty() && needs.iter().all(|need| need.access == Access::Customer)
    }

    /// Returns true if a route answers it in one of the releases.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        !self.called.needs.is_empty()
    }
}

impl Tally<'_> {
    /// Observed calls in the order of the catalog's routes, resolved in these releases.
    #[must_use]
    pub fn observed(&self, catalog: &Catalog, releases: ReleaseSet) -> Vec<Observed> {
        let mut observed: Vec<Observed> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (route, by_mode) in self.routes().iter().zip(&self.by_route) {
            let seen = Mode::ALL.into_iter().zip(by_mode).filter(|(_, answers)| answers.all > 0);
            for (mode, &answers) in seen {
                let Ok(call) = Call::new(mode.spelled(&route.method, &route.path)) else { continue };
                let called = ResolvedCall::of(catalog, self.own, &call, releases);
                // Two routes that differ in the name of a parameter are one call.
                let place = *places.entry(called.name.clone()).or_insert(observed.len());
                match observed.get_mut(place) {
                    Some(known) => known.answers.join(answers),
                    None => observed.push(Observed { called, answers }),
                }
            }
        }
        observed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic::{Filter, Keys};

    fn observed(log: &str, target: &str) -> Vec<(String, ResponseCounts, bool)> {
        let catalog = Catalog::bundled();
        let keys = Keys::default();
        let mut tally = Tally::new(catalog, Filter::default(), &keys);
        tally.read("a.log", log.as_bytes()).unwrap();
        let target = catalog.resolve(&target.parse().unwrap()).unwrap();
        let all = tally.observed(catalog, target.releases).into_iter();
        all.map(|it| (it.called.name.clone(), it.answers, it.is_answered())).collect()
    }

    #[test]
    fn calls_are_spelled_as_routes_and_sorted() {
        let log = "PUT /rest/all/V1/products/24-MB01\nGET /rest/V1/orders?searchCriteria=\nPUT /rest/async/V1/products/a\n\
                   GET /rest/V1/categories/list\nGET /index.php/rest/V1/orders\nPUT /rest/V1/products/b\n";
        let names: Vec<_> =
            observed(log, ">=2.4.4").into_iter().map(|(name, answers, _)| (name, answers.all)).collect();
        let expected = [
            ("GET /V1/categories/list", 1),
            ("GET /V1/orders", 2),
            ("PUT /V1/products/:sku", 2),
            ("PUT /async/V1/products/:sku", 1),
        ];
        assert_eq!(names, expected.map(|(name, count)| (name.to_owned(), count)));
    }

    #[test]
    fn what_the_releases_do_not_answer_is_told_apart() {
        let log = "PUT /rest/async/V1/products/a\nGET /rest/V1/orders\n";
        let all: Vec<_> =
            observed(log, "2.2.0").into_iter().map(|(name, _, answered)| (name, answered)).collect();
        assert_eq!(
            all,
            [("GET /V1/orders".to_owned(), true), ("PUT /async/V1/products/:sku".to_owned(), false)]
        );
    }

    #[test]
    fn answers_are_told_apart() {
        let line = |status: &str| format!("::1 - - [t] \"GET /rest/V1/orders HTTP/1.1\" {status} 1\n");
        let log: String = ["200", "401", "403", "404", "400", "500", "301", "-"].map(line).concat();
        let expected = ResponseCounts { all: 8, refused: 2, not_found: 1, failed: 2 };
        assert_eq!(observed(&log, "2.4.7"), [("GET /V1/orders".to_owned(), expected, true)]);
    }
}
