//! Limits of the server: a client that is slow or sends too much cannot hold it up.

use std::time::Duration;

/// Concurrent connections; more wait in the backlog of the operating system.
pub(super) const MOST_CONNECTIONS: usize = 2048;

/// Bytes of a request line and its headers.
pub(super) const LARGEST_HEAD: usize = 64 * 1024;

/// Headers of a request.
pub(super) const MOST_HEADERS: usize = 100;

/// Bytes of a body.
pub(super) const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// Time for a request line and headers, which also ends idle connections.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(15);

/// Time for a body.
pub(super) const BODY_TIME: Duration = Duration::from_secs(30);

/// Time for open answers when the server ends.
pub(super) const END_TIME: Duration = Duration::from_secs(2);

/// Time that a recorded shop has for an answer.
pub(super) const ANSWER_TIME: Duration = Duration::from_secs(60);

/// Bytes of an answer of another system.
pub(super) const LARGEST_ANSWER: u64 = 4 << 20;

/// Heads such as 100 Continue before an answer.
pub(super) const MOST_INTERIM: usize = 10;
