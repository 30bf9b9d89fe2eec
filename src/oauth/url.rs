//! The URL of a call.

use super::SignedRequest;

/// URL of a call, in the parts that are signed, as they are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallUrl {
    /// `http` or `https`.
    pub scheme: String,
    /// Host, with its port if it has one.
    pub host: String,
    /// Path, at least `/`.
    pub path: String,
    /// Query without `?`.
    pub query: Option<String>,
}

impl CallUrl {
    /// Reads an absolute URL; a fragment is left out.
    ///
    /// # Errors
    /// The reason, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (scheme, rest) = text
            .split_once("://")
            .ok_or("is not an absolute URL; write it as https://shop.example/rest/V1/…")?;
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(&*scheme, "http" | "https") {
            return Err(format!("has the scheme `{scheme}`; Magento answers http and https"));
        }
        if let Some(odd) = rest.chars().find(|it| !it.is_ascii_graphic()) {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            if rest[..end].contains(odd) {
                return Err(format!(
                    "has {odd:?} in its host; write the host as clients send it, `xn--…` for other letters than ASCII"
                ));
            }
            let escaped = super::percent::encode(odd.to_string());
            return Err(format!("has {odd:?} in it, which no client sends as it is; write {escaped}"));
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, target) = rest.split_at(end);
        if host.is_empty() {
            return Err("has no host".to_owned());
        }
        if host.contains('@') {
            return Err("contains a user, which is not part of a signed URL; leave it out".to_owned());
        }
        let port = host.rsplit(']').next().and_then(|end| end.split_once(':'));
        if let Some((_, port)) = port.filter(|(_, port)| port.parse::<u16>().is_err()) {
            return Err(format!("has the port `{port}`; write a number up to 65535, or leave it out"));
        }
        let (path, query) = split_target(target);
        let path = if path.is_empty() { "/" } else { path };
        Ok(Self { scheme, host: host.to_owned(), path: path.to_owned(), query: query.map(str::to_owned) })
    }

    /// Reads the base URL of a shop: scheme and host.
    ///
    /// # Errors
    /// The reason, and what to write instead.
    pub fn parse_base(text: &str) -> Result<Self, String> {
        Self::parse(text).ok().filter(|url| url.path == "/" && url.query.is_none()).ok_or_else(|| {
            let text = without_secrets(text);
            format!("`{text}` is not a base URL: write a scheme and a host, `https://shop.example.com`")
        })
    }

    /// Path and query.
    #[must_use]
    pub fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }

    /// The call of a method, with the fields of a form.
    #[must_use]
    pub fn request<'a>(&'a self, method: &'a str, form: Option<&'a str>) -> SignedRequest<'a> {
        SignedRequest {
            method,
            scheme: &self.scheme,
            host: &self.host,
            path: &self.path,
            query: self.query.as_deref(),
            form,
        }
    }
}

impl std::fmt::Display for CallUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.host, self.target())
    }
}

/// Splits a request target at the first `?`.
#[must_use]
pub fn split_target(target: &str) -> (&str, Option<&str>) {
    target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)))
}

/// Text with URLs, or with a base string, without the secrets in it: a user, and the values of parameters whose names say that
/// they are secret. Keys and tokens of OAuth stay, which the header has in the open.
#[must_use]
pub fn without_secrets(text: &str) -> String {
    /// Signs before a parameter, as they are and encoded; [`EQUALS`] follow its name.
    const BEFORE: [&str; 6] = ["?", "&", "%3F", "%26", "%253F", "%2526"];
    const EQUALS: [&str; 3] = ["=", "%3D", "%253D"];
    let (mut clean, mut rest) = (String::new(), text);
    while let Some((place, sign)) = first_of(rest, &BEFORE) {
        clean += &without_user(&rest[..place]);
        clean += sign;
        rest = &rest[place + sign.len()..];
        let parameter = &rest[..first_of(rest, &BEFORE).map_or(rest.len(), |(end, _)| end)];
        let end = parameter.find([' ', '`']).unwrap_or(parameter.len());
        if let Some((place, equals)) = first_of(&parameter[..end], &EQUALS).filter(|_| end > 0)
            && names_secret(&parameter[..place])
        {
            clean += &parameter[..place + equals.len()];
            clean.push('…');
            rest = &rest[end..];
        }
    }
    clean + &without_user(rest)
}

/// First of several signs in a text.
fn first_of(text: &str, signs: &[&'static str]) -> Option<(usize, &'static str)> {
    signs.iter().filter_map(|sign| Some((text.find(sign)?, *sign))).min()
}

/// Returns true if a parameter with this name has a secret as its value.
#[must_use]
pub fn names_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let word: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let has = |part: &&str| word.contains(part);
    !name.starts_with("oauth_")
        && (["token", "secret", "password", "passwd", "apikey", "signature"].iter().any(has)
            || ["key", "pass", "pwd", "auth", "accesskey", "hmac", "sig"].contains(&&*word))
}

/// Text without the user of a URL in it.
fn without_user(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rfind('@').map_or(0, |at| at + 1);
    format!("{scheme}://{}{}", if host > 0 { "…@" } else { "" }, &rest[host..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stay_as_they_are_written() {
        let url = CallUrl::parse("HTTPS://Shop.example:8443/rest/V1/x%2Fy/?a=1?2#end").unwrap();
        assert_eq!((&*url.scheme, &*url.host, &*url.path), ("https", "Shop.example:8443", "/rest/V1/x%2Fy/"));
        assert_eq!(url.query.as_deref(), Some("a=1?2"));
        assert_eq!(url.to_string(), "https://Shop.example:8443/rest/V1/x%2Fy/?a=1?2");
        assert_eq!(CallUrl::parse("http://a?b=1").unwrap().target(), "/?b=1");
    }

    #[test]
    fn secrets_are_not_shown() {
        for (text, shown) in [
            ("https://u:p@a/x", "https://…@a/x"),
            ("https://a/x?token=s1&a=1&api_key=s2", "https://a/x?token=…&a=1&api_key=…"),
            ("/x?a[Password]=s&b", "/x?a[Password]=…&b"),
            (
                "GET&http%3A%2F%2Fa&access_token%3Ds%26oauth_token%3Dt",
                "GET&http%3A%2F%2Fa&access_token%3D…%26oauth_token%3Dt",
            ),
            ("https://a/?fields=url_key&sku=x", "https://a/?fields=url_key&sku=x"),
            ("?token=&x", "?token=…&x"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        let wrong = |text| CallUrl::parse(text).unwrap_err();
        assert!(wrong("/rest/V1").starts_with("is not an absolute URL"));
        assert!(wrong("ftp://a/").contains("`ftp`"));
        assert!(wrong("http:///x").contains("no host"));
        assert!(wrong("http://u:p@a/").contains("user"));
        assert!(wrong("http://a:99999/x").contains("up to 65535") && wrong("http://[::1]:x").contains("`x`"));
        assert!(CallUrl::parse("http://[::1]/").is_ok() && CallUrl::parse_base("https://a/rest").is_err());
        assert!(wrong("http://a/x y").contains("write %20"));
        assert!(wrong("http://a/ä").contains("write %C3%A4") && wrong("http://ä.de/ä").contains("xn--"));
    }
}
