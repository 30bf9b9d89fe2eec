//! The base string of a signature.

use indexmap::IndexMap;

use super::{
    Dialect, natural_order, path,
    percent::encode,
    query::{self, is_protocol_name},
};

/// Parts of a request that a signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedRequest<'a> {
    /// `GET`.
    pub method: &'a str,
    /// `http` or `https`.
    pub scheme: &'a str,
    /// The `Host` header as sent, with its port.
    pub host: &'a str,
    /// Path as sent.
    pub path: &'a str,
    /// Query as sent, without `?`.
    pub query: Option<&'a str>,
    /// Body of a form ([`super::is_form`]).
    pub form: Option<&'a str>,
}

/// Parameters that the release signs, by name: those of the header, of the form and of the query. None at all means that
/// Magento treats the caller as a guest.
#[must_use]
pub fn parameters(request: &SignedRequest<'_>, header: &[(String, String)]) -> IndexMap<Vec<u8>, Vec<u8>> {
    let own = header.iter().map(|(name, value)| (name.clone().into_bytes(), value.clone().into_bytes()));
    let mut all: IndexMap<_, _> = own.collect();
    let has_own = !all.is_empty();
    for (name, value) in query::fields(request.form.unwrap_or_default()) {
        if !has_own || !is_protocol_name(&String::from_utf8_lossy(&name)) {
            // PHP makes this word of an array.
            all.insert(name, value.unwrap_or_else(|| b"Array".to_vec()));
        }
    }
    all.extend(query::signed(request.query.unwrap_or_default()));
    all
}

/// Computes the base string as the release does. `header` are the parameters of the `Authorization` header
/// ([`super::header::parse`]); its signature does not count.
#[must_use]
pub fn base_string(request: &SignedRequest<'_>, header: &[(String, String)], dialect: Dialect) -> String {
    let mut pairs = encoded(request, header, dialect);
    if dialect == Dialect::Parsed {
        pairs.sort_keys();
    } else {
        pairs.sort_by(|one, _, other, _| natural_order::compare(one, other));
    }
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let url = format!(
        "{}://{}{}",
        request.scheme,
        authority(request, dialect),
        path::signed(request.path, dialect)
    );
    format!("{}&{}&{}", request.method.to_ascii_uppercase(), encode(url), encode(pairs.join("&")))
}

/// Encoded names and values, without the signature.
fn encoded(
    request: &SignedRequest<'_>,
    header: &[(String, String)],
    dialect: Dialect,
) -> IndexMap<String, String> {
    let all = parameters(request, header);
    let pairs = all.iter().map(|(name, value)| (encode(name), dialect.encode_value(value)));
    let mut pairs: IndexMap<_, _> = pairs.collect();
    if dialect == Dialect::Parsed {
        let flat = query::fields(request.query.unwrap_or_default());
        pairs.extend(flat.filter_map(|(name, value)| Some((encode(name), encode(value?)))));
    }
    pairs.shift_remove("oauth_signature");
    pairs
}

/// Host in lowercase, without the port that the scheme has by default; 2.4.9 uses it as sent.
pub(super) fn authority(request: &SignedRequest<'_>, dialect: Dialect) -> String {
    if dialect == Dialect::Parsed {
        return request.host.to_owned();
    }
    let host = request.host.to_ascii_lowercase();
    let is_port = |port: &str| port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if is_port(port) => (name, port.parse().unwrap_or(0_u32)),
        _ => (&*host, 0),
    };
    // Zend_Uri loses the brackets of an IPv6 address.
    let name = if dialect == Dialect::Zend { name.replace(['[', ']'], "") } else { name.to_owned() };
    match (request.scheme, port) {
        (_, 0) | ("http", 80) | ("https", 443) => name,
        (_, port) => format!("{name}:{port}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed<'a>(host: &'a str, target: &'a str) -> SignedRequest<'a> {
        let (path, query) =
            target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        SignedRequest { method: "get", scheme: "https", host, path, query, form: None }
    }

    fn header(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn parameters_are_in_natural_order_and_the_path_is_decoded() {
        let request =
            signed("Shop.example:443", "/rest/V1/products/A%2FB?f[10]=a&f[9]=b+c&f[9]=d+e&bare&x=1=2");
        let header = header(&[("oauth_token", "t"), ("oauth_signature", "s"), ("oauth_nonce", "n")]);
        assert_eq!(
            base_string(&request, &header, Dialect::Laminas),
            "GET&https%3A%2F%2Fshop.example%2Frest%2FV1%2Fproducts%2FA%2FB&\
             f%255B9%255D%3Dd%252Be%26f%255B10%255D%3Da%26oauth_nonce%3Dn%26oauth_token%3Dt"
        );
        let zend = base_string(&request, &header, Dialect::Zend);
        assert!(
            zend.starts_with("GET&https%3A%2F%2Fshop.example%2Frest%2FV1%2Fproducts%2FA%252FB&f"),
            "{zend}"
        );
    }

    #[test]
    fn ports_count_unless_the_scheme_has_them() {
        let of = |host, dialect| authority(&signed(host, "/"), dialect);
        assert_eq!(of("a:443", Dialect::Laminas), "a");
        assert_eq!(of("a:80", Dialect::Laminas), "a:80");
        assert_eq!(of("A:", Dialect::Laminas), "a");
        assert_eq!(of("[::1]:8080", Dialect::Laminas), "[::1]:8080");
        assert_eq!(of("[::1]:8080", Dialect::Zend), "::1:8080");
        assert_eq!(of("A:443", Dialect::Parsed), "A:443");
    }

    #[test]
    fn fields_of_a_form_are_signed_and_oauth_s_own_of_the_header_win() {
        let mut request = signed("a", "/x?q=1");
        request.form = Some("b=x+y&oauth_token=other&q=2");
        let names = |header: &[(String, String)]| {
            let all = parameters(&request, header);
            let shown = all.iter().map(|(name, value)| [name.as_slice(), b"=", value, b";"].concat());
            String::from_utf8(shown.collect::<Vec<_>>().concat()).unwrap()
        };
        assert_eq!(names(&header(&[("oauth_token", "t")])), "oauth_token=t;b=x y;q=1;");
        assert_eq!(names(&[]), "b=x y;oauth_token=other;q=1;");
    }

    /// As read in the code of the releases; no shop was asked.
    #[test]
    fn newer_releases_encode_values_twice() {
        let request = signed("a", "/x?fields=a,b&s[date]=2026-01-01+10:00&bare");
        let parameters = |dialect| base_string(&request, &[], dialect).rsplit('&').next().map(str::to_owned);
        let twice = "fields%3Da%25252Cb%26s%255Bdate%255D%3D2026-01-01%25252B10%25253A00";
        assert_eq!(parameters(Dialect::Twice).as_deref(), Some(twice));
        let parsed = "bare%3D%26fields%3Da%252Cb%26s%255Bdate%255D%3D2026-01-01%25252B10%25253A00";
        assert_eq!(parameters(Dialect::Parsed).as_deref(), Some(parsed));
    }
}
