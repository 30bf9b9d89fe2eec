//! The URL of a call.

mod decoded_text;
mod expressions;
mod known_secrets;
mod masked;
mod named_pairs;
mod php;
mod secret_names;
mod statements;
mod users;
mod values;

pub use self::{
    known_secrets::KnownSecrets,
    masked::{secrets_in, secrets_in_url, without_path_secrets, without_secrets, without_url_secrets},
    secret_names::names_secret,
};
use super::SignedRequest;

/// URL of a call, in the parts that are signed, as they are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallUrl {
    /// `http` or `https`.
    pub scheme: String,
    /// Host, with its port unless the scheme has it: clients send no other `Host` header.
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
        let (scheme, rest) =
            split_scheme(text).ok_or("is not an absolute URL; write it as https://shop.example/rest/V1/…")?;
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(&*scheme, "http" | "https") {
            return Err(format!("has the scheme `{scheme}`; Magento answers http and https"));
        }
        if let Some(odd) = rest.chars().find(|it| !it.is_ascii_graphic()) {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            if rest[..end].contains(odd) {
                return Err(format!(
                    "has {odd:?} in its host; write the host as clients send it, `xn--…` for non-ASCII letters"
                ));
            }
            let escaped = super::percent::encode(odd.to_string());
            return Err(format!("has {odd:?} in it, which no client sends as it is; write {escaped}"));
        }
        let has_user = rest.contains('@');
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, target) = rest.split_at(end);
        if host.is_empty() {
            return Err("has no host".to_owned());
        }
        let port = host.rsplit(']').next().and_then(|end| end.split_once(':'));
        let wrong_port = port.filter(|(_, port)| port.parse::<u16>().is_err());
        // A password may have a slash.
        if host.contains('@') || wrong_port.is_some() && has_user {
            return Err("contains a user, which is not part of a signed URL; leave it out".to_owned());
        }
        if let Some((_, port)) = wrong_port {
            // What is no number may be a password.
            let port = if port.bytes().all(|it| it.is_ascii_digit()) {
                format!("the port `{port}`")
            } else {
                "a port that is not a number".to_owned()
            };
            return Err(format!("has {port}; write a number up to 65535, or leave it out"));
        }
        let usual_port = if scheme == "https" { ":443" } else { ":80" };
        let host = host.strip_suffix(usual_port).unwrap_or(host).to_owned();
        let (path, query) = split_target(target);
        let path = if path.is_empty() { "/" } else { path };
        Ok(Self { scheme, host, path: path.to_owned(), query: query.map(str::to_owned) })
    }

    /// Reads the base URL of a shop: scheme and host.
    ///
    /// # Errors
    /// The reason, and what to write instead.
    pub fn parse_base(text: &str) -> Result<Self, String> {
        let shown = without_url_secrets(text);
        match Self::parse(text) {
            Ok(url) if url.path == "/" && url.query.is_none() => Ok(url),
            Ok(url) => Err(format!(
                "`{shown}` is not a base URL: only a scheme and a host are supported, without a path: `{}://{}`",
                url.scheme, url.host
            )),
            Err(_) => Err(format!(
                "`{shown}` is not a base URL: write a scheme and a host, `https://shop.example.com`"
            )),
        }
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

/// Splits an absolute URL behind its scheme; none if another part of the text has the `://`.
#[must_use]
pub fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let is_of_scheme = |it: u8| it.is_ascii_alphanumeric() || b"+-.".contains(&it);
    let is_scheme = |scheme: &str| !scheme.is_empty() && scheme.bytes().all(is_of_scheme);
    text.split_once("://").filter(|(scheme, _)| is_scheme(scheme))
}

/// Splits a request target at the first `?`.
#[must_use]
pub fn split_target(target: &str) -> (&str, Option<&str>) {
    target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)))
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
        for (url, host) in [("http://a:80/", "a"), ("https://a:443", "a"), ("http://a:443/", "a:443")] {
            assert_eq!(CallUrl::parse(url).unwrap().host, host);
        }
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        let wrong = |text| CallUrl::parse(text).unwrap_err();
        assert!(wrong("/rest/V1").starts_with("is not an absolute URL"));
        assert!(wrong("ftp://a/").contains("`ftp`"));
        assert!(wrong("git+ssh://a/").contains("`git+ssh`"));
        assert!(wrong("http:///x").contains("no host"));
        for user in ["http://u:p@a/", "http://u:p/w@a/", "http://u:p#w@a/"] {
            assert!(wrong(user).contains("user"), "{user}");
        }
        assert!(wrong("a/?password=s&b=http://c/").starts_with("is not an absolute URL"));
        assert!(wrong("http://a:99999/x").starts_with("has the port `99999`; write a number up to 65535"));
        for password in ["http://[::1]:s", "https://u:p%40s"] {
            let reason = "has a port that is not a number; write a number up to 65535, or leave it out";
            assert_eq!(wrong(password), reason);
        }
        assert!(CallUrl::parse("http://[::1]/").is_ok() && CallUrl::parse_base("https://a/rest").is_err());
        assert!(wrong("http://a/x y").contains("write %20"));
        assert!(wrong("http://a/ä").contains("write %C3%A4") && wrong("http://ä.de/ä").contains("xn--"));
    }
}
