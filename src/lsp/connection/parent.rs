//! Process that started the server.

use std::time::{Duration, Instant};

/// Time between two looks.
const PATIENCE: Duration = Duration::from_secs(2);

/// Process that started the server. It may end without closing the pipe, if another process has that, too.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Parent(Option<i32>);

impl Parent {
    /// Process with this number; not one that cannot be seen from here, as from a container.
    pub(in crate::lsp) fn of(number: Option<i64>) -> Self {
        Self(number.and_then(|number| i32::try_from(number).ok()).filter(|&number| is_alive(number)))
    }

    /// Moment of the next look.
    pub(in crate::lsp) fn next_look(&self) -> Option<Instant> {
        self.0.map(|_| Instant::now() + PATIENCE)
    }

    /// Returns true if the process has ended.
    pub(in crate::lsp) fn is_gone(&self) -> bool {
        self.0.is_some_and(|number| !is_alive(number))
    }
}

#[cfg(unix)]
fn is_alive(number: i32) -> bool {
    use rustix::{
        io::Errno,
        process::{Pid, test_kill_process},
    };
    Pid::from_raw(number).is_some_and(|process| test_kill_process(process) != Err(Errno::SRCH))
}

/// Windows closes the pipes of a process that ends.
#[cfg(not(unix))]
fn is_alive(_: i32) -> bool {
    true
}
