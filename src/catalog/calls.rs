//! Lookup of calls: the routes and releases that answer them.

use std::cmp::Reverse;

use super::{Catalog, ReleaseSet, Route, behaviour, routes::is_same_path};
use crate::names::{Call, Mode};

/// User whose token a call returns (docs/magento/web-api.md#login-tokens).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// Administrator, by password or with a second factor.
    Administrator,
    /// Customer.
    Customer,
}

impl Login {
    /// Login of a call such as `POST /V1/integration/admin/token`.
    #[must_use]
    pub fn of(call: &str) -> Option<Self> {
        let provider = call.strip_prefix("POST /V1/tfa/provider/").and_then(|rest| rest.split_once('/'));
        match (call, provider) {
            ("POST /V1/integration/admin/token", _)
            | (_, Some((_, "authenticate" | "authenticate-onetouch" | "verify"))) => {
                Some(Self::Administrator)
            }
            ("POST /V1/integration/customer/token", _) => Some(Self::Customer),
            _ => None,
        }
    }
}

impl Catalog {
    /// Routes that answer these calls in some of the releases, in the order of the table.
    #[must_use]
    pub fn answering(&self, calls: &[Call], releases: ReleaseSet) -> Vec<&Route> {
        let of_call = |call| {
            let taking = self.taking(call, releases);
            let is_there = move |route: &&Route| !(route.releases() & taking).is_empty();
            self.routes().answering(call).filter(is_there)
        };
        let mut routes: Vec<&Route> = calls.iter().flat_map(of_call).collect();
        routes.sort_by_key(|route| (&route.path, &route.method));
        routes
    }

    /// Calls with the same path and another method that these releases answer, in the call's mode, by method.
    #[must_use]
    pub fn with_other_methods(&self, call: &Call, releases: ReleaseSet) -> Vec<String> {
        let newest = |route: &Route| (route.releases() & releases).last();
        let is_taken = |route: &Route| call.mode() == Mode::Direct || route.method != "GET";
        let mut routes =
            self.routes().fitting(call).filter(|route| newest(route).is_some() && is_taken(route)).peekable();
        let first = routes.peek().copied();
        let mut others: Vec<&Route> = routes
            .filter(|route| first.is_some_and(|first| is_same_path(&first.path, &route.path)))
            .collect();
        // For each method the newest spelling comes first.
        others.sort_by_key(|route| (&route.method, Reverse(newest(route))));
        others.dedup_by_key(|route| &route.method);
        others.into_iter().map(|route| call.mode().spelled(&route.method, &route.path)).collect()
    }

    /// Releases of the set that accept a call in its mode; no queue can be read from.
    #[must_use]
    pub fn taking(&self, call: &Call, releases: ReleaseSet) -> ReleaseSet {
        match call.mode() {
            Mode::Direct => releases,
            Mode::Async | Mode::Bulk if call.method() == "GET" => ReleaseSet::default(),
            Mode::Async | Mode::Bulk => self.those(releases, behaviour::queues_calls),
        }
    }
}
