//! A Magento shop for the people who write a connector: REST requests in, the answers of the real shop out.
//!
//! ```text
//! HttpRequest ─gate→ RoutedCall ─input→ arguments ─data→ value ─render→ HttpAnswer
//!                └────────────────┴──────────────┴── ShopRefusal ──────┘
//! ```
//!
//! Nothing here reads the clock or a socket: time comes in as a value, and `http` carries the messages.

mod answer;
mod call;
mod consumers;
mod query;
mod refusal;
mod request;
mod routes;
mod settings;
mod shop;

pub use self::{
    answer::HttpAnswer,
    call::{Caller, RoutedCall},
    consumers::{ConsumerStatus, MockConsumer, TokenKind, TokenRow},
    query::parameters,
    refusal::{RefusalBody, RefusalDetail, ShopRefusal, Trace},
    request::HttpRequest,
    routes::{ServedMethod, ServedParameter, ServedRoute},
    settings::{MockMode, MockSettings, StoreView},
    shop::MockShop,
};
