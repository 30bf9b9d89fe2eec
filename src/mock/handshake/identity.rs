//! The page of the connector that Admin opens.

use crate::{
    mock::{MockShop, shop::Made},
    oauth::{CallUrl, percent},
};

impl MockShop {
    /// Address that Admin opens in its popup: with `?` even where the identity link has a query
    /// (docs/magento/web-api.md#identity-link).
    #[must_use]
    pub fn identity_address(&self, identity_link: &CallUrl, consumer_key: &str, base_url: &str) -> String {
        let key = Made::new(self.settings.seed, &["key of an address in Admin"]).hex();
        let base_url = base_url.trim_end_matches('/');
        let back = format!("{base_url}/admin/admin/integration/loginSuccessCallback/key/{key}/");
        let back = percent::encode(back);
        format!("{identity_link}?oauth_consumer_key={consumer_key}&success_call_back={back}")
    }
}
