//! The handshake of an integration with a mock shop: what the recorded cases do not show.

use magespec::{
    mock::{ConsumerStatus, ExchangeStep, HttpAnswer, HttpRequest, MockMode, MockShop},
    oauth::{CallUrl, Dialect, SignatureMethod, base_string, header},
};

use crate::support::mock_shop::shop_of;

const NOW: u64 = 1_800_000_000;

/// A shop with an integration that waits for its handshake, and its connector.
struct Connector {
    shop: MockShop,
    nonces: u64,
    verifier: String,
    token: [String; 2],
}

impl Connector {
    fn new(version: &str) -> Self {
        let shop = shop_of(version, |_| {});
        shop.deactivate(0);
        Self { shop, nonces: 0, verifier: String::new(), token: Default::default() }
    }

    fn post(&mut self, is_again: bool, now: u64) {
        let posted = self.shop.begin_handshake(0, is_again, "http://127.0.0.1:8080", now).unwrap();
        self.verifier = posted.verifier;
    }

    fn send(&mut self, method: &str, path: &str, parameters: &[(&str, &str)], now: u64) -> HttpAnswer {
        let request = self.request(method, path, parameters, now);
        self.shop.answer(&request, now)
    }

    fn request(&mut self, method: &str, path: &str, parameters: &[(&str, &str)], now: u64) -> HttpRequest {
        self.nonces += 1;
        let url = CallUrl::parse(&format!("http://127.0.0.1:8080{path}")).unwrap();
        let (nonce, time) = (format!("nonce{}", self.nonces), now.to_string());
        let key = "k".repeat(32);
        let mut all = vec![
            ("oauth_consumer_key", key.as_str()),
            ("oauth_nonce", &nonce),
            ("oauth_signature_method", "HMAC-SHA256"),
            ("oauth_timestamp", &time),
        ];
        all.retain(|(name, _)| parameters.iter().all(|(other, _)| other != name));
        all.extend(parameters);
        let mut all: Vec<(String, String)> =
            all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let base = base_string(&url.request(method, None), &all, Dialect::of(self.shop.settings.version));
        let secret = &self.token[1];
        let signature = SignatureMethod::HmacSha256.sign(&base, &"s".repeat(32), secret);
        all.push(("oauth_signature".to_owned(), signature));
        HttpRequest {
            method: method.to_owned(),
            scheme: "http".to_owned(),
            host: "127.0.0.1:8080".to_owned(),
            target: path.to_owned(),
            headers: vec![("Authorization".to_owned(), header::write(&all))],
            body: Vec::new(),
        }
    }

    fn ask(&mut self, step: ExchangeStep, now: u64) -> (u16, String) {
        let (token, verifier) = (self.token[0].clone(), self.verifier.clone());
        let parameters = match step {
            ExchangeStep::Request => {
                self.token = Default::default();
                vec![]
            }
            ExchangeStep::Access => vec![("oauth_token", token.as_str()), ("oauth_verifier", &verifier)],
        };
        let answer = self.send("POST", step.path(), &parameters, now);
        let body = String::from_utf8(answer.body).unwrap();
        if answer.status == 200 {
            let values: Vec<_> = body.split('&').map(|it| it.split_once('=').unwrap().1.to_owned()).collect();
            self.token = values.try_into().unwrap();
        }
        (answer.status, body)
    }

    fn rest(&mut self, now: u64) -> u16 {
        let token = self.token[0].clone();
        self.send("GET", "/rest/V1/store/storeViews", &[("oauth_token", &token)], now).status
    }
}

fn problem(status: u16, text: &str) -> (u16, String) {
    (status, format!("oauth_problem={text}"))
}

const REQUEST: ExchangeStep = ExchangeStep::Request;
const ACCESS: ExchangeStep = ExchangeStep::Access;

#[test]
fn a_handshake_activates_and_its_tokens_count_once() {
    for version in ["2.2.5", "2.3.7", "2.4.4", "2.4.7", "2.4.8"] {
        let mut connector = Connector::new(version);
        let none = "A+token+with+consumer+ID+1+does+not+exist";
        assert_eq!(connector.ask(REQUEST, NOW), problem(401, none), "{version}");
        connector.post(false, NOW);
        assert_eq!(connector.ask(REQUEST, NOW).0, 200, "{version}");
        assert_eq!(connector.rest(NOW), 401);
        let request = connector.token.clone();
        assert_eq!(connector.shop.rows().0[0].status, ConsumerStatus::Inactive);
        assert_eq!(connector.ask(ACCESS, NOW + 100_000).0, 200);
        assert_eq!(connector.shop.rows().0[0].status, ConsumerStatus::Active);
        assert_ne!(connector.token, request);
        assert_eq!(connector.rest(NOW), 200);
        let access = std::mem::replace(&mut connector.token, request);
        assert_eq!(connector.ask(ACCESS, NOW), problem(401, "Specified+token+does+not+exist"));
        connector.token = access;
        assert_eq!(connector.ask(ACCESS, NOW), problem(401, "Token+is+already+being+used"));
        let attempts = connector.shop.attempts(0);
        assert_eq!(attempts.len(), 4);
        assert_eq!(attempts.iter().filter(|it| it.refusal.is_none()).count(), 2);
        assert_eq!(connector.shop.attempts(4), []);
    }
}

#[test]
fn a_consumer_expires_with_its_period_and_each_post_begins_it_anew() {
    let expired = problem(401, "Consumer+key+has+expired");
    let mut connector = Connector::new("2.4.7");
    connector.post(false, NOW);
    let verifier = connector.verifier.clone();
    assert_eq!(connector.ask(REQUEST, NOW + 300), expired);
    connector.post(false, NOW + 300);
    assert_eq!(connector.verifier, verifier, "a verifier that nobody used is posted again");
    assert_eq!(connector.ask(REQUEST, NOW + 599).0, 200);
    let mut connector = Connector::new("2.4.7");
    connector.shop.settings.expiration_period = 2;
    connector.post(false, NOW);
    assert_eq!(connector.ask(REQUEST, NOW + 2), expired);
    let why = connector.shop.attempts(0).remove(0).refusal.unwrap().why.unwrap();
    assert!(why.contains("posted 2 seconds ago"), "{why}");
}

#[test]
fn a_broken_handshake_is_stuck_until_it_is_reauthorized() {
    let stuck = "Cannot+create+request+token+because+consumer+token+is+not+a+verifier+token";
    let mut connector = Connector::new("2.4.7");
    connector.post(false, NOW);
    let first = connector.verifier.clone();
    assert_eq!(connector.ask(REQUEST, NOW).0, 200);
    connector.post(false, NOW);
    assert_ne!(connector.verifier, first);
    assert_eq!(connector.ask(REQUEST, NOW), problem(401, stuck));
    connector.post(true, NOW);
    assert_eq!(connector.ask(REQUEST, NOW).0, 200);
    assert_eq!(connector.ask(ACCESS, NOW).0, 200);
    connector.post(true, NOW);
    assert_eq!(connector.rest(NOW), 401);
}

#[test]
fn parameters_are_checked_as_for_calls() {
    for (version, parameters, status, text) in [
        ("2.4.7", ("oauth_version", "2.0"), 400, "The+%222.0%22+Oauth+version+isn%27t+supported."),
        ("2.2.5", ("oauth_version", "2.0"), 400, "OAuth+version+2.0+is+not+supported"),
        ("2.4.7", ("oauth_nonce", "used"), 401, "The+nonce+is+already+being+used+by+the+consumer+with+ID+1"),
        ("2.4.7", ("oauth_timestamp", "9999999999"), 401, "An+error+occurred+validating+the+nonce"),
        ("2.4.7", ("oauth_consumer_key", "short"), 401, "Consumer+key+is+not+the+correct+length"),
        (
            "2.4.7",
            ("oauth_token", "short"),
            400,
            "The+token+length+is+invalid.+Check+the+length+and+try+again.",
        ),
    ] {
        let mut connector = Connector::new(version);
        connector.send(
            "GET",
            "/rest/V1/orders",
            &[("oauth_nonce", "used"), ("oauth_token", &"x".repeat(32))],
            NOW,
        );
        connector.post(false, NOW);
        let answer = connector.send("POST", REQUEST.path(), &[parameters], NOW);
        let body = String::from_utf8(answer.body).unwrap();
        assert_eq!((answer.status, body), problem(status, text), "{version} {parameters:?}");
        let refused = connector.shop.contract().refused;
        assert!(refused.iter().any(|it| it.call == "POST /oauth/token/request"), "{refused:?}");
    }
}

#[test]
fn any_method_and_spelling_of_the_path_reaches_the_exchange() {
    for (method, path) in [
        ("GET", "/oauth/token/request"),
        ("PUT", "/oauth/token/request"),
        ("POST", "/index.php/oauth/Token/Request/a/b"),
        ("POST", "/oauth/token/request/?x=1"),
    ] {
        let mut connector = Connector::new("2.4.7");
        connector.post(false, NOW);
        let answer = connector.send(method, path, &[], NOW);
        assert_eq!(answer.status, 200, "{method} {path}: {}", String::from_utf8_lossy(&answer.body));
        let has_private = answer.headers.iter().any(|(_, it)| it.starts_with("private_content_version="));
        assert_eq!(has_private, method == "POST", "{method}");
    }
}

#[test]
fn the_fields_of_a_form_count_behind_an_empty_header_only() {
    for (authorization, status) in [(Some("OAuth "), 200), (None, 400), (Some("Basic x"), 400)] {
        let mut connector = Connector::new("2.4.7");
        connector.post(false, NOW);
        let mut request = connector.request("POST", REQUEST.path(), &[], NOW);
        let (_, header) = request.headers.remove(0);
        let form = header.trim_start_matches("OAuth ").replace(", ", "&").replace('"', "");
        request.body = form.into_bytes();
        request.headers = vec![("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned())];
        request.headers.extend(authorization.map(|it| ("Authorization".to_owned(), it.to_owned())));
        let answer = connector.shop.answer(&request, NOW);
        assert_eq!(answer.status, status, "{authorization:?}: {}", String::from_utf8_lossy(&answer.body));
    }
}

#[test]
fn developer_mode_adds_the_headers_of_the_page_cache() {
    let mut connector = Connector::new("2.4.7");
    connector.shop.settings.mode = MockMode::Developer;
    let answer = connector.send("POST", ACCESS.path(), &[], NOW);
    let names: Vec<&str> = answer.headers.iter().map(|(name, _)| name.as_ref()).collect();
    let place = names.iter().position(|name| *name == "Expires").unwrap();
    assert_eq!(answer.headers[place].1, "Thu, 15 Jan 2026 08:00:00 GMT");
    assert_eq!(
        names[place + 1..place + 4],
        ["X-Magento-Cache-Control", "X-Magento-Cache-Debug", "Content-Security-Policy-Report-Only"]
    );
}

#[test]
fn the_login_of_the_connector_ends_on_a_page_that_closes_itself() {
    let mut connector = Connector::new("2.4.7");
    let answer = connector.send("GET", "/admin/admin/integration/loginSuccessCallback/key/0/", &[], NOW);
    assert_eq!(answer.status, 200);
    assert!(String::from_utf8(answer.body).unwrap().contains("self.close"));
}
