//! The shop that the arguments describe.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::{
    shop_options::ShopOptions,
    values::{GivenSecrets, values},
};
use crate::{
    catalog::Catalog,
    cli::{
        arguments::{OpenedSpec, Specs, read_credentials, release_of_shop, shop_in},
        output::warn,
    },
    diag::Failure,
    mock::{MockMode, MockSettings, MockShop, StoreView, TOKEN_LENGTH},
    model::{Integration, Module},
    names::Edition,
    oauth::CallUrl,
    project::CatalogStore,
};

/// A shop and the specs it is for.
pub(super) struct Opened {
    pub(super) shop: MockShop,
    /// Integrations in the order of the shop.
    pub(super) integrations: Vec<Integration>,
    /// Paths of the specs.
    pub(super) specs: Vec<String>,
    /// Secrets that a file gave, by the places of the integrations.
    pub(super) given: BTreeMap<usize, GivenSecrets>,
}

/// Compiles the specs and opens the shop.
///
/// # Errors
/// Errors in a spec, an integration in two specs, an unknown release, unreadable files, or credentials that fit no
/// integration.
pub(super) fn open(options: &ShopOptions) -> Result<Opened, Failure> {
    let (modules, edition, specs) = modules(&options.specs)?;
    refuse_twins(&modules, &specs)?;
    let (catalog, release) = match &options.catalog {
        Some(file) => {
            // It lives as long as the process.
            let catalog: &'static Catalog = Box::leak(Box::new(Catalog::of_shop(shop_in(file)?)));
            (catalog, catalog.newest_checked().id)
        }
        None => release_of_shop(options.magento, &modules, edition)?,
    };
    let mut settings = MockSettings::new(catalog, release, edition);
    settings.mode = if options.developer { MockMode::Developer } else { MockMode::Production };
    settings.seed = options.seed;
    if let Some(url) = &options.base_url {
        let base = CallUrl::parse_base(url)?;
        settings.base_url = Some((base.scheme, base.host));
    }
    settings.takes_bearer = options.bearer;
    settings.needs_two_factors = options.two_factor;
    settings.is_strict = options.strict;
    settings.stores = stores(&options.stores)?;
    let shop = MockShop::of_modules(settings, &modules);
    let given = match &options.credentials {
        Some(file) => give(&shop, file)?,
        None => BTreeMap::new(),
    };
    let integrations = modules.into_iter().flat_map(|module| module.integrations).collect();
    Ok(Opened { shop, integrations, specs, given })
}

/// Refuses two modules with one integration, of which a shop has one row only.
fn refuse_twins(modules: &[Module], specs: &[String]) -> Result<(), Failure> {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for (module, spec) in modules.iter().zip(specs) {
        for integration in &module.integrations {
            if let Some(other) = known.insert(integration.name.as_str(), spec) {
                let name = &integration.name;
                return Err(format!(
                    "{other} and {spec} both have the integration \"{name}\": serve one of them"
                )
                .into());
            }
        }
    }
    Ok(())
}

/// Compiles all specs. The edition is that of the first.
///
/// # Errors
/// Errors in a spec, or unreadable files.
pub(super) fn modules(given: &Specs) -> Result<(Vec<Module>, Edition, Vec<String>), Failure> {
    let (mut modules, mut edition, mut specs) = (Vec::new(), None, Vec::new());
    let store = CatalogStore::new(None);
    for spec in given.files()? {
        let mut opened = OpenedSpec::open(&spec, &store)?;
        edition.get_or_insert(opened.edition);
        let place = |it: &Integration| opened.integrations.iter().position(|name| *name == it.name.as_str());
        opened.module.integrations.sort_by_key(place);
        modules.push(opened.module);
        specs.push(spec.to_string());
    }
    Ok((modules, edition.unwrap_or_default(), specs))
}

/// Store views with these codes (docs/magento/web-api.md#store-codes).
fn stores(codes: &[String]) -> Result<Vec<StoreView>, Failure> {
    let mut stores: Vec<StoreView> = Vec::new();
    for code in codes {
        let is_code = code.starts_with(|c: char| c.is_ascii_alphabetic())
            && code.len() <= 32
            && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_code {
            return Err(format!(
                "--store: `{code}` is not the code of a store view; write up to 32 letters, digits and `_`, a letter first: `de_shop`"
            )
            .into());
        }
        if code == "V1" {
            return Err("--store: the shop would read the `V1` of `/rest/V1/…` as this store view; write another code"
                .to_owned()
                .into());
        }
        if matches!(code.as_str(), "all" | "admin") || stores.iter().any(|store| store.code == *code) {
            return Err(format!("--store: the shop has `{code}` already; leave it out").into());
        }
        let name = if stores.is_empty() { "Default Store View".to_owned() } else { code.clone() };
        let id = u32::try_from(stores.len() + 1).unwrap_or(u32::MAX);
        stores.push(StoreView { id, code: code.clone(), name });
    }
    Ok(stores)
}

/// Gives integrations the credentials of a file.
fn give(shop: &MockShop, file: &Utf8Path) -> Result<BTreeMap<usize, GivenSecrets>, Failure> {
    let names: Vec<_> = shop.credentials().into_iter().filter_map(|it| it.integration).collect();
    let mut given = BTreeMap::new();
    for entry in read_credentials(file)? {
        let place = match (&entry.integration, names.len()) {
            (Some(name), _) => names.iter().position(|it| it == name),
            (None, 1) => Some(0),
            (None, _) => {
                return Err(
                    format!("{file}: an entry has no `integration`, and the specs have several").into()
                );
            }
        };
        let name = entry.integration.or_else(|| names.first().cloned()).unwrap_or_default();
        let Some(place) = place else {
            return Err(format!("{file}: the specs have no integration \"{name}\"").into());
        };
        let has_tokens = entry.secrets.access_token_secret.is_some();
        if given.insert(place, GivenSecrets { file: file.to_owned(), has_tokens }).is_some() {
            return Err(format!("{file}: two entries are of \"{name}\"; remove one of them").into());
        }
        for (what, value) in values(&entry.secrets) {
            if value.is_some_and(|value| value.len() != TOKEN_LENGTH) && !what.ends_with("secret") {
                warn(format!(
                    "{file}: Magento refuses the {what} of \"{name}\": it does not have {TOKEN_LENGTH} characters"
                ))?;
            }
        }
        shop.give(place, entry.secrets);
    }
    Ok(given)
}
