//! Injection of faults by tests: an operation fails, or the whole run stops.

/// Called before each operation.
#[cfg(not(test))]
#[inline]
pub(super) fn strike() -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use at::{Kind, after, end, strike};

#[cfg(test)]
mod at {
    use std::{cell::Cell, io};

    /// Effect of a fault.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(in crate::write) enum Kind {
        /// This operation fails; later ones do not.
        Error,
        /// Nothing happens from here on, as if the process were killed.
        Crash,
    }

    thread_local! {
        static PLAN: Cell<Option<(usize, Kind)>> = const { Cell::new(None) };
    }

    /// Arms a fault that strikes once, after this many operations.
    pub(in crate::write) fn after(operations: usize, kind: Kind) {
        PLAN.set(Some((operations, kind)));
    }

    /// Disarms the fault and returns true if it has not struck yet.
    pub(in crate::write) fn end() -> bool {
        PLAN.take().is_some()
    }

    pub(in crate::write) fn strike() -> io::Result<()> {
        match PLAN.get() {
            Some((0, Kind::Error)) => {
                PLAN.set(None);
                Err(io::ErrorKind::StorageFull.into())
            }
            Some((0, Kind::Crash)) => {
                PLAN.set(None);
                std::panic::resume_unwind(Box::new("a crash"))
            }
            Some((more, kind)) => {
                PLAN.set(Some((more - 1, kind)));
                Ok(())
            }
            None => Ok(()),
        }
    }
}
