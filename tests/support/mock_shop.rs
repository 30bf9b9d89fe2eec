//! Integration of a mock shop.

use magespec::mock::{ConsumerStatus, MockConsumer, TokenKind, TokenRow};

/// An integration that may do everything, with its token, which is 32 times `t`.
pub(crate) fn unlimited() -> (MockConsumer, TokenRow) {
    let consumer = MockConsumer {
        id: 1,
        name: "all".to_owned(),
        granted: Default::default(),
        is_granted_all: true,
        status: ConsumerStatus::Active,
        key: "k".repeat(32),
        secret: "s".repeat(32),
        calls: Default::default(),
        posted: None,
    };
    let token = TokenRow {
        consumer: 0,
        kind: TokenKind::Access,
        token: "t".repeat(32),
        secret: "u".repeat(32),
        verifier: None,
        is_revoked: false,
    };
    (consumer, token)
}
