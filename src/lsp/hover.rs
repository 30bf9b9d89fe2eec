//! Descriptions of keys and values.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::{
    cursor::{Cursor, CursorPlace},
    documents::EditorText,
};
use crate::{
    catalog::{Catalog, ReleaseSet},
    names::Call,
    project::Project,
    spec::{Pointer, schema_key},
};

/// Says what is at a cursor, as Markdown; none if nothing is known of it.
pub(super) fn hover(project: &Project, text: &EditorText, cursor: &Cursor) -> Option<Hover> {
    let written = text.as_str().get(cursor.span.clone())?;
    let facts = Facts::of(project);
    let value = match cursor.place {
        CursorPlace::Key => about_key(&cursor.route.key(written))?,
        CursorPlace::Header => about_key(&cursor.route.key(written))?,
        CursorPlace::Value => facts.about(&cursor.route, written).or_else(|| about_key(&cursor.route))?,
    };
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Some(Hover { contents, range: Some(text.range(&cursor.span)) })
}

/// Documentation of a key.
fn about_key(route: &Pointer) -> Option<String> {
    let key = schema_key(route)?;
    let example = key.example.map(|example| format!("\n\n```toml\n{} = {example}\n```", key.name));
    Some(format!("{}{}", key.description, example.unwrap_or_default()))
}

struct Facts<'a> {
    catalog: &'a Catalog,
    releases: ReleaseSet,
}

impl<'a> Facts<'a> {
    fn of(project: &'a Project) -> Self {
        let catalog = project.catalogs.get().in_question();
        let releases = if project.releases.is_empty() { catalog.all() } else { project.releases };
        Self { catalog, releases }
    }

    fn about(&self, route: &Pointer, written: &str) -> Option<String> {
        match route.steps().next()? {
            "target" => None,
            "webhook" | "observer" => self.event(written),
            _ => self.resource(written).or_else(|| self.call(written)).or_else(|| self.data_type(written)),
        }
    }

    fn there(&self, releases: ReleaseSet) -> String {
        let there = releases & self.releases;
        if there.is_empty() {
            return "in no release of the target".to_owned();
        }
        if there == self.releases {
            return "in all releases of the target".to_owned();
        }
        format!("in {}", self.catalog.describe(there))
    }

    fn resource(&self, written: &str) -> Option<String> {
        let id = written.trim_start_matches('!').trim_end_matches("/**");
        let acl = self.catalog.shipped_acl(self.catalog.all());
        acl.title(id)?;
        let routes = self.catalog.routes().by_resource(self.releases);
        let routes: Vec<String> =
            routes.get(id).into_iter().flatten().map(|route| format!("- `{route}`")).collect();
        let opens = match routes.len() {
            0 => "No route needs it.".to_owned(),
            count => format!("Needed by {}:\n\n{}", crate::diag::plural(count, "route"), first(&routes)),
        };
        Some(format!(
            "**{}**\n\n`{id}`, {}. {opens}",
            acl.title_path(id).join(" > "),
            self.there(acl.present(id))
        ))
    }

    fn call(&self, written: &str) -> Option<String> {
        let call = Call::new(written).ok()?;
        let route = self.catalog.routes().answering(&call).next()?;
        let needs: Vec<_> = route.needs_in(self.releases).collect();
        let needs = needs.iter().map(|need| {
            let when = self.catalog.when_in(need.releases, self.releases);
            format!("- {}{when}", need.access)
        });
        let needs: Vec<String> = needs.collect();
        Some(format!("`{route}`, {}. It needs:\n\n{}", self.there(route.releases()), needs.join("\n")))
    }

    fn event(&self, written: &str) -> Option<String> {
        let event = self.catalog.events().find(written)?;
        let entity = self.catalog.entities_of(written).next();
        let entity = entity.map(|entity| format!(" It carries: {} (`{}`).", entity.name, entity.model));
        let cautions = self.catalog.cautions(event, self.releases);
        let cautions: String =
            cautions.iter().map(|(caution, _)| format!("\n- {}", caution.text())).collect();
        let cautions = if cautions.is_empty() { cautions } else { format!("\n{cautions}") };
        let there = self.there(event.releases());
        Some(format!("`{written}`, {there}.{}{cautions}", entity.unwrap_or_default()))
    }

    fn data_type(&self, written: &str) -> Option<String> {
        let class = written.trim_start_matches('\\').trim_end_matches(['?', '[', ']']);
        let found = self.catalog.types().find(class);
        let first_row = found.first()?;
        let fields: Vec<String> = first_row
            .fields
            .iter()
            .map(|field| format!("- `{}`: {}", field.name, field.php_type.as_str()))
            .collect();
        Some(format!(
            "`{class}`, {}:\n\n{}",
            self.there(self.catalog.types().releases_of(class)),
            first(&fields)
        ))
    }
}

/// The first lines of a list, and the number of the others.
fn first(lines: &[String]) -> String {
    const MOST: usize = 15;
    let more = lines.len().saturating_sub(MOST);
    let shown = lines[..lines.len() - more].join("\n");
    if more > 0 { format!("{shown}\n- … {more} more") } else { shown }
}
