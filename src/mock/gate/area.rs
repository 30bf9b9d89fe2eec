//! The part of the shop that answers: the first segment of the path.

use crate::mock::ExchangeStep;

/// Part of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) enum ShopArea<'a> {
    /// REST API; the path behind `/rest`.
    Rest(&'a str),
    /// `/oauth/token/request` or `/oauth/token/access`.
    Exchange(ExchangeStep),
    /// Page of Admin to which the connector's login leads when it is done.
    LoginCallback,
    /// SOAP API.
    Soap,
    /// GraphQL API.
    GraphQl,
    /// Description of the REST API, `/rest/default/schema`.
    Schema,
    /// The storefront.
    Storefront,
}

impl<'a> ShopArea<'a> {
    /// Area of a path. The case of its segments counts.
    pub(in crate::mock) fn of(path: &'a str) -> Self {
        let path = path.strip_prefix("/index.php").filter(|rest| rest.starts_with('/')).unwrap_or(path);
        let inner = path.trim_start_matches('/');
        let (first, rest) = inner.split_at(inner.find('/').unwrap_or(inner.len()));
        match first {
            "rest" if is_schema(rest) => Self::Schema,
            "rest" => Self::Rest(rest),
            "soap" => Self::Soap,
            "graphql" => Self::GraphQl,
            "oauth" => exchange(rest).map_or(Self::Storefront, Self::Exchange),
            "admin" if is_login_callback(rest) => Self::LoginCallback,
            _ => Self::Storefront,
        }
    }
}

/// Step of a path behind `/oauth`. Controller and action are found whatever their case, and parameters may follow.
fn exchange(path: &str) -> Option<ExchangeStep> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let (controller, action) = (segments.next()?, segments.next()?);
    let is = |name: &str| action.eq_ignore_ascii_case(name);
    match controller.eq_ignore_ascii_case("token") {
        true if is("request") => Some(ExchangeStep::Request),
        true if is("access") => Some(ExchangeStep::Access),
        _ => None,
    }
}

/// Returns true for `/admin/integration/loginSuccessCallback`, with parameters or not.
fn is_login_callback(path: &str) -> bool {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    ["admin", "integration", "loginSuccessCallback"].iter().all(|name| segments.next() == Some(name))
}

/// Returns true for `/schema`, `/default/schema` and the same of the async API.
fn is_schema(path: &str) -> bool {
    let mut segments = path.trim_matches('/').split('/');
    let last = segments.next_back();
    let before = segments.count();
    last == Some("schema") && before <= 2 && !path.contains("/V")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_told_by_the_first_segment() {
        for (path, area) in [
            ("/rest/V1/orders", ShopArea::Rest("/V1/orders")),
            ("/index.php/rest/V1/orders", ShopArea::Rest("/V1/orders")),
            ("//rest//V1/orders", ShopArea::Rest("//V1/orders")),
            ("/rest", ShopArea::Rest("")),
            ("/REST/V1/orders", ShopArea::Storefront),
            ("/restful/V1/orders", ShopArea::Storefront),
            ("/api/rest/V1/orders", ShopArea::Storefront),
            ("/oauth/token/request", ShopArea::Exchange(ExchangeStep::Request)),
            ("/oauth/token/access/", ShopArea::Exchange(ExchangeStep::Access)),
            ("/index.php/oauth/Token/Request/a/b", ShopArea::Exchange(ExchangeStep::Request)),
            ("/OAuth/token/request", ShopArea::Storefront),
            ("/admin/admin/integration/loginSuccessCallback/key/0/", ShopArea::LoginCallback),
            ("/admin/admin/integration", ShopArea::Storefront),
            ("/oauth/token", ShopArea::Storefront),
            ("/soap/default", ShopArea::Soap),
            ("/graphql", ShopArea::GraphQl),
            ("/rest/default/schema", ShopArea::Schema),
            ("/rest/all/async/schema", ShopArea::Schema),
            ("/rest/V1/schema", ShopArea::Rest("/V1/schema")),
            ("", ShopArea::Storefront),
        ] {
            assert_eq!(ShopArea::of(path), area, "{path}");
        }
    }
}
