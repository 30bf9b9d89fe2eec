//! Permission of the caller for the route.

use serde_json::Value;

use super::{Passage, caller::caller};
use crate::{
    catalog::Access,
    mock::{Caller, HttpRequest, MockShop, ServedRoute, ShopRefusal, texts::not_authorized},
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

/// Refuses plain HTTP for a route that requires HTTPS.
pub(super) fn https_only(request: &HttpRequest, route: &ServedRoute) -> Result<(), ShopRefusal> {
    if route.is_secure && request.scheme != "https" {
        return Err(ShopRefusal::new(400, "Operation allowed only in HTTPS"));
    }
    Ok(())
}

impl MockShop {
    /// Resources of the route that the caller lacks.
    fn missing<'a>(&self, caller: Caller, route: &'a ServedRoute) -> Vec<&'a str> {
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

    /// Reason for the report.
    fn why_not(&self, caller: Caller, request: &HttpRequest, missing: &[&str]) -> String {
        let missing = missing.join(", ");
        match caller {
            Caller::Integration(place) => {
                let state = self.state();
                let name = state.consumers.get(place).map(|it| it.name.as_str()).unwrap_or_default();
                format!("integration \"{name}\" lacks {missing}")
            }
            Caller::Customer(_) => format!("a customer lacks {missing}"),
            Caller::Admin(_) | Caller::Guest => match request.header("Authorization") {
                None => format!("the request has no Authorization header, and the route needs {missing}"),
                Some(header) => self.why_guest(header),
            },
        }
    }
}
