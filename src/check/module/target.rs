//! Rules on `[target]`.

use super::mage_os;
use crate::{
    catalog::{Catalog, Constraint, ConstraintError, ReleaseId, ReleaseSet, Target, behaviour},
    check::Context,
    diag::{Diagnostic, Help, Rule, plural},
    names::MagentoVersion,
    resolve::{MOST_MATCHES, Resolved, Unresolved},
    spec::{Integration, IntegrationFormat, KeepCredentials, pointer},
};

/// Findings about the target itself.
pub(in crate::check) fn check(
    context: &Context<'_>,
    resolved: Result<&Resolved, &Unresolved>,
) -> Vec<Diagnostic> {
    let span = context.spans.value(&pointer!["target", "magento"]);
    if let Some(finding) = mage_os::numbers(context) {
        return vec![finding.at(span)];
    }
    let target = match resolved {
        Ok(resolved) => &resolved.target,
        Err(Unresolved::CrossesLegacy(target) | Unresolved::TooManyMatches(target)) => target,
        Err(Unresolved::NoSpec) => return Vec::new(),
        Err(Unresolved::Syntax(error)) => return vec![syntax_error(context, error)],
        Err(Unresolved::NoRelease(constraint)) => {
            return vec![matches_nothing(context, constraint).at(span)];
        }
    };
    if let Err(Unresolved::TooManyMatches(_)) = resolved {
        let place = context.spans.value(&pointer!["integration", 0, "resources"]);
        return vec![too_many_matches().at(place)];
    }
    let mut findings = Vec::new();
    if !context.catalog.is_of_shops() {
        findings.extend(not_in_catalog(context, target));
        findings.extend(newer_than_catalog(context, target));
        findings.extend(without_patches(context, target));
        findings.extend(not_verified(context, target));
        findings.extend(mage_os::check(context, target));
    }
    if let Err(Unresolved::CrossesLegacy(_)) = resolved {
        findings.push(crosses_legacy());
    }
    // All releases read the pair, and nothing resets its integrations
    // (docs/magento/files-and-schemas.md#legacy-in-place).
    if context.spec.module.format != IntegrationFormat::Legacy {
        findings.extend(always_resets(context, target));
    }
    let findings = findings.into_iter().map(|finding| finding.at(span.clone()));
    findings.chain(shops_not_in_target(context, &target.constraint)).collect()
}

fn syntax_error(context: &Context<'_>, error: &ConstraintError) -> Diagnostic {
    context
        .constraint_error(
            Rule::TargetSyntax,
            &pointer!["target", "magento"],
            context.spec.target.magento.as_str(),
            error,
        )
        .reason("the target is a Composer constraint over Magento releases")
}

fn matches_nothing(context: &Context<'_>, constraint: &Constraint) -> Diagnostic {
    let catalog = context.catalog;
    let newest = catalog.newest_checked().version;
    let line = catalog.line_of(constraint).filter(|&line| line != (newest.major, newest.minor));
    let finding = Diagnostic::new(
        Rule::TargetMatchesNothing,
        format!("no known Magento release matches `{constraint}`"),
    );
    if let Some(range) = constraint.exchanged() {
        return finding
            .reason("the range ends before it begins")
            .help(Help::new(format!("write magento = \"{range}\"")).text(range.to_string()));
    }
    if let Some(either) = either(catalog, &constraint.to_string()) {
        return finding
            .reason("conditions that a comma or a space separates must all hold")
            .help(Help::new(format!("write magento = \"{either}\" for any of them")).text(either));
    }
    let example = match line {
        Some((major, minor)) => format!("{major}.{minor}.*"),
        None => format!(">=2.4.4 <={newest}"),
    };
    let reason = match constraint.first() {
        Some(version) if version.major == 1 => {
            "magespec is for Magento 2: Magento 1 has no modules of this kind".to_owned()
        }
        _ => format!("the catalog covers 2.0.0, and 2.1.0 to {newest}"),
    };
    finding.reason(reason).help(format!("write for example magento = \"{example}\""))
}

/// Joins releases with bars if each of them alone is known.
fn either(catalog: &Catalog, conditions: &str) -> Option<String> {
    let conditions: Vec<&str> = conditions.split([',', ' ']).filter(|it| !it.is_empty()).collect();
    let is_release = |condition: &&str| {
        let is_bare = condition.starts_with(|first: char| first.is_ascii_digit());
        let constraint = condition.parse::<Constraint>();
        is_bare
            && constraint
                .is_ok_and(|it| !catalog.those(catalog.all(), |version| it.allows(version)).is_empty())
    };
    (conditions.len() > 1 && conditions.iter().all(is_release)).then(|| conditions.join(" || "))
}

/// Reports releases in the target whose patches it leaves out.
fn without_patches(context: &Context<'_>, target: &Target) -> Vec<Diagnostic> {
    let catalog = context.catalog;
    let is_left_out = |version: MagentoVersion, end: MagentoVersion| {
        version.p > 0 && version.with_p(0) == end && !target.constraint.allows(version)
    };
    let finding = |(end, is_alone): (MagentoVersion, bool)| {
        let patches = catalog.those(catalog.all(), |version| is_left_out(version, end));
        let first = catalog.release(target.releases.first()?).version;
        let next = end.next_release();
        let message = format!("the target leaves out {}, the patches of {end}", catalog.describe(patches));
        let (reason, help) = if is_alone {
            (
                format!("`={end}` is that release alone"),
                format!("write {end} without `=`, which includes its patches"),
            )
        } else {
            (
                format!("a patch comes after its release, so a range that ends with {end} excludes it"),
                format!("end the range with <{next}, as in magento = \">={first} <{next}\""),
            )
        };
        let finding = Diagnostic::new(Rule::TargetWithoutPatches, message).reason(reason).help(help);
        (!patches.is_empty()).then_some(finding)
    };
    target.constraint.ends().filter_map(finding).collect()
}

/// Returns true if the catalog lacks a release of the target between those that it has.
fn lacks_older(context: &Context<'_>, target: &Target) -> bool {
    let newest = context.catalog.newest_checked();
    target.absent.iter().any(|(version, _)| *version < newest.version)
}

/// Notes releases that the catalog lacks, of which some are not newer than it.
fn not_in_catalog(context: &Context<'_>, target: &Target) -> Option<Diagnostic> {
    let catalog = context.catalog;
    let absent = || target.absent.iter().filter(|_| lacks_older(context, target));
    let versions: Vec<MagentoVersion> = absent().map(|&(version, _)| version).collect();
    let stand_ins: ReleaseSet = absent().map(|&(_, stand_in)| stand_in).collect();
    let message = match versions.as_slice() {
        [] => return None,
        [one] => format!("the target includes {one}, which is not in the catalog"),
        [first, .., last] => format!("the target includes {first} to {last}, which are not in the catalog"),
    };
    // No line before 2.4.4 gets patches any more.
    let is_old = versions.iter().all(|version| *version < MagentoVersion::new(2, 4, 4));
    let help = if is_old {
        let known = catalog.constraint(target.releases);
        format!(
            "check against a shop that runs it: `magespec check --magento ROOT`; or target known releases: magento = \"{known}\""
        )
    } else {
        let known = catalog.constraint(target.releases);
        format!("upgrade magespec, or limit the target to known releases: magento = \"{known}\"")
    };
    Some(
        Diagnostic::new(Rule::TargetNewerThanCatalog, message)
            .reason(format!("it was checked against {}", catalog.describe(stand_ins)))
            .help(help),
    )
}

/// Notes releases whose ACL and routes the catalog has from elsewhere
/// (docs/magento/releases-and-editions.md#basis).
fn not_verified(context: &Context<'_>, target: &Target) -> Option<Diagnostic> {
    let catalog = context.catalog;
    let words = catalog.unverified_in_words(target.releases)?;
    let count: usize =
        catalog.unverified(target.releases).iter().map(|(_, releases)| releases.iter().count()).sum();
    let releases = plural(count, "release");
    let message = format!("magespec has not read the code of {releases} of the target");
    Some(
        Diagnostic::new(Rule::ReleaseNotVerified, message)
            .reason(words)
            .help("to be certain, check against a shop with such a release: `magespec check --magento ROOT`"),
    )
}

fn newer_than_catalog(context: &Context<'_>, target: &Target) -> Option<Diagnostic> {
    let catalog = context.catalog;
    let newest = catalog.newest_checked();
    let is_checked = |id: &ReleaseId| *id <= newest.id;
    let checked: ReleaseSet = target.releases.iter().filter(is_checked).collect();
    let newer: Vec<(MagentoVersion, ReleaseId)> =
        target.absent.iter().copied().filter(|(version, _)| *version > newest.version).collect();
    let message = match (target.unchecked.as_slice(), newer.as_slice()) {
        ([], []) => return None,
        ([], _) if lacks_older(context, target) => return None,
        (_, [(one, _)]) => {
            format!(
                "the target includes {one}, but this version knows releases only up to {}",
                newest.version
            )
        }
        (_, [(first, _), .., (last, _)]) => format!(
            "the target includes {first} to {last}, but this version knows releases only up to {}",
            newest.version
        ),
        ([one], []) => {
            format!(
                "the target includes {one}, whose ACL is not in the catalog; the newest in it is {}",
                newest.version
            )
        }
        ([first, .., last], []) => format!(
            "the target includes {first} to {last}, whose ACL is not in the catalog; the newest in it is {}",
            newest.version
        ),
    };
    let stand_ins = newer.iter().map(|&(_, stand_in)| stand_in.min(newest.id));
    let stand_ins: ReleaseSet = if target.unchecked.is_empty() {
        stand_ins.collect()
    } else {
        stand_ins.chain([newest.id]).collect()
    };
    Some(
        Diagnostic::new(Rule::TargetNewerThanCatalog, message)
            .reason(format!("newer releases were checked against {}", catalog.describe(stand_ins)))
            .help(if checked.is_empty() {
                "upgrade magespec".to_owned()
            } else {
                let known = catalog.constraint(checked);
                format!("upgrade magespec, or limit the target to known releases: magento = \"{known}\"")
            }),
    )
}

/// Reports shops whose release is not in the target: at the file that the spec names, or at the target.
fn shops_not_in_target(context: &Context<'_>, constraint: &Constraint) -> Vec<Diagnostic> {
    let catalog = context.catalog;
    let shops = catalog.releases().iter().enumerate().filter(|_| catalog.is_of_shops());
    let others = shops.filter(|(_, shop)| !constraint.allows(shop.version));
    let findings = others.map(|(at, shop)| {
        let (version, name) = (shop.version, catalog.name(shop.id));
        let message = match name {
            Some(name) => format!("{name} is a shop with Magento {version}, which is not in the target"),
            None => format!("the shop runs Magento {version}, which is not in the target"),
        };
        let place = match name {
            Some(_) => context.catalog_span(at),
            None => context.spans.value(&pointer!["target", "magento"]),
        };
        Diagnostic::new(Rule::ShopNotInTarget, message)
            .at(place)
            .reason("the module is built for the releases of its target, and Composer refuses it in others")
            .help(match name {
                Some(_) => "include the release in the target, or remove the file",
                None => "include it in the target, or check against another shop",
            })
            .module_help("allow its packages in composer.json, or check against another shop")
    });
    findings.collect()
}

fn too_many_matches() -> Diagnostic {
    let message = format!("the patterns of the integrations match more than {MOST_MATCHES} resources in all");
    Diagnostic::new(Rule::InvalidValue, message)
        .reason("each match is listed in etc/integration.xml and README.md")
        .help("use narrower patterns, or split the spec into several modules")
}

fn crosses_legacy() -> Diagnostic {
    Diagnostic::new(Rule::TargetCrossesLegacy, "the target includes both 2.0 and 2.1 or later")
        .reason(
            "2.0 reads integrations only from etc/integration/config.xml and api.xml, through a setup script; \
             from 2.1 on Magento reads etc/integration.xml, and a module with both would declare them twice",
        )
        .help(
            "write one spec for \"2.0.*\" and another for \">=2.1\", or set `format = \"legacy\"` under [module]",
        )
}

fn always_resets(context: &Context<'_>, target: &Target) -> Option<Diagnostic> {
    let resets = context.catalog.those(target.releases, behaviour::always_resets);
    let is_kept = |it: &Integration| it.keep_credentials != KeepCredentials::Always(false);
    let is_harmless = context.spec.integration.iter().all(is_kept);
    (!resets.is_empty() && !is_harmless).then(|| {
        Diagnostic::new(
            Rule::TargetAlwaysResets,
            format!("every setup:upgrade resets every integration in {}", context.catalog.describe(resets)),
        )
        .reason(
            "Magento ignores the root resource when it compares the stored permissions with the XML: they always \
             differ, the integration is recreated, and its tokens stop working",
        )
        .help(match (target.releases - resets).is_empty() {
            true => {
                "target 2.2.8, 2.3.1 or later (2.1 was never fixed), or set `keep_credentials = true`".into()
            }
            false => context
                .narrow_to(target.releases - resets)
                .joined(", or ", "set `keep_credentials = true`".into()),
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::{
        catalog::Catalog,
        check,
        diag::{Rule, Source},
        names::MagentoVersion,
        resolve::resolve,
        spec::load,
    };

    #[test]
    fn releases_whose_acl_is_unknown_are_reported_and_checked_against_the_newest_known() {
        let catalog = Catalog::with_acl_until(MagentoVersion::new(2, 4, 8).with_p(5));
        let findings = |target: &str| {
            let loaded = load(&Source::new(
                "integration.toml",
                format!(
                    "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n\
                     [target]\nmagento = \"{target}\"\n\
                     [[integration]]\nname = \"ERP\"\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::sales\"]\n"
                ),
            ));
            let mut findings = check::spec(&loaded, resolve(&loaded, &catalog).as_ref(), &catalog);
            findings.retain(|finding| finding.rule == Rule::TargetNewerThanCatalog);
            findings
        };
        for (target, newer) in [("^2.4.8", "2.4.9"), ("2.4.9", "2.4.9"), ("2.4.8 || 2.4.12", "2.4.12")] {
            let found = findings(target);
            assert_eq!(found.len(), 1, "{target}: {found:#?}");
            assert!(found[0].message.contains(newer) && found[0].message.contains("2.4.8-p5"), "{found:#?}");
            assert!(
                found[0].reason.as_ref().is_some_and(|it| it.ends_with("against 2.4.8-p5")),
                "{found:#?}"
            );
        }
        assert_eq!(findings(">=2.4.7 <2.4.9"), []);
    }
}
