//! Tally of the requests in logs.

use std::{
    collections::BTreeMap,
    io::{self, Read},
};

use super::{
    Filter, Keys,
    blocks::{Blocks, LogBlock, line_ends},
    filter::Uncounted,
    kinds::{Kinds, printable_prefix},
    line::{self, deprecated::DeprecatedCall},
    router::{Routed, Router},
    scan::LineScanner,
    unpack::unpack,
};
use crate::{
    catalog::{Catalog, RouteTable},
    names::Mode,
};

/// Number of requests, by response.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ResponseCounts {
    /// All requests.
    pub all: u64,
    /// Requests answered with 401 or 403.
    pub refused: u64,
    /// Requests answered with 404.
    pub not_found: u64,
    /// Requests answered with another status from 400 on.
    pub failed: u64,
}

/// Counts of everything in the logs.
pub struct Tally<'a> {
    filter: Filter,
    /// Keys to search for in JSON lines.
    wanted: Vec<line::Wanted<'a>>,
    pub(super) router: Router<'a>,
    /// Routes that a module adds to those of the catalog.
    pub(super) own: Option<&'a RouteTable>,
    /// Responses of each route in each mode.
    pub(super) by_route: Vec<[ResponseCounts; Mode::ALL.len()]>,
    /// Lines of all logs.
    pub lines: u64,
    /// Lines longer than [`LONGEST_LINE`](super::LONGEST_LINE).
    pub too_long: u64,
    /// Lines that contain `/rest` but are in no known format.
    pub broken: u64,
    /// Log and line number of the first of them.
    pub first_broken: Option<(String, u64)>,
    /// Requests to the REST API, including those filtered out.
    pub requests: u64,
    /// Requests to the SOAP API.
    pub soap: u64,
    /// Requests to the GraphQL API.
    pub graphql: u64,
    uncounted: [u64; Uncounted::ALL.len()],
    /// User agents whose requests count.
    pub agents: Kinds,
    /// User agents whose requests were filtered out.
    pub other_agents: Kinds,
    /// Requests without a route in the catalog.
    pub unknown: Kinds,
    /// Callers of the routes that are watched, by route.
    pub callers: BTreeMap<String, Callers>,
}

/// Callers of a route.
#[derive(Debug, Default)]
pub struct Callers {
    /// Requests in access logs.
    pub requests: u64,
    /// Their user agents.
    pub agents: Kinds,
    /// Calls in the log of the module.
    pub logged: u64,
    /// Callers that it names.
    pub named: Kinds,
}

impl ResponseCounts {
    pub(super) fn add(&mut self, status: Option<u16>) {
        self.all += 1;
        match status {
            Some(401 | 403) => self.refused += 1,
            Some(404) => self.not_found += 1,
            Some(400..) => self.failed += 1,
            _ => {}
        }
    }

    pub(super) fn join(&mut self, other: Self) {
        self.all += other.all;
        self.refused += other.refused;
        self.not_found += other.not_found;
        self.failed += other.failed;
    }

    /// Returns true if every request was answered with 401 or 403.
    #[must_use]
    pub fn are_refusals(&self) -> bool {
        self.refused == self.all
    }
}

impl<'a> Tally<'a> {
    /// Empty tally.
    #[must_use]
    pub fn new(catalog: &'a Catalog, filter: Filter, keys: &'a Keys) -> Self {
        Self::of(catalog, None, filter, keys)
    }

    /// Empty tally for a shop with a module that has its own routes.
    #[must_use]
    pub fn with_routes(catalog: &'a Catalog, own: &'a RouteTable, filter: Filter, keys: &'a Keys) -> Self {
        Self::of(catalog, Some(own), filter, keys)
    }

    fn of(catalog: &'a Catalog, own: Option<&'a RouteTable>, filter: Filter, keys: &'a Keys) -> Self {
        let router = Router::new(catalog, own);
        Self {
            own,
            filter,
            wanted: keys.wanted(),
            by_route: vec![Default::default(); router.routes.len()],
            router,
            lines: 0,
            too_long: 0,
            broken: 0,
            first_broken: None,
            requests: 0,
            soap: 0,
            graphql: 0,
            uncounted: Default::default(),
            agents: Kinds::default(),
            other_agents: Kinds::default(),
            unknown: Kinds::default(),
            callers: BTreeMap::new(),
        }
    }

    /// Keeps the callers of these routes, named as in webapi.xml.
    #[must_use]
    pub fn watching(mut self, routes: impl IntoIterator<Item = String>) -> Self {
        self.callers = routes
            .into_iter()
            .map(|route| (route.trim_end_matches('/').to_owned(), Callers::default()))
            .collect();
        self
    }

    /// Reads a log to its end.
    ///
    /// # Errors
    /// Fails if it cannot be read or unpacked. Lines read until then are counted.
    pub fn read(&mut self, name: &str, from: impl Read) -> io::Result<()> {
        let scanner = LineScanner::new();
        let mut blocks = Blocks::new(unpack(from)?);
        let read = loop {
            match blocks.next() {
                Ok(Some(block)) => self.see(name, &block, &scanner),
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        self.lines += blocks.lines;
        self.too_long += blocks.too_long;
        read
    }

    /// Number of requests that do not count for this reason.
    #[must_use]
    pub fn uncounted(&self, reason: Uncounted) -> u64 {
        self.uncounted[reason as usize]
    }

    fn see(&mut self, name: &str, block: &LogBlock<'_>, scanner: &LineScanner) {
        for candidate in scanner.candidates(block.text) {
            if let Some(call) = line::deprecated::parse(candidate.text) {
                self.count_deprecated(&call);
            } else if let Some(request) = line::parse(candidate.text, &self.wanted) {
                self.count(&request);
            } else if candidate.is_rest {
                self.broken += 1;
                let line = || block.first + line_ends(&block.text[..candidate.at]);
                self.first_broken.get_or_insert_with(|| (name.to_owned(), line()));
            }
        }
    }

    /// Counts a call that the module logged. The access log has it, too.
    fn count_deprecated(&mut self, call: &DeprecatedCall<'_>) {
        if self.filter.refuses(&call.request).is_some() {
            return;
        }
        if let Some(callers) = self.callers.get_mut(call.route) {
            callers.logged += 1;
            callers.named.add(printable_prefix(&call.caller, LONGEST_AGENT));
        }
    }

    /// Counts a request to a watched route.
    fn watch(&mut self, place: usize, request: &line::Request<'_>) {
        let Some(route) = self.router.routes.get(place).filter(|_| !self.callers.is_empty()) else { return };
        if let Some(callers) =
            self.callers.get_mut(format!("{} {}", route.method, route.path).trim_end_matches('/'))
        {
            callers.requests += 1;
            let agent = request.agent.as_deref().unwrap_or("-");
            callers.agents.add(printable_prefix(agent, LONGEST_AGENT));
        }
    }

    fn count(&mut self, request: &line::Request<'_>) {
        let routed = self.router.find(&request.method, &request.target, request.is_listed);
        let refused = self.filter.refuses(request);
        match routed {
            Routed::Elsewhere => return,
            Routed::Soap => return self.soap += u64::from(refused.is_none()),
            Routed::GraphQl => return self.graphql += u64::from(refused.is_none()),
            Routed::Call(..) | Routed::Unknown(_) => self.requests += 1,
        }
        if let Some(reason) = refused {
            self.uncounted[reason as usize] += 1;
            if let (Uncounted::OtherAgent, Some(agent)) = (reason, &request.agent) {
                self.other_agents.add(printable_prefix(agent, LONGEST_AGENT));
            }
            return;
        }
        if let Some(agent) = &request.agent {
            self.agents.add(printable_prefix(agent, LONGEST_AGENT));
        }
        match routed {
            Routed::Call(place, mode) => {
                self.by_route[place][mode as usize].add(request.status);
                self.watch(place, request);
            }
            Routed::Unknown(text) => self.unknown.add(text.into()),
            Routed::Soap | Routed::GraphQl | Routed::Elsewhere => {}
        }
    }
}

/// Number of characters of a user agent to keep.
const LONGEST_AGENT: usize = 100;

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::{super::MOST_KINDS, *};

    fn tally(log: &str, filter: Filter) -> Tally<'static> {
        static KEYS: LazyLock<Keys> = LazyLock::new(Keys::default);
        let mut tally = Tally::new(Catalog::bundled(), filter, &KEYS);
        tally.read("a.log", log.as_bytes()).unwrap();
        tally
    }

    #[test]
    fn lines_are_counted_by_what_they_are() {
        let log = "GET /rest/V1/orders\n\nnothing\nGET /rest/V1/acme/1\nGET /rest/V1/acme/2\nGET /V1/orders x\n/rest\nGET /rest/V1/x";
        let tally = tally(log, Filter::default());
        assert_eq!((tally.lines, tally.requests, tally.broken, tally.too_long), (8, 4, 2, 0));
        assert_eq!(tally.first_broken, Some(("a.log".to_owned(), 6)));
        assert_eq!(tally.unknown.sorted(), [("GET /V1/:value/:id", 2), ("GET /V1/:value", 1)]);
    }

    #[test]
    fn the_version_is_enough_in_lists_only() {
        let line = |path: &str| format!("::1 - - [t] \"GET {path} HTTP/1.1\" 200 1 \"/rest/\" \"-\"\n");
        let tally =
            tally(&(line("/V1/orders") + &line("/rest/V1/orders") + "GET /V1/orders\n"), Filter::default());
        assert_eq!((tally.lines, tally.requests, tally.broken), (3, 2, 0));
    }

    #[test]
    fn only_so_many_kinds_are_kept() {
        let known = [
            "orders",
            "carts",
            "products",
            "customers",
            "invoices",
            "categories",
            "items",
            "search",
            "mine",
            "me",
            "store",
        ];
        let line = |at: usize| {
            let path = [at / 100, at / 10 % 10, at % 10].map(|digit| known[digit]).join("/");
            format!("::1 - - [t] \"GET /rest/V1/none/{path} HTTP/1.1\" 200 1 \"-\" \"bot {at}\"\n")
        };
        let log: String = (0..MOST_KINDS + 7).map(line).collect();
        let all = tally(&log, Filter::default());
        assert_eq!((all.unknown.sorted().len(), all.unknown.others), (MOST_KINDS, 7));
        let none = tally(&log, Filter { agents: vec!["ERP".into()], ..Filter::default() });
        assert_eq!((none.other_agents.sorted().len(), none.other_agents.others), (MOST_KINDS, 7));
        assert_eq!(none.uncounted(Uncounted::OtherAgent), none.requests);
        assert_eq!((none.unknown.sorted().len(), none.unknown.others), (0, 0));
    }
}
