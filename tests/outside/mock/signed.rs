//! Requests of the recorded cases, signed again as their client did.

use std::cmp::Ordering;

use magespec::{
    mock::{HttpRequest, MockShop},
    oauth::{SignatureMethod, percent::encode},
};
use serde_json::Value;

/// Time at which cases are replayed, unless they say how far their timestamp is ahead.
pub(super) const NOW: u64 = 1_795_946_209;

/// A request of a case, and the time at which it arrives.
pub(super) struct Replayed {
    pub(super) request: HttpRequest,
    pub(super) now: u64,
}

/// Request of a case. `number` makes its nonce; `login` are tokens of the Admin user and of a customer.
pub(super) fn replayed(case: &Value, shop: &MockShop, number: usize, login: &[String; 2]) -> Replayed {
    let sent = &case["request"];
    let id = case["id"].as_str().unwrap();
    let text = |key: &str| sent[key].as_str().unwrap_or_default().to_owned();
    let headers = sent["headers"].as_object().unwrap().iter();
    let mut headers: Vec<(String, String)> =
        headers.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
    let is_https = headers.iter().any(|(name, value)| name == "X-Forwarded-Proto" && value == "https");
    let mut request = HttpRequest {
        method: text("method"),
        scheme: if is_https { "https".to_owned() } else { text("scheme") },
        host: text("host"),
        target: text("path").replace("<oauth parameters>", "oauth_consumer_key=x&oauth_token=y"),
        headers: Vec::new(),
        body: recorded_bytes(&text("body").replace("Admin12345x", &shop.settings.password())),
    };
    let mut now = NOW;
    for (name, value) in &mut headers {
        if name != "Authorization" {
            continue;
        }
        if let Some(signed) = sent["signed_as"].as_str() {
            let signature = Signature::of(signed, number);
            let (written, time) = signature.header(&request, sent, shop, value);
            (*value, now) = (written, time);
        } else {
            *value = known(value, shop, id, login);
        }
    }
    request.headers = headers;
    if let Some(ahead) = id.split("future").nth(1).and_then(|seconds| seconds.parse::<u64>().ok()) {
        now -= ahead;
    }
    Replayed { request, now }
}

/// Bytes of a recorded body, which has a replacement character for a byte that is not UTF-8.
pub(super) fn recorded_bytes(body: &str) -> Vec<u8> {
    let byte = |it: u8| if it == 0 { 0xff } else { it };
    body.replace('\u{fffd}', "\0").bytes().map(byte).collect()
}

/// Header with the tokens that its marks stand for.
fn known(value: &str, shop: &MockShop, id: &str, login: &[String; 2]) -> String {
    let (consumers, tokens) = shop.rows();
    let mut value = value.to_owned();
    for (place, consumer) in consumers.iter().enumerate() {
        let token = tokens.iter().find(|token| token.consumer == place).unwrap();
        for (mark, text) in [
            (".token", token.token.clone()),
            (".token_secret", token.secret.clone()),
            (".token in upper case", token.token.to_uppercase()),
        ] {
            value = value.replace(&format!("<{}{mark}>", consumer.name), &text);
        }
    }
    let jwt = match id.split('.').next().unwrap() {
        "admin" if !id.ends_with("tampered") => &login[0],
        "customer" => &login[1],
        _ => "a.b.c",
    };
    value.replace("<jwt>", jwt)
}

/// Signature of a case: `HMAC-SHA256 as golden {"drop": ["oauth_nonce"]}`.
struct Signature {
    method: String,
    consumer: String,
    options: Value,
    nonce: String,
}

impl Signature {
    fn of(text: &str, number: usize) -> Self {
        let (method, rest) = text.split_once(" as ").unwrap();
        let (consumer, options) = rest.split_once(' ').unwrap_or((rest, "{}"));
        Self {
            method: method.to_owned(),
            consumer: consumer.to_owned(),
            options: serde_json::from_str(options).unwrap(),
            nonce: format!("n{number:031}"),
        }
    }

    fn option(&self, name: &str) -> Option<&str> {
        self.options[name].as_str()
    }

    /// Header and the time at which the request arrives.
    fn header(&self, request: &HttpRequest, sent: &Value, shop: &MockShop, recorded: &str) -> (String, u64) {
        let (consumers, tokens) = shop.rows();
        let place = consumers.iter().position(|it| it.name == self.consumer);
        let unknown = "x".repeat(32);
        let [key, secret] =
            place.map_or([&unknown; 2], |place| [&consumers[place].key, &consumers[place].secret]);
        let row = tokens.iter().find(|it| Some(it.consumer) == place);
        let [token, token_secret] = row.map_or([&unknown; 2], |row| [&row.token, &row.secret]);
        let mut now = NOW;
        let mut own: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: &str| own.push((name.to_owned(), value.to_owned()));
        put("oauth_consumer_key", self.option("key").unwrap_or(key));
        put("oauth_nonce", &self.nonce);
        put("oauth_signature_method", &self.method);
        put("oauth_timestamp", &NOW.to_string());
        put("oauth_token", self.option("token").unwrap_or(token));
        put("oauth_version", "1.0");
        if let Some(verifier) = self.option("verifier") {
            put("oauth_verifier", verifier);
        }
        for (name, value) in self.options["params"].as_object().into_iter().flatten() {
            let value = value.as_str().unwrap();
            if name == "oauth_timestamp"
                && let Ok(time) = value.parse::<u64>()
            {
                now = now.max(time);
            }
            own.retain(|(known, _)| known != name);
            own.push((name.clone(), value.to_owned()));
        }
        let dropped: Vec<&str> =
            self.options["drop"].as_array().into_iter().flatten().map(|it| it.as_str().unwrap()).collect();
        own.retain(|(name, _)| !dropped.contains(&name.as_str()));
        let base = self.base(request, sent, &own);
        let method =
            if self.method == "HMAC-SHA1" { SignatureMethod::HmacSha1 } else { SignatureMethod::HmacSha256 };
        let secret = self.option("secret").unwrap_or(secret);
        let signature = method.sign(&base, secret, self.option("tsecret").unwrap_or(token_secret));
        if !dropped.contains(&"oauth_signature") {
            own.push(("oauth_signature".to_owned(), signature));
        }
        let quote = self.option("quote").unwrap_or("\"");
        let parts: Vec<String> = own
            .iter()
            .map(|(name, value)| format!("{}={quote}{}{quote}", encode(name), encode(value)))
            .collect();
        let realm = self.option("realm").map(|realm| format!("realm=\"{realm}\", ")).unwrap_or_default();
        // What stands before the parameters is as recorded.
        let scheme = recorded.split("oauth_").next().unwrap().split("realm").next().unwrap();
        (format!("{scheme}{realm}{}", parts.join(self.option("sep").unwrap_or(", "))), now)
    }

    fn base(&self, request: &HttpRequest, sent: &Value, own: &[(String, String)]) -> String {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let url = match self.option("base_url") {
            Some(url) => url.to_owned(),
            None => format!("{}://{}{path}", sent["scheme"].as_str().unwrap(), request.host),
        };
        let mut pairs: Vec<(String, String)> =
            own.iter().map(|(name, value)| (encode(name), encode(value))).collect();
        if let Some(signed) = self.options["signed_query"].as_array() {
            let side = |pair: &Value, place: usize| encode(pair[place].as_str().unwrap());
            pairs.extend(signed.iter().map(|pair| (side(pair, 0), side(pair, 1))));
        } else {
            let is_form = sent["headers"]["Content-Type"] == "application/x-www-form-urlencoded";
            let form = String::from_utf8_lossy(&request.body).into_owned();
            let plus = if self.option("plus") == Some("form") { "%20" } else { "+" };
            for part in query.split('&').chain(if is_form { form.split('&') } else { "".split('&') }) {
                if part.is_empty() {
                    continue;
                }
                let (name, value) = part.split_once('=').unwrap_or((part, ""));
                let side = |text: &str| encode(magespec::oauth::percent::decode(&text.replace('+', plus)));
                pairs.push((side(name), side(value)));
            }
        }
        if self.option("sort") == Some("byte") {
            pairs.sort();
        } else {
            pairs.sort_by(|one, other| natural(&one.0, &other.0).then_with(|| one.1.cmp(&other.1)));
        }
        let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let method = self.option("base_method").map_or_else(|| request.method.to_uppercase(), str::to_owned);
        format!("{method}&{}&{}", encode(url), encode(pairs.join("&")))
    }
}

/// Compares texts, and numbers in them as numbers.
fn natural(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    loop {
        let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (left, right) = (digits(one), digits(other));
        let order = if left > 0 && right > 0 {
            let order = left.cmp(&right).then_with(|| one[..left].cmp(&other[..right]));
            (one, other) = (&one[left..], &other[right..]);
            order
        } else {
            match (one.split_first(), other.split_first()) {
                (Some((a, rest)), Some((b, others))) => {
                    (one, other) = (rest, others);
                    a.cmp(b)
                }
                (left, right) => return left.is_some().cmp(&right.is_some()),
            }
        };
        if order.is_ne() {
            return order;
        }
    }
}
