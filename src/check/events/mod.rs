//! Rules on the events that `[[webhook]]` and `[[observer]]` name.

mod conditions;
mod fields;
mod payload;
mod timing;
mod tree;
mod unfilled;

use std::ops::Range;

use super::{Context, Resolved};
use crate::{
    catalog::{Event, ReleaseSet},
    diag::{Diagnostic, Help, Level, Rule},
    names::{Edition, EventName, MagentoVersion},
    spec::pointer,
};

pub(super) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let releases = resolved.target.releases;
    let mut findings = Vec::new();
    for (at, webhook) in context.spec.webhook.iter().enumerate() {
        findings.extend(tree::check(context, at, webhook));
        findings.extend(conditions::check(context, at, webhook));
        let mut is_known = false;
        for (event, route) in webhook.events(at) {
            let place = context.spans.value(&route);
            let named =
                NamedEvent { context, releases, name: event.as_str(), place, all: webhook.event.as_slice() };
            let Some(event) = named.look_up(&mut findings) else { continue };
            is_known = true;
            let unfit = payload::without_object(&named, event).or_else(|| timing::untimely(&named, event));
            if unfit.is_none() {
                findings.extend(timing::cautions(&named, event, false));
            }
            findings.extend(unfit);
        }
        if is_known {
            findings.extend(conditions::without_original(context, releases, at, webhook));
            findings.extend(fields::check(context, releases, at, webhook));
        }
    }
    for (at, observer) in context.spec.observer.iter().enumerate() {
        let place = context.spans.value(&pointer!["observer", at, "event"]);
        findings.extend(observed(context, releases, observer.event.as_str(), place));
    }
    findings
}

/// Rules on an event that an observer names.
pub(super) fn observed(
    context: &Context<'_>,
    releases: ReleaseSet,
    name: &str,
    place: Option<Range<usize>>,
) -> Vec<Diagnostic> {
    let named = NamedEvent { context, releases, name, place, all: &[] };
    let mut findings: Vec<Diagnostic> = named.with_digits().into_iter().collect();
    if let Some(event) = named.look_up(&mut findings) {
        findings.extend(timing::cautions(&named, event, true));
    }
    findings
}

/// Event that a webhook or an observer names.
struct NamedEvent<'a> {
    context: &'a Context<'a>,
    /// Releases of the target.
    releases: ReleaseSet,
    name: &'a str,
    place: Option<Range<usize>>,
    /// Events of the same webhook.
    all: &'a [EventName],
}

impl<'a> NamedEvent<'a> {
    fn finding(&self, rule: Rule, message: String) -> Diagnostic {
        Diagnostic::new(rule, message).at(self.place.clone())
    }

    /// Returns true if the webhook names the other event, too.
    fn is_beside(&self, other: &str) -> bool {
        self.all.iter().any(|event| event.as_str().eq_ignore_ascii_case(other))
    }

    /// Releases of the target that dispatch it.
    fn there(&self) -> ReleaseSet {
        self.context.catalog.events().releases_of(self.name) & self.releases
    }

    /// Reports a digit in the name if a release of the target rejects it.
    fn with_digits(&self) -> Option<Diagnostic> {
        let digits_from = MagentoVersion::new(2, 2, 4);
        let catalog = self.context.catalog;
        let rejecting = catalog.those(self.releases, |version| version < digits_from);
        if rejecting.is_empty() || !self.name.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let message = format!("`{}` has a digit, which {} rejects", self.name, catalog.describe(rejecting));
        let left = self.releases - rejecting;
        let finding = self.finding(Rule::EventName, message)
            .reason("events.xsd allows digits in names of events from 2.2.4 on; before that Magento cannot read the module's events.xml");
        Some(if left.is_empty() {
            finding
                .help("observe another event, or target 2.2.4 or later")
                .module_help("observe another event, or require a magento/framework of 2.2.4 or later")
        } else {
            finding.help(Help::new("observe another event").joined(", or ", self.context.narrow_to(left)))
        })
    }

    /// Looks up the event, and adds a finding if not every release of the target dispatches it.
    fn look_up(&self, findings: &mut Vec<Diagnostic>) -> Option<&'a Event> {
        let there = self.there();
        if there.is_empty() {
            findings.push(self.unknown());
            return None;
        }
        let lacking = self.releases - there;
        if !lacking.is_empty() {
            findings.push(self.not_in_every_release(there, lacking));
        }
        self.context.catalog.events().find(self.name)
    }

    fn unknown(&self) -> Diagnostic {
        let (catalog, name) = (self.context.catalog, self.name);
        let events = catalog.events();
        let message = format!("nothing dispatches `{name}` in {}", catalog.describe(self.releases));
        let mut finding = self.finding(Rule::UnknownEvent, message);
        if let Some(event) = events.find(name).filter(|event| !(event.releases() & self.releases).is_empty())
        {
            return finding.reason("event names are case-sensitive in 2.0").help(Help::write(&event.name));
        }
        let ever = events.releases_of(name);
        let suggest = || events.nearest(name, self.releases);
        let nearest = self.context.suggestions.make(suggest).unwrap_or_default();
        let is_foreign = ever.is_empty() && nearest.is_empty() && !events.is_never_dispatched(name);
        if is_foreign || self.context.spec.target.edition == Edition::Commerce {
            finding.level = Level::Warning;
        }
        let reason = if events.is_never_dispatched(name) {
            "Magento's own observers name it, but no release dispatches it, so observers of it never run"
                .to_owned()
        } else if ever.is_empty() {
            "observers of an event that is never dispatched never run; events of other modules are not in the catalog".to_owned()
        } else {
            format!("it was dispatched in {}", catalog.describe(ever))
        };
        let otherwise = || {
            "compare it with the code that dispatches it, or set `unknown-event = \"allow\"` in [rules] if another module does".to_owned()
        };
        let finding = finding.reason(reason);
        match Help::did_you_mean(&nearest) {
            Some(help) => finding.help(help),
            None => finding
                .help(otherwise())
                .module_help("compare it with the code that dispatches it, if another module does"),
        }
    }

    fn not_in_every_release(&self, there: ReleaseSet, lacking: ReleaseSet) -> Diagnostic {
        let catalog = self.context.catalog;
        let message = format!("nothing dispatches `{}` in {}", self.name, catalog.describe(lacking));
        let events = catalog.events();
        let instead = events.instead(self.name).filter(|other| (self.releases - other.releases()).is_empty());
        let narrow = self.context.narrow(there, Rule::EventNotInEveryRelease);
        self.finding(Rule::EventNotInEveryRelease, message)
            .reason("observers of it never run there, and Magento reports nothing")
            .help(match instead {
                Some(other) => Help::write(&other.name).joined(", or ", narrow),
                None => narrow,
            })
    }
}
