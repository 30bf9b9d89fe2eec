//! Routes by method, mode and number of segments.

use std::collections::HashMap;

use crate::{
    mock::{ServedRoute, ShopRefusal},
    names::Mode,
    oauth::percent,
};

/// Greatest number of segments that are looked up; the longest route has fewer.
const MOST_SEGMENTS: usize = 64;

/// Index of routes.
#[derive(Debug, Default)]
pub(in crate::mock) struct RouteIndex {
    /// Places of routes by method and number of segments, in the order of Magento: by path.
    places: HashMap<(String, usize), Vec<Indexed>>,
}

#[derive(Debug)]
struct Indexed {
    place: usize,
    segments: Vec<Segment>,
}

#[derive(Debug)]
enum Segment {
    /// Text that has to be equal, undecoded.
    Literal(String),
    /// Variable, with its segment in a bulk call: `bySku`.
    Variable { in_bulk: String },
}

/// Route of a request.
pub(in crate::mock) struct FoundRoute<'a> {
    /// The route.
    pub(in crate::mock) route: &'a ServedRoute,
    /// Variables in order, decoded.
    pub(in crate::mock) variables: Vec<(&'a str, String)>,
}

impl RouteIndex {
    /// Indexes the routes. Of two routes with the same method and path the later one counts.
    pub(in crate::mock) fn new(routes: &[ServedRoute]) -> Self {
        let mut order: Vec<usize> = (0..routes.len()).collect();
        order.sort_by_key(|&place| &routes[place].path);
        let mut places: HashMap<_, Vec<Indexed>> = HashMap::new();
        for place in order {
            let route = &routes[place];
            let segments: Vec<Segment> = route.path.trim_matches('/').split('/').map(Segment::new).collect();
            let key = (route.method.clone(), segments.len());
            places.entry(key).or_default().push(Indexed { place, segments });
        }
        Self { places }
    }

    /// Finds the route of a path without slashes around it: the last one that matches.
    pub(in crate::mock) fn find<'a>(
        &self,
        routes: &'a [ServedRoute],
        method: &str,
        mode: Mode,
        path: &str,
    ) -> Result<FoundRoute<'a>, ShopRefusal>
    where
        Self: 'a,
    {
        self.matched(method, mode, path)
            .and_then(|(place, segments)| {
                let route = routes.get(place)?;
                let names = route.path.trim_matches('/').split('/');
                let variables = names.zip(segments).filter_map(|(name, value)| {
                    let name = name.strip_prefix(':').filter(|_| mode != Mode::Bulk)?;
                    Some((name, percent::decode_form_text(value)))
                });
                Some(FoundRoute { route, variables: variables.collect() })
            })
            .ok_or_else(|| ShopRefusal::new(404, "Request does not match any route."))
    }

    fn matched<'p>(&self, method: &str, mode: Mode, path: &'p str) -> Option<(usize, Vec<&'p str>)> {
        let segments: Vec<&str> = path.splitn(MOST_SEGMENTS, '/').collect();
        let candidates = self.places.get(&(method.to_owned(), segments.len()))?;
        let found = candidates
            .iter()
            .rev()
            .find(|it| it.segments.iter().zip(&segments).all(|(segment, given)| segment.fits(given, mode)))?;
        Some((found.place, segments))
    }

    /// Methods that have a route of the path.
    pub(in crate::mock) fn other_methods(&self, mode: Mode, path: &str) -> Vec<&'static str> {
        let has_route = |method: &&str| self.matched(method, mode, path).is_some();
        ["GET", "POST", "PUT", "DELETE"].into_iter().filter(has_route).collect()
    }
}

impl Segment {
    fn new(segment: &str) -> Self {
        match segment.strip_prefix(':').filter(|name| !name.starts_with(':')) {
            Some(name) => {
                let in_bulk = format!("by{}", crate::names::capitalized(name));
                Self::Variable { in_bulk }
            }
            None => Self::Literal(segment.to_owned()),
        }
    }

    fn fits(&self, given: &str, mode: Mode) -> bool {
        match self {
            Self::Literal(text) => text == given,
            Self::Variable { in_bulk } => mode != Mode::Bulk || in_bulk == given,
        }
    }
}
