//! Rules on `[settings]` and `[[setting]]`.

mod depends;
pub(super) mod menu;
pub(super) mod models;
pub(super) mod places;

use super::Context;
use crate::{
    diag::{Diagnostic, Help, Level, Rule, Suggestion, nearest},
    names::{COLUMN_LENGTH, Email, OptionValue, SettingPath},
    spec::settings::{Default, Setting, SettingType},
    spec::{Pointer, as_flag, as_integer, pointer},
};

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let settings = &context.spec.setting;
    let mut findings = home(context);
    for (at, setting) in settings.iter().enumerate() {
        let one = One { context, setting, route: pointer!["setting", at] };
        findings.extend(one.values());
    }
    findings.extend(depends::check(context));
    findings.extend(models::check(context));
    findings
}

/// Checks the section that holds the settings.
fn home(context: &Context<'_>) -> Vec<Diagnostic> {
    let finding = |route: &Pointer, message: &str| {
        let spans = context.spans;
        Diagnostic::new(Rule::SettingsHome, message).at(spans.key(route).or_else(|| spans.value(route)))
    };
    let Some(section) = &context.spec.settings else {
        let first = context.spec.setting.first().map(|_| {
            finding(&pointer!["setting", 0], "there is no `[settings]` table for the section of the settings")
                .reason("Stores > Configuration shows settings in sections")
                .help("write [settings] with label = \"Acme ERP\"")
        });
        return first.into_iter().collect();
    };
    let mut findings = Vec::new();
    if section.label.is_none() && section.section.is_none() && section.tab.is_none() {
        findings.push(
            finding(&pointer!["settings"], "`[settings]` does not name a section")
                .reason(
                    "without `label` the settings go into another module's section, and `section` is its id",
                )
                .help("write label = \"Acme ERP\" for a section of your own, or section = \"sales\""),
        );
    }
    if section.label.is_some() && context.spec.setting.is_empty() && !context.is_sketch {
        let mut empty = finding(&pointer!["settings"], "the section has no `[[setting]]`")
            .reason("Magento does not show an empty section")
            .help("write [[setting]] with path = \"connection/base_url\" and type = \"url\", or remove [settings]");
        empty.level = Level::Warning;
        findings.push(empty);
    }
    if section.label.is_none() {
        let keys = [
            ("tab", section.tab_id().is_some()),
            ("menu", section.menu.is_some()),
            ("sort_order", section.sort_order.is_some()),
            ("resource", section.resource.is_some()),
        ];
        findings.extend(keys.into_iter().filter(|(_, is_given)| *is_given).map(|(key, _)| {
            finding(&pointer!["settings", key], &format!("`{key}` needs a section of your own"))
                .reason("without `label` the section belongs to another module, which sets this itself")
                .help(
                    Help::new(format!("remove `{key}`, or add `label` for a section of your own")).removal(),
                )
        }));
    }
    findings
}

struct One<'a> {
    context: &'a Context<'a>,
    setting: &'a Setting,
    route: Pointer,
}

impl One<'_> {
    fn finding(&self, key: &str, message: String) -> Diagnostic {
        let place = self.route.key(key);
        Diagnostic::new(Rule::SettingValue, message).at(self.context.spans.value(&place))
    }

    fn values(&self) -> Vec<Diagnostic> {
        let findings =
            [self.default(), self.options(), self.range(), self.length(), self.section(), self.twice()];
        findings.into_iter().flatten().collect()
    }

    /// Reports a section that the spec does not have.
    fn section(&self) -> Option<Diagnostic> {
        let spec = self.context.spec;
        let settings = spec.settings.as_ref()?;
        let id = spec.section_of(self.setting);
        let short = spec.short_section();
        let is_known =
            short.as_deref() == Some(&id) || settings.sections().iter().any(|it| it.id.as_str() == id);
        if is_known || short.is_none() && settings.sections().is_empty() {
            return None;
        }
        let message = match &self.setting.section {
            Some(section) => format!("`[settings]` has no section `{section}`"),
            None => format!("`{}` does not say in which of the sections it is", self.setting.path),
        };
        let key = if self.setting.section.is_some() { "section" } else { "path" };
        let place = self.context.spans.value(&self.route.key(key));
        let known: Vec<&str> = settings.sections().iter().map(|it| it.id.as_str()).collect();
        let near = self.context.suggestions.make(|| nearest(&id, known.iter().copied())).flatten();
        Some(
            Diagnostic::new(Rule::SettingsHome, message)
                .at(place)
                .reason("system.xml has each field in a section")
                .help(match near.or(known.first().copied()) {
                    Some(known) => Help::new(format!("write, for example: section = \"{known}\"")),
                    None => Help::new("remove `section`").removal(),
                }),
        )
    }

    /// Reports keys that say the same.
    fn twice(&self) -> Option<Diagnostic> {
        let setting = self.setting;
        let pairs = [
            ("scope", setting.scope.is_some(), "show_in", setting.show_in.is_some()),
            ("options", !setting.options.is_empty(), "source_model", setting.source_model.is_some()),
            ("options", !setting.options.is_empty(), "source_service", setting.source_service.is_some()),
            (
                "source_model",
                setting.source_model.is_some(),
                "source_service",
                setting.source_service.is_some(),
            ),
            ("required", setting.required.is_some(), "validate", setting.validate.is_some()),
            ("comment", setting.comment.is_some(), "comment_html", setting.comment_html.is_some()),
            ("comment", setting.comment.is_some(), "comment_model", setting.comment_model.is_some()),
            (
                "comment_html",
                setting.comment_html.is_some(),
                "comment_model",
                setting.comment_model.is_some(),
            ),
        ];
        let (key, _, other, _) = pairs.into_iter().find(|(_, one, _, other)| *one && *other)?;
        Some(
            self.finding(other, format!("`{}` has both `{key}` and `{other}`", setting.path))
                .reason("the second takes the place of the first")
                .help(
                    Help::new(format!("remove one of them: `{other}` is for what `{key}` cannot say"))
                        .removal(),
                ),
        )
    }

    fn default(&self) -> Option<Diagnostic> {
        let Setting { path, default, options, min, max, .. } = self.setting;
        let kind = self.setting.kind().filter(|kind| kind.is_read())?;
        let is_option = |value: &str| options.keys().any(|option| option.as_str() == value);
        let expected = match (kind, default.as_ref()?) {
            _ if !kind.takes("default") => {
                return Some(
                    self.finding("default", format!("the secret `{path}` has a default"))
                        .reason(
                            "everyone who has the module would know it, and Magento would try to decrypt it",
                        )
                        .help(Help::new("remove `default`; the shop sets the value").removal())
                        .module_help("remove it from etc/config.xml; the shop sets the value"),
                );
            }
            (SettingType::Yesno, Default::Flag(_)) => return None,
            (SettingType::Yesno, _) => "true or false".to_owned(),
            (SettingType::Number, Default::Number(number)) => {
                let is_within = min.is_none_or(|min| min <= *number) && max.is_none_or(|max| *number <= max);
                if is_within {
                    return None;
                }
                "a number from `min` to `max`".to_owned()
            }
            (SettingType::Number, _) => "a whole number".to_owned(),
            (SettingType::Select | SettingType::Multiselect, Default::Text(_))
                if self.setting.has_source() =>
            {
                return None;
            }
            (SettingType::Select, Default::Text(value)) if is_option(value) => return None,
            (SettingType::Select, _) => "one of `options`".to_owned(),
            (SettingType::Multiselect, Default::Choice(values))
                if self.setting.has_source() || values.iter().all(|it| is_option(it.as_str())) =>
            {
                return None;
            }
            (SettingType::Multiselect, _) => "a list of values from `options`".to_owned(),
            (SettingType::Url, Default::Text(text)) if is_http(text) => return None,
            (SettingType::Url, _) => "an http or https address".to_owned(),
            (SettingType::Email, Default::Text(text)) if Email::new(text).is_ok() => return None,
            (SettingType::Email, _) => "an e-mail address".to_owned(),
            (SettingType::Textarea, Default::Text(_)) => return None,
            (_, Default::Text(text)) if !text.contains(['\r', '\n']) => return None,
            _ => "a single line of text".to_owned(),
        };
        Some(
            self.finding("default", format!("the default of `{path}` is not {expected}"))
                .reason("the getter returns it until someone sets a value")
                .help(
                    self.instead(kind)
                        .into_iter()
                        .fold(Help::new(format!("write {expected}, or remove `default`")), Help::value)
                        .removal(),
                )
                .module_help(format!("write {expected}, or remove the default from etc/config.xml")),
        )
    }

    /// Default in TOML that was likely meant.
    fn instead(&self, kind: SettingType) -> Option<String> {
        let options = || self.setting.options.keys().map(OptionValue::as_str);
        let text = match self.setting.default.as_ref()? {
            Default::Flag(flag) => flag.to_string(),
            Default::Number(number) => number.to_string(),
            Default::Text(text) => text.clone(),
            Default::Choice(values) => values.first().filter(|_| values.len() == 1)?.to_string(),
        };
        let is_number = matches!(self.setting.default, Some(Default::Number(_)));
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match kind {
            SettingType::Yesno => as_flag(&text).map(|flag| flag.to_string()),
            SettingType::Number => as_integer(&text).filter(|_| !is_number),
            SettingType::Select => nearest(&text, options()).map(quoted),
            SettingType::Multiselect => nearest(&text, options()).map(|value| format!("[{}]", quoted(value))),
            _ => Some(quoted(&text)).filter(|_| !matches!(self.setting.default, Some(Default::Text(_)))),
        }
    }

    fn options(&self) -> Option<Diagnostic> {
        let Setting { path, options, .. } = self.setting;
        let kind = self.setting.kind();
        let chooses = kind.is_some_and(|kind| kind.takes("options"));
        let is_free = self.setting.has_source() || self.setting.frontend_model.is_some();
        match (chooses, options.is_empty()) {
            (true, true) if is_free => None,
            (true, true) => Some(
                self.finding("type", format!("`{path}` has no options"))
                    .reason("a select without options is an empty list")
                    .help("write options = { sandbox = \"Sandbox\", production = \"Production\" }")
                    .module_help("write <options><option label=\"Sandbox\">sandbox</option></options>"),
            ),
            (false, false) => Some(
                self.finding("options", format!("`{path}` has options but is not a select"))
                    .reason("only select and multiselect use options")
                    .help(
                        Help::new("write type = \"select\", or remove `options`")
                            .sibling("type", "\"select\"")
                            .removal(),
                    )
                    .module_help("write type=\"select\", or remove <options>"),
            ),
            _ => None,
        }
    }

    /// Checks the length of the path in core_config_data.
    fn length(&self) -> Option<Diagnostic> {
        self.context.spec.settings.as_ref()?;
        let length = self.context.spec.path_of(self.setting).len();
        (length > COLUMN_LENGTH).then(|| {
            let message = format!(
                "with its section the path has {length} characters, but Magento stores only {COLUMN_LENGTH}"
            );
            Diagnostic::new(Rule::ValueTooLong, message)
                .at(self.context.spans.value(&self.route.key("path")))
                .reason("the column is varchar(255): a value could not be saved, or not be found again")
                .help(format!("shorten it by {}", length - COLUMN_LENGTH))
        })
    }

    fn range(&self) -> Option<Diagnostic> {
        let Setting { path, min, max, .. } = self.setting;
        let key = if min.is_some() { "min" } else { "max" };
        let has_range = self.setting.kind().is_some_and(|kind| kind.takes(key));
        if !has_range && (min.is_some() || max.is_some()) {
            return Some(
                self.finding(key, format!("`{path}` has a range but is not a number"))
                    .reason("only numbers have a range")
                    .help(
                        Help::new(format!("write type = \"number\", or remove `{key}`"))
                            .sibling("type", "\"number\"")
                            .removal(),
                    ),
            );
        }
        let (min, max) = ((*min)?, (*max)?);
        (min > max).then(|| {
            self.finding("min", format!("no number lies between {min} and {max}"))
                .reason("`min` is the lowest number and `max` the highest")
                .help(Help::new("write the lower number as `min`").suggesting(Suggestion::Siblings(vec![
                    ("min", max.to_string()),
                    ("max", min.to_string()),
                ])))
        })
    }
}

fn is_http(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

impl Context<'_> {
    /// Looks up the setting with the path.
    pub(super) fn setting(&self, path: &SettingPath) -> Option<&Setting> {
        self.spec.setting.iter().find(|setting| setting.path == *path)
    }

    /// Finding about a path at the route that no setting has. The path is a key or a value there.
    pub(super) fn no_setting(&self, route: &Pointer, path: &SettingPath, is_key: bool) -> Diagnostic {
        let span = if is_key { self.spans.key(route) } else { self.spans.value(route) };
        let what = if self.is_sketch { "field" } else { "`[[setting]]`" };
        let finding = Diagnostic::new(Rule::UnknownSetting, format!("no {what} has the path `{path}`"))
            .at(span)
            .reason("it must be a setting of this module");
        let known = self.spec.setting.iter().map(|setting| setting.path.as_str());
        match self.suggestions.make(|| nearest(path.as_str(), known)).flatten() {
            Some(near) => finding.help(Help::meaning(near)),
            None => finding
                .help(format!("declare it: [[setting]] with path = \"{path}\""))
                .module_help("add the field, or write the id of one that is there"),
        }
    }
}
