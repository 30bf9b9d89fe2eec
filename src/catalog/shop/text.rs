//! A shop's catalog as text: to keep beside a spec, to compare, to read again where the shop is not.
//!
//! A line for each thing, tab-separated: its kind, then its columns. The lines are sorted, so that two shops, or one shop
//! before and after an upgrade, differ in the lines that are about the difference.

use std::{
    collections::BTreeSet,
    fmt::{self, Write as _},
};

use super::{Shop, ShopModule, ShopResource};
use crate::names::ParseVersionError;

/// What the first line says; the number is raised when the columns change.
const HEAD: &str = "magespec catalog ";
const VERSION: &str = "1";

impl fmt::Display for Shop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}{VERSION}")?;
        line(f, "release", [self.version.to_string().as_str()])?;
        for (name, module) in &self.modules {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            line(f, "module", [name, text(&module.package).as_str(), text(&module.version).as_str()])?;
        }
        for (id, resource) in &self.resources {
            let state = if resource.is_disabled { "disabled" } else { "" };
            let parent = resource.parent.as_deref().unwrap_or_default();
            let sort_order = resource.sort_order.to_string();
            line(f, "resource", [id, parent, &resource.title, &resource.module, &sort_order, state])?;
        }
        for ((path, method), refs) in &self.routes {
            let refs: Vec<&str> = refs.iter().map(String::as_str).collect();
            line(f, "route", [path, method, &refs.join(" ")])?;
        }
        Ok(())
    }
}

fn line<const N: usize>(f: &mut fmt::Formatter<'_>, kind: &str, columns: [&str; N]) -> fmt::Result {
    f.write_str(kind)?;
    for column in columns {
        f.write_char('\t')?;
        // What is not to be seen would be taken for the end of a column or of a line.
        column.chars().try_for_each(|c| f.write_char(if c.is_control() { ' ' } else { c }))?;
    }
    f.write_char('\n')
}

impl std::str::FromStr for Shop {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut lines = text.lines().enumerate();
        match lines.next().and_then(|(_, line)| line.strip_prefix(HEAD)) {
            Some(VERSION) => {}
            Some(other) => {
                let message = "and this magespec reads version";
                return Err(format!("it is of version {other}, {message} {VERSION}; write it anew"));
            }
            None => return Err(format!("its first line is not `{HEAD}{VERSION}`")),
        }
        let release = lines.next().and_then(|(_, line)| line.strip_prefix("release\t"));
        let version = release.ok_or("its second line does not say which release it is of")?.parse();
        let mut shop = Self::new(version.map_err(|error: ParseVersionError| error.to_string())?);
        for (at, line) in lines.filter(|(_, line)| !line.is_empty()) {
            shop.add(&line.split('\t').collect::<Vec<_>>())
                .ok_or_else(|| format!("line {} is no line of a catalog: {line}", at + 1))?;
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
            ["route", path, method, refs] => {
                let refs: BTreeSet<String> = refs.split(' ').filter_map(some).collect();
                self.routes.insert((path.to_owned(), method.to_owned()), refs);
            }
            _ => return None,
        }
        Some(())
    }
}
