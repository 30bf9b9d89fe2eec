//! File contents in locks of version 1: deflated, in Base64.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use flate2::read::DeflateDecoder;

use crate::bounded;

/// Unpacks a file; `None` if the text is damaged, or stands for more than a generated file may have.
// What inflates takes 40 KB of the stack, which is not to be touched for locks of version 2.
#[inline(never)]
pub(super) fn unpack(packed: &str) -> Option<Vec<u8>> {
    let packed = STANDARD_NO_PAD.decode(packed).ok()?;
    bounded::stream(DeflateDecoder::new(packed.as_slice()), bounded::LARGEST_FILE).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_version_1_packed_is_unpacked() {
        assert_eq!(unpack("S0xK5gIA").as_deref(), Some(b"abc\n".as_slice()));
    }

    #[test]
    fn damage_is_no_panic() {
        for text in ["", "!", "AAAA", "//////", "not base64"] {
            assert_eq!(unpack(text).filter(|bytes| !bytes.is_empty()), None, "{text}");
        }
    }
}
