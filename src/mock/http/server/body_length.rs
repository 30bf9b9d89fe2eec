//! Lengths of bodies, which hyper tells the connection that it reads from.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

/// Length of a body in chunks.
const IN_CHUNKS: u64 = u64::MAX - 1;

/// Length of a body that is not known.
const UNKNOWN: u64 = u64::MAX;

/// Length of the body behind the head that was handed on last, as hyper reads that head.
#[derive(Debug, Clone)]
pub(super) struct BodyLength {
    length: Arc<AtomicU64>,
    is_exceeded: Arc<AtomicBool>,
}

impl Default for BodyLength {
    fn default() -> Self {
        Self { length: Arc::new(AtomicU64::new(UNKNOWN)), is_exceeded: Arc::default() }
    }
}

impl BodyLength {
    /// Notes the length; none for a body in chunks.
    pub(super) fn note(&self, length: Option<u64>) {
        self.length.store(length.unwrap_or(IN_CHUNKS), Ordering::SeqCst);
    }

    /// Returns true if a chunk was larger than a body may be.
    pub(super) fn is_exceeded(&self) -> bool {
        self.is_exceeded.load(Ordering::SeqCst)
    }

    /// Notes that a chunk was larger than a body may be.
    pub(super) fn exceed(&self) {
        self.is_exceeded.store(true, Ordering::SeqCst);
    }

    /// Takes the length that was noted, so that the next one is another request's.
    pub(super) fn take(&self) -> NotedLength {
        match self.length.swap(UNKNOWN, Ordering::SeqCst) {
            UNKNOWN => NotedLength::Unknown,
            IN_CHUNKS => NotedLength::InChunks,
            length => NotedLength::Known(length),
        }
    }
}

/// Length that hyper has read from a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotedLength {
    Known(u64),
    InChunks,
    Unknown,
}
