//! Permission of the caller for the route.

use serde_json::Value;

use super::{Passage, caller::caller};
use crate::{
    catalog::Access,
    mock::{Caller, HttpRequest, MockShop, ServedRoute, ShopRefusal, texts::not_authorized},
    names::Mode,
};

/// Finds the caller of a route and checks its permissions. Routes open to anyone never look at the caller.
pub(super) fn check(
    shop: &MockShop,
    request: &HttpRequest,
    route: &ServedRoute,
    now: u64,
    passage: &mut Passage<'_>,
) -> Result<Caller, ShopRefusal> {
    if route.access == Access::Anyone {
        return Ok(Caller::Guest);
    }
    let caller = caller(shop, request, now, passage)?;
    passage.caller = Some(caller);
    let missing = shop.missing(caller, route);
    if missing.is_empty() {
        return Ok(caller);
    }
    let refusal = ShopRefusal::named(
        401,
        not_authorized(shop.settings.version),
        "resources",
        Value::from(route.resources.join(", ")),
    );
    Err(refusal.because(shop.why_not(caller, request, &missing)))
}

/// Refuses a call that the spec of the integration does not list, if the mock is strict.
pub(super) fn listed(
    shop: &MockShop,
    caller: Caller,
    route: &ServedRoute,
    mode: Mode,
) -> Result<(), ShopRefusal> {
    let Caller::Integration(place) = caller else { return Ok(()) };
    if !shop.settings.is_strict {
        return Ok(());
    }
    let call = mode.spelled(&route.method, &route.path);
    let state = shop.state();
    let is_listed = state.consumers.get(place).is_some_and(|consumer| consumer.calls.contains(&call));
    if is_listed {
        return Ok(());
    }
    let refusal =
        ShopRefusal::new(501, "magespec mock --strict: the spec of the integration does not list this call.");
    Err(refusal.because(format!("add to `calls`: \"{call}\",")))
}

/// Refuses plain HTTP for a route that requires HTTPS.
pub(super) fn https_only(request: &HttpRequest, route: &ServedRoute) -> Result<(), ShopRefusal> {
    if route.is_secure && request.scheme != "https" {
        return Err(ShopRefusal::new(400, "Operation allowed only in HTTPS"));
    }
    Ok(())
}

impl MockShop {
    /// Resources of the route that the caller lacks.
    pub(in crate::mock) fn missing<'a>(&self, caller: Caller, route: &'a ServedRoute) -> Vec<&'a str> {
        let all = || route.resources.iter().map(String::as_str).filter(|id| *id != "anonymous");
        match caller {
            Caller::Admin(_) => Vec::new(),
            Caller::Guest => all().collect(),
            Caller::Customer(_) => all().filter(|id| *id != "self").collect(),
            Caller::Integration(place) => {
                let state = self.state();
                let Some(consumer) = state.consumers.get(place) else { return all().collect() };
                all().filter(|id| !consumer.is_granted_all && !consumer.granted.contains(*id)).collect()
            }
        }
    }

    /// Sentence on the resources of a route that the first integration lacks; none if it has all.
    #[must_use]
    pub fn lack(&self, route: &ServedRoute) -> Option<String> {
        let caller = Caller::Integration(0);
        let missing = self.missing(caller, route);
        (!missing.is_empty()).then(|| self.why_not(caller, &HttpRequest::default(), &missing))
    }

    /// Reason for the report.
    fn why_not(&self, caller: Caller, request: &HttpRequest, missing: &[&str]) -> String {
        if let (["self"], Caller::Integration(_)) = (missing, caller) {
            return "the route is for customers: call it with a token of POST /V1/integration/customer/token"
                .to_owned();
        }
        let missing = missing.join(", ");
        match caller {
            Caller::Integration(place) => {
                let state = self.state();
                let name = state.consumers.get(place).map(|it| it.name.as_str()).unwrap_or_default();
                format!("integration \"{name}\" lacks {missing}")
            }
            Caller::Customer(_) => format!("a customer lacks {missing}"),
            Caller::Admin(_) | Caller::Guest => match request.header("Authorization") {
                None if request.query().is_some_and(|query| query.contains("oauth_")) => {
                    "the request has no Authorization header, and Magento reads OAuth parameters from nowhere else".to_owned()
                }
                None => format!("the request has no Authorization header, and the route needs {missing}"),
                Some(header) => self.why_guest(header),
            },
        }
    }
}
