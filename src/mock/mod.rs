//! A Magento shop for the people who write a connector: REST requests in, the answers of the real shop out.
//!
//! ```text
//! HttpRequest ─gate→ RoutedCall ─input→ arguments ─data→ value ─render→ HttpAnswer
//!                └────────────────┴──────────────┴── ShopRefusal ──────┘
//! ```
//!
//! Nothing here reads the clock or a socket: time comes in as a value, and `http` carries the messages.

mod answering;
mod call;
mod contract;
pub mod data;
pub mod fixtures;
mod gate;
mod handshake;
#[cfg(feature = "cli")]
pub mod http;
pub mod input;
mod judging;
mod message;
mod pasted;
pub mod record;
mod refusal;
mod render;
mod shop;
mod texts;
pub mod types;
mod users;
pub mod webhook;

pub use self::{
    call::{Caller, RoutedCall},
    contract::{CallCount, ContractReport, FailedCall, IntegrationContract, RefusedCall, UnknownAnswer},
    gate::LENGTH as TOKEN_LENGTH,
    handshake::{ExchangeAttempt, ExchangeStep, ExchangedToken, PostedCredentials},
    judging::Judgement,
    message::{HttpAnswer, HttpRequest, parameters},
    pasted::{PastedCall, UnseenPart, read_pasted},
    refusal::{RefusalBody, RefusalDetail, ShopRefusal, SignedTexts, Trace},
    shop::{
        ConsumerStatus, MockConsumer, MockMode, MockSettings, MockShop, ServedMethod, ServedParameter,
        ServedRoute, StoreView, TokenKind, TokenRow, UpstreamShop,
    },
    users::ADMIN,
};
