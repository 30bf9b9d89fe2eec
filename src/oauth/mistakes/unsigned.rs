//! Parts of a request outside of its signature.

/// Parts of a request that Magento does not sign, and clients may.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnsignedParts<'a> {
    /// Scheme and host that the client calls, if the shop may have another base URL.
    pub called: Option<(&'a str, &'a str)>,
    /// `realm` of the `Authorization` header.
    pub realm: Option<&'a str>,
    /// Body that is not a form.
    pub body: Option<&'a str>,
}
