//! Environment variables with the address and the credentials of the shop.

use std::{collections::HashMap, net::SocketAddr};

use super::values::values;
use crate::{
    cli::output::warn,
    diag::Failure,
    mock::{ADMIN, MockShop},
};

/// Variables for a client of the shop. Those without the name of an integration are of the first one. Warns of integrations
/// whose names lead to the same variables.
///
/// # Errors
/// Standard error that cannot be written.
pub(super) fn environment(shop: &MockShop, address: SocketAddr) -> Result<Vec<(String, String)>, Failure> {
    let mut variables = vec![
        ("MAGENTO_BASE_URL".to_owned(), shop.settings.base_url_at(address)),
        ("MAGENTO_ADMIN_USERNAME".to_owned(), ADMIN.to_owned()),
        ("MAGENTO_ADMIN_PASSWORD".to_owned(), shop.settings.password()),
    ];
    let mut named = HashMap::new();
    for (place, credentials) in shop.credentials().into_iter().enumerate() {
        let name = credentials.integration.unwrap_or_default();
        let in_capitals = in_capitals(&name);
        if let Some(first) = named.get(&in_capitals) {
            warn(format!(
                "both \"{first}\" and \"{name}\" map to MAGENTO_{in_capitals}_…; the variables hold the credentials of \"{first}\": pass both with --credentials FILE, and read that file in the command"
            ))?;
            continue;
        }
        for (what, value) in values(&credentials.secrets) {
            let (Some(value), what) = (value, what.replace(' ', "_").to_uppercase()) else { continue };
            if place == 0 {
                variables.push((format!("MAGENTO_{what}"), value.to_owned()));
            }
            variables.push((format!("MAGENTO_{in_capitals}_{what}"), value.to_owned()));
        }
        named.insert(in_capitals, name);
    }
    Ok(variables)
}

/// `ACME_ERP` for `Acme ERP`: a name that all shells accept.
fn in_capitals(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}
