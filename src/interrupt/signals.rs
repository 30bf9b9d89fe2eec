//! Signal handlers.

use std::{
    io,
    sync::{Mutex, PoisonError, atomic::Ordering},
};

use signal_hook::{
    SigId,
    consts::{SIGINT, SIGTERM},
    flag, low_level,
};

use super::{CTRL_C, INT_ENDS, SIGNAL, Signal, TERM_ENDS};

const TERMINATION: usize = 15;

/// Actions of Ctrl-C that make the next signal end the process.
static ARMS: Mutex<Vec<SigId>> = Mutex::new(Vec::new());

/// Installs the handlers.
///
/// # Errors
/// The system refuses.
pub fn listen() -> io::Result<()> {
    // In this order: the first deferred signal is noted, the second one ends the process.
    for (signal, number, ends) in [(SIGINT, CTRL_C, &INT_ENDS), (SIGTERM, TERMINATION, &TERM_ENDS)] {
        flag::register_conditional_shutdown(signal, Signal(number).status().into(), ends)?;
        flag::register_usize(signal, &SIGNAL, number)?;
    }
    arm(SIGTERM)?;
    *ARMS.lock().unwrap_or_else(PoisonError::into_inner) = arm(SIGINT)?.into();
    Ok(())
}

fn arm(signal: i32) -> io::Result<[SigId; 2]> {
    Ok([flag::register(signal, &INT_ENDS)?, flag::register(signal, &TERM_ENDS)?])
}

/// A time in which Ctrl-C does nothing, until it is dropped.
#[derive(Debug)]
pub struct Deaf(());

/// Ignores Ctrl-C, which then belongs to a child process on the same terminal.
#[must_use]
pub fn ignore_interrupts() -> Deaf {
    for action in ARMS.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        low_level::unregister(action);
    }
    INT_ENDS.store(false, Ordering::SeqCst);
    Deaf(())
}

impl Drop for Deaf {
    fn drop(&mut self) {
        SIGNAL.store(0, Ordering::SeqCst);
        INT_ENDS.store(true, Ordering::SeqCst);
        if let Ok(actions) = arm(SIGINT) {
            *ARMS.lock().unwrap_or_else(PoisonError::into_inner) = actions.into();
        }
    }
}
