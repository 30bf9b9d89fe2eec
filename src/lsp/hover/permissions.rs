//! ACL resources, the entries that select them, and the calls that need them.

use super::facts::{Facts, first};
use crate::{
    catalog::{Access, renamed},
    diag::plural,
    names::{Call, Pattern, ResourceEntry},
    resolve::ResolvedCall,
};

impl Facts<'_> {
    /// Describes an entry of `resources`: a resource, or what a pattern selects.
    pub(super) fn entry(&self, written: &str) -> Option<String> {
        let entry = ResourceEntry::new(written.to_owned()).ok()?;
        if let Pattern::Exact(id) = entry.pattern() {
            return self.resource(id);
        }
        let acl = match &self.resolved {
            Some(resolved) => std::sync::Arc::clone(&resolved.acl),
            None => self.catalog.shipped_acl(self.releases),
        };
        let selected = acl.select(entry.pattern());
        let (all, some): (Vec<_>, Vec<_>) =
            selected.into_iter().partition(|(_, there)| (self.releases - *there).is_empty());
        let line = |id: &str| match acl.title(id) {
            Some(title) => format!("- `{id}` {title}"),
            None => format!("- `{id}`"),
        };
        let lines: Vec<String> = all.iter().map(|(id, _)| line(id)).collect();
        let verb = if entry.excludes() { "Excludes" } else { "Selects" };
        let others: Vec<String> = some
            .iter()
            .map(|(id, there)| format!("{}, only in {}", line(id), self.catalog.describe(*there)))
            .collect();
        let others = match (others.is_empty(), entry.excludes()) {
            (true, _) => String::new(),
            (_, true) => format!("\n\nAlso excludes:\n\n{}", first(&others)),
            (_, false) => format!("\n\nLeaves out what some releases lack:\n\n{}", first(&others)),
        };
        Some(format!("{verb} {}:\n\n{}{others}", plural(all.len(), "resource"), first(&lines)))
    }

    /// Describes a resource: its title, its releases, the routes that need it, and who asks for it.
    pub(super) fn resource(&self, id: &str) -> Option<String> {
        let all = self.catalog.shipped_acl(self.catalog.all());
        let own = self.resolved.as_ref().map(|resolved| &*resolved.acl);
        let acl = own.filter(|acl| acl.title(id).is_some()).unwrap_or(&all);
        let Some(_) = acl.title(id) else {
            let new = renamed(id)?;
            return Some(format!("`{id}` was renamed to `{new}`.\n\n{}", self.resource(new)?));
        };
        let routes = self.catalog.routes().by_resource(self.releases);
        let own_routes = self.resolved.as_ref().map(|it| it.own_routes.by_resource(self.catalog.all()));
        let own_routes = own_routes.iter().flat_map(|routes| routes.get(id).into_iter().flatten());
        let routes = own_routes.chain(routes.get(id).into_iter().flatten());
        let routes: Vec<String> = routes.map(|route| format!("- `{route}`")).collect();
        let opens = match routes.len() {
            0 => "No route needs it.".to_owned(),
            count => format!("Needed by {}:\n\n{}", plural(count, "route"), first(&routes)),
        };
        let there = self.there(acl.present(id));
        Some(format!("**{}**\n\n`{id}`, {there}. {opens}{}", acl.title_path(id).join(" > "), self.askers(id)))
    }

    /// Lists what in the spec asks for a resource.
    fn askers(&self, id: &str) -> String {
        let (Some(spec), Some(resolved)) = (self.spec, &self.resolved) else { return String::new() };
        let integrations = spec.integration.iter().zip(&resolved.selections);
        let asked = integrations.flat_map(|(integration, selection)| {
            let entry = selection.entry_for(id, &integration.resources);
            let entry = entry.and_then(|at| integration.resources.get(at)).map(|entry| format!("`{entry}`"));
            let needs = |call: &&ResolvedCall| call.ids().contains(id);
            let calls = selection.calls.iter().filter(needs).map(|call| format!("`{}`", call.name));
            entry.into_iter().chain(calls).map(|what| format!("- {what} of {}", integration.name))
        });
        let asked: Vec<String> = asked.collect();
        if asked.is_empty() { String::new() } else { format!("\n\nRequested by:\n\n{}", first(&asked)) }
    }

    /// Describes a call: the route that answers it, and what that needs in which releases.
    pub(super) fn call(&self, written: &str) -> Option<String> {
        let call = Call::new(written.to_owned()).ok()?;
        let own = self.resolved.as_ref().map(|resolved| &resolved.own_routes);
        let resolved = ResolvedCall::of(self.catalog, own, &call, self.releases);
        if resolved.needs.is_empty() {
            let ever = ResolvedCall::of(self.catalog, own, &call, self.catalog.all());
            return (!ever.needs.is_empty())
                .then(|| format!("`{}`, {}.", ever.name, self.there(ever.releases())));
        }
        let needs = resolved.needs.iter().map(|need| {
            let when = self.catalog.when_in(need.releases, self.releases);
            let why = match &need.access {
                Access::Anyone => "anyone may call it",
                Access::Customer => "only customers that are logged in may call it",
                _ if need.access.ids().count() > 1 => "each of them is required",
                _ => "",
            };
            let why = if why.is_empty() { String::new() } else { format!(": {why}") };
            format!("- {}{when}{why}", need.access)
        });
        let needs: Vec<String> = needs.collect();
        let there = self.there(resolved.releases());
        let answered = self.answered(&call).map_or_else(String::new, |by| format!("\n\n{by}"));
        let ends = self.deprecated(&resolved.name).or_else(|| self.removed(&call));
        let ends = ends.map_or_else(String::new, |ends| format!("\n\n{ends}"));
        Some(format!("`{}`, {there}. It needs:\n\n{}{answered}{ends}", resolved.name, needs.join("\n")))
    }

    /// Says until when a deprecated route of the spec is there, and what replaces it.
    fn deprecated(&self, route: &str) -> Option<String> {
        let methods = self.spec?.service.iter().flat_map(|service| &service.method);
        let method = methods.into_iter().find(|method| method.route.as_str() == route)?;
        let deprecated = method.deprecated.as_ref()?;
        let since = deprecated.since().map_or_else(String::new, |since| format!(" since {since}"));
        let instead = method.replaced_by.as_ref();
        let instead = instead.map_or_else(String::new, |instead| format!(" Call `{instead}` instead."));
        Some(format!("**Deprecated**{since}: it may be removed from {} on.{instead}", deprecated.until()))
    }

    /// Says which release is the last with a route of Magento that later ones lack.
    fn removed(&self, call: &Call) -> Option<String> {
        let ever = ResolvedCall::of(self.catalog, None, call, self.catalog.all());
        let last = self.catalog.ends_at(ever.releases())?;
        Some(format!(
            "**Removed** from Magento: {} is the last release that has it.",
            self.catalog.release(last).version
        ))
    }

    /// Names the class whose webapi.xml requires that.
    fn answered(&self, call: &Call) -> Option<String> {
        let routes = self.catalog.routes().answering(call);
        let routes = routes.filter_map(|route| Some((route, (route.releases() & self.releases).last()?)));
        let (route, release) = routes.max_by_key(|(_, newest)| *newest)?;
        let (class, method) = self.catalog.services().called_by(route, release)?;
        let name = class.class.as_str();
        Some(format!("Declared in webapi.xml of {}, which calls `{name}::{}`.", class.module(), method.name))
    }
}
