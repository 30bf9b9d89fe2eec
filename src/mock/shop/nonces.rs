//! Nonces that were used.

use std::{
    collections::{HashSet, VecDeque},
    hash::{BuildHasher as _, RandomState},
};

/// Nonces that are remembered; the oldest are forgotten first, so that memory does not grow. Magento deletes those whose
/// timestamp is older than two hours.
const MOST_NONCES: usize = 200_000;

/// Nonces by consumer, without regard to case and whatever the timestamp, as hashes.
#[derive(Debug, Default)]
pub(in crate::mock) struct Nonces {
    used: HashSet<u64>,
    order: VecDeque<u64>,
    hasher: RandomState,
}

impl Nonces {
    /// Notes a nonce. Returns false if the consumer used it before.
    pub(in crate::mock) fn note(&mut self, consumer: usize, nonce: &str) -> bool {
        let hash = self.hasher.hash_one((consumer, nonce.to_lowercase()));
        if !self.used.insert(hash) {
            return false;
        }
        if self.order.len() == MOST_NONCES
            && let Some(oldest) = self.order.pop_front()
        {
            self.used.remove(&oldest);
        }
        self.order.push_back(hash);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_counts_once_for_each_consumer() {
        let mut nonces = Nonces::default();
        assert!(nonces.note(0, "nonceab"));
        assert!(!nonces.note(0, "NONCEAB"));
        assert!(nonces.note(1, "nonceab"));
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut nonces = Nonces::default();
        for nonce in 0..=MOST_NONCES {
            assert!(nonces.note(0, &nonce.to_string()));
        }
        assert_eq!((nonces.used.len(), nonces.order.len()), (MOST_NONCES, MOST_NONCES));
        assert!(nonces.note(0, "0"));
        assert!(!nonces.note(0, &MOST_NONCES.to_string()));
    }
}
