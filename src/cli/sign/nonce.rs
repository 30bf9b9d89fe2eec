//! Nonce of a request.

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher as _, Hasher as _},
};

/// Returns 32 hexadecimal digits that no other call gets.
pub(in crate::cli) fn nonce() -> String {
    // Each state has keys of its own, made from random ones of the system.
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonces_differ() {
        let nonces: std::collections::BTreeSet<String> = (0..1000).map(|_| nonce()).collect();
        assert!(nonces.len() == 1000 && nonces.iter().all(|nonce| nonce.len() == 32));
    }
}
