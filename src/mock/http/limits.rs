//! Limits of the server: what is too slow or too large is refused.

use std::time::Duration;

/// Concurrent connections; more wait in the backlog of the operating system.
pub(super) const MOST_CONNECTIONS: usize = 2048;

/// Answers made at the same time, each on a thread; further ones wait. One for a large body takes seconds and must not hold
/// up others, but each thread also has memory of its own.
pub(super) const MOST_ANSWERING: usize = 16;

/// Bytes of a request line and its headers.
pub(super) const LARGEST_HEAD: usize = 64 * 1024;

/// Headers of a request.
pub(super) const MOST_HEADERS: usize = 100;

/// Bytes of a body.
pub(super) const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// Time for a request line and headers, which also ends idle connections.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(15);

/// Time for a body, in which it also waits for room. Once it is complete, it has as long again to wait for room for its values.
pub(super) const BODY_TIME: Duration = Duration::from_secs(30);

/// Bytes of all bodies that are read or answered at the same time, but for small ones; further ones wait.
pub(super) const BODY_BUDGET: usize = 128 * 1024 * 1024;

/// Memory of all values that bodies are answered from at the same time, but for small ones; further ones wait.
pub(super) const VALUE_BUDGET: usize = 512 * 1024 * 1024;

/// Memory of the values of a body that does not wait.
pub(super) const SMALL_VALUES: usize = 256 * 1024;

/// Time that a body waits for room for further bytes, each time that it needs it.
pub(super) const ROOM_TIME: Duration = Duration::from_secs(5);

/// Bytes of a body that does not wait, and of the pieces in which the others are counted.
pub(super) const SMALL_BODY: usize = 64 * 1024;

/// Time for a client to read the answer to a request that is not read to its end.
pub(super) const LINGER_TIME: Duration = Duration::from_secs(5);

/// Bytes that such a client may still send.
pub(super) const LINGER_SIZE: usize = 64 * 1024 * 1024;

/// Time for open answers when the server ends.
pub(super) const END_TIME: Duration = Duration::from_secs(2);

/// Time that a recorded shop has for an answer.
pub(super) const ANSWER_TIME: Duration = Duration::from_secs(60);

/// Bytes of an answer of another system.
pub(super) const LARGEST_ANSWER: u64 = 4 << 20;

/// Heads such as 100 Continue before an answer.
pub(super) const MOST_INTERIM: usize = 10;
