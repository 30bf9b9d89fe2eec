//! Suggestions for misspelled ACL resources and calls.

use std::collections::HashMap;

use super::{Access, AclTable, Catalog, ReleaseSet, Route, RouteTable, renamed, tables::SUGGESTIONS};
use crate::{
    diag::likeness,
    names::{Call, Mode, is_parameter, steps},
};

/// Similarity above which ids count as alike.
const ALIKE: f64 = 0.85;

/// Weight of the module in an id; the rest of the id has the rest.
const MODULE: f64 = 0.4;

impl Catalog {
    /// Suggests grantable ids of the table for `id`, likeliest first: a known new name, then ids that differ in case
    /// only or in one segment, then similar ids, those of the same module first.
    #[must_use]
    pub fn suggest<'a>(&self, id: &str, acl: &'a AclTable) -> Vec<&'a str> {
        let (module, name) = id.split_once("::").unwrap_or(("", id));
        let lower_name = name.to_lowercase();
        let mut modules: HashMap<&str, f64> = HashMap::new();
        let mut likeness = |candidate: &'a str| {
            let (other_module, other_name) = candidate.split_once("::").unwrap_or(("", candidate));
            let modules =
                *modules.entry(other_module).or_insert_with(|| strsim::jaro_winkler(module, other_module));
            // A shortened name is unlike the full one; a longer misspelled one is not.
            let shortened = if name.len() > 3 && other_name.contains(name) { 0.1 } else { 0.0 };
            let needed = (ALIKE - shortened - modules * MODULE) / (1.0 - MODULE);
            let names = likeness(&lower_name, &other_name.to_lowercase(), needed)?;
            Some((modules * MODULE + names * (1.0 - MODULE) + shortened).min(1.0))
        };
        let segments = Segments::of(id);
        let ids = || acl.ids().filter(|candidate| *candidate != id);
        let differences: HashMap<&str, IdDifference> =
            ids().filter_map(|other| Some((other, segments.differ(other)?))).collect();
        let of_others = differences.values().filter(|it| **it == IdDifference::OtherSegment).count();
        let mut rank = |candidate: &'a str| {
            let tier = match differences.get(candidate) {
                Some(IdDifference::Case) => 4.0,
                Some(IdDifference::Letter) => 3.0,
                Some(IdDifference::MoreOrLess) => 2.0,
                // If many ids differ in one segment, none of them is likelier than the others.
                Some(IdDifference::OtherSegment) if of_others <= SUGGESTIONS => 1.0,
                _ => return Some((likeness(candidate)?, candidate)),
            };
            Some((tier + strsim::jaro_winkler(id, candidate), candidate))
        };
        let mut ranked: Vec<(f64, &str)> = ids().filter_map(&mut rank).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let new_name = renamed(id).and_then(|new| ids().find(|id| *id == new));
        let others = ranked.into_iter().map(|(_, id)| id).filter(|&id| Some(id) != new_name);
        let suggested = new_name.into_iter().chain(others);
        suggested.filter(|id| !acl.grantable(id).is_empty()).take(SUGGESTIONS).collect()
    }

    /// Finds the resource of the same name, ignoring case, in the module whose name is most similar.
    #[must_use]
    pub fn in_similar_module<'a>(&self, id: &str, acl: &'a AclTable) -> Option<&'a str> {
        let (module, name) = id.split_once("::")?;
        let likeness = |candidate: &'a str| {
            let (other_module, other_name) = candidate.split_once("::")?;
            let is_it = other_name.eq_ignore_ascii_case(name) && !acl.grantable(candidate).is_empty();
            Some((likeness(module, other_module, ALIKE).filter(|_| is_it)?, candidate))
        };
        let nearest = acl.ids().filter_map(likeness).max_by(|a, b| a.0.total_cmp(&b.0));
        nearest.map(|(_, candidate)| candidate)
    }

    /// Suggests calls that these releases or the module's own routes answer, likeliest first: on the same path with
    /// another method, then with one step more or less, then on similar paths. If the likeliest has the same method, so have
    /// all. They are in the call's mode if that is supported. `DELETE` is suggested for `DELETE` only.
    #[must_use]
    pub fn suggest_calls(&self, own: &RouteTable, call: &Call, releases: ReleaseSet) -> Vec<String> {
        let mode = if self.taking(call, releases).is_empty() { Mode::Direct } else { call.mode() };
        let is_taken = |route: &Route| {
            (mode == Mode::Direct || route.method != "GET")
                && (route.method != "DELETE" || call.method() == "DELETE")
        };
        let fits = call.fitting();
        let (is_nested, writes) = (nesting(call), call.method() != "GET");
        let rank = |route: &Route| {
            let is_same_method = route.method == call.method();
            let method = if is_same_method || writes && route.method != "GET" { 0.1 } else { 0.0 };
            let likeness = match &*route.path {
                path if fits(path) => 2.0,
                path if is_same_method && is_nested(path) => 0.72,
                path => path_likeness(call, path),
            };
            (likeness >= 0.7).then_some(likeness + method)
        };
        let is_for_customers =
            |route: &Route| route.needs_in(releases).all(|need| need.access == Access::Customer);
        let is_there = |route: &&Route| {
            is_taken(route) && !(route.releases() & releases).is_empty() && !is_for_customers(route)
        };
        let routes = own.iter().chain(self.routes().iter()).filter(is_there);
        let mut ranked: Vec<(f64, &Route)> = routes.filter_map(|route| Some((rank(route)?, route))).collect();
        // Ties stay in the order of the table.
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        // What is likeliest with the method that was given needs no other.
        if ranked.first().is_some_and(|(_, route)| route.method == call.method()) {
            ranked.retain(|(_, route)| route.method == call.method());
        }
        let spelled = |(_, route): (f64, &Route)| mode.spelled(&route.method, &route.path);
        ranked.into_iter().take(SUGGESTIONS).map(spelled).collect()
    }
}

/// Returns a predicate for paths that have one step more at the end than the call, or one less.
fn nesting(call: &Call) -> impl Fn(&str) -> bool {
    let given: Vec<&str> = call.path().collect();
    move |path| {
        let asked: Vec<&str> = steps(path).collect();
        let is_same = |(given, asked): (&&str, &&str)| is_parameter(asked) || given == asked;
        given.len().abs_diff(asked.len()) == 1
            && given.len().min(asked.len()) > 1
            && given.iter().zip(&asked).all(is_same)
    }
}

/// Similarity of the call's path to that of a route, segment by segment, from 0 to 1.
fn path_likeness(call: &Call, path: &str) -> f64 {
    let given: Vec<&str> = call.path().skip(1).collect();
    let asked: Vec<&str> = steps(path).skip(1).collect();
    let step = |(given, asked): (&&str, &&str)| {
        // A parameter can have any value, but a word similar to the literal is likelier meant.
        if is_parameter(asked) {
            0.8
        } else {
            strsim::normalized_levenshtein(&given.to_lowercase(), &asked.to_lowercase())
        }
    };
    let likenesses: f64 = given.iter().zip(&asked).map(step).sum();
    likenesses / given.len().max(asked.len()) as f64
}

/// Parts of an id in lower case: `magento`, `sales`, and after the colons `actions`, `view`.
struct Segments {
    module: Vec<String>,
    name: Vec<String>,
}

/// Small difference between two ids.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IdDifference {
    /// In case only.
    Case,
    /// One letter of the name.
    Letter,
    /// One segment of the name more or less.
    MoreOrLess,
    /// One of several segments, or a segment of the module.
    OtherSegment,
}

impl Segments {
    fn of(id: &str) -> Self {
        let (module, name) = id.split_once("::").unwrap_or(("", id));
        let parts = |text: &str| {
            text.to_lowercase().split('_').filter(|it| !it.is_empty()).map(str::to_owned).collect()
        };
        Self { module: parts(module), name: parts(name) }
    }

    fn differ(&self, other: &str) -> Option<IdDifference> {
        let other = Self::of(other);
        let names = strsim::generic_levenshtein(&self.name, &other.name);
        let modules = strsim::generic_levenshtein(&self.module, &other.module);
        let (one, two) = (self.name.len(), other.name.len());
        match (modules, names) {
            (0, 0) => Some(IdDifference::Case),
            (0, 1) if self.is_letter_off(&other) => Some(IdDifference::Letter),
            (0, 1) if one != two => Some(IdDifference::MoreOrLess),
            (0, 1) | (1, 0) => (one.min(two) > 1).then_some(IdDifference::OtherSegment),
            _ => None,
        }
    }

    fn is_letter_off(&self, other: &Self) -> bool {
        let (one, two) = (self.name.join("_"), other.name.join("_"));
        one.len() > 3 && strsim::damerau_levenshtein(&one, &two) == 1
    }
}
