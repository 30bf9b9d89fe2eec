//! OAuth 1.0a as Magento checks it (docs/magento/web-api.md#oauth-header): pure, without clock and network.
//!
//! ```text
//! Authorization ─header→ parameters ┐
//! method, scheme, host, path, query ┴─base_string→ text ─sign, with Secrets→ signature
//! ```

mod base_string;
mod credentials;
mod dialect;
pub mod header;
mod mistakes;
mod natural_order;
mod outgoing;
mod path;
pub mod percent;
mod query;
mod signature;
mod url;

pub use base_string::{SignedRequest, base_string, parameters};
pub use credentials::{Credentials, CredentialsError, Secrets};
pub use dialect::Dialect;
pub use mistakes::{Explanation, SigningMistake, UnsignedParts, explain, pitfalls};
pub use outgoing::Outgoing;
pub use path::is_refused as is_refused_by_zend;
pub use query::{MOST_VARIABLES, is_form, protocol_fields};
pub use signature::SignatureMethod;
pub use url::{
    CallUrl, KnownSecrets, names_secret, secrets_in, secrets_in_url, split_scheme, split_target,
    without_path_secrets, without_secrets, without_url_secrets,
};
