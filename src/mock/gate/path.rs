//! Store code and processor: what comes before the route.

use crate::{
    catalog::behaviour,
    mock::{MockSettings, ShopRefusal, StoreView},
    names::{MagentoVersion, Mode},
    oauth::without_secrets,
};

/// Returns true if the release has processors for kinds of paths, which 2.2.7 has and 2.2.5 does not: there, every path is
/// looked up (docs/magento/web-api.md#processors).
fn has_processors(version: MagentoVersion) -> bool {
    version > MagentoVersion::new(2, 2, 5)
}

/// Path behind `/rest`, without its store code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) struct RestPath<'a, 's> {
    /// Store view; none for `all`.
    pub(in crate::mock) store: Option<&'s StoreView>,
    /// Path without slashes around it.
    rest: &'a str,
}

impl<'a, 's> RestPath<'a, 's> {
    /// Takes the store code off a path. Its case counts; without one, the default store view answers.
    pub(in crate::mock) fn of(path: &'a str, settings: &'s MockSettings) -> Self {
        let path = path.trim_matches('/');
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match settings.stores.iter().find(|store| store.code == first) {
            Some(store) => Self { store: Some(store), rest },
            None if first == "all" => Self { store: None, rest },
            None => Self { store: settings.stores.first(), rest: path },
        }
    }

    /// Mode of the call and the path of the route.
    pub(super) fn mode(self, method: &str, settings: &MockSettings) -> Result<(Mode, &'a str), ShopRefusal> {
        let rest = self.rest;
        let queued = rest
            .strip_prefix("async/")
            .filter(|_| behaviour::queues_calls(settings.version) && method != "GET");
        if let Some(queued) = queued {
            let (mode, path) =
                queued.strip_prefix("bulk/").map_or((Mode::Async, queued), |path| (Mode::Bulk, path));
            if path.strip_prefix('V').is_some_and(|rest| !rest.is_empty()) {
                return Ok((mode, path));
            }
        }
        let is_versioned =
            rest.strip_prefix('V').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if is_versioned || !has_processors(settings.version) {
            return Ok((Mode::Direct, rest));
        }
        Err(ShopRefusal::new(400, "Specified request cannot be processed.")
            .because(self.why(method, settings)))
    }

    fn why(self, method: &str, settings: &MockSettings) -> String {
        let first = self.rest.split('/').next().unwrap_or_default();
        match first {
            "" => "the path ends before the version of the API, `V1`".to_owned(),
            "async" if method == "GET" => "the async API accepts POST, PUT and DELETE only".to_owned(),
            "async" => {
                format!("Magento {} has no async API, or `V1` is missing behind `async`", settings.version)
            }
            "v1" => "the version of the API is written `V1`".to_owned(),
            _ => format!("`{}` is neither a store code of this shop nor `V1`", without_secrets(first)),
        }
    }
}
