//! Judgement on one request, without an answer.

use super::{
    HttpRequest, MockShop, ServedRoute, ShopRefusal,
    gate::{self, Passage, ShopArea},
};

/// Outcome of the checks for a request.
#[derive(Debug, Default)]
pub struct Judgement<'a> {
    /// Route that takes it.
    pub route: Option<&'a ServedRoute>,
    /// Check that ends it; none if it reaches the service.
    pub refusal: Option<ShopRefusal>,
    /// True if the parameters of the service are what ends it.
    pub is_of_parameters: bool,
    /// True if the body is what ends it: its Content-Type, or its form.
    pub is_of_body: bool,
}

impl MockShop {
    /// Passes a request through the checks at a time, in seconds since 1970, as [`MockShop::answer`] does, up to the parameters
    /// of the service.
    #[must_use]
    pub fn judge(&self, request: &HttpRequest, now: u64) -> Judgement<'_> {
        let mut passage = Passage::default();
        let path = match ShopArea::of(request.path()) {
            ShopArea::Rest(path) => path,
            ShopArea::Storefront => {
                let refusal = ShopRefusal::new(404, "Not Found").because("the path is not below `/rest`");
                return Judgement { refusal: Some(refusal), ..Judgement::default() };
            }
            _ => return Judgement::default(),
        };
        let passed = gate::pass(self, request, path, now, &mut passage);
        let (refusal, is_of_parameters) = match passed.map(|call| self.data.check(&call)) {
            Ok(checked) => (checked.err(), true),
            Err(refusal) => (Some(refusal), false),
        };
        let is_of_body = !is_of_parameters && passage.is_at_body;
        Judgement { route: passage.route.map(|(route, _)| route), refusal, is_of_parameters, is_of_body }
    }
}
