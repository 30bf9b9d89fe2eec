//! Requests to stop: Ctrl-C (SIGINT) and SIGTERM.
//!
//! By itself, a signal ends the process at once. [`hold`] defers that until files are whole again. A command that has more
//! to say calls [`attend`] and asks [`requested`] between its steps. A second signal always ends the process at once.

#[cfg(feature = "cli")]
mod signals;

use std::{
    mem, process,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

#[cfg(feature = "cli")]
pub use signals::{Deaf, ignore_interrupts, listen};

/// True if the next Ctrl-C ends the process.
static INT_ENDS: AtomicBool = AtomicBool::new(true);
/// True if the next SIGTERM ends the process.
static TERM_ENDS: AtomicBool = AtomicBool::new(true);
/// Number of the first deferred signal; 0 without one.
static SIGNAL: AtomicUsize = AtomicUsize::new(0);
/// Number of holders.
static HELD: Mutex<usize> = Mutex::new(0);

/// A deferral of signals, until it is dropped.
#[derive(Debug)]
pub struct Hold(());

/// Defers signals. When the last holder is dropped, a deferred signal ends the process, unless a command attends to it.
#[must_use]
pub fn hold() -> Hold {
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    *held += 1;
    if requested().is_none() {
        end_at_once(false);
    }
    Hold(())
}

/// Defers signals until the process ends: the command asks [`requested`] and ends by itself.
pub fn attend() {
    mem::forget(hold());
}

/// Forgets the deferred signal of a command that only ends with one: its exit status is its own.
pub fn fulfil() {
    SIGNAL.store(0, Ordering::SeqCst);
}

fn end_at_once(ends: bool) {
    INT_ENDS.store(ends, Ordering::SeqCst);
    TERM_ENDS.store(ends, Ordering::SeqCst);
}

/// Returns the deferred signal, if there is one.
#[must_use]
pub fn requested() -> Option<Signal> {
    match SIGNAL.load(Ordering::SeqCst) {
        0 => None,
        number => Some(Signal(number)),
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        *held -= 1;
        if *held != 0 {
            return;
        }
        end_at_once(true);
        if let Some(signal) = requested() {
            process::exit(signal.status().into());
        }
    }
}

/// A signal that asks the process to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal(usize);

impl Signal {
    /// Exit status after this signal, as shells count it: 130 after Ctrl-C, 143 after SIGTERM.
    #[must_use]
    pub fn status(self) -> u8 {
        128 + u8::try_from(self.0).unwrap_or_default()
    }

    /// Returns true for Ctrl-C, which a terminal sends to child processes, too.
    #[must_use]
    pub fn is_ctrl_c(self) -> bool {
        self.0 == CTRL_C
    }
}

/// Number of SIGINT on all systems.
const CTRL_C: usize = 2;
