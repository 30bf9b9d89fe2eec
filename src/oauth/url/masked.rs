//! Texts with URLs, base strings or forms, without the secrets in them.

use std::ops::Range;

use super::{
    decoded_text::{DecodedText, EDGES},
    secret_names::{names_secret, names_token},
};

/// Text in place of a secret.
pub(super) const HIDDEN: &str = "…";

/// Text with URLs, or with a base string, without the secrets in it: users, and the values of parameters whose names say that
/// they are secret, however often they are percent-encoded. Keys and tokens of OAuth stay, which the header has in the open.
#[must_use]
pub fn without_secrets(text: &str) -> String {
    DecodedText::new(text).masked(&[])
}

/// Text without secrets, also without those in the path of the request that it is about: the variables of its route whose names
/// say that they are secret, and without a route what follows a segment such as `resetLinkToken`.
#[must_use]
pub fn without_path_secrets(text: &str, path: &str, route: Option<&str>) -> String {
    DecodedText::new(text).masked(&path_secrets(path, route))
}

/// Secret segments of a path, decoded.
fn path_secrets(path: &str, route: Option<&str>) -> Vec<Vec<u8>> {
    let segments: Vec<&str> = path.split(['/', '?', '#']).collect();
    let secrets = match route {
        Some(route) => segments
            .iter()
            .rev()
            .zip(route.rsplit('/'))
            .filter(|(_, variable)| variable.starts_with(':') && names_secret(variable))
            .map(|(segment, _)| *segment)
            .collect(),
        None => {
            let pairs = segments.windows(2).filter(|pair| names_token(pair[0]));
            pairs.map(|pair| pair[1]).filter(|segment| !segment.is_empty()).collect::<Vec<_>>()
        }
    };
    secrets.into_iter().map(|it| DecodedText::new(it).decoded()).collect()
}

/// Secrets that [`without_secrets`] hides in a text, decoded.
#[must_use]
pub fn secrets_in(text: &str) -> Vec<String> {
    DecodedText::new(text).found(&[])
}

/// Secrets that [`without_url_secrets`] hides in a URL, decoded.
#[must_use]
pub fn secrets_in_url(url: &str) -> Vec<String> {
    DecodedText::new(url).found(&path_secrets(url, None))
}

/// URL without secrets, also without those in its path, whether it can be read or not.
#[must_use]
pub fn without_url_secrets(url: &str) -> String {
    without_path_secrets(url, url, None)
}

impl DecodedText<'_> {
    /// Text with a sign in place of secrets, and of segments that are one of these.
    fn masked(&self, segments: &[Vec<u8>]) -> String {
        self.without(self.secrets(segments).into_iter())
    }

    /// The same secrets, decoded.
    fn found(&self, segments: &[Vec<u8>]) -> Vec<String> {
        let decoded = self.decoded();
        let secrets = self.secrets(segments).into_iter().filter_map(|secret| decoded.get(secret));
        secrets.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
    }

    /// Text with a sign in place of some ranges of its decoded bytes.
    pub(super) fn without(&self, secrets: impl Iterator<Item = Range<usize>>) -> String {
        let (mut clean, mut done) = (String::with_capacity(self.text.len()), 0);
        for secret in secrets {
            clean += self.text.get(done..self.offset(secret.start)).unwrap_or_default();
            clean += HIDDEN;
            done = self.offset(secret.end);
        }
        clean + self.text.get(done..).unwrap_or_default()
    }

    /// Ranges of secrets, and of segments that are one of these, in the order of the text.
    fn secrets(&self, segments: &[Vec<u8>]) -> Vec<Range<usize>> {
        let mut known = self.named_pairs();
        known.extend(self.of_statements());
        known.sort_unstable_by_key(|it| it.start);
        let mut known = known.into_iter().peekable();
        let mut secrets = Vec::new();
        let (mut place, mut is_rest) = (0, false);
        while place < self.bytes.len() {
            while known.next_if(|it| it.end <= place).is_some() {}
            is_rest &= !self.starts_url(place);
            is_rest |= self.follows(place, b"/rest/");
            let found = known.next_if(|it| it.start <= place).map(|it| place..it.end);
            let found = found.or_else(|| self.login(place)).or_else(|| self.user(place));
            let found = found.or_else(|| self.value(place, is_rest));
            let Some(secret) = found.or_else(|| self.segment(place, segments)) else {
                place += 1;
                continue;
            };
            place = secret.end.max(place + 1);
            secrets.push(secret);
        }
        secrets
    }

    /// Segment that starts at a place and is one of these.
    fn segment(&self, place: usize, segments: &[Vec<u8>]) -> Option<Range<usize>> {
        if !self.follows(place, b"/") {
            return None;
        }
        let ends = |end: usize| self.byte(end).is_none_or(|it| EDGES.contains(&it));
        let lengths = segments.iter().filter(|it| self.follows(place + it.len(), it)).map(Vec::len);
        lengths.filter(|length| *length > 0).map(|length| place..place + length).find(|it| ends(it.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (
                "?oauth_token=t&oauth_token_secret=s&oauth_verifier=v",
                "?oauth_token=t&oauth_token_secret=…&oauth_verifier=…",
            ),
            ("https://a/#access_token=s", "https://a/#access_token=…"),
            ("/x;jsessionid=s?a=1", "/x;jsessionid=…"),
            ("?access%5Ftoken=s&%74oken=s&a", "?access%5Ftoken=…&%74oken=…&a"),
            ("?token=s`1 2%26t#f", "?token=…#f"),
            ("a=1&password=s", "a=1&password=…"),
            ("No such entity with rp_token = s", "No such entity with rp_token = …"),
            (r#"?q={"password": "s\u0020,s", "a":1}"#, r#"?q={"password": "…", "a":1}"#),
            (
                "API_TOKEN=s npm test --token=s --password s -x",
                "API_TOKEN=… npm test --token=… --password … -x",
            ),
            (
                "curl -H 'Authorization: Bearer s' -H \"X-Api-Key: s\" a",
                "curl -H 'Authorization: …' -H \"X-Api-Key: …\" a",
            ),
            ("oauth_token_secret=\"s\", oauth_token=\"t\"", "oauth_token_secret=\"…\", oauth_token=\"t\""),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn secrets_of_commands_headers_and_documents_are_not_shown() {
        for (text, shown) in [
            ("curl -H X-Api-Key:s a", "curl -H X-Api-Key:… a"),
            ("curl -HX-Api-Key:s a", "curl -HX-Api-Key:… a"),
            ("curl -H X-Api-Key:s@s a", "curl -H X-Api-Key:… a"),
            ("curl -H Authorization: Bearer s a", "curl -H Authorization: … a"),
            ("curl -H 'Authorization:Bearer s' a", "curl -H 'Authorization:…' a"),
            ("curl -H 'Cookie: a=\"s\"' a", "curl -H 'Cookie: …' a"),
            ("a\n> X-Api-Key: s s\nb", "a\n> X-Api-Key: …\nb"),
            ("sent X-Api-Key: S1, twice", "sent X-Api-Key: …, twice"),
            ("sent Authorization: Bearer s, twice", "sent Authorization: … twice"),
            ("{token:S1}", "{token:…}"),
            (r#"{"password" : "s"}"#, r#"{"password" : "…"}"#),
            (r#"{"password":"s\",s"}"#, r#"{"password":"…"}"#),
            (r#"{"password":"s s"#, r#"{"password":…"#),
            ("{'password':'s'}", "{'password':'…'}"),
            (r#"{"token":["a","s]"],"b":1}"#, r#"{"token":…,"b":1}"#),
            (r#"{"token":{"a":["s"]},"b":1}"#, r#"{"token":…,"b":1}"#),
            (r#"{"token":["a","#, r#"{"token":…"#),
            ("Authorization=Bearer s a", "Authorization=… a"),
            ("token = \"s s\".", "token = \"…\"."),
            ("Bearer s", "Bearer …"),
            ("it sent Basic YTpi, not Bearer S1", "it sent Basic …, not Bearer …"),
            ("a 'bearer s' b", "a 'bearer …' b"),
            ("--password\ts\t-x", "--password\t…\t-x"),
            ("curl -u admin:s a", "curl -u … a"),
            ("curl -uadmin:s@s a", "curl -u… a"),
            ("curl --user admin:s a", "curl --user … a"),
            ("curl --user='admin:s s' a", "curl --user='…' a"),
            ("<password>s s</password><a>b</a>", "<password>…</password><a>b</a>"),
            ("<token><item>s</item></token>", "<token>…</token>"),
            ("<password>s", "<password>…"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
        assert_eq!(without_secrets("No such entity with token = s s"), "No such entity with token = … s");
        assert_eq!(without_secrets("the session = abc and more words"), "the session = … and more words");
    }

    /// As SQL, PHP, XML and a shell write them.
    #[test]
    fn secrets_of_code_are_not_shown() {
        for (text, shown) in [
            ("WHERE `rp_token` = 'S1 S2' AND `id` = 5", "WHERE `rp_token` = '…' AND `id` = 5"),
            ("(`main`.`rp_token` != 'S1')", "(`main`.`rp_token` != '…')"),
            ("'password' => 'S1', 'a' => 1", "'password' => '…', 'a' => 1"),
            ("'password' = 'S1'", "'password' = '…'"),
            ("\"password\"=S1 a", "\"password\"=… a"),
            ("$row['password'] = 'S1';", "$row['password'] = '…';"),
            ("[password] => S1 a", "[password] => … a"),
            ("<v1:password>S1 S2</v1:password><v1:a>b</v1:a>", "<v1:password>…</v1:password><v1:a>b</v1:a>"),
            ("<password type=\"x\">S1 S2</password>", "<password type=\"x\">…</password>"),
            ("curl -H \"Cookie: a=\\\"S1\\\"; b=S2\" a", "curl -H \"Cookie: …\" a"),
            (
                "curl -H \"Authorization: OAuth oauth_signature=\\\"S1\\\"\" https://a",
                "curl -H \"Authorization: …\" https://a",
            ),
            (r#"{"run": "-H \"Cookie: S1\" https://a"}"#, r#"{"run": "-H \"Cookie: …" https://a"}"#),
            (r#"-d "{\"password\": \"S1,S2\", \"a\": 1}""#, r#"-d "{\"password\": \"…\", \"a\": 1}""#),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn prose_is_shown() {
        for text in [
            "The token: is gone. Write anew.",
            "Wrong signature: the value is re-issued",
            "No such entity with key = 5",
            "token_type=integration&oauth_signature_method=HMAC&signature_method=HMAC",
            "mailto:x@y.z",
            "write to:foo@bar.example",
            "sku:a is taken by x@y.example",
            "the 'token': is gone",
            "Magento_Customer::token, Session::class",
            "Basic authentication is off; the bearer is unknown",
            "WWW-Authenticate: Bearer realm=\"shop\"",
            "name a <token> and more",
            "name a <token type=\"x\"> and more <b>",
            "`key` = 5, the `token` is gone, 'a' => 'b', a => b > c",
            "sort -u file; git push -u origin https://a/x",
            "http://127.0.0.1:9000. `http://[fe80::a]`, http://a:80: refused",
        ] {
            assert_eq!(without_secrets(text), text);
        }
    }

    #[test]
    fn secrets_are_found_however_often_they_are_encoded() {
        for (text, shown) in [
            ("GET&a&x%3d1%26access_token%3ds%2526s%26y%3d2", "GET&a&x%3d1%26access_token%3d…%26y%3d2"),
            ("GET&a&access%255Ftoken%3Ds", "GET&a&access%255Ftoken%3D…"),
            (
                "?back=https%3a%2f%2fu%3Ap%40a%2f%3ftoken%3ds%26b&c=1",
                "?back=https%3a%2f%2f…%40a%2f%3ftoken%3d…%26b&c=1",
            ),
            ("GET&https%3A%2F%2Fu%3Ap%40a%2Fx&b", "GET&https%3A%2F%2F…%40a%2Fx&b"),
            (
                "GET&a&q%3D%257B%2522password%2522%253A%2522s%2522%257D",
                "GET&a&q%3D%257B%2522password%2522%253A%2522…%2522%257D",
            ),
            ("?a=%", "?a=%"),
            ("?token=%2525", "?token=…"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn users_are_not_shown() {
        for (text, shown) in [
            ("https://u:p@a/x https://v:q@b/y", "https://…@a/x https://…@b/y"),
            ("https://u:p/w@a/x@y", "https://…@a/x@y"),
            ("https://u:p w@a/", "https://…@a/"),
            ("https://u:p@w@a/", "https://…@a/"),
            ("u:p@a/x", "…@a/x"),
            ("http:/u:p@a", "http:/…@a"),
            ("//u@a", "//…@a"),
            ("https://a:80/customers/x@y.example", "https://a:80/customers/x@y.example"),
            ("https://[::1]/x@y", "https://[::1]/x@y"),
            ("/V1/customers/isEmailAvailable/x@y.example", "/V1/customers/isEmailAvailable/x@y.example"),
            ("?email=x@y.example&time=10:00", "?email=x@y.example&time=10:00"),
            ("x@y.example", "x@y.example"),
            ("https://u:s", "https://u:…"),
            ("`https://u:p%40s`", "`https://u:…`"),
            ("https://u:1%40s/x", "https://u:…/x"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn a_code_is_that_of_a_login_or_of_magento() {
        for (text, shown) in [
            ("https://erp/back?code=s&state=1", "https://erp/back?code=…&state=1"),
            ("https://a/rest/V1/x?code=EUR", "https://a/rest/V1/x?code=EUR"),
            (
                "GET&https%3A%2F%2Fa%2Frest%2FV1%2Fx&code%3DEUR",
                "GET&https%3A%2F%2Fa%2Frest%2FV1%2Fx&code%3DEUR",
            ),
            ("https://a/rest/V1/x?b=https://erp/?code=s", "https://a/rest/V1/x?b=https://erp/?code=…"),
            ("?country_code=DE&a[code]=x", "?country_code=DE&a[code]=x"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn secrets_of_a_path_are_not_shown() {
        let path = "/rest/V1/customers/7/password/resetLinkToken/s%2Fs";
        let route = "/V1/customers/:customerId/password/resetLinkToken/:resetPasswordLinkToken";
        for (text, shown) in [
            (path, "/rest/V1/customers/7/password/resetLinkToken/…"),
            ("GET&https%3A%2F%2Fa%2FresetLinkToken%2Fs%2Fs&x", "GET&https%3A%2F%2Fa%2FresetLinkToken%2F…&x"),
            (
                "GET&https%3A%2F%2Fa%2FresetLinkToken%2Fs%252Fs&x",
                "GET&https%3A%2F%2Fa%2FresetLinkToken%2F…&x",
            ),
            ("/s%2Fsx", "/s%2Fsx"),
        ] {
            assert_eq!(without_path_secrets(text, path, Some(route)), shown);
            assert_eq!(without_path_secrets(text, path, None), shown);
        }
        assert_eq!(without_path_secrets("/V1/x/s", "/V1/x/s", Some("/V1/x/:apiKey")), "/V1/x/…");
        for (url, shown) in [
            ("https://u:p@a/resetLinkToken/s?b=1", "https://…@a/resetLinkToken/…?b=1"),
            ("a/resetLinkToken/s#b", "a/resetLinkToken/…#b"),
        ] {
            assert_eq!(without_url_secrets(url), shown);
        }
        let token = "/rest/V1/integration/admin/token/";
        assert_eq!(without_path_secrets(token, token, None), token);
    }

    #[test]
    fn long_texts_end() {
        for odd in [
            "%25",
            "=",
            "/",
            ":",
            "a:b@",
            "://",
            "token=",
            "\"",
            "& =",
            "https://a:b ",
            "<token>",
            "<token a",
            ">",
            "\"token: \\\"\n",
            "\\\"token: \n",
            "'token' => \\'",
            "\"token\":[",
            "-u a",
        ] {
            let _ = without_secrets(&odd.repeat(20_000));
        }
    }
}
