//! Environment variables with the address and the credentials of the shop.

use crate::mock::{ADMIN, MockShop};

/// Variables for a client of the shop. Those without the name of an integration are of the first one.
pub(super) fn environment(shop: &MockShop, address: &str) -> Vec<(String, String)> {
    let base = match &shop.settings.base_url {
        Some((scheme, host)) => format!("{scheme}://{host}"),
        None => format!("http://{address}"),
    };
    let mut variables = vec![
        ("MAGENTO_BASE_URL".to_owned(), base),
        ("MAGENTO_ADMIN_USERNAME".to_owned(), ADMIN.to_owned()),
        ("MAGENTO_ADMIN_PASSWORD".to_owned(), shop.settings.password()),
    ];
    let (consumers, tokens) = shop.rows();
    for (place, consumer) in consumers.iter().enumerate() {
        let token = tokens.iter().find(|token| token.consumer == place);
        let secrets = consumer.credentials(token).secrets;
        let values = [
            ("CONSUMER_KEY", Some(secrets.consumer_key)),
            ("CONSUMER_SECRET", Some(secrets.consumer_secret)),
            ("ACCESS_TOKEN", secrets.access_token),
            ("ACCESS_TOKEN_SECRET", secrets.access_token_secret),
        ];
        let name = in_capitals(&consumer.name);
        for (what, value) in values {
            let Some(value) = value else { continue };
            if place == 0 {
                variables.push((format!("MAGENTO_{what}"), value.clone()));
            }
            variables.push((format!("MAGENTO_{name}_{what}"), value));
        }
    }
    variables
}

/// `ACME_ERP` for `Acme ERP`: a name that all shells take.
fn in_capitals(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}
