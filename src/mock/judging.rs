//! Judgement on one request, without an answer.

use super::{
    HttpRequest, MockShop, ServedRoute, ShopRefusal,
    gate::{self, Passage, ShopArea},
};

/// Outcome of the checks for a request.
#[derive(Debug)]
pub struct Judgement<'a> {
    /// Route that takes it.
    pub route: Option<&'a ServedRoute>,
    /// Check that ends it; none if it reaches the service.
    pub refusal: Option<ShopRefusal>,
}

impl MockShop {
    /// Passes a request through the checks at a time, in seconds since 1970, as [`MockShop::answer`] does.
    #[must_use]
    pub fn judge(&self, request: &HttpRequest, now: u64) -> Judgement<'_> {
        let mut passage = Passage::default();
        let path = match ShopArea::of(request.path()) {
            ShopArea::Rest(path) => path,
            // The answer depends on what came before.
            ShopArea::Exchange(_) => return Judgement { route: None, refusal: None },
            _ => {
                let refusal = ShopRefusal::new(404, "Not Found").because("the path is not below `/rest`");
                return Judgement { route: None, refusal: Some(refusal) };
            }
        };
        let refusal = gate::pass(self, request, path, now, &mut passage).err();
        Judgement { route: passage.route.map(|(route, _)| route), refusal }
    }
}
