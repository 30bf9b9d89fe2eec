//! OAuth 1.0a, check by check in the order of Magento (docs/magento/web-api.md#oauth-header).

use serde_json::Value;

use crate::{
    diag::plural,
    mock::{
        Caller, ConsumerStatus, HttpRequest, MockConsumer, MockSettings, MockShop, RefusalDetail,
        ShopRefusal, SignedTexts, TokenKind, TokenRow,
        texts::{self, required, runs_on_php8},
    },
    names::MagentoVersion,
    oauth::{
        Dialect, Secrets, SignatureMethod, SignedRequest, UnsignedParts, base_string, explain, header,
        is_form, is_refused_by_zend, parameters, protocol_fields, without_secrets,
    },
};

/// Number of characters of keys, tokens and verifiers.
pub const LENGTH: usize = 32;

/// Longest text to be signed in which usual mistakes are looked for.
const LONGEST_EXPLAINED: usize = 8 << 10;

/// OAuth parameters of a request.
#[derive(Debug)]
pub(in crate::mock) struct Protocol<'a> {
    signed: SignedRequest<'a>,
    request: &'a HttpRequest,
    /// Parameters of the header.
    pub(in crate::mock) header: Vec<(String, String)>,
    version: MagentoVersion,
}

impl<'a> Protocol<'a> {
    /// Reads the parameters of a request; none if Magento treats it as unsigned.
    pub(in crate::mock) fn of(
        request: &'a HttpRequest,
        authorization: &str,
        settings: &'a MockSettings,
    ) -> Option<Self> {
        let mut header = header::parse(authorization)?;
        let (scheme, host) = settings.base(request);
        let is_form = request.header("Content-Type").is_some_and(is_form);
        let form = is_form.then_some(&request.body).and_then(|body| std::str::from_utf8(body).ok());
        if header.is_empty() {
            // Behind an empty header the fields of a form count.
            header = form.map(protocol_fields).unwrap_or_default();
        }
        let signed = SignedRequest {
            method: &request.method,
            scheme,
            host,
            path: request.path(),
            query: request.query(),
            form,
        };
        let is_signed = !parameters(&signed, &header).is_empty();
        is_signed.then_some(Self { signed, request, header, version: settings.version })
    }

    /// Value of a parameter; an empty one is not missing.
    pub(in crate::mock) fn get(&self, name: &str) -> Option<&str> {
        self.header.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Checks the version, the presence of parameters, the length of the token and the signature method.
    pub(in crate::mock) fn check(&self, needed: &[&str]) -> Result<SignatureMethod, ShopRefusal> {
        if let Some(version) =
            self.get("oauth_version").filter(|version| !is_one(version, runs_on_php8(self.version)))
        {
            return Err(ShopRefusal::localized(
                400,
                texts::oauth_version(self.version),
                Value::from(vec![version]),
            )
            .because(format!("oauth_version is `{version}`: send 1.0, or leave it out")));
        }
        let missing: Vec<&str> = needed.iter().copied().filter(|name| self.get(name).is_none()).collect();
        if !missing.is_empty() {
            return Err(refuse_missing(&missing, self.version));
        }
        if self.get("oauth_token").is_some_and(|token| token.len() != LENGTH) {
            return Err(ShopRefusal::exception(400, texts::token_length(self.version)).because(format!(
                "oauth_token has {}; a token has {LENGTH}: send the token, not its secret",
                plural(self.text("oauth_token").len(), "character")
            )));
        }
        let name = self.text("oauth_signature_method");
        let method = SignatureMethod::named(name).filter(|method| method.is_accepted(self.version));
        method.ok_or_else(|| {
            let refusal =
                ShopRefusal::localized(400, "Signature method %1 is not supported", Value::from(vec![name]));
            let accepted = if SignatureMethod::HmacSha1.is_accepted(self.version) {
                "HMAC-SHA1 and HMAC-SHA256"
            } else {
                "only HMAC-SHA256"
            };
            refusal.because(format!("Magento {} accepts {accepted} (case-sensitive)", self.version))
        })
    }

    /// Finds the consumer and uses its nonce up. Returns its index.
    pub(in crate::mock) fn consumer(&self, shop: &MockShop, now: u64) -> Result<usize, ShopRefusal> {
        let key = self.text("oauth_consumer_key");
        let is_checked = !key.is_empty() || !runs_on_php8(self.version);
        if is_checked && key.len() != LENGTH {
            return Err(ShopRefusal::exception(401, "Consumer key is not the correct length").because(
                format!(
                    "oauth_consumer_key has {}; a consumer key has {LENGTH}",
                    plural(key.len(), "character")
                ),
            ));
        }
        let mut state = shop.state();
        let Some(place) = state.consumer(key) else {
            let why = state.credential(key).map_or_else(
                || {
                    "oauth_consumer_key is not the key of an integration of this shop: it belongs to another shop, \
                     or the integration was deleted or reset"
                        .to_owned()
                },
                |other| format!("oauth_consumer_key is the {other}: send the consumer key"),
            );
            return Err(ShopRefusal::exception(401, "A consumer having the specified key does not exist")
                .because(why));
        };
        let timestamp = integer(self.text("oauth_timestamp"));
        let latest = i64::try_from(now.saturating_add(header::MOST_AHEAD)).unwrap_or(i64::MAX);
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        if timestamp <= 0 || timestamp > latest {
            let ahead = timestamp.saturating_sub(now);
            return Err(ShopRefusal::exception(401, "An error occurred validating the nonce").because(
                match timestamp {
                    ..=0 => "oauth_timestamp is not a positive number".to_owned(),
                    _ if timestamp / 500 > now => {
                        "oauth_timestamp is in milliseconds or smaller: send seconds".to_owned()
                    }
                    _ => format!(
                        "oauth_timestamp is {ahead} seconds ahead of the shop's clock; Magento allows {}",
                        header::MOST_AHEAD
                    ),
                },
            ));
        }
        let nonce = self.text("oauth_nonce");
        if state.nonces.note(place, nonce) {
            return Ok(place);
        }
        if nonce.is_empty() {
            return Err(ShopRefusal::exception(401, "An error occurred validating the nonce")
                .because("oauth_nonce is empty: send a new one with each request"));
        }
        let id = state.consumers.get(place).map_or(0, |consumer| consumer.id);
        let message = "The nonce is already being used by the consumer with ID %1";
        Err(ShopRefusal::localized(401, message, Value::from(vec![id.to_string()])).because(format!(
            "oauth_nonce `{nonce}` was used before: each request needs a new one, even after a failure"
        )))
    }

    /// Rows of a consumer and of the token of the request.
    fn rows(&self, shop: &MockShop, place: usize) -> (Option<MockConsumer>, Option<TokenRow>) {
        let state = shop.state();
        (state.consumers.get(place).cloned(), state.token(self.text("oauth_token")).cloned())
    }

    /// Checks the signature with the secrets of the consumer and of the token.
    pub(in crate::mock) fn check_signature(
        &self,
        method: SignatureMethod,
        consumer: &MockConsumer,
        token_secret: &str,
    ) -> Result<(), ShopRefusal> {
        let dialect = Dialect::of(self.version);
        if is_refused_by_zend(&self.request.target, dialect) {
            let why = "Zend_Uri forbids a character of the URL unless it is encoded";
            return Err(ShopRefusal::internal("Invalid URI supplied").because(why));
        }
        let base_string = base_string(&self.signed, &self.header, dialect);
        if method.fits(self.text("oauth_signature"), &base_string, &consumer.secret, token_secret) {
            return Ok(());
        }
        let (why, client_signs) = if base_string.len() <= LONGEST_EXPLAINED {
            self.why_invalid(consumer, token_secret, dialect)
        } else {
            let why = format!(
                "the signature does not fit; usual mistakes are only looked for in up to {LONGEST_EXPLAINED} characters \
                 to be signed, and this request has {}: try a shorter one",
                base_string.len()
            );
            (why, None)
        };
        let refusal = ShopRefusal::exception(401, texts::invalid_signature(self.version));
        let signed = Some(Box::new(SignedTexts {
            shop_signs: Some(without_secrets(&base_string)),
            client_signs: client_signs.as_deref().map(without_secrets),
        }));
        Err(ShopRefusal { signed, ..refusal.because(why) })
    }

    /// Reason why a signature does not fit: a usual mistake, with the base string that it leads to.
    fn why_invalid(
        &self,
        consumer: &MockConsumer,
        token_secret: &str,
        dialect: Dialect,
    ) -> (String, Option<String>) {
        let secrets = Secrets {
            consumer_key: consumer.key.clone(),
            consumer_secret: consumer.secret.clone(),
            access_token: self.get("oauth_token").map(str::to_owned),
            access_token_secret: Some(token_secret.to_owned()),
        };
        let realm = self.request.header("Authorization").and_then(header::realm);
        let body = std::str::from_utf8(&self.request.body).ok().filter(|_| self.signed.form.is_none());
        let unsigned = UnsignedParts {
            called: Some((&*self.request.scheme, &*self.request.host)),
            realm: realm.as_deref(),
            body,
        };
        match explain(&self.signed, &self.header, &secrets, dialect, unsigned) {
            Some(explanation) => (explanation.to_string(), Some(explanation.base_string)),
            None => (
                "no usual mistake explains the signature: the client has other secrets, or signs something else"
                    .to_owned(),
                None,
            ),
        }
    }
}

/// Integration with the consumer key of a request; if it has to be proven, only with a signature that fits.
pub(super) fn claimed(
    shop: &MockShop,
    request: &HttpRequest,
    authorization: &str,
    proven: bool,
) -> Option<usize> {
    let protocol = Protocol::of(request, authorization, &shop.settings)?;
    let place = shop.state().consumer(protocol.text("oauth_consumer_key"))?;
    if !proven {
        return Some(place);
    }
    let method = protocol.check(&header::PROTOCOL_PARAMETERS[..6]).ok()?;
    let (consumer, token) = protocol.rows(shop, place);
    let (consumer, token) = (consumer?, token?);
    let is_valid = token.consumer == place && token.kind == TokenKind::Access && !token.is_revoked;
    let text = base_string(&protocol.signed, &protocol.header, Dialect::of(protocol.version));
    let fits = method.fits(protocol.text("oauth_signature"), &text, &consumer.secret, &token.secret);
    (is_valid && fits).then_some(place)
}

/// Integration that signed the request, or nobody if it is not active.
pub(super) fn caller(
    shop: &MockShop,
    request: &HttpRequest,
    authorization: &str,
    now: u64,
) -> Result<Caller, ShopRefusal> {
    let Some(protocol) = Protocol::of(request, authorization, &shop.settings) else {
        return Ok(Caller::Guest);
    };
    let method = protocol.check(&header::PROTOCOL_PARAMETERS[..6])?;
    let place = protocol.consumer(shop, now)?;
    let (consumer, token) = protocol.rows(shop, place);
    let Some(consumer) = consumer else { return Ok(Caller::Guest) };
    let Some(token) = token else {
        let why = shop.state().credential(protocol.text("oauth_token")).map_or_else(
            || {
                "oauth_token is not a token of this shop: it belongs to another shop, or was replaced (Reauthorize)"
                    .to_owned()
            },
            |other| format!("oauth_token is the {other}: send the access token"),
        );
        return Err(ShopRefusal::exception(401, "Specified token does not exist").because(why));
    };
    if token.consumer != place {
        return Err(ShopRefusal::exception(401, "Token is not associated with the specified consumer")
            .because("consumer key and access token belong to different integrations: use both from one"));
    }
    if token.kind != TokenKind::Access {
        return Err(ShopRefusal::exception(401, "Token is not an access token")
            .because("oauth_token belongs to the handshake: exchange it at /oauth/token/access"));
    }
    if token.is_revoked {
        return Err(ShopRefusal::exception(401, "Access token has been revoked")
            .because("activate the integration again"));
    }
    protocol.check_signature(method, &consumer, &token.secret).map_err(|refusal| {
        let text = base_string(&protocol.signed, &protocol.header, Dialect::of(protocol.version));
        let (consumers, tokens) = shop.rows();
        let other = tokens.iter().find_map(|row| {
            let other = consumers.get(row.consumer)?;
            let fits = method.fits(protocol.text("oauth_signature"), &text, &other.secret, &row.secret);
            fits.then_some(&other.name)
        });
        match other {
            Some(name) => refusal.because(format!(
                "the client signs with the secrets of \"{name}\": use all four credentials of one integration"
            )),
            None => refusal,
        }
    })?;
    Ok(if consumer.status == ConsumerStatus::Active { Caller::Integration(place) } else { Caller::Guest })
}

/// Refuses a request without these parameters.
pub(in crate::mock) fn refuse_missing(missing: &[&str], version: MagentoVersion) -> ShopRefusal {
    let refusal = match missing {
        [missing] => ShopRefusal::named(400, required(version), "fieldName", *missing),
        _ => ShopRefusal::several(missing.iter().map(|name| RefusalDetail::missing(name, version))),
    };
    refusal.because(format!("the Authorization header lacks {}", missing.join(", ")))
}

/// Compares with `1.0` as PHP does: as numbers, which spaces may follow from PHP 8 on.
fn is_one(version: &str, is_php8: bool) -> bool {
    let version = if is_php8 { version.trim_end() } else { version };
    version.trim_start().parse::<f64>().is_ok_and(|number| (number - 1.0).abs() < f64::EPSILON)
}

/// PHP's `(int)` of a text: the number that it starts with, or 0.
fn integer(text: &str) -> i64 {
    let text = text.trim_start();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(text.starts_with(['-', '+']));
    let end = sign + digits(&text[sign..]);
    text[..end].parse().unwrap_or_else(|_| if end > sign + 18 { i64::MAX } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_php_reads_them() {
        let of = ["17", "17abc", "abc", "", " 5", "-5", "99999999999999999999", "+3"].map(integer);
        assert_eq!(of, [17, 17, 0, 0, 5, -5, i64::MAX, 3]);
        for (version, expected) in
            [("1.0", true), ("1", true), (" 1.00", true), ("", false), ("2.0", false), ("x", false)]
        {
            assert_eq!(is_one(version, true), expected, "{version}");
        }
        assert_eq!([is_one("1.0 ", true), is_one("1.0 ", false)], [true, false]);
    }
}
