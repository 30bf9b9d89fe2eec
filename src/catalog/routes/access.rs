//! Access that a route requires.

use std::{borrow::Cow, collections::BTreeSet, fmt};

use crate::catalog::{ReleaseId, ReleaseSet};

/// Access that a route requires of its caller.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Public: `anonymous`.
    Anyone,
    /// Logged-in customers: `self`. Integrations never qualify.
    Customer,
    /// All of these ACL resources, each by itself (`framework/Webapi/Authorization.php`;
    /// docs/magento/resolving-permissions.md#all-required).
    Granted(BTreeSet<Cow<'static, str>>),
    /// Some ACL resource of Adobe Commerce that is not public
    /// (docs/magento/releases-and-editions.md#commerce).
    Unpublished,
}

impl Access {
    /// Converts the `ref`s of a route in webapi.xml.
    pub(crate) fn of_refs(refs: impl Iterator<Item = Cow<'static, str>>) -> Self {
        let mut ids: BTreeSet<_> = refs.filter(|id| id != "anonymous").collect();
        if ids.remove("self") {
            Self::Customer
        } else if ids.is_empty() {
            Self::Anyone
        } else {
            Self::Granted(ids)
        }
    }

    /// `ref`s of the route, as in webapi.xml; `unknown` if they are not published.
    #[must_use]
    pub fn refs(&self) -> Vec<&str> {
        match self {
            Self::Anyone => vec!["anonymous"],
            Self::Customer => vec!["self"],
            Self::Unpublished => vec!["unknown"],
            Self::Granted(_) => self.ids().collect(),
        }
    }

    /// ACL resources that are required.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let ids = if let Self::Granted(ids) = self { Some(ids) } else { None };
        ids.into_iter().flatten().map(AsRef::as_ref)
    }

    /// Returns true if an integration with these resources may call.
    #[must_use]
    pub fn is_open_to(&self, granted: &BTreeSet<&str>) -> bool {
        !matches!(self, Self::Customer | Self::Unpublished) && self.ids().all(|id| granted.contains(id))
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => f.write_str("nothing"),
            Self::Customer => f.write_str("a logged-in customer"),
            Self::Unpublished => f.write_str("an unpublished permission"),
            Self::Granted(_) => f.write_str(&self.ids().collect::<Vec<_>>().join(" and ")),
        }
    }
}

/// Access required in some releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteNeed {
    /// The access.
    pub access: Access,
    /// Releases that require it.
    pub releases: ReleaseSet,
}

impl RouteNeed {
    /// Releases of all entries.
    #[must_use]
    pub fn releases(needs: &[Self]) -> ReleaseSet {
        needs.iter().fold(ReleaseSet::default(), |all, need| all | need.releases)
    }

    /// Access required in a release; none if no entry covers it.
    #[must_use]
    pub fn access(needs: &[Self], release: ReleaseId) -> Option<&Access> {
        needs.iter().find(|need| need.releases.contains(release)).map(|need| &need.access)
    }
}
