//! Addresses: URLs, hosts and e-mail.

mod email;
mod host;
mod url;

pub use email::{AuthorEmail, Email};
pub use host::{CspHost, UrlPath};
pub use url::{Url, WebPage};
