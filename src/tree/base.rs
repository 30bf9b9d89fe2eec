//! File contents in the lock: deflated, in Base64.

use std::io::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Serialize};

use crate::bounded;

/// Packed contents of a file, the base of a merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Base(String);

impl Base {
    /// Packs the bytes. Other versions of the compressor may pack them differently, so packed bytes are kept as they
    /// are.
    pub(super) fn pack(bytes: &[u8]) -> Option<Self> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).ok()?;
        Some(Self(STANDARD_NO_PAD.encode(encoder.finish().ok()?)))
    }

    /// Unpacks the bytes; `None` if the text is damaged, or stands for more than a generated file may have.
    pub(super) fn unpack(&self) -> Option<Vec<u8>> {
        let packed = STANDARD_NO_PAD.decode(&self.0).ok()?;
        bounded::stream(DeflateDecoder::new(packed.as_slice()), bounded::LARGEST_FILE).ok()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        for bytes in [b"".as_slice(), b"a", &b"<resource name=\"a\"/>\r\n".repeat(50), &[0xff, 0, 0xfe]] {
            assert_eq!(Base::pack(bytes).and_then(|base| base.unpack()).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn contents_are_unpacked_whole_or_not_at_all() {
        let large = vec![b'x'; 17 << 20];
        assert!(Base::pack(&large).and_then(|base| base.unpack()) == Some(large));
        let too_large = vec![b'x'; (64 << 20) + 1];
        assert_eq!(Base::pack(&too_large).and_then(|base| base.unpack()), None);
    }

    #[test]
    fn damage_is_no_panic() {
        for text in ["", "!", "AAAA", "//////"] {
            let _ = Base(text.to_owned()).unpack();
        }
        assert_eq!(Base("not base64".to_owned()).unpack(), None);
    }
}
