//! Answers of the OAuth handshake: pages of the storefront, not of the web API (docs/magento/web-api.md#token-answers).

use jiff::{Timestamp, ToSpan as _, tz::Offset};

use super::{LONG_AGO, Rendering, protected};
use crate::{
    mock::{ExchangedToken, HttpAnswer, MockMode, RefusalBody, ShopRefusal, texts::has_old_texts},
    names::MagentoVersion,
};

/// `Cache-Control` of pages that are not kept.
const NO_CACHE: &str = "max-age=0, must-revalidate, no-cache, no-store";

/// Content security policy of Magento itself, without the hosts that modules and specs add.
const POLICY: &str = "font-src data: 'self' 'unsafe-inline'; form-action 'self' 'unsafe-inline'; frame-ancestors 'self'; \
    frame-src 'self' 'unsafe-inline'; img-src data: 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; object-src 'self' 'unsafe-inline'; media-src 'self' 'unsafe-inline'; \
    manifest-src 'self' 'unsafe-inline'; connect-src 'self' 'unsafe-inline'; child-src http: https: blob: 'self' 'unsafe-inline'; \
    default-src 'self' 'unsafe-inline' 'unsafe-eval'; base-uri 'self' 'unsafe-inline';";

impl Rendering<'_> {
    /// Answer to a request for a token.
    pub(in crate::mock) fn exchanged(self, exchanged: &Result<ExchangedToken, ShopRefusal>) -> HttpAnswer {
        let (status, text) = match exchanged {
            Ok(token) => (200, token.to_string()),
            Err(refusal) => match &*refusal.body {
                RefusalBody::Plain(text) => (refusal.status, text.clone()),
                _ => (refusal.status, refusal.text()),
            },
        };
        let text = if self.request.method == "HEAD" { String::new() } else { text };
        let mut answer = self.with_cookies(HttpAnswer::new(status, "text/html; charset=UTF-8", text));
        answer = answer
            .with("Pragma", "no-cache")
            .with("Cache-Control", NO_CACHE)
            .with("Expires", self.a_year_ago());
        if self.settings.mode == MockMode::Developer {
            answer = answer.with("X-Magento-Cache-Control", NO_CACHE).with("X-Magento-Cache-Debug", "MISS");
        }
        if self.settings.version >= MagentoVersion::new(2, 3, 5) {
            answer = answer.with("Content-Security-Policy-Report-Only", POLICY);
        }
        protected(answer)
    }

    /// Page of Admin that closes the popup of the connector's login.
    pub(in crate::mock) fn login_callback(self) -> HttpAnswer {
        let script = "<script>setTimeout(self.close.bind(this), 1000);</script>";
        let answer = HttpAnswer::new(200, "text/html; charset=UTF-8", script);
        let answer = answer.with("Cache-Control", NO_CACHE).with("Expires", LONG_AGO);
        protected(answer)
    }

    /// Cookies of a visitor of the storefront, in the order of the release.
    fn with_cookies(self, answer: HttpAnswer) -> HttpAnswer {
        const NAME: &str = "Set-Cookie";
        let version = self.settings.version;
        let private = (self.request.method == "POST").then(|| {
            let id: String = self.made("private content").chars().take(32).collect();
            let expires = self.date(315_360_000);
            let same_site = self.same_site();
            format!("private_content_version={id}; expires={expires}; Max-Age=315360000; path=/{same_site}")
        });
        let private = |answer: HttpAnswer| match &private {
            Some(cookie) => answer.with(NAME, cookie),
            None => answer,
        };
        if !has_old_texts(version) {
            return private(answer.with(NAME, self.cookie()));
        }
        let mut answer = private(answer);
        if version < MagentoVersion::new(2, 2, 7) {
            let code = self.settings.stores.first().map_or("default", |store| store.code.as_str());
            let expires = self.date(31_536_000);
            answer = answer
                .with(NAME, format!("store={code}; expires={expires}; Max-Age=31536000; path=/; HttpOnly"));
        }
        answer.with(NAME, self.cookie())
    }

    fn a_year_ago(self) -> String {
        let now = Timestamp::from_second(i64::try_from(self.now).unwrap_or(0)).unwrap_or_default();
        let then = Offset::UTC.to_datetime(now).saturating_sub(1.year());
        then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }
}
