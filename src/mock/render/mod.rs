//! Answers with the status, headers and body of the release (docs/magento/web-api.md#headers).

mod exchange;
mod fields;
mod json;
mod pages;
mod xml;

use serde_json::{Map, Value};

pub(super) use self::json::with_slashes;

use super::{
    HttpAnswer, HttpRequest, MockMode, MockSettings, RefusalBody, RoutedCall, ShopRefusal,
    data::ServedValue,
    gate::{AnswerFormat, Passage},
    refusal::TRACE,
    shop::Made,
    texts::has_old_texts,
};
use crate::names::MagentoVersion;

/// Date that PHP sends with a session, so that nothing is cached.
const LONG_AGO: &str = "Thu, 19 Nov 1981 08:52:00 GMT";

/// Request and shop of an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rendering<'a> {
    pub(super) settings: &'a MockSettings,
    pub(super) request: &'a HttpRequest,
    /// Time in seconds.
    pub(super) now: u64,
    /// Number of the request.
    pub(super) number: u64,
}

impl Rendering<'_> {
    /// Answer of the REST API.
    pub(super) fn answer(
        self,
        outcome: Result<(&ServedValue, &RoutedCall<'_>), &ShopRefusal>,
        passage: &Passage<'_>,
    ) -> HttpAnswer {
        let refused;
        let refusal = match outcome {
            Ok((served, call)) => match self.result(served, call, passage) {
                Ok(answer) => {
                    let answer = served
                        .headers
                        .iter()
                        .fold(answer, |answer, (name, value)| answer.replacing(name, value));
                    return match &served.note {
                        Some(note) => answer.noting(note),
                        None => answer,
                    };
                }
                Err(refusal) => {
                    refused = refusal;
                    &refused
                }
            },
            Err(refusal) => refusal,
        };
        let answer = match &*refusal.body {
            RefusalBody::Error { .. } | RefusalBody::Internal(_) => {
                let body = self.error(&refusal.body);
                self.rendered(refusal.status, &body, passage, false)
            }
            RefusalBody::Page(exception) => self.page(exception, passage),
            RefusalBody::Fatal(error) => self.fatal(error, passage),
            RefusalBody::Plain(text) => {
                HttpAnswer::new(refusal.status, "text/html; charset=UTF-8", text.as_bytes())
            }
        };
        match refusal.why_in_short() {
            Some(why) => answer.noting(&why),
            None => answer,
        }
    }

    fn result(
        self,
        served: &ServedValue,
        call: &RoutedCall<'_>,
        passage: &Passage<'_>,
    ) -> Result<HttpAnswer, ShopRefusal> {
        let ServedValue { status, value, .. } = served;
        if *status != 200 {
            return Ok(self.rendered(*status, value, passage, false));
        }
        let Some(parameter) = call.query.get("fields") else {
            return Ok(self.rendered(200, value, passage, true));
        };
        let value = fields::filtered(value.clone(), Some(parameter));
        let value = value.map_err(|_| {
            ShopRefusal::fatal(
                "TypeError: FieldsFilter::recursiveArrayIntersectKey(): Argument #1 must be of type array",
            )
        })?;
        let answer = self.rendered(200, &value, passage, true);
        // What the filter leaves is no longer a result without a value.
        let is_null = value.is_null() && !matches!(parameter.as_str(), Some("" | "0"));
        Ok(match passage.format {
            Some(AnswerFormat::Json) if is_null && self.request.method != "HEAD" => {
                HttpAnswer { body: b"null".to_vec(), ..answer }
            }
            _ => answer,
        })
    }

    /// Body of an error.
    fn error(self, body: &RefusalBody) -> Value {
        let is_developer = self.settings.mode == MockMode::Developer;
        let mut fields = Map::new();
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        match body {
            RefusalBody::Error { message, parameters, errors, code, trace } => {
                put("message", Value::from(message.as_str()));
                let detail = |detail: &super::RefusalDetail| serde_json::json!({ "message": detail.message, "parameters": detail.parameters });
                if !errors.is_empty() {
                    put("errors", errors.iter().map(detail).collect());
                }
                if *code != 0 {
                    put("code", Value::from(*code));
                }
                if !parameters.is_null() {
                    put("parameters", parameters.clone());
                }
                if is_developer {
                    put("trace", if *trace == super::Trace::Null { Value::Null } else { Value::from(TRACE) });
                }
            }
            RefusalBody::Internal(message)
            | RefusalBody::Page(message)
            | RefusalBody::Fatal(message)
            | RefusalBody::Plain(message) => {
                if is_developer {
                    put("message", Value::from(message.as_str()));
                    put("trace", Value::from(TRACE));
                } else {
                    let report: String = self.made("report").chars().take(13).collect();
                    let message =
                        "Internal Error. Details are available in Magento log file. Report ID: webapi-";
                    put("message", Value::from(format!("{message}{report}")));
                }
            }
        }
        Value::Object(fields)
    }

    fn rendered(self, status: u16, value: &Value, passage: &Passage<'_>, is_framed: bool) -> HttpAnswer {
        let is_xml = passage.format == Some(AnswerFormat::Xml);
        let (kind, body) = if is_xml {
            let value = if value.is_null() { &Value::Array(Vec::new()) } else { value };
            ("application/xml; charset=utf-8", xml::document(value, has_old_texts(self.settings.version)))
        } else {
            ("application/json; charset=utf-8", json::document(value))
        };
        let body = if self.request.method == "HEAD" { String::new() } else { body };
        let mut answer = HttpAnswer::new(status, kind, body);
        if passage.has_session {
            answer = self.with_session(answer);
        }
        if is_framed {
            answer = answer.with("X-Frame-Options", "SAMEORIGIN");
        }
        // `AppendNoStoreCacheHeader` of module-page-cache, not in 2.3.7.
        if self.is_new() { answer.with("Cache-Control", "no-store") } else { answer }
    }

    fn with_session(self, answer: HttpAnswer) -> HttpAnswer {
        let answer = answer.with("Set-Cookie", self.cookie()).with("Expires", LONG_AGO);
        if self.is_new() {
            // The later `no-store` replaces PHP's own.
            return answer.with("Pragma", "no-cache");
        }
        answer.with("Cache-Control", "no-store, no-cache, must-revalidate").with("Pragma", "no-cache")
    }

    fn cookie(self) -> String {
        let id: String = self.made("session").chars().take(26).collect();
        let host = self.request.host.rsplit_once(':').map_or(self.request.host.as_str(), |(host, _)| host);
        let same_site = self.same_site();
        let expires = self.date(3600);
        format!(
            "PHPSESSID={id}; expires={expires}; Max-Age=3600; path=/; domain={}; HttpOnly{same_site}",
            host.to_lowercase()
        )
    }

    /// Attribute of cookies that 2.3.7 has and 2.3.2 has not.
    fn same_site(self) -> &'static str {
        if self.settings.version >= MagentoVersion::new(2, 3, 7) { "; SameSite=Lax" } else { "" }
    }

    /// Date some seconds from now, as in headers.
    fn date(self, ahead: u64) -> String {
        let then = i64::try_from(self.now.saturating_add(ahead)).unwrap_or(0);
        let then = jiff::Timestamp::from_second(then).unwrap_or_default();
        then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// Page of the error handler.
    fn page(self, exception: &str, passage: &Passage<'_>) -> HttpAnswer {
        let mut answer = if self.settings.mode == MockMode::Developer {
            let text = format!(
                "1 exception(s):\nException #0 (Magento\\Framework\\Webapi\\Exception): {exception}\n\n{TRACE}\n"
            );
            HttpAnswer::new(500, "text/plain;charset=UTF-8", text)
        } else {
            HttpAnswer::new(500, "text/html; charset=UTF-8", pages::error(&self.made("report")))
        };
        if passage.has_session {
            answer = self.with_session(answer);
        }
        if self.request.method == "HEAD" {
            answer.body.clear();
        }
        protected(answer)
    }

    /// Error of PHP: before 2.4 it goes out with status 200.
    fn fatal(self, error: &str, passage: &Passage<'_>) -> HttpAnswer {
        let answer = if !self.is_new() {
            let text = format!("<br />\n<b>Fatal error</b>:  Uncaught {error}\nStack trace:\n{TRACE}\n");
            HttpAnswer::new(200, "text/html; charset=UTF-8", text)
        } else if self.settings.mode == MockMode::Developer {
            HttpAnswer::new(500, "text/plain;charset=UTF-8", format!("{error}\nStack trace:\n{TRACE}"))
        } else {
            let text = "An error has happened during application run. See exception log for details.\n";
            HttpAnswer::new(500, "text/plain;charset=UTF-8", text)
        };
        if !passage.has_session {
            return answer;
        }
        let answer = answer.with("Set-Cookie", self.cookie()).with("Expires", LONG_AGO);
        answer.with("Cache-Control", "no-store, no-cache, must-revalidate").with("Pragma", "no-cache")
    }

    /// Page of the storefront for an unknown address.
    pub(super) fn not_found(self) -> HttpAnswer {
        protected(HttpAnswer::new(404, "text/html; charset=UTF-8", pages::not_found()))
    }

    /// Refusal of what the mock does not serve.
    pub(super) fn not_served(self, what: &str) -> HttpAnswer {
        let text = format!("magespec mock serves the REST API of Magento, not {what}.\n");
        HttpAnswer::new(501, "text/plain; charset=utf-8", text).noting(&format!("not served: {what}"))
    }

    fn made(self, what: &str) -> String {
        Made::new(self.settings.seed, &[what, &self.number.to_string()]).hex()
    }

    fn is_new(self) -> bool {
        self.settings.version >= MagentoVersion::new(2, 4, 0)
    }
}

/// Answer of the web server itself, which PHP never sees.
pub(super) fn of_server(status: u16, text: &str) -> HttpAnswer {
    HttpAnswer::new(status, "text/html; charset=UTF-8", pages::of_server(&format!("{status} {text}")))
}

/// Adds the headers that Magento puts on pages.
fn protected(answer: HttpAnswer) -> HttpAnswer {
    answer
        .with("X-Content-Type-Options", "nosniff")
        .with("X-XSS-Protection", "1; mode=block")
        .with("X-Frame-Options", "SAMEORIGIN")
}
