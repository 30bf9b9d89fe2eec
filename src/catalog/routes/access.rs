//! What a route needs.

use std::{borrow::Cow, collections::BTreeSet, fmt};

use crate::catalog::{ReleaseId, ReleaseSet};

/// What a route needs of whoever calls it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Nothing: `anonymous`.
    Anyone,
    /// To be a customer who is logged in: `self`. No integration is one.
    Customer,
    /// To be allowed all of these ACL resources, each by itself (`framework/Webapi/Authorization.php`;
    /// docs/magento/resolving-permissions.md#all-required).
    Granted(BTreeSet<Cow<'static, str>>),
}

impl Access {
    /// What the `ref`s of a route in webapi.xml come to.
    pub(in crate::catalog) fn of_refs(refs: impl Iterator<Item = Cow<'static, str>>) -> Self {
        let mut ids: BTreeSet<_> = refs.filter(|id| id != "anonymous").collect();
        if ids.remove("self") {
            Self::Customer
        } else if ids.is_empty() {
            Self::Anyone
        } else {
            Self::Granted(ids)
        }
    }

    /// The ACL resources that are needed.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let ids = if let Self::Granted(ids) = self { Some(ids) } else { None };
        ids.into_iter().flatten().map(AsRef::as_ref)
    }

    /// Whether an integration may call that is allowed these resources.
    #[must_use]
    pub fn is_open_to(&self, granted: &BTreeSet<&str>) -> bool {
        *self != Self::Customer && self.ids().all(|id| granted.contains(id))
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => f.write_str("nothing"),
            Self::Customer => f.write_str("a logged-in customer"),
            Self::Granted(_) => f.write_str(&self.ids().collect::<Vec<_>>().join(" and ")),
        }
    }
}

/// What is needed in some releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteNeed {
    /// What it is.
    pub access: Access,
    /// The releases that need it.
    pub releases: ReleaseSet,
}

impl RouteNeed {
    /// The releases of all of them.
    #[must_use]
    pub fn releases(needs: &[Self]) -> ReleaseSet {
        needs.iter().fold(ReleaseSet::default(), |all, need| all | need.releases)
    }

    /// What is needed in a release; none where it is none of theirs.
    #[must_use]
    pub fn access(needs: &[Self], release: ReleaseId) -> Option<&Access> {
        needs.iter().find(|need| need.releases.contains(release)).map(|need| &need.access)
    }
}
