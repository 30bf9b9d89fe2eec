//! Routes into a document.

use std::{
    fmt::{self, Display, Write as _},
    ops::Deref,
};

/// A route into a document, as JSON Pointer (RFC 6901) writes it: `/integration/0/email`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Goes one step further: to a key of a table, or to an index of a list.
    #[must_use]
    pub fn key(&self, step: impl Display) -> Self {
        let mut pointer = self.clone();
        pointer.push(step);
        pointer
    }

    /// Adds a step.
    pub fn push(&mut self, step: impl Display) {
        self.0.push('/');
        let start = self.0.len();
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{step}");
        if self.0[start..].contains(['~', '/']) {
            let escaped = self.0[start..].replace('~', "~0").replace('/', "~1");
            self.0.truncate(start);
            self.0.push_str(&escaped);
        }
    }
}

impl Deref for Pointer {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Pointer {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The [`Pointer`] of these steps: `pointer!["integration", at, "email"]`.
macro_rules! pointer {
    ($($step:expr),+ $(,)?) => {{
        let mut pointer = $crate::spec::Pointer::root();
        $(pointer.push(&$step);)+
        pointer
    }};
}

pub(crate) use pointer;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_keys_and_indices() {
        assert_eq!(&*Pointer::root(), "");
        assert_eq!(&*pointer!["integration", 0, "email"], "/integration/0/email");
        assert_eq!(pointer!["data", 1].key("fields").key("id"), pointer!["data", 1, "fields", "id"]);
    }

    #[test]
    fn tildes_and_slashes_are_escaped() {
        assert_eq!(&*pointer!["module", "require", "acme/sdk"], "/module/require/acme~1sdk");
        assert_eq!(&*pointer!["a~b/c", "~1"], "/a~0b~1c/~01");
    }
}
