//! Texts of errors that differ between releases (docs/magento/web-api.md#texts).

use crate::names::MagentoVersion;

/// Returns true if the release has the texts of before 2.3.0.
pub(in crate::mock) fn has_old_texts(version: MagentoVersion) -> bool {
    version < MagentoVersion::new(2, 3, 0)
}

/// Returns true if the release runs on PHP 8, in which spaces may follow a number.
pub(in crate::mock) fn runs_on_php8(version: MagentoVersion) -> bool {
    version >= MagentoVersion::new(2, 4, 4)
}

/// Message on a required parameter, with `%fieldName`.
pub(in crate::mock) fn required(version: MagentoVersion) -> &'static str {
    if has_old_texts(version) {
        "%fieldName is a required field."
    } else {
        "\"%fieldName\" is required. Enter and try again."
    }
}

/// Message on a missing permission, with `%resources`.
pub(in crate::mock) fn not_authorized(version: MagentoVersion) -> &'static str {
    if has_old_texts(version) {
        "Consumer is not authorized to access %resources"
    } else {
        "The consumer isn't authorized to access %resources."
    }
}

/// Message on a wrong signature.
pub(in crate::mock) fn invalid_signature(version: MagentoVersion) -> &'static str {
    if has_old_texts(version) {
        "Invalid signature"
    } else {
        "The signature is invalid. Verify and try again."
    }
}

/// Message on a token that does not have 32 characters.
pub(in crate::mock) fn token_length(version: MagentoVersion) -> &'static str {
    if has_old_texts(version) {
        "Token is not the correct length"
    } else {
        "The token length is invalid. Check the length and try again."
    }
}

/// Message on another version of OAuth, with `%1`.
pub(in crate::mock) fn oauth_version(version: MagentoVersion) -> &'static str {
    if has_old_texts(version) {
        "OAuth version %1 is not supported"
    } else {
        "The \"%1\" Oauth version isn't supported."
    }
}
