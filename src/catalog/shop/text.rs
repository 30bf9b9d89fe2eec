//! A shop's catalog as text: to keep beside a spec, to compare, to read without the shop.
//!
//! One tab-separated line for each thing: its kind, then its columns; each `ref` of a route is a column. No value
//! contains a tab or a line break: everything in a shop is [`plain`]. The lines are sorted, so that a diff of two
//! shops, or of one shop before and after an upgrade, shows just the differences. A module that an id is named after is
//! left out, and so are empty columns at the end of a line. The last line is always the same: without it, a file is cut
//! off.

use std::fmt;

use super::{Shop, ShopModule, ShopResource, plain};
use crate::names::ParseVersionError;

/// Start of the first line; the number changes with the columns.
const HEAD: &str = "magespec catalog ";
const VERSION: &str = "5";
/// Earlier version, without a last line.
const WITHOUT_END: &str = "4";
/// Earliest version that is read: it also names the module of each resource and route.
const EARLIEST: &str = "3";
/// Last line.
const END: &str = "end";

impl fmt::Display for Shop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}{VERSION}")?;
        line(f, "release", [self.version.to_string().as_str()])?;
        for (name, module) in &self.modules {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            let (package, version) = (text(&module.package), text(&module.version));
            line(f, "module", trimmed(&[name, &package, &version], 1))?;
        }
        for name in &self.unread {
            line(f, "unread", [name.as_str()])?;
        }
        for (id, resource) in &self.resources {
            let state = if resource.is_disabled { "disabled" } else { "" };
            let parent = resource.parent.as_deref().unwrap_or_default();
            let sort_order = resource.sort_order.to_string();
            let module = if named_after(id) == resource.module { "" } else { &resource.module };
            line(f, "resource", trimmed(&[id, parent, &resource.title, &sort_order, module, state], 4))?;
        }
        for ((path, method), refs) in &self.routes {
            for (module, refs) in refs {
                let is_named = refs.first().is_some_and(|id| named_after(id) == module);
                let module = if is_named { "" } else { module };
                line(f, "route", [path, method, module].into_iter().chain(refs.iter().map(String::as_str)))?;
            }
        }
        line(f, END, [])
    }
}

/// Module that an id is named after.
fn named_after(id: &str) -> &str {
    id.split_once("::").map_or("", |(module, _)| module)
}

/// Columns without empty ones behind the first `count`.
fn trimmed<'a>(columns: &[&'a str], count: usize) -> Vec<&'a str> {
    let last = columns.iter().rposition(|column| !column.is_empty()).map_or(0, |last| last + 1);
    columns[..last.max(count)].to_vec()
}

fn line<'a>(
    f: &mut fmt::Formatter<'_>,
    kind: &str,
    columns: impl IntoIterator<Item = &'a str>,
) -> fmt::Result {
    f.write_str(kind)?;
    columns.into_iter().try_for_each(|column| write!(f, "\t{column}"))?;
    writeln!(f)
}

impl std::str::FromStr for Shop {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let cut_off = |why: &str| Err(format!("it is cut off: {why}; create it again"));
        if !text.is_empty() && !text.ends_with('\n') {
            return cut_off("its last line does not end");
        }
        let mut lines = text.lines().enumerate();
        let head = lines.next().and_then(|(_, line)| line.strip_prefix(HEAD));
        let add = match head {
            Some(VERSION | WITHOUT_END) => Self::add,
            Some(EARLIEST) => Self::add_earliest,
            Some(other) => {
                let other = plain(other);
                let message = format!(
                    "it has version {other}, and this magespec reads versions {EARLIEST} to {VERSION}"
                );
                let is_newer = other.parse::<u32>().ok() > VERSION.parse().ok();
                return Err(format!(
                    "{message}; {}",
                    if is_newer { "upgrade magespec" } else { "create it again" }
                ));
            }
            None => return Err(format!("its first line is not `{HEAD}{VERSION}`")),
        };
        let release = lines.next().and_then(|(_, line)| line.strip_prefix("release\t"));
        let version = release.ok_or("its second line does not name a release")?.parse();
        let mut shop = Self::new(version.map_err(|error: ParseVersionError| error.to_string())?);
        let needs_end = head == Some(VERSION);
        let mut has_ended = false;
        for (at, line) in lines.filter(|(_, line)| !line.is_empty()) {
            if needs_end && line == END && !has_ended {
                has_ended = true;
                continue;
            }
            // A user may have edited the file.
            let columns: Vec<String> = line.split('\t').map(plain).collect();
            let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
            let added = if has_ended { None } else { add(&mut shop, &columns) };
            added.ok_or_else(|| format!("line {} is not a line of a catalog: {}", at + 1, plain(line)))?;
        }
        if needs_end && !has_ended {
            return cut_off(&format!("its last line is not `{END}`"));
        }
        Ok(shop)
    }
}

impl Shop {
    /// Adds a line.
    fn add(&mut self, columns: &[&str]) -> Option<()> {
        match *columns {
            ["module", name, ref rest @ ..] if rest.len() <= 2 => {
                self.add_earliest(&["module", name, rest.first().unwrap_or(&""), rest.get(1).unwrap_or(&"")])
            }
            ["resource", id, parent, title, sort_order, ref rest @ ..] if rest.len() <= 2 => {
                let module = rest.first().filter(|module| !module.is_empty());
                let module = module.copied().unwrap_or_else(|| named_after(id));
                let state = rest.get(1).unwrap_or(&"");
                self.add_earliest(&["resource", id, parent, title, module, sort_order, state])
            }
            ["route" | "unread", ..] => self.add_earliest(columns),
            _ => None,
        }
    }

    /// Adds a line of the earliest version.
    fn add_earliest(&mut self, columns: &[&str]) -> Option<()> {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        match *columns {
            ["module", name, package, version] => {
                let module = ShopModule { package: some(package), version: some(version) };
                self.modules.insert(name.to_owned(), module);
            }
            ["unread", name] => {
                self.unread.insert(name.to_owned());
            }
            ["resource", id, parent, title, module, sort_order, state] => {
                let resource = ShopResource {
                    parent: some(parent),
                    title: title.to_owned(),
                    module: module.to_owned(),
                    sort_order: sort_order.parse().ok()?,
                    is_disabled: state == "disabled",
                };
                self.resources.insert(id.to_owned(), resource);
            }
            ["route", path, method, module, ref refs @ ..] => {
                let named_after = refs.first().map_or("", |id| named_after(id));
                let module = if module.is_empty() { named_after } else { module };
                let route = self.routes.entry((path.to_owned(), method.to_owned())).or_default();
                let of_module = route.entry(module.to_owned()).or_default();
                of_module.extend(refs.iter().map(|&id| id.to_owned()));
            }
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection, option, prelude::*};

    use super::*;

    /// Text as third parties may write it: with spaces, control characters and marks, or empty.
    fn written() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[ a-c:\t\r\n\u{1b}\u{85}\u{202e}]{0,6}"].prop_map(|text| plain(&text))
    }

    fn some() -> impl Strategy<Value = String> {
        written().prop_map(|text| text + "x")
    }

    fn shop() -> impl Strategy<Value = Shop> {
        let module = (option::of(some()), option::of(some()));
        let module = module.prop_map(|(package, version)| ShopModule { package, version });
        let resource = (option::of(some()), written(), some(), any::<i32>(), any::<bool>());
        let resource = resource.prop_map(|(parent, title, module, sort_order, is_disabled)| ShopResource {
            parent,
            title,
            module,
            sort_order,
            is_disabled,
        });
        let refs = collection::btree_map(some(), collection::btree_set(written(), 0..4), 1..3);
        let parts = (
            collection::btree_map(written(), module, 0..4),
            collection::btree_set(written(), 0..4),
            collection::btree_map(written(), resource, 0..4),
            collection::btree_map((written(), written()), refs, 0..4),
        );
        parts.prop_map(|(modules, unread, resources, routes)| {
            let version = "2.4.7-p3".parse().unwrap();
            Shop { version, modules, unread, resources, routes }
        })
    }

    #[test]
    fn a_text_that_is_cut_off_is_refused() {
        for version in [EARLIEST, WITHOUT_END, VERSION] {
            let cut = format!("{HEAD}{version}\nrelease\t2.4.7\nunread\tAcme_Al");
            let at_the_end_of_a_line = format!("{cut}pha\n");
            let whole = format!("{at_the_end_of_a_line}{END}\n");
            let why = "it is cut off: its last line does not end; create it again";
            assert_eq!(cut.parse::<Shop>().unwrap_err(), why);
            if version == VERSION {
                let why = "it is cut off: its last line is not `end`; create it again";
                assert_eq!(at_the_end_of_a_line.parse::<Shop>().unwrap_err(), why);
                assert!(whole.parse::<Shop>().is_ok() && whole.replace('\n', "\r\n").parse::<Shop>().is_ok());
                let why = "line 5 is not a line of a catalog: unread Acme_B";
                assert_eq!(format!("{whole}unread\tAcme_B\n").parse::<Shop>().unwrap_err(), why);
            } else {
                assert!(at_the_end_of_a_line.parse::<Shop>().is_ok());
                assert!(whole.parse::<Shop>().unwrap_err().contains("line 4 is not a line"));
            }
        }
    }

    proptest! {
        #[test]
        fn a_shop_is_read_as_it_was_written(shop in shop()) {
            let text = shop.to_string();
            let without_end = text.replacen(VERSION, WITHOUT_END, 1);
            prop_assert_eq!(without_end.strip_suffix("end\n").unwrap_or_default().parse::<Shop>(), Ok(shop.clone()));
            prop_assert_eq!(text.parse::<Shop>(), Ok(shop));
        }

        #[test]
        fn the_earliest_version_is_read(shop in shop()) {
            let mut text = format!("{HEAD}{EARLIEST}\nrelease\t{}\n", shop.version);
            for (name, ShopModule { package, version }) in &shop.modules {
                let [package, version] = [package, version].map(|it| it.clone().unwrap_or_default());
                text += &format!("module\t{name}\t{package}\t{version}\n");
            }
            shop.unread.iter().for_each(|name| text += &format!("unread\t{name}\n"));
            for (id, ShopResource { parent, title, module, sort_order, is_disabled }) in &shop.resources {
                let parent = parent.as_deref().unwrap_or_default();
                let state = if *is_disabled { "disabled" } else { "" };
                text += &format!("resource\t{id}\t{parent}\t{title}\t{module}\t{sort_order}\t{state}\n");
            }
            for ((path, method), refs) in &shop.routes {
                for (module, refs) in refs {
                    let refs: String = refs.iter().map(|id| format!("\t{id}")).collect();
                    text += &format!("route\t{path}\t{method}\t{module}{refs}\n");
                }
            }
            prop_assert_eq!(text.parse::<Shop>(), Ok(shop));
        }

        #[test]
        fn no_text_is_too_odd(text in "[a-z \t\r\n\u{1b}]{0,40}") {
            let shop = format!("{HEAD}{VERSION}\nrelease\t2.4.7\n{text}\n{END}\n").parse::<Shop>();
            prop_assert!(shop.map_or_else(|why| why, |shop| shop.to_string().replace(['\n', '\t'], ""))
                .chars().all(|c| !c.is_control()));
        }
    }
}
