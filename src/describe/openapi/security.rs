//! Authentication of callers.

use serde_json::{Value, json};

use crate::{catalog::behaviour::takes_bearer_token, model::Platform, names::MagentoVersion};

/// Security requirement of a route, from its resources in webapi.xml: alternative schemes with the ACL resources that
/// must be granted. Empty for a route that is open to everyone.
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
            "description": "Token of a logged-in customer, from POST /V1/integration/customer/token.",
        },
    })
}

/// Last release that accepts a signature other than HMAC-SHA256 (docs/magento/web-api.md#signature).
const LAST_WITH_SHA1: MagentoVersion = MagentoVersion::new(2, 4, 3).with_p(2);

fn oauth(platform: &Platform) -> String {
    let sha1 = match (platform.oldest <= LAST_WITH_SHA1, platform.newest <= LAST_WITH_SHA1) {
        (false, _) => "",
        (true, true) => " or HMAC-SHA1",
        (true, false) => " (or HMAC-SHA1 up to 2.4.3-p2)",
    };
    format!(
        "OAuth 1.0a (RFC 5849): each request is signed with HMAC-SHA256{sha1}, using the consumer key and secret and the \
         access token and secret of the integration. They are shown in Admin, or sent to the endpoint of the \
         integration, when it is activated."
    )
}

/// Description of bearer authentication (docs/magento/web-api.md#bearer).
fn bearer(platform: &Platform) -> &'static str {
    match (takes_bearer_token(platform.oldest), takes_bearer_token(platform.newest)) {
        (true, true) => "The access token of the integration alone.",
        (true, false) => {
            "The access token of the integration alone. From 2.4.4 on, only if the shop has set \
             oauth/consumer/enable_integration_as_bearer to 1, which is not the default."
        }
        _ => {
            "The access token of the integration alone, only if the shop has set \
             oauth/consumer/enable_integration_as_bearer to 1, which is not the default."
        }
    }
}
