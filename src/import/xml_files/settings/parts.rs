//! Parts that tabs, sections, groups and fields have in common.

use serde_json::{Map, Value, json};

use crate::{
    import::xml_files::{Entry, Unsupported},
    parsers::{SpannedText, xml::Element},
};

/// Attributes of sections; groups and fields have `extends` too.
const ATTRIBUTES: [&str; 9] = [
    "id",
    "translate",
    "type",
    "sortOrder",
    "showInDefault",
    "showInWebsite",
    "showInStore",
    "canRestore",
    "advanced",
];

/// Reports an element that is not in Magento's schema, or has no key in a spec.
pub(super) fn unknown(element: &Element, name: &str, place: &str) -> Unsupported {
    let why = match name {
        "requires" | "source_service" => "which a spec says of fields only",
        "clone_model" | "clone_fields" => "which a spec says of groups only",
        "include" => "which a spec says of sections and groups only",
        _ => "which Magento's schema for system.xml does not have there",
    };
    Unsupported::new(format!("{place} has <{name}>, {why}"), &element.name.span)
}

/// Reports attributes besides those of a section and these.
pub(super) fn only_box_attributes(element: &Element, further: &[&str]) -> Result<(), Unsupported> {
    only_attributes(element, &[&ATTRIBUTES, further].concat())
}

/// Reports attributes besides these.
pub(super) fn only_attributes(element: &Element, known: &[&str]) -> Result<(), Unsupported> {
    let other = element.attributes.iter().find(|it| !known.contains(&it.name.as_str()));
    other.map_or(Ok(()), |other| {
        let tag = &element.name.value;
        let why = "which Magento's schema for system.xml does not have there";
        Err(Unsupported::new(format!("<{tag}> has the attribute `{}`, {why}", other.name), &other.value.span))
    })
}

/// Text of an element that has nothing else.
pub(super) fn text(element: &Element) -> Result<SpannedText, Unsupported> {
    let nested = element.elements().next();
    nested.map_or_else(
        || Ok(SpannedText::new(element.text().trimmed(), element.text().span)),
        |nested| {
            let message = format!("<{}> has markup, of which Magento reads nothing", element.name.value);
            Err(Unsupported::new(message, &nested.name.span))
        },
    )
}

/// Texts of the child elements with these names, without empty ones; the last of a name counts.
pub(super) fn texts<'n>(
    element: &Element,
    names: &[&'n str],
) -> Result<Vec<(&'n str, SpannedText)>, Unsupported> {
    let mut found = Vec::new();
    for name in names {
        if let Some(child) = element.named(name).next_back() {
            let text = text(child)?;
            if !text.value.is_empty() {
                found.push((*name, text));
            }
        }
    }
    Ok(found)
}

/// Text on one line: the form shows white space as one space.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Position among the siblings.
pub(super) fn sort_order(element: &Element) -> Result<Option<i64>, Unsupported> {
    let Some(place) = element.attribute("sortOrder").filter(|it| !it.trimmed().is_empty()) else {
        return Ok(None);
    };
    let number = place.trimmed().parse::<f64>().ok().filter(|number| number.fract() == 0.0);
    #[allow(clippy::cast_possible_truncation)]
    let whole = number.filter(|number| number.abs() < 1e15).map(|number| number as i64);
    whole.map(Some).ok_or_else(|| {
        Unsupported::new(
            format!("the sortOrder {:?} is not a whole number, as a spec needs it", place.value),
            &place.span,
        )
    })
}

/// Scopes that show something; `None` for an attribute that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShownScopes([Option<bool>; 3]);

const NAMES: [(&str, &str); 3] =
    [("showInDefault", "default"), ("showInWebsite", "website"), ("showInStore", "store")];

impl ShownScopes {
    pub(super) fn of(element: &Element) -> Self {
        let is_shown = |text: &SpannedText| text.trimmed().parse::<i32>().is_ok_and(|number| number != 0);
        Self(NAMES.map(|(name, _)| element.attribute(name).map(is_shown)))
    }

    /// Scopes of a section or group by those of its fields, all attributes given. Conditions, which name fields, have none.
    pub(super) fn widest(element: &Element) -> Self {
        let fields: Vec<[bool; 3]> =
            element.descendants("field").map(|field| Self::of(field).flags()).collect();
        let store = fields.iter().any(|scopes| scopes[2]);
        let website = store || fields.iter().any(|scopes| scopes[1]);
        Self([Some(true), Some(website), Some(store)])
    }

    pub(super) fn flags(self) -> [bool; 3] {
        self.0.map(|shown| shown == Some(true))
    }

    pub(super) fn is_given(self) -> bool {
        self.0.iter().any(Option::is_some)
    }

    /// True if only some attributes are there, and one of them hides the element: a list of scopes cannot say that.
    pub(super) fn is_partial(self) -> bool {
        self.0.contains(&Some(false)) && self.0.contains(&None)
    }

    /// The scopes as a list.
    pub(super) fn listed(self) -> Value {
        let listed = NAMES.iter().zip(self.flags()).filter(|(_, yes)| *yes).map(|((_, name), _)| *name);
        json!(listed.collect::<Vec<_>>())
    }

    /// Scope of a value with these; `None` if a scope does not say them.
    pub(super) fn scope(self) -> Option<&'static str> {
        match self.flags() {
            [true, false, false] => Some("global"),
            [true, true, false] => Some("website"),
            [true, true, true] => Some("store"),
            _ => None,
        }
    }
}

/// Keys of a comment, which is HTML.
pub(super) fn comment(element: &Element) -> Result<Option<(&'static str, Value)>, Unsupported> {
    let Some(comment) = element.named("comment").next_back() else { return Ok(None) };
    let model = comment.attribute("model").map(|model| model.value.clone());
    let nested: Vec<&Element> = comment.elements().collect();
    let of_child = match nested.as_slice() {
        [model] if model.name.value == "model" => Some(model.text().trimmed().to_owned()),
        _ => None,
    };
    if let Some(model) = model.or(of_child) {
        return Ok(Some(("comment_model", json!(model))));
    }
    let text = text(comment)?;
    if text.value.is_empty() {
        return Ok(None);
    }
    let plain = plain(&text.value);
    let is_plain = escaped(&plain) == text.value && !text.value.contains(['\r', '\n']);
    Ok(Some(if is_plain { ("comment", json!(plain)) } else { ("comment_html", json!(text.value)) }))
}

/// Text of HTML without markup.
fn plain(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Further values for a class, by type, without the ones named.
pub(super) fn attributes(element: &Element, but: &str) -> Result<Map<String, Value>, Unsupported> {
    let mut attributes = Map::new();
    for attribute in element.named("attribute") {
        only_attributes(attribute, &["type"])?;
        let Some(kind) = attribute.attribute("type").filter(|kind| kind.value != but) else { continue };
        attributes.insert(kind.value.clone(), json!(text(attribute)?.value));
    }
    Ok(attributes)
}

/// Files that add to a section or group.
pub(super) fn includes(element: &Element) -> Option<Value> {
    let paths = element.named("include").filter_map(|include| include.attribute("path"));
    let paths: Vec<&str> = paths.map(|path| path.value.as_str()).collect();
    (!paths.is_empty()).then(|| json!(paths))
}

/// True for text that stands for yes.
pub(super) fn is_yes(text: &SpannedText) -> bool {
    text.trimmed().parse::<i32>().is_ok_and(|number| number != 0)
}

/// True for an element that is marked as advanced.
pub(super) fn is_advanced(element: &Element) -> bool {
    element.attribute("advanced").is_some_and(|it| matches!(it.trimmed(), "true" | "1"))
}

/// Path of a setting, as conditions name it from something at `node`; `*` stands for the same step
/// (`Magento_Config: Model/Config/Structure/Mapper/Helper/RelativePathConverter.php`).
pub(super) fn absolute(node: &[&str], id: &str) -> Option<String> {
    let mut steps: Vec<&str> = id.split('/').collect();
    if steps.len() == 1 && node.len() > 1 {
        let mut padded = vec!["*"; node.len() - 1];
        padded.append(&mut steps);
        steps = padded;
    }
    let steps: Option<Vec<&str>> = steps
        .iter()
        .enumerate()
        .map(|(at, step)| if *step == "*" { node.get(at).copied() } else { Some(*step) })
        .collect();
    steps.map(|steps| steps.join("/"))
}

/// Class without the backslash that it may begin with.
pub(super) fn class(text: &str) -> &str {
    text.trim().trim_start_matches('\\')
}

/// Entry of a field, with its section.
pub(super) struct FieldEntry {
    pub(super) entry: Entry,
    pub(super) section: String,
}
