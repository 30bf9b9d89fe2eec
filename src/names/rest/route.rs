//! REST routes declared by the module.

use crate::names::text::text_type;

text_type! {
    /// A REST route as in webapi.xml: a method and a path that starts with a version. `:name` is a parameter of the
    /// PHP method; there is no PATCH (`module-webapi/etc/webapi_base.xsd`,
    /// `module-webapi/Model/Config/Converter.php`; docs/magento/web-api.md#webapi-xml).
    Route, "a route such as `GET /V1/acme-erp/orders/:incrementId`: GET, POST, PUT or DELETE, and a path that starts with a version",
    length 1..=255usize,
    pattern "^(GET|POST|PUT|DELETE) /V[0-9]{1,4}(/(:[A-Za-z][A-Za-z0-9_]*|[A-Za-z0-9._~-]+))+/?$", plain route
}

impl Route {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    #[must_use]
    pub fn method(&self) -> &str {
        self.as_str().split(' ').next().unwrap_or_default()
    }

    /// `/V1/acme-erp/orders/:incrementId`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.as_str().split_once(' ').map_or("", |(_, path)| path)
    }

    /// Iterates over the names of its parameters in order: `incrementId`.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        path_parameters(self.path())
    }
}

/// Iterates over the names of the parameters in the path of a route: `id` of `/V1/orders/:id`.
pub(crate) fn path_parameters(path: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    path.split('/').filter_map(|step| step.strip_prefix(':'))
}

/// Path of a route without the names of its parameters: `/V1/orders/:`. Of two routes with the same one, only one answers.
pub(crate) fn path_shape(path: &str) -> String {
    let steps = path.split('/').map(|step| if step.starts_with(':') { ":" } else { step });
    steps.collect::<Vec<_>>().join("/")
}

text_type! {
    /// The name of a parameter in `<data>` of a route: a parameter of the method, or a field of one after a dot
    /// (docs/magento/web-api.md#route-data).
    RouteData, "a parameter such as `customerId`, or a field of one such as `customer.id`", length 1..=usize::MAX,
    pattern r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$"
}

text_type! {
    /// The name of an operation in SOAP.
    SoapOperation, "a name such as `acmeOrdersGet`: letters and digits", length 1..=255usize,
    pattern "^[A-Za-z][A-Za-z0-9_]*$"
}

text_type! {
    /// A permission required by a route: an ACL resource, `anonymous`, or `self` for customers.
    RouteAccess, "an ACL resource such as `Acme_ErpBridge::export_read`, or `anonymous`, or `self`", length 1..=255usize,
    pattern "^(anonymous|self|[A-Z][A-Za-z0-9]+_[A-Z][A-Za-z0-9]+::[A-Za-z0-9_]+)$", plain resource
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_have_their_parameters() {
        let route = Route::new("PUT /V1/acme-erp/:sku/links/:linkId").unwrap();
        assert_eq!((route.method(), route.path()), ("PUT", "/V1/acme-erp/:sku/links/:linkId"));
        assert_eq!(route.parameters().collect::<Vec<_>>(), ["sku", "linkId"]);
        for text in [
            "PATCH /V1/x",
            "GET /x",
            "GET /V1",
            "GET /V1/",
            "GET /V1//x",
            "GET /V1/{id}",
            "GET  /V1/x",
            "GET /V1/x?y",
        ] {
            assert!(Route::new(text).is_err(), "{text}");
        }
    }
}
