//! The part of the shop that answers: the first segment of the path.

/// Part of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) enum ShopArea<'a> {
    /// REST API; the path behind `/rest`.
    Rest(&'a str),
    /// `/oauth/token/request`.
    RequestToken,
    /// `/oauth/token/access`.
    AccessToken,
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
            "oauth" => match rest.trim_matches('/') {
                "token/request" => Self::RequestToken,
                "token/access" => Self::AccessToken,
                _ => Self::Storefront,
            },
            _ => Self::Storefront,
        }
    }
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
            ("/oauth/token/request", ShopArea::RequestToken),
            ("/oauth/token/access/", ShopArea::AccessToken),
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
