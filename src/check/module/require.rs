//! Requirements compared with what the releases of the target ship.

use crate::{
    catalog::{Constraint, Release, ReleaseSet, wildcards},
    check::{Context, Resolved},
    diag::{Diagnostic, Help, Rule, nearest},
    names::Edition,
    spec::pointer,
};

/// Reports requirements with which Composer cannot install the module on a release of the target.
pub(in crate::check) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let required = context.spec.module.require.iter();
    let required = required.map(|(name, written)| (name.as_str(), written.as_str()));
    required
        .filter_map(|(name, written)| Required::new(context, resolved, name, written)?.finding())
        .collect()
}

/// Package that the spec requires, and what the releases of the target have of it.
struct Required<'a> {
    context: &'a Context<'a>,
    resolved: &'a Resolved,
    name: &'a str,
    /// Constraint as written.
    written: &'a str,
    /// Versions, each with the releases that ship it; none for PHP.
    shipped: Vec<(String, ReleaseSet)>,
    /// Releases with an allowed version.
    fits: ReleaseSet,
}

impl<'a> Required<'a> {
    /// Looks the package up; none if the catalog knows nothing about it.
    fn new(
        context: &'a Context<'a>,
        resolved: &'a Resolved,
        name: &'a str,
        written: &'a str,
    ) -> Option<Self> {
        let shipped = context.catalog.shipped(name);
        if shipped.is_empty() && name != "php" && !is_of_core(context, name) {
            return None;
        }
        let fits = match exact(written).parse::<Constraint>() {
            Ok(constraint) if name == "php" => context.catalog.running_on(&constraint),
            Ok(constraint) => context.catalog.shipping(name, &constraint).unwrap_or_default(),
            Err(_) if written.starts_with("dev-") => ReleaseSet::default(),
            Err(_) => return None,
        };
        Some(Self { context, resolved, name, written, shipped, fits })
    }

    fn finding(&self) -> Option<Diagnostic> {
        let Self { context, name, written, .. } = self;
        let releases = self.resolved.target.releases;
        let lacking = releases - self.fits;
        let first = context.catalog.release(lacking.first()?);
        let message =
            format!("`{name}` {written} cannot be installed in {}", context.catalog.describe(lacking));
        let narrow = (!(releases & self.fits).is_empty())
            .then(|| context.narrow(releases & self.fits, Rule::NotInstallable));
        let help = match (self.instead(), narrow) {
            (Some(instead), None) => instead,
            (Some(instead), Some(narrow)) => instead.joined(", or ", narrow),
            (None, Some(narrow)) => narrow,
            (None, None) => Help::new("remove it").removal(),
        };
        Some(
            Diagnostic::new(Rule::NotInstallable, message)
                .at(context.spans.value(&pointer!["module", "require", *name]))
                .reason(self.reason(first))
                .help(help),
        )
    }

    /// Explains why a release cannot install it.
    fn reason(&self, release: &Release) -> String {
        let Self { context, name, .. } = self;
        if *name == "php" {
            return format!("{} runs on PHP {}", release.version, release.php);
        }
        let ever = self.shipped.iter().fold(ReleaseSet::default(), |all, (_, releases)| all | *releases);
        match self.shipped.iter().find(|(_, releases)| releases.contains(release.id)) {
            Some((version, _)) => format!("{} has {name} {version}", release.version),
            None if ever.is_empty() => "no known release ships it".to_owned(),
            None => format!("Magento ships it in {}", context.catalog.describe(ever)),
        }
    }

    /// Suggests what to require instead.
    fn instead(&self) -> Option<Help> {
        let Self { context, resolved, name, shipped, .. } = self;
        if shipped.is_empty() && *name != "php" {
            let packages = || context.catalog.packages(resolved.target.releases);
            let near = context.suggestions.make(|| nearest(name, packages())).flatten()?;
            return Some(Help::new(format!("did you mean `{near}`?")).meant(near));
        }
        instead(context, resolved, name).map(|instead| Help::write(&instead))
    }
}

/// A version without an operator, however many of its numbers are written, is that version alone to Composer, not its
/// patches. Stability flags do not count.
fn exact(constraint: &str) -> String {
    let spaced = constraint.replace("||", "|").replace('|', " || ").replace(',', " ");
    let words: Vec<&str> =
        spaced.split_whitespace().map(|word| word.split('@').next().unwrap_or_default()).collect();
    let is_version = |word: &str| {
        word.split('.').count() <= 4 && word.split('.').all(|number| number.parse::<u32>().is_ok())
    };
    let is_joined = |word: Option<&&str>| {
        word.is_some_and(|word| matches!(*word, "-" | ">" | ">=" | "<" | "<=" | "=" | "==" | "!=" | "<>"))
    };
    let word = |(at, word): (usize, &&str)| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let is_alone = is_version(word) && !is_joined(before) && words.get(at + 1) != Some(&"-");
        let short = word.strip_suffix(".0").filter(|short| short.split('.').count() == 3);
        if is_alone { format!("={}", short.unwrap_or(word)) } else { (*word).to_owned() }
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// Returns true for a package that only Magento can have. Sample data and Adobe Commerce have their own.
fn is_of_core(context: &Context<'_>, package: &str) -> bool {
    let is_of_core = package.starts_with("magento/module-") && !package.contains("sample-data");
    is_of_core && !context.catalog.is_of_shops() && context.spec.target.edition != Edition::Commerce
}

/// Constraint that all releases of the target satisfy, if all of them have the package.
pub(in crate::check) fn instead(context: &Context<'_>, resolved: &Resolved, package: &str) -> Option<String> {
    if package == "php" {
        return Some(context.catalog.php(&resolved.target).constraint);
    }
    let releases = resolved.target.releases;
    let mut there = context.catalog.shipped(package);
    there.retain(|(_, shipped)| !(*shipped & releases).is_empty());
    let all = there.iter().fold(ReleaseSet::default(), |all, (_, shipped)| all | *shipped);
    (releases - all).is_empty().then(|| wildcards(there.iter().map(|(version, _)| version.as_str())))
}
