//! Values made from a seed and names: the same ones in each run.

use sha2::{Digest as _, Sha256};

use crate::digest::hex;

/// Characters of keys, secrets and tokens.
const CHARACTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// Bytes made from a seed and names.
pub(in crate::mock) struct Made([u8; 32]);

impl Made {
    /// Makes 32 bytes; other names or another seed make others.
    pub(in crate::mock) fn new(seed: u64, names: &[&str]) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_be_bytes());
        for name in names {
            hash.update(name.as_bytes());
            hash.update([0]);
        }
        Self(hash.finalize().into())
    }

    /// Returns 32 characters of `a-z0-9`, as keys, secrets and tokens have.
    pub(in crate::mock) fn token(&self) -> String {
        self.0.iter().map(|&byte| char::from(CHARACTERS[usize::from(byte) % CHARACTERS.len()])).collect()
    }

    /// Returns the bytes.
    pub(in crate::mock) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Returns the bytes as hexadecimal digits.
    pub(in crate::mock) fn hex(&self) -> String {
        hex(&self.0)
    }
}
