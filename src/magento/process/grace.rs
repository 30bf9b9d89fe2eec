//! Time to end for a child process after a signal.

use std::{
    process::Child,
    time::{Duration, Instant},
};

use crate::interrupt;

/// Time in which a child process may end by itself.
const BY_ITSELF: Duration = Duration::from_secs(5);
/// Time for what is left to do after SIGTERM.
const AFTER_SIGTERM: Duration = Duration::from_secs(2);

/// Time that a child process gets to end once a signal asks magespec to stop.
#[derive(Debug, Default)]
pub(super) struct Grace {
    since: Option<Instant>,
    is_told: bool,
}

impl Grace {
    /// Passes the signal on to the child process. Returns true once its time is over.
    pub(super) fn is_over(&mut self, child: &Child) -> bool {
        let Some(signal) = interrupt::requested() else { return false };
        let waited = self.since.get_or_insert_with(Instant::now).elapsed();
        let is_due = !signal.is_ctrl_c() || waited >= BY_ITSELF;
        if is_due && !self.is_told {
            self.is_told = true;
            terminate(child);
        }
        waited >= BY_ITSELF + AFTER_SIGTERM
    }

    /// Returns true once a signal came.
    pub(super) fn has_begun(&self) -> bool {
        self.since.is_some()
    }
}

#[cfg(unix)]
fn terminate(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process};
    // It may have ended.
    let _ = kill_process(Pid::from_child(child), Signal::TERM);
}

#[cfg(not(unix))]
fn terminate(_: &Child) {}
