//! Suggestions for misspelled ACL resources and calls.

use std::collections::HashMap;

use super::{AclTable, Catalog, ReleaseSet, Route, RouteTable, renamed, tables::SUGGESTIONS};
use crate::{
    diag::likeness,
    names::{Call, Mode, is_parameter},
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
        let mut rank = |candidate: &'a str| {
            let (other_module, other_name) = candidate.split_once("::").unwrap_or(("", candidate));
            if candidate.eq_ignore_ascii_case(id) {
                return Some((3.0, candidate));
            }
            let modules =
                *modules.entry(other_module).or_insert_with(|| strsim::jaro_winkler(module, other_module));
            // A shortened name is unlike the full one; a longer misspelled one is not.
            let shortened = if name.len() > 3 && other_name.contains(name) { 0.1 } else { 0.0 };
            let needed = (ALIKE - shortened - modules * MODULE) / (1.0 - MODULE);
            let names = likeness(&lower_name, &other_name.to_lowercase(), needed)?;
            Some(((modules * MODULE + names * (1.0 - MODULE) + shortened).min(1.0), candidate))
        };
        let ids = || acl.ids().filter(|candidate| *candidate != id);
        let near: Vec<&str> = ids().filter(|candidate| is_one_segment_off(id, candidate)).collect();
        // If many ids differ in one segment, none of them is likelier than the others.
        let near = if near.len() <= SUGGESTIONS { near } else { Vec::new() };
        let mut ranked: Vec<(f64, &str)> =
            ids().filter(|id| !near.contains(id)).filter_map(&mut rank).collect();
        ranked.extend(near.iter().map(|near| (1.0 + strsim::jaro_winkler(id, near), *near)));
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let new_name = renamed(id).and_then(|new| ids().find(|id| *id == new));
        let others = ranked.into_iter().map(|(_, id)| id).filter(|&id| Some(id) != new_name);
        let suggested = new_name.into_iter().chain(others);
        suggested.filter(|id| !acl.grantable(id).is_empty()).take(SUGGESTIONS).collect()
    }

    /// Suggests calls that these releases or the module's own routes answer, likeliest first: on the same path with
    /// another method, then on similar paths, those with the same method first. They are in the call's mode if that is
    /// supported. `DELETE` is suggested for `DELETE` only.
    #[must_use]
    pub fn suggest_calls(&self, own: &RouteTable, call: &Call, releases: ReleaseSet) -> Vec<String> {
        let mode = if self.taking(call, releases).is_empty() { Mode::Direct } else { call.mode() };
        let is_taken = |route: &Route| {
            (mode == Mode::Direct || route.method != "GET")
                && (route.method != "DELETE" || call.method() == "DELETE")
        };
        let fits = call.fitting();
        let rank = |route: &Route| {
            let method = if route.method == call.method() { 0.1 } else { 0.0 };
            let likeness = if fits(&route.path) { 2.0 } else { path_likeness(call, &route.path) };
            (likeness >= 0.7).then_some(likeness + method)
        };
        let is_there = |route: &&Route| is_taken(route) && !(route.releases() & releases).is_empty();
        let routes = own.iter().chain(self.routes().iter()).filter(is_there);
        let mut ranked: Vec<(f64, &Route)> = routes.filter_map(|route| Some((rank(route)?, route))).collect();
        // Ties stay in the order of the table.
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let spelled = |(_, route): (f64, &Route)| mode.spelled(&route.method, &route.path);
        ranked.into_iter().take(SUGGESTIONS).map(spelled).collect()
    }
}

/// Similarity of the call's path to that of a route, segment by segment, from 0 to 1.
fn path_likeness(call: &Call, path: &str) -> f64 {
    let given: Vec<&str> = call.path().skip(1).collect();
    let asked: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).skip(1).collect();
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

/// Returns true if two ids of several segments have one segment more, less or different, ignoring case.
fn is_one_segment_off(one: &str, other: &str) -> bool {
    let parts = |id: &str| {
        id.to_lowercase().split([':', '_']).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let (one, other): (Vec<String>, Vec<String>) = (parts(one), parts(other));
    one.len().min(other.len()) > 3 && strsim::generic_levenshtein(&one, &other) == 1
}
