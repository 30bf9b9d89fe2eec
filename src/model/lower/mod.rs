//! Spec to model: defaults applied, patterns expanded, everything looked up.

mod acl;
mod api;
mod code;
mod config;
mod labels;
mod menu;
mod modules;
mod payload;
mod renames;
mod settings;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

use super::{Author, Call, Integration, Keep, Module, Need, Platform, Resource};
use crate::{
    catalog::{AclTable, Catalog, Catalogs, ReleaseId, ReleaseSet, Target},
    names::{AclId, CspHost, PackageName},
    resolve::{Resolved, ResolvedCall, Selection},
    spec::{self, KeepCondition, KeepCredentials, Spec},
};

/// Lowers a spec that was checked without errors. `target` has the releases that the module supports; `resolved` is the
/// spec in those releases, or in the shops that it names.
#[must_use]
pub fn lower(spec: &Spec, catalogs: Catalogs<'_>, resolved: &Resolved, target: &Target) -> Module {
    let Resolved { acl, is_legacy, selections, .. } = resolved;
    let lowering = Lowering {
        spec,
        catalog: catalogs.releases,
        target,
        of_spec: catalogs.of_spec(),
        looked_up: resolved.target.releases,
        acl,
        is_legacy: *is_legacy,
    };
    let module = &spec.module;
    let mut integrations: Vec<Integration> = spec
        .integration
        .iter()
        .zip(selections)
        .map(|(it, selection)| lowering.integration(it, selection))
        .collect();
    integrations.sort_by(|a, b| a.name.cmp(&b.name));
    let settings = lowering.settings();
    let webhooks = lowering.webhooks(settings.as_ref());
    let jobs = lowering.jobs();
    let modules = lowering.modules(&integrations);
    let of_version = || module.version.as_ref().map(|version| version.numbers().to_owned());
    let by_itself = || of_version().filter(|_| lowering.wants_setup_version());
    let setup_version = module.setup_version.as_ref().map(ToString::to_string).or_else(by_itself);
    let mut lowered = Module {
        name: module.name.clone(),
        package: module.package.clone().unwrap_or_else(|| PackageName::from(&module.name)),
        description: module.description.to_string(),
        version: module.version.clone(),
        setup_version,
        license: module.license.as_ref().and_then(|license| serde_json::to_value(license).ok()),
        authors: module.authors.iter().map(author).collect(),
        homepage: module.homepage.as_ref().map(ToString::to_string),
        keywords: module.keywords.iter().map(ToString::to_string).collect(),
        source: module.source.clone(),
        composer: spec.composer.iter().map(|(key, value)| (key.to_owned(), value.clone())).collect(),
        copyright: module.copyright.as_ref().map(ToString::to_string),
        platform: lowering.platform(),
        require: BTreeMap::new(),
        sequence: modules.into_iter().chain(module.sequence.iter().cloned()).collect(),
        integrations,
        retired: spec.retired.integrations.iter().cloned().collect(),
        acl: lowering.acl_tree(),
        api: lowering.api(),
        observers: lowering.observers(webhooks.as_ref()),
        renames: lowering.renames(&jobs),
        jobs,
        webhooks,
        config: lowering.config(settings.as_ref()),
        menu: lowering.menu(),
        settings,
        csp: lowering.csp(),
        locales: spec.i18n.locales.iter().cloned().collect(),
    };
    let (has_jobs, has_plugin) = (!lowered.jobs.is_empty(), lowered.has_plugin());
    lowered.require = lowering.require(&lowering.of_menu(), has_jobs, has_plugin);
    lowered
}

/// Returns the PHP constraint of the target, which a spec may narrow.
const PHP: &str = "php";

struct Lowering<'a> {
    spec: &'a Spec,
    catalog: &'a Catalog,
    target: &'a Target,
    /// Catalog in which resources and calls were looked up.
    of_spec: &'a Catalog,
    /// Its releases or shops in which they were.
    looked_up: ReleaseSet,
    /// ACL there.
    acl: &'a AclTable,
    is_legacy: bool,
}

impl Lowering<'_> {
    fn platform(&self) -> Platform {
        let php = self.catalog.php(self.target);
        let given = self.spec.module.require.iter().find(|(package, _)| package.as_str() == PHP);
        Platform {
            constraint: self.target.constraint.to_string(),
            oldest: self.version(self.target.releases.first()),
            newest: self.version(self.target.releases.last()),
            mage_os: self.catalog.in_mage_os(self.target.releases),
            php: given.map_or(php.constraint, |(_, constraint)| constraint.to_string()),
            lowest_php: php.floor,
            is_legacy: self.is_legacy,
        }
    }

    fn version(&self, release: Option<ReleaseId>) -> crate::names::MagentoVersion {
        release.map_or(self.catalog.newest_checked().version, |id| self.catalog.release(id).version)
    }

    /// Returns `setup_version`: required up to 2.2, and the setup script of a legacy module does not run without it
    /// (docs/magento/files-and-schemas.md#setup-version and docs/magento/files-and-schemas.md#legacy-later).
    fn wants_setup_version(&self) -> bool {
        let oldest = self.version(self.target.releases.first());
        (oldest.major, oldest.minor) <= (2, 2)
    }

    fn integration(&self, integration: &spec::Integration, selection: &Selection) -> Integration {
        let mut requested: BTreeSet<&str> = selection.ids.iter().map(String::as_str).collect();
        let mut implied: BTreeSet<&str> = BTreeSet::new();
        if !self.is_legacy {
            // A call may need the root, which cannot be granted by itself
            // (docs/magento/resolving-permissions.md#roots).
            requested.retain(|id| !self.acl.is_root(id));
            implied = self.acl.with_ancestors_ever(requested.iter().copied());
            implied.retain(|id| !requested.contains(id));
        }
        let entries = integration.calls.iter().zip(&selection.calls);
        let mut calls: Vec<Call> = entries.map(|(entry, called)| self.call(entry, called)).collect();
        calls.sort_by(|a, b| (&a.path, &a.method).cmp(&(&b.path, &b.method)));
        calls.dedup();
        Integration {
            name: integration.name.clone(),
            email: integration.email.clone(),
            endpoint_url: integration.endpoint_url.clone(),
            identity_link_url: integration.identity_link_url.clone(),
            former: integration.renamed_from.as_slice().to_vec(),
            keep: keep(integration.keep_credentials),
            calls,
            resources: requested.into_iter().filter_map(|id| self.resource(id)).collect(),
            implied: implied.into_iter().filter_map(|id| self.resource(id)).collect(),
        }
    }

    fn call(&self, entry: &spec::CallEntry, called: &ResolvedCall) -> Call {
        let parts: Vec<_> = called.needs.iter().map(|need| need.releases).collect();
        let when = self.of_spec.when(&parts).into_iter();
        let needs = called.needs.iter().zip(when).map(|(need, when)| Need {
            resources: need.access.ids().filter_map(|id| AclId::new(id).ok()).collect(),
            when: (parts.len() > 1).then_some(when),
        });
        let (method, path) = called.name.split_once(' ').unwrap_or(("", &called.name));
        Call {
            method: method.to_owned(),
            path: path.to_owned(),
            needs: needs.collect(),
            why: entry.why().map(ToString::to_string),
        }
    }

    fn resource(&self, id: &str) -> Option<Resource> {
        let path = self.acl.title_path(id).into_iter().map(str::to_owned).collect();
        Some(Resource { id: AclId::new(id).ok()?, path })
    }

    fn csp(&self) -> BTreeMap<&'static str, Vec<CspHost>> {
        self.spec.csp.policies().map(|(directive, hosts)| (directive, hosts.to_vec())).collect()
    }
}

fn keep(keep: KeepCredentials) -> Keep {
    match keep {
        KeepCredentials::Always(false) => Keep::Never,
        KeepCredentials::Always(true) => Keep::Always,
        KeepCredentials::Sometimes(KeepCondition::UnlessPermissionsGrow) => Keep::UnlessPermissionsGrow,
    }
}

fn author(author: &spec::Author) -> Author {
    Author {
        name: author.name.to_string(),
        email: author.email.as_ref().map(ToString::to_string),
        homepage: author.homepage.as_ref().map(ToString::to_string),
        role: author.role.as_ref().map(ToString::to_string),
    }
}
