//! `etc/webapi.xml`.

use super::{Entry, Names, Unsaid};
use crate::import::format::xml::Element;

pub(super) const HELP: &str = "it stays as it is, with its interfaces, their classes and the preferences of etc/di.xml; [[service]] says a \
    route with the interface that it calls";

pub(super) fn read(root: &Element, _: &Names<'_>) -> Result<Vec<Entry>, Unsaid> {
    let route = root.named("route").next().unwrap_or(root);
    Err(Unsaid::new("its routes are not read", &route.name.span))
}
