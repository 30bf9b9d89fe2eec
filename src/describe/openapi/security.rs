//! How a caller shows who it is.

use serde_json::{Value, json};

use crate::{catalog::behaviour::takes_bearer_token, model::Platform, names::MagentoVersion};

/// What a route needs, as webapi.xml has it: any of these ways, with the ACL resources that must be granted. None for a
/// route that is open to everyone.
pub(super) fn of_route(needs: &[String]) -> Value {
    if needs.iter().any(|need| need == "self") {
        return json!([{ "customer": [] }]);
    }
    let ids: Vec<&String> = needs.iter().filter(|need| *need != "anonymous").collect();
    if ids.is_empty() {
        return json!([]);
    }
    json!([{ "oauth": ids }, { "bearer": ids }])
}

pub(super) fn schemes(platform: &Platform) -> Value {
    json!({
        "oauth": { "type": "http", "scheme": "OAuth", "description": oauth(platform) },
        "bearer": { "type": "http", "scheme": "bearer", "description": bearer(platform) },
        "customer": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token of a customer who is logged in, of POST /V1/integration/customer/token.",
        },
    })
}

/// The last that takes another signature than HMAC-SHA256 (docs/magento/web-api.md#signature).
const LAST_WITH_SHA1: MagentoVersion = MagentoVersion::new(2, 4, 3).with_p(2);

fn oauth(platform: &Platform) -> String {
    let sha1 = match (platform.oldest <= LAST_WITH_SHA1, platform.newest <= LAST_WITH_SHA1) {
        (false, _) => "",
        (true, true) => " or HMAC-SHA1",
        (true, false) => " (up to 2.4.3-p2 also with HMAC-SHA1)",
    };
    format!(
        "OAuth 1.0a (RFC 5849): each request is signed with HMAC-SHA256{sha1}, with the consumer key and secret and the \
         access token and secret of the integration. They are shown, or sent to its endpoint, when it is activated in \
         Admin."
    )
}

/// docs/magento/web-api.md#bearer.
fn bearer(platform: &Platform) -> &'static str {
    match (takes_bearer_token(platform.oldest), takes_bearer_token(platform.newest)) {
        (true, true) => "The access token of the integration alone.",
        (true, false) => {
            "The access token of the integration alone. From 2.4.4 on only where the shop has \
             oauth/consumer/enable_integration_as_bearer set to 1, which it has not by default."
        }
        _ => {
            "The access token of the integration alone, only where the shop has \
             oauth/consumer/enable_integration_as_bearer set to 1, which it has not by default."
        }
    }
}
