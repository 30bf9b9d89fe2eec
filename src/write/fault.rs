//! A place where tests make an operation fail, or the whole run stop.

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

    /// What happens at an operation.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(in crate::write) enum Kind {
        /// It fails; those behind it do not.
        Error,
        /// Nothing happens any more, as when the process is killed.
        Crash,
    }

    thread_local! {
        static PLAN: Cell<Option<(usize, Kind)>> = const { Cell::new(None) };
    }

    /// Lets so many operations pass before it strikes, once.
    pub(in crate::write) fn after(operations: usize, kind: Kind) {
        PLAN.set(Some((operations, kind)));
    }

    /// Calls a strike off, and says whether it was still to come.
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
