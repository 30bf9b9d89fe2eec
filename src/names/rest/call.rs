//! Calls of the REST API.

use crate::names::text::text_type;

text_type! {
    /// A call: an HTTP method and the path of a REST route, `GET /V1/orders/:id`.
    ///
    /// The shop's address, `/rest`, a store code and a query may surround the path, as in logs and HTTP clients.
    Call, "a call such as `GET /V1/orders` or `POST /V1/order/:orderId/ship`", length 1..=2048usize,
    pattern r"^(GET|POST|PUT|DELETE) +([^ ?#\t\r\n]*/rest(/[A-Za-z][A-Za-z0-9_]*)?)?(/async(/bulk)?)?/V[0-9]+(/[^/ ?#\t\r\n]+)+/?([?#][^ \t\r\n]*)?$", plain call
}

/// Execution mode of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Synchronous.
    Direct,
    /// Asynchronous, from a queue: `/async/V1/…`.
    Async,
    /// Asynchronous, a list of calls: `/async/bulk/V1/…`.
    Bulk,
}

impl Mode {
    /// All modes.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Async, Self::Bulk];

    /// Returns the call of a route in this mode: `PUT /async/V1/products/:sku`.
    #[must_use]
    pub fn spelled(self, method: &str, path: &str) -> String {
        match self {
            Self::Direct => format!("{method} {path}"),
            Self::Async => format!("{method} /async{path}"),
            Self::Bulk => {
                let steps: Vec<String> = path.split('/').map(bulk_step).collect();
                format!("{method} /async/bulk{}", steps.join("/"))
            }
        }
    }
}

impl Call {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    #[must_use]
    pub fn method(&self) -> &str {
        self.as_str().split(' ').next().unwrap_or_default()
    }

    /// Returns the execution mode.
    #[must_use]
    pub fn mode(&self) -> Mode {
        let before: Vec<&str> = self.steps().take_while(|step| !is_version(step)).collect();
        match before.as_slice() {
            [.., "async"] => Mode::Async,
            [.., "async", "bulk"] => Mode::Bulk,
            _ => Mode::Direct,
        }
    }

    /// Iterates over the segments of the path from the version on: `V1`, `orders`, `:id`.
    pub fn path(&self) -> impl Iterator<Item = &str> {
        self.steps().skip_while(|step| !is_version(step))
    }

    /// Returns the synchronous form of the call: `PUT /V1/products/:sku` for `PUT /rest/async/V1/products/:sku`.
    #[must_use]
    pub(crate) fn direct(&self) -> Option<Self> {
        let path: String = self.path().map(|step| format!("/{step}")).collect();
        Self::new(Mode::Direct.spelled(self.method(), &path)).ok()
    }

    /// Returns a predicate that tests the path of a route, `/V1/orders/:id`: a parameter matches any name or value.
    /// The call is split once for many paths.
    pub fn fitting(&self) -> impl Fn(&str) -> bool {
        let given: Vec<&str> = self.path().collect();
        let mode = self.mode();
        move |path| {
            let mut asked = steps(path);
            let fits = |given: &&str| asked.next().is_some_and(|asked| fits_step(mode, given, asked));
            given.iter().all(fits) && asked.next().is_none()
        }
    }

    /// Returns the call spelled like the given route path: `PUT /V1/products/:sku` for `PUT
    /// https://acme.com/rest/all/V1/products/24-MB01?x=1`. Of the rest, only the mode is kept.
    #[must_use]
    pub fn spelled(&self, path: &str) -> String {
        self.mode().spelled(self.method(), path)
    }

    /// Iterates over the segments up to the query.
    fn steps(&self) -> impl Iterator<Item = &str> {
        let (_, path) = self.as_str().rsplit_once(' ').unwrap_or_default();
        steps(path.split(['?', '#']).next().unwrap_or_default())
    }
}

/// Iterates over the segments of a path.
pub(crate) fn steps(path: &str) -> impl Iterator<Item = &str> + Clone {
    path.split('/').filter(|step| !step.is_empty())
}

/// Returns true for `V1`; segments before it are not part of the route.
pub(crate) fn is_version(step: &str) -> bool {
    step.strip_prefix('V').is_some_and(|number| number.parse::<u32>().is_ok())
}

/// Returns true if a segment is a parameter: `:id`, or `{id}` as in OpenAPI.
pub(crate) fn is_parameter(step: &str) -> bool {
    step.starts_with(':') || step.starts_with('{')
}

/// Compares a segment of a bulk call, whose path contains parameter names only: the values are in the body, one set
/// per item.
pub(crate) fn fits_step(mode: Mode, given: &str, asked: &str) -> bool {
    if is_parameter(asked) {
        mode != Mode::Bulk || is_parameter(given) || is_bulk_parameter(given)
    } else {
        given == asked
    }
}

/// Returns `bySku` for `:sku`, as in the path of a bulk call (`module-webapi-async/Model/BulkServiceConfig.php`).
fn bulk_step(step: &str) -> String {
    let mut name = step.chars();
    match (name.next(), name.next()) {
        (Some(':'), Some(first)) => format!("by{}{}", first.to_ascii_uppercase(), name.as_str()),
        _ => step.to_owned(),
    }
}

fn is_bulk_parameter(step: &str) -> bool {
    step.strip_prefix("by").is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(text: &str) -> Call {
        Call::new(text).unwrap()
    }

    fn fits(text: &str, path: &str) -> bool {
        call(text).fitting()(path)
    }

    #[test]
    fn whatever_stands_around_a_path_is_ignored() {
        for text in [
            "GET /V1/orders/:id",
            "GET  /V1/orders/:entity_id/",
            "GET /V1/orders/{id}",
            "GET /V1/orders/123",
            "GET /V1/orders/000000012%2F3",
            "GET /rest/V1/orders/1",
            "GET /rest/default/V1/orders/1",
            "GET /rest/all/V1/orders/1?fields=items[sku]",
            "GET https://acme.com/rest/V1/orders/1#x",
            "GET https://acme.com:8443/shop/index.php/rest/b2b_de/V1/orders/1?a=/V1/b",
        ] {
            assert!(fits(text, "/V1/orders/:id"), "{text}");
            assert!(!fits(text, "/V1/orders"), "{text}");
            assert!(!fits(text, "/V1/orders/:id/comments"), "{text}");
            assert_eq!(call(text).spelled("/V1/orders/:id"), "GET /V1/orders/:id");
        }
        assert!(!fits("GET /V1/orders/1", "/V1/Orders/:id"));
        assert!(!fits("GET /V2/orders/1", "/V1/orders/:id"));
        assert!(fits("GET /V1/carts/mine", "/V1/carts/mine"));
        assert!(!fits("GET /V1/carts/:id", "/V1/carts/mine"));
    }

    #[test]
    fn queued_calls_are_known_by_what_stands_before_the_version() {
        for (text, mode) in [
            ("PUT /V1/products/:sku", Mode::Direct),
            ("PUT /rest/all/V1/products/async", Mode::Direct),
            ("PUT /rest/bulk/V1/products/x", Mode::Direct),
            ("PUT /async/V1/products/:sku", Mode::Async),
            ("PUT /rest/async/V1/products/24-MB01", Mode::Async),
            ("PUT https://acme.com/rest/all/async/V1/products/24-MB01", Mode::Async),
            ("PUT /async/bulk/V1/products/bySku", Mode::Bulk),
            ("PUT /rest/all/async/bulk/V1/products/:sku", Mode::Bulk),
        ] {
            assert_eq!(call(text).mode(), mode, "{text}");
            assert!(fits(text, "/V1/products/:sku"), "{text}");
        }
        assert!(!fits("PUT /async/bulk/V1/products/24-MB01", "/V1/products/:sku"));
        let spelled = |text: &str| call(text).spelled("/V1/products/:sku/links");
        assert_eq!(spelled("PUT /rest/async/V1/products/1/links"), "PUT /async/V1/products/:sku/links");
        assert_eq!(spelled("PUT /async/bulk/V1/products/x/links"), "PUT /async/bulk/V1/products/bySku/links");
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            "",
            "GET",
            "/V1/orders",
            "GET orders",
            "get /V1/orders",
            "PATCH /V1/orders",
            "GET /V1",
            "GET /V1//orders",
            "GET /v1/orders",
            "GET /default/V1/orders",
            "GET https://acme.com/V1/orders",
            "GET /rest/a/b/V1/orders",
            "GET /V1/orders /V1/products",
            "GET /V1/orders\n",
        ] {
            assert!(Call::new(text).is_err(), "{text}");
        }
    }
}
