//! HTTP method.

use super::body;
use crate::{
    mock::{HttpRequest, MockSettings, ShopRefusal},
    names::{Edition, MagentoVersion},
};

impl MockSettings {
    /// Returns true for Adobe Commerce before 2.4, whose module-staging reads the method and the body of each request before
    /// errors are caught: they become pages with status 500 (docs/magento/web-api.md#staging).
    pub(super) fn is_staged(&self) -> bool {
        let release = MagentoVersion::new(2, 3, 0)..MagentoVersion::new(2, 4, 0);
        self.edition != Edition::OpenSource && release.contains(&self.version)
    }
}

/// Method of the request, if the release accepts it.
pub(super) fn known<'a>(request: &'a HttpRequest, settings: &MockSettings) -> Result<&'a str, ShopRefusal> {
    let method = request.method.as_str();
    if matches!(method, "GET" | "POST" | "PUT" | "DELETE") {
        return Ok(method);
    }
    // `RequestMethodValidator` came between 2.3.7 and 2.4.7 (docs/magento/web-api.md#methods).
    if settings.version < MagentoVersion::new(2, 4, 0) {
        return Err(ShopRefusal::exception(400, "Request method is invalid."));
    }
    Err(ShopRefusal::new(405, format!("The {method} HTTP method is not supported.")))
}

/// Fails as module-staging does.
pub(super) fn staged(request: &HttpRequest) -> Result<(), ShopRefusal> {
    let is_fine = match request.method.as_str() {
        "GET" | "DELETE" => true,
        "POST" | "PUT" => body::is_readable(request),
        _ => false,
    };
    if is_fine { Ok(()) } else { Err(ShopRefusal::page("Request method is invalid.")) }
}
