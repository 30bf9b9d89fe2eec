//! From a request to its answer.

use serde_json::Value;

use super::{
    HttpAnswer, HttpRequest, MockShop, RoutedCall, ShopRefusal,
    gate::{self, Passage, ShopArea},
    render, users,
};

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
                let answered = gate::pass(self, request, path, now, &mut passage)
                    .and_then(|call| self.served(&call, now).map(|value| (value, call)));
                rendered.answer(answered.as_ref().map(|(value, call)| (value, call)), &passage)
            }
            ShopArea::RequestToken | ShopArea::AccessToken => rendered.not_served("the OAuth handshake"),
            ShopArea::Soap => rendered.not_served("SOAP"),
            ShopArea::GraphQl => rendered.not_served("GraphQL"),
            ShopArea::Schema => rendered.not_served("the schema of the REST API"),
            ShopArea::Storefront => rendered.not_found(),
        }
    }

    fn served(&self, call: &RoutedCall<'_>, now: u64) -> Result<Value, ShopRefusal> {
        let answered = users::answered(self, call, now);
        let answered = answered.or_else(|| self.stand_in.as_ref().and_then(|stand_in| stand_in(call)));
        answered.unwrap_or_else(|| Err(ShopRefusal::new(501, "Not implemented yet.")))
    }
}
