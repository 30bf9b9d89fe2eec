//! From a request to its answer.

use serde_json::Value;

use super::{
    Caller, HttpAnswer, HttpRequest, MockShop, RoutedCall, ShopRefusal,
    data::ServedValue,
    gate::{self, Passage, ShopArea},
    record::cleaned_error,
    render, users,
};
use crate::{
    catalog::Access,
    oauth::{without_secrets, without_url_secrets},
};

/// Characters of the message of an error that is not the mock's own.
const LONGEST_MESSAGE: usize = 200;

impl MockShop {
    /// Answers a request at a time, in seconds since 1970.
    #[must_use]
    pub fn answer(&self, request: &HttpRequest, now: u64) -> HttpAnswer {
        let number = {
            let mut state = self.state();
            state.requests += 1;
            state.requests
        };
        let rendered = render::Rendering { settings: &self.settings, request, now, number };
        // nginx refuses these before PHP sees them.
        match request.method.as_str() {
            "TRACE" => return render::of_server(405, "Not Allowed"),
            method
                if !method.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte == b'-') =>
            {
                return render::of_server(400, "Bad Request");
            }
            _ => {}
        }
        match ShopArea::of(request.path()) {
            ShopArea::Rest(path) => {
                let mut passage = Passage::default();
                let passed = gate::pass(self, request, path, now, &mut passage);
                let counted = Counted::new(self, request, &passage, now);
                self.count(&counted, passed.as_ref().err());
                if let (Ok(call), Some(upstream)) = (&passed, &self.upstream)
                    && !users::is_login(call.route)
                {
                    let answered = upstream(request, call, self.integration(call.caller).as_deref());
                    let is_of_shop = answered.is_ok();
                    let answer = answered.unwrap_or_else(|own| own);
                    if answer.status >= 400 {
                        let body = serde_json::from_slice(&answer.body);
                        let body = body.unwrap_or_else(|_| String::from_utf8_lossy(&answer.body).into());
                        let body = if is_of_shop { cleaned_error(call, &body) } else { body };
                        self.fail(&counted, answer.status, &body);
                    }
                    return answer;
                }
                let answered = passed.and_then(|call| {
                    let served = self.served(request, &call, now);
                    self.count_answer(&counted, &served);
                    let is_created = served.as_ref().err().is_none_or(|refusal| !refusal.is_early);
                    passage.has_session |= is_created && call.route.starts_session();
                    served.map(|value| (value, call))
                });
                passage.has_session |= users::started_session(&passage, answered.as_ref().err());
                rendered.answer(answered.as_ref().map(|(value, call)| (value, call)), &passage)
            }
            ShopArea::Exchange(step) => rendered.exchanged(&self.exchange(step, request, now)),
            ShopArea::LoginCallback => rendered.login_callback(),
            ShopArea::Soap => rendered.not_served("SOAP"),
            ShopArea::GraphQl => rendered.not_served("GraphQL"),
            ShopArea::Schema => rendered.not_served("the schema of the REST API"),
            ShopArea::Storefront => rendered.not_found(),
        }
    }

    /// Counts a request that the server refused with a status, because it cannot read the body.
    pub fn refuse_body(&self, request: &HttpRequest, status: u16, why: &str, now: u64) {
        let ShopArea::Rest(path) = ShopArea::of(request.path()) else { return };
        let passage = Passage { route: gate::route(self, request, path), ..Passage::default() };
        let message = match status {
            408 => "Request Timeout",
            _ => "Payload Too Large",
        };
        let refusal = ShopRefusal::new(status, message).because(why);
        self.count(&Counted::new(self, request, &passage, now), Some(&refusal));
    }

    /// Name of a caller that is an integration.
    fn integration(&self, caller: Caller) -> Option<String> {
        let Caller::Integration(place) = caller else { return None };
        self.state().consumers.get(place).map(|consumer| consumer.name.clone())
    }

    /// Counts a call for the contract report.
    fn count(&self, counted: &Counted, refusal: Option<&ShopRefusal>) {
        let ledger = &mut self.state().ledger;
        match refusal {
            None => ledger.pass(counted.caller, counted.call.clone()),
            Some(refusal) => ledger.refuse(counted.caller, &counted.call, refusal),
        }
    }

    /// Counts what the report says of an answer.
    fn count_answer(&self, counted: &Counted, served: &Result<ServedValue, ShopRefusal>) {
        match served {
            Ok(served) if served.status >= 400 => self.fail(counted, served.status, &served.value),
            Ok(ServedValue { note: None, .. }) => {}
            Ok(ServedValue { note: Some(note), .. }) => self.state().ledger.note(&counted.call, note),
            Err(refusal) => self.state().ledger.fail(counted.caller, &counted.call, refusal),
        }
    }

    /// Counts an error that a fixture or another shop answered.
    fn fail(&self, counted: &Counted, status: u16, body: &Value) {
        let message = body.get("message").unwrap_or(body);
        let message: String =
            message.as_str().unwrap_or_default().trim().chars().take(LONGEST_MESSAGE).collect();
        let refusal = ShopRefusal::new(status, without_secrets(&message));
        self.state().ledger.fail(counted.caller, &counted.call, &refusal);
    }

    fn served(
        &self,
        request: &HttpRequest,
        call: &RoutedCall<'_>,
        now: u64,
    ) -> Result<ServedValue, ShopRefusal> {
        if self.data.fixtures.is_some() {
            let name = self.integration(call.caller);
            if let Some(answer) = self.data.fixed(request, call, name.as_deref(), now) {
                return answer;
            }
        }
        match users::answered(self, call, now) {
            Some(answered) => answered.map(ServedValue::new),
            None => self.data.answer(call, now),
        }
    }
}

/// Call as the contract report counts it.
struct Counted {
    /// Index of the integration.
    caller: Option<usize>,
    /// `GET /V1/orders/:id`, or the request if it has no route.
    call: String,
}

impl Counted {
    fn new(shop: &MockShop, request: &HttpRequest, passage: &Passage<'_>, now: u64) -> Self {
        let caller = match (passage.caller, passage.route) {
            (Some(Caller::Integration(place)), _) => Some(place),
            // Magento did not look at the caller, or refused it.
            (Some(Caller::Guest), Some((route, _))) if route.access == Access::Anyone => {
                gate::claimed(shop, request, now, true)
            }
            (None, Some(_)) => gate::claimed(shop, request, now, false),
            _ => None,
        };
        let call = match passage.route {
            Some((route, mode)) => mode.spelled(&route.method, &route.path),
            None => {
                let path = without_url_secrets(request.path());
                format!("{} {path}", request.method)
            }
        };
        Self { caller, call }
    }
}
