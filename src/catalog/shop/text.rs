//! A shop's catalog as text: to keep beside a spec, to compare, to read without the shop.
//!
//! One tab-separated line for each thing: its kind, then its columns; each `ref` of a route is a column. No value
//! contains a tab or a line break: everything in a shop is [`plain`]. The lines are sorted, so that a diff of two
//! shops, or of one shop before and after an upgrade, shows just the differences.

use std::fmt;

use super::{Shop, ShopModule, ShopResource, plain};
use crate::names::ParseVersionError;

/// Start of the first line; the number changes with the columns.
const HEAD: &str = "magespec catalog ";
const VERSION: &str = "3";

impl fmt::Display for Shop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}{VERSION}")?;
        line(f, "release", [self.version.to_string().as_str()])?;
        for (name, module) in &self.modules {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            line(f, "module", [name, text(&module.package).as_str(), text(&module.version).as_str()])?;
        }
        for name in &self.unread {
            line(f, "unread", [name.as_str()])?;
        }
        for (id, resource) in &self.resources {
            let state = if resource.is_disabled { "disabled" } else { "" };
            let parent = resource.parent.as_deref().unwrap_or_default();
            let sort_order = resource.sort_order.to_string();
            line(f, "resource", [id, parent, &resource.title, &resource.module, &sort_order, state])?;
        }
        for ((path, method), refs) in &self.routes {
            for (module, refs) in refs {
                line(f, "route", [path, method, module].into_iter().chain(refs).map(String::as_str))?;
            }
        }
        Ok(())
    }
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
        let mut lines = text.lines().enumerate();
        match lines.next().and_then(|(_, line)| line.strip_prefix(HEAD)) {
            Some(VERSION) => {}
            Some(other) => {
                let message = "and this magespec reads version";
                return Err(format!("it has version {}, {message} {VERSION}; create it again", plain(other)));
            }
            None => return Err(format!("its first line is not `{HEAD}{VERSION}`")),
        }
        let release = lines.next().and_then(|(_, line)| line.strip_prefix("release\t"));
        let version = release.ok_or("its second line does not name a release")?.parse();
        let mut shop = Self::new(version.map_err(|error: ParseVersionError| error.to_string())?);
        for (at, line) in lines.filter(|(_, line)| !line.is_empty()) {
            // A user may have edited the file.
            let columns: Vec<String> = line.split('\t').map(plain).collect();
            shop.add(&columns.iter().map(String::as_str).collect::<Vec<_>>())
                .ok_or_else(|| format!("line {} is not a line of a catalog: {}", at + 1, plain(line)))?;
        }
        Ok(shop)
    }
}

impl Shop {
    fn add(&mut self, columns: &[&str]) -> Option<()> {
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
                let refs = refs.iter().map(|&id| id.to_owned()).collect();
                let route = self.routes.entry((path.to_owned(), method.to_owned())).or_default();
                route.insert(module.to_owned(), refs);
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
        let resource = (option::of(some()), written(), written(), any::<i32>(), any::<bool>());
        let resource = resource.prop_map(|(parent, title, module, sort_order, is_disabled)| ShopResource {
            parent,
            title,
            module,
            sort_order,
            is_disabled,
        });
        let refs = collection::btree_map(written(), collection::btree_set(written(), 0..4), 1..3);
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

    proptest! {
        #[test]
        fn a_shop_is_read_as_it_was_written(shop in shop()) {
            prop_assert_eq!(shop.to_string().parse::<Shop>(), Ok(shop));
        }

        #[test]
        fn no_text_is_too_odd(text in "[a-z \t\r\n\u{1b}]{0,40}") {
            let shop = format!("{HEAD}{VERSION}\nrelease\t2.4.7\n{text}").parse::<Shop>();
            prop_assert!(shop.map_or_else(|why| why, |shop| shop.to_string().replace(['\n', '\t'], ""))
                .chars().all(|c| !c.is_control()));
        }
    }
}
