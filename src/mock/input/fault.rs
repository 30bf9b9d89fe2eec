//! Errors in values.

use crate::mock::ShopRefusal;

/// Error in a value.
pub(super) enum InputFault {
    /// `SerializationException`, whose text each object around the value adds to.
    Type(String),
    /// Any other, which ends the request as it is.
    Refusal(ShopRefusal),
}

impl InputFault {
    /// Error of the request.
    pub(super) fn refusal(self) -> ShopRefusal {
        match self {
            Self::Type(text) => ShopRefusal::new(400, text),
            Self::Refusal(refusal) => refusal,
        }
    }
}

impl From<ShopRefusal> for InputFault {
    fn from(refusal: ShopRefusal) -> Self {
        Self::Refusal(refusal)
    }
}
