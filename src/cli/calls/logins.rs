//! Calls by which a client logs in as a user: what it calls then needs no integration.

use crate::{catalog::Login, traffic::Observed};

/// Observed calls that return the token of a user.
pub(super) struct Logins<'a> {
    pub(super) administrator: Vec<&'a Observed>,
    pub(super) customer: Vec<&'a Observed>,
}

impl<'a> Logins<'a> {
    pub(super) fn of(calls: &'a [Observed]) -> Self {
        let those = |login| calls.iter().filter(|call| Login::of(&call.called.name) == Some(login)).collect();
        Self { administrator: those(Login::Administrator), customer: those(Login::Customer) }
    }
}
