//! Tally of the requests in logs.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read},
};

use rayon::prelude::*;

use super::{
    Filter, Keys,
    blocks::{Batch, Blocks, LogBlock, line_ends},
    filter::Uncounted,
    kinds::{Kinds, KindsOfBlock, printable_prefix},
    line::{self, deprecated::DeprecatedCall},
    router::{Routed, Router},
    scan::LineScanner,
    unpack::unpack,
};
use crate::{
    catalog::{Catalog, Route, RouteTable},
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

/// Reader of logs, with what it has counted.
pub struct Tally<'a> {
    recogniser: Recogniser<'a>,
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

/// Recogniser of the requests in a block of a log.
struct Recogniser<'a> {
    filter: Filter,
    scanner: LineScanner,
    /// Keys to search for in JSON lines.
    wanted: Vec<line::Wanted<'a>>,
    router: Router<'a>,
    /// Routes whose callers are kept.
    watched: BTreeSet<String>,
}

/// Counts of the requests in one block.
#[derive(Default)]
struct BlockCounts {
    by_route: Vec<[ResponseCounts; Mode::ALL.len()]>,
    broken: u64,
    first_broken: Option<u64>,
    requests: u64,
    soap: u64,
    graphql: u64,
    uncounted: [u64; Uncounted::ALL.len()],
    agents: KindsOfBlock,
    other_agents: KindsOfBlock,
    unknown: KindsOfBlock,
    callers: BTreeMap<String, CallersInBlock>,
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

/// Callers of a route in one block.
#[derive(Default)]
struct CallersInBlock {
    requests: u64,
    agents: KindsOfBlock,
    logged: u64,
    named: KindsOfBlock,
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
        let by_route = vec![Default::default(); router.routes.len()];
        let (scanner, wanted, watched) = (LineScanner::new(), keys.wanted(), BTreeSet::new());
        Self {
            recogniser: Recogniser { filter, scanner, wanted, router, watched },
            own,
            by_route,
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
        let routes = routes.into_iter().map(|route| route.trim_end_matches('/').to_owned());
        self.recogniser.watched = routes.collect();
        let watched = self.recogniser.watched.iter();
        self.callers = watched.map(|route| (route.clone(), Callers::default())).collect();
        self
    }

    /// Reads a log to its end, some blocks on all cores while the next ones are read. The counts are those of reading it
    /// line by line.
    ///
    /// # Errors
    /// Fails if it cannot be read or unpacked. Lines read until then are counted.
    pub fn read(&mut self, name: &str, from: impl Read + Send) -> io::Result<()> {
        let mut blocks = Blocks::new(unpack(from)?);
        let (mut batch, mut next) = (Batch::default(), Batch::default());
        let mut read = batch.fill(&mut blocks);
        while !batch.blocks().is_empty() {
            let recogniser = &self.recogniser;
            let counts = if batch.is_full() {
                let counts_of = || recogniser.counts_of(&batch);
                let (counts, filled) = rayon::join(counts_of, || next.fill(&mut blocks));
                read = filled;
                counts
            } else {
                next = Batch::default();
                recogniser.counts_of(&batch)
            };
            counts.into_iter().for_each(|counts| self.join(name, counts));
            std::mem::swap(&mut batch, &mut next);
        }
        self.lines += blocks.lines;
        self.too_long += blocks.too_long;
        read
    }

    /// Number of requests that do not count for this reason.
    #[must_use]
    pub fn uncounted(&self, reason: Uncounted) -> u64 {
        self.uncounted[reason as usize]
    }

    /// Routes of the catalog and of the module, sorted by path and then by method.
    pub(super) fn routes(&self) -> &[&'a Route] {
        &self.recogniser.router.routes
    }

    /// Adds the counts of the next block.
    fn join(&mut self, name: &str, next: BlockCounts) {
        for (known, next) in self.by_route.iter_mut().flatten().zip(next.by_route.into_iter().flatten()) {
            known.join(next);
        }
        for (known, next) in self.uncounted.iter_mut().zip(next.uncounted) {
            *known += next;
        }
        if let Some(line) = next.first_broken {
            self.first_broken.get_or_insert_with(|| (name.to_owned(), line));
        }
        self.broken += next.broken;
        self.requests += next.requests;
        self.soap += next.soap;
        self.graphql += next.graphql;
        self.agents.join(next.agents);
        self.other_agents.join(next.other_agents);
        self.unknown.join(next.unknown);
        for (route, next) in next.callers {
            let known = self.callers.entry(route).or_default();
            known.requests += next.requests;
            known.agents.join(next.agents);
            known.logged += next.logged;
            known.named.join(next.named);
        }
    }
}

impl Recogniser<'_> {
    /// Counts of each block, in order.
    fn counts_of(&self, batch: &Batch) -> Vec<BlockCounts> {
        match batch.blocks() {
            // Most logs of tests and pipes are small: no threads for them.
            [block] => vec![self.counts(block)],
            blocks => blocks.par_iter().map(|block| self.counts(block)).collect(),
        }
    }

    fn counts(&self, block: &LogBlock) -> BlockCounts {
        let by_route = vec![Default::default(); self.router.routes.len()];
        let mut counts = BlockCounts { by_route, ..BlockCounts::default() };
        for candidate in self.scanner.candidates(block.text()) {
            let deprecated = candidate.is_deprecated.then(|| line::deprecated::parse(candidate.text));
            if let Some(call) = deprecated.flatten() {
                self.count_deprecated(&call, &mut counts);
            } else if let Some(request) = line::parse(candidate.text, &self.wanted) {
                self.count(&request, &mut counts);
            } else if candidate.is_rest {
                counts.broken += 1;
                let line = || block.first + line_ends(&block.text()[..candidate.at]);
                counts.first_broken.get_or_insert_with(line);
            }
        }
        counts
    }

    /// Counts a call that the module logged. The access log has it, too.
    fn count_deprecated(&self, call: &DeprecatedCall<'_>, counts: &mut BlockCounts) {
        if self.filter.refuses(&call.request).is_none() && self.watched.contains(call.route) {
            let callers = counts.callers.entry(call.route.to_owned()).or_default();
            callers.logged += 1;
            callers.named.add(printable_prefix(&call.caller, LONGEST_AGENT));
        }
    }

    /// Counts a request to a watched route.
    fn watch(&self, place: usize, request: &line::Request<'_>, counts: &mut BlockCounts) {
        let Some(route) = self.router.routes.get(place).filter(|_| !self.watched.is_empty()) else { return };
        let route = format!("{} {}", route.method, route.path);
        let route = route.trim_end_matches('/');
        if self.watched.contains(route) {
            let callers = counts.callers.entry(route.to_owned()).or_default();
            callers.requests += 1;
            let agent = request.agent.as_deref().unwrap_or("-");
            callers.agents.add(printable_prefix(agent, LONGEST_AGENT));
        }
    }

    fn count(&self, request: &line::Request<'_>, counts: &mut BlockCounts) {
        let routed = self.router.find(&request.method, &request.target, request.is_listed);
        let refused = self.filter.refuses(request);
        match routed {
            Routed::Elsewhere => return,
            Routed::Soap => return counts.soap += u64::from(refused.is_none()),
            Routed::GraphQl => return counts.graphql += u64::from(refused.is_none()),
            Routed::Call(..) | Routed::Unknown(_) => counts.requests += 1,
        }
        if let Some(reason) = refused {
            counts.uncounted[reason as usize] += 1;
            if let (Uncounted::OtherAgent, Some(agent)) = (reason, &request.agent) {
                counts.other_agents.add(printable_prefix(agent, LONGEST_AGENT));
            }
            return;
        }
        if let Some(agent) = &request.agent {
            counts.agents.add(printable_prefix(agent, LONGEST_AGENT));
        }
        match routed {
            Routed::Call(place, mode) => {
                counts.by_route[place][mode as usize].add(request.status);
                self.watch(place, request, counts);
            }
            Routed::Unknown(text) => counts.unknown.add(text.into()),
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
