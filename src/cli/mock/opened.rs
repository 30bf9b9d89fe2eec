//! The shop that the arguments describe.

use std::{collections::BTreeMap, sync::Arc};

use camino::Utf8Path;

use super::shop_options::ShopOptions;
use crate::{
    catalog::{Catalog, ReleaseId},
    cli::{
        arguments::{Specs, print_stand_in, read_credentials, shop_in},
        output::{print_findings, warn},
    },
    compile_loaded,
    diag::Failure,
    mock::{MockConsumer, MockMode, MockSettings, MockShop, StoreView, TokenRow},
    model::{Integration, Module},
    names::{Edition, MagentoVersion},
    project::{CatalogStore, read},
    spec::load,
};

/// A shop and the specs it is for.
pub(super) struct Opened {
    pub(super) shop: Arc<MockShop>,
    /// Integrations in the order of the shop.
    pub(super) integrations: Vec<Integration>,
    /// Paths of the specs.
    pub(super) specs: Vec<String>,
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
        None => release(options.magento, &modules, edition)?,
    };
    let mut settings = MockSettings::new(catalog, release, edition);
    settings.mode = if options.developer { MockMode::Developer } else { MockMode::Production };
    settings.seed = options.seed;
    settings.base_url = options.base_url.as_deref().map(base_url).transpose()?;
    settings.takes_bearer = options.bearer;
    settings.needs_two_factors = options.two_factor;
    settings.is_strict = options.strict;
    let store = |(place, code): (usize, &String)| StoreView {
        id: u32::try_from(place + 1).unwrap_or(u32::MAX),
        code: code.clone(),
        name: if place == 0 { "Default Store View".to_owned() } else { code.clone() },
    };
    settings.stores = options.stores.iter().enumerate().map(store).collect();
    let shop = MockShop::of_modules(settings, &modules);
    if let Some(file) = &options.credentials {
        give(&shop, file)?;
    }
    let integrations = modules.into_iter().flat_map(|module| module.integrations).collect();
    Ok(Opened { shop: Arc::new(shop), integrations, specs })
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
        let source = read(&spec)?;
        let mut loaded = load(&source);
        edition.get_or_insert(loaded.edition());
        let listed = loaded.spec.iter().flat_map(|spec| &spec.integration);
        let order: Vec<String> = listed.map(|it| it.name.as_str().to_owned()).collect();
        let catalogs = store.of(&spec, &mut loaded);
        let compilation = compile_loaded(source, loaded, catalogs.get(), &|_| None);
        let Some(mut module) = compilation.module.filter(|_| !compilation.report.has_errors()) else {
            return Err(compilation.report.into());
        };
        print_findings([&compilation.report])?;
        module.integrations.sort_by_key(|it| order.iter().position(|name| *name == it.name.as_str()));
        modules.push(module);
        specs.push(spec.to_string());
    }
    Ok((modules, edition.unwrap_or_default(), specs))
}

/// Finds a release, by default the newest of the first spec's target.
///
/// # Errors
/// Unknown release.
pub(super) fn release(
    asked: Option<MagentoVersion>,
    modules: &[Module],
    edition: Edition,
) -> Result<(&'static Catalog, ReleaseId), Failure> {
    let catalog = Catalog::bundled().of_edition(edition);
    let newest = modules.iter().map(|module| module.platform.newest).next();
    let version = match asked.or(newest) {
        Some(version) => version,
        None => catalog.newest_checked().version,
    };
    for module in modules {
        let platform = &module.platform;
        if version < platform.oldest || platform.newest < version {
            warn(format!(
                "Magento {version} is not in the target of {}: {}",
                module.name, platform.constraint
            ))?;
        }
    }
    print_stand_in(catalog, version)?;
    let release =
        catalog.nearest(version).ok_or_else(|| format!("magespec does not know Magento {version}"))?;
    Ok((catalog, release.id))
}

/// Scheme and host of a base URL.
fn base_url(url: &str) -> Result<(String, String), Failure> {
    let parts = url.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme));
    match parts.map(|(scheme, rest)| (scheme, rest.strip_suffix('/').unwrap_or(rest))) {
        Some((scheme, host)) if !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']) => {
            Ok((scheme.to_owned(), host.to_owned()))
        }
        _ => Err(format!("`{url}` is not a base URL: write a scheme and a host, `https://shop.example.com`")
            .into()),
    }
}

/// Gives integrations the credentials of a file.
fn give(shop: &MockShop, file: &Utf8Path) -> Result<(), Failure> {
    let (consumers, _): (Vec<MockConsumer>, Vec<TokenRow>) = shop.rows();
    for entry in read_credentials(file)? {
        let place = match (&entry.integration, consumers.len()) {
            (Some(name), _) => consumers.iter().position(|consumer| consumer.name == *name),
            (None, 1) => Some(0),
            (None, _) => {
                return Err(
                    format!("{file}: an entry has no `integration`, and the specs have several").into()
                );
            }
        };
        match (place, entry.integration) {
            (Some(place), _) => shop.give(place, entry.secrets),
            (None, name) => {
                let name = name.unwrap_or_default();
                return Err(format!("{file}: the specs have no integration \"{name}\"").into());
            }
        }
    }
    Ok(())
}
