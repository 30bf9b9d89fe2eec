//! Router from requests to routes, a tree of path segments.

use std::collections::{BTreeMap, BTreeSet};

use super::unknown::masked;
use crate::{
    catalog::{Catalog, Route, RouteTable},
    names::{Mode, fits_step, is_parameter, is_version, steps},
};

/// Greatest number of segments that are looked up, including the method. The longest route has fewer.
const MOST_STEPS: usize = 24;

/// Routes of a catalog as a tree: a lookup costs as much as its path is long.
pub(super) struct Router<'a> {
    root: RouteNode<'a>,
    /// Sorted by path and then by method.
    pub(super) routes: Vec<&'a Route>,
    /// Segments of all routes but the parameters, in lowercase.
    words: BTreeSet<String>,
}

/// Node of the tree after some segments.
#[derive(Default)]
struct RouteNode<'a> {
    literals: BTreeMap<&'a str, RouteNode<'a>>,
    /// Parameters by name, last first.
    parameters: Vec<(&'a str, RouteNode<'a>)>,
    /// Index of the route that ends here.
    route: Option<usize>,
}

/// Result of routing a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Routed {
    /// Route that answers it, by index, and the mode.
    Call(usize, Mode),
    /// Request to the REST API without a route in the catalog: its method, and its masked path from the version on.
    Unknown(String),
    /// Request to the SOAP API.
    Soap,
    /// Request to the GraphQL API.
    GraphQl,
    /// Other request.
    Elsewhere,
}

impl<'a> Router<'a> {
    /// Builds the tree. `own` are routes that a module adds to those of the catalog.
    pub(super) fn new(catalog: &'a Catalog, own: Option<&'a RouteTable>) -> Self {
        let own = own.into_iter().flat_map(RouteTable::iter);
        let mut routes: Vec<&Route> = catalog.routes().iter().chain(own).collect();
        routes.sort_by_key(|route| (&route.path, &route.method));
        let mut root = RouteNode::default();
        // Magento uses the last path that matches (`RouteTable`): of two parameters the one with the later name.
        for (place, route) in routes.iter().enumerate().rev() {
            let end = [&*route.method].into_iter().chain(steps(&route.path)).fold(&mut root, RouteNode::step);
            end.route.get_or_insert(place);
        }
        let words = routes.iter().flat_map(|route| steps(&route.path)).filter(|step| !is_parameter(step));
        let words = words.map(str::to_ascii_lowercase).collect();
        Self { root, routes, words }
    }

    /// Looks up a request. In a list `/rest` is optional.
    pub(super) fn find(&self, method: &str, target: &str, is_listed: bool) -> Routed {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let mut behind_rest = steps(path);
        if behind_rest.any(|step| step == "rest") {
            let mut behind_store = behind_rest.clone();
            let has_store = behind_store.next().is_some_and(|store| !is_route(store))
                && behind_store.clone().next().is_some_and(is_route);
            if has_store { self.call(method, behind_store) } else { self.call(method, behind_rest) }
        } else if is_listed && steps(path).next().is_some_and(is_route) {
            self.call(method, steps(path))
        } else if steps(path).any(|step| step == "graphql") {
            Routed::GraphQl
        } else if steps(path).any(|step| step == "soap") && is_soap(target) {
            Routed::Soap
        } else {
            Routed::Elsewhere
        }
    }

    /// Looks up the path after the store's code.
    fn call<'t>(&self, method: &str, path: impl Iterator<Item = &'t str> + Clone) -> Routed {
        let mut rest = path.clone().peekable();
        let is_queued = rest.next_if_eq(&"async").is_some();
        let mode = match is_queued {
            true if rest.next_if_eq(&"bulk").is_some() => Mode::Bulk,
            true => Mode::Async,
            false => Mode::Direct,
        };
        let mut asked = [""; MOST_STEPS];
        asked[0] = method;
        let mut count = 1;
        for step in rest {
            // One more than there is room for: too long for any route.
            if count == MOST_STEPS {
                return Routed::Unknown(masked(method, path, &self.words));
            }
            asked[count] = step;
            count += 1;
        }
        match self.root.find(&asked[..count], mode) {
            Some(place) => Routed::Call(place, mode),
            None => Routed::Unknown(masked(method, path, &self.words)),
        }
    }
}

impl<'a> RouteNode<'a> {
    fn step(&mut self, step: &'a str) -> &mut Self {
        if !is_parameter(step) {
            return self.literals.entry(step).or_default();
        }
        let place = self.parameters.iter().position(|(name, _)| *name == step).unwrap_or_else(|| {
            self.parameters.push((step, Self::default()));
            self.parameters.len() - 1
        });
        &mut self.parameters[place].1
    }

    /// Finds a route; a literal segment wins over a parameter.
    fn find(&self, asked: &[&str], mode: Mode) -> Option<usize> {
        let Some((step, rest)) = asked.split_first() else { return self.route };
        let literal = self.literals.get(step).and_then(|node| node.find(rest, mode));
        literal.or_else(|| {
            let mut fitting = self.parameters.iter().filter(|(name, _)| fits_step(mode, step, name));
            fitting.find_map(|(_, node)| node.find(rest, mode))
        })
    }
}

/// Returns true if the query names SOAP services or their description.
fn is_soap(target: &str) -> bool {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    query.split('&').any(|pair| pair.starts_with("services=") || pair.starts_with("wsdl"))
}

/// Returns true if the path of a route starts with the segment.
fn is_route(step: &str) -> bool {
    is_version(step) || step == "async"
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        catalog::ReleaseSet,
        names::{Call, Mode},
        resolve::ResolvedCall,
    };

    static ROUTER: LazyLock<Router<'static>> = LazyLock::new(|| Router::new(Catalog::bundled(), None));

    fn all() -> ReleaseSet {
        Catalog::bundled().all()
    }

    /// Name of the call in the catalog.
    fn called(text: &str) -> Option<String> {
        let called = ResolvedCall::of(Catalog::bundled(), None, &Call::new(text).unwrap(), all());
        (!called.needs.is_empty()).then_some(called.name)
    }

    /// Name of the call that the router finds, as the catalog spells it.
    fn routed(method: &str, target: &str) -> Option<String> {
        match ROUTER.find(method, target, true) {
            Routed::Call(place, mode) => called(&mode.spelled(method, &ROUTER.routes[place].path)),
            _ => None,
        }
    }

    #[test]
    fn every_route_is_found_as_the_catalog_finds_it() {
        for route in Catalog::bundled().routes().iter() {
            for mode in Mode::ALL {
                let text = mode.spelled(&route.method, &route.path);
                let (method, path) = text.split_once(' ').unwrap();
                let filled: Vec<&str> =
                    path.split('/').map(|step| if is_parameter(step) { "7" } else { step }).collect();
                for path in [path, &filled.join("/")] {
                    let expected = called(&format!("{method} {path}"));
                    for target in [
                        path.to_owned(),
                        format!("/rest{path}"),
                        format!("http://x/a/index.php/rest/de{path}/?a=/V1/b#c"),
                    ] {
                        assert_eq!(routed(method, &target), expected, "{method} {target}");
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn so_is_every_mixture_of_steps(
            at in 0..10_000usize, other in 0..10_000usize, cut in 1..6usize, mode in prop::sample::select(&Mode::ALL[..]),
        ) {
            let routes = &ROUTER.routes;
            let [one, other] = [at, other].map(|at| routes[at % routes.len()]);
            let path: Vec<&str> = steps(&one.path).take(cut).chain(steps(&other.path).skip(cut)).collect();
            if path.len() > 1 {
                let filled = path.iter().map(|step| if is_parameter(step) { "7" } else { step });
                let text = mode.spelled(&one.method, &format!("/{}", filled.collect::<Vec<_>>().join("/")));
                let (method, target) = text.split_once(' ').unwrap();
                prop_assert_eq!(routed(method, target), called(&text), "{}", text);
            }
        }

        #[test]
        fn no_target_is_too_odd(method in ".{0,9}", target in ".{0,200}", steps in "(/(rest|async|bulk|V1|a|:b|\u{1b}|9)?){0,40}") {
            let _ = ROUTER.find(&method, &target, true);
            if let Routed::Unknown(text) = ROUTER.find(&method, &steps, true) {
                prop_assert!(text.chars().count() <= super::super::unknown::KEPT + 1 && !text.contains(char::is_control));
            }
        }
    }

    #[test]
    fn what_is_no_call_is_told_apart() {
        for target in
            ["/", "", "*", "/blog/rest-of-us", "/restful/V1/a", "/shop?x=/rest/V1/orders", "/V1/orders"]
        {
            assert_eq!(ROUTER.find("GET", target, false), Routed::Elsewhere, "{target}");
        }
        for (target, expected) in [
            ("/soap/default?services=catalogProductRepositoryV1", Routed::Soap),
            ("/index.php/soap/all?wsdl&services=a", Routed::Soap),
            ("/soap/default?wsdl_list=1", Routed::Soap),
            ("/soap/lavender.html?color=2", Routed::Elsewhere),
            ("/graphql", Routed::GraphQl),
            ("/shop/graphql?query=%7Bcart%7D", Routed::GraphQl),
            ("/graphql-playground", Routed::Elsewhere),
        ] {
            assert_eq!(ROUTER.find("POST", target, false), expected, "{target}");
        }
        for (target, expected) in [
            ("/rest/V1/acme/orders/17/lines/a", "GET /V1/:value/orders/:id/:value/:value"),
            ("/rest/default/V1/acme?x=1", "GET /V1/:value"),
            ("/rest/all/schema?services=all", "GET /all/schema"),
            ("/rest/v1/orders", "GET /v1/orders"),
            ("/rest/de/bulk/V1/orders", "GET /:value/bulk/V1/orders"),
            ("/rest", "GET /"),
            ("/rest/V1/\u{1b}[31m", "GET /V1/:value"),
        ] {
            assert_eq!(ROUTER.find("GET", target, false), Routed::Unknown(expected.to_owned()), "{target}");
        }
        assert_eq!(
            ROUTER.find("PATCH", "/rest/V1/orders", false),
            Routed::Unknown("PATCH /V1/orders".to_owned())
        );
        let long = format!("/rest/V1{}", "/orders".repeat(5000));
        assert!(matches!(ROUTER.find("GET", &long, false), Routed::Unknown(text) if text.ends_with('…')));
    }
}
