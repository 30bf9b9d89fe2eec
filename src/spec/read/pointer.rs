//! Routes into a document.

use std::{
    borrow::Cow,
    fmt::{self, Display, Write as _},
    ops::Deref,
};

use jsonschema::paths::Location;

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
        /// Length of most steps.
        const STEP: usize = 16;
        let mut pointer = Self(String::with_capacity(self.0.len() + STEP));
        pointer.0.push_str(&self.0);
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

impl Pointer {
    /// The pointer of the table or list that this is in; none of the whole document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// The last key or index; none of the whole document.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.keys().next_back().map(Cow::into_owned)
    }

    /// The steps as they are written, `/` and `~` in them escaped.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.strip_prefix('/').into_iter().flat_map(|steps| steps.split('/'))
    }

    /// The steps as keys and indices are named in the document.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = Cow<'_, str>> {
        self.steps().map(|step| match step.contains('~') {
            true => Cow::Owned(step.replace("~1", "/").replace("~0", "~")),
            false => Cow::Borrowed(step),
        })
    }

    /// The keys, without indices, as they are named in the document.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.keys().filter(|step| step.parse::<usize>().is_err()).map(Cow::into_owned).collect()
    }

    /// Returns true if this is `above`, or in it.
    #[must_use]
    pub fn is_within(&self, above: &Self) -> bool {
        self.0.strip_prefix(&above.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The same place in another table or list.
    #[must_use]
    pub fn join(&self, below: &Self) -> Self {
        Self(format!("{self}{below}"))
    }
}

/// Takes a pointer as it is written.
impl From<&str> for Pointer {
    fn from(written: &str) -> Self {
        Self(written.find('/').map_or_else(String::new, |start| written[start..].to_owned()))
    }
}

impl From<&Location> for Pointer {
    fn from(location: &Location) -> Self {
        Self(location.as_str().to_owned())
    }
}

impl Deref for Pointer {
    type Target = str;

    fn deref(&self) -> &str {
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
    fn pointers_go_up_and_down() {
        let email = pointer!["integration", 0, "a/b"];
        assert_eq!(email.parent(), Some(pointer!["integration", 0]));
        assert_eq!((email.last(), email.steps().last()), (Some("a/b".to_owned()), Some("a~1b")));
        assert_eq!((Pointer::root().parent(), Pointer::root().last()), (None, None));
        assert!(email.is_within(&email) && email.is_within(&pointer!["integration"]));
        assert!(!email.is_within(&pointer!["integration", 0, "a"]));
        assert_eq!(pointer!["a"].join(&pointer!["b", 1]), pointer!["a", "b", 1]);
    }

    #[test]
    fn tildes_and_slashes_are_escaped() {
        assert_eq!(&*pointer!["module", "require", "acme/sdk"], "/module/require/acme~1sdk");
        assert_eq!(&*pointer!["a~b/c", "~1"], "/a~0b~1c/~01");
    }
}
