//! What describes a module for the other side.

pub(super) mod asyncapi;
pub(super) mod openapi;

use std::io;

use camino::Utf8Path;

use super::{
    Outcome,
    common::{one_spec, read, tell_reports},
    fail,
};
use crate::{catalog::Catalog, compile, model::Module};

/// The module of one spec, whose findings are told; none where it cannot be made, which is told too.
fn module(spec: &Utf8Path, catalog: &Catalog) -> io::Result<Option<Module>> {
    let path = match one_spec(spec) {
        Ok(path) => path,
        Err(message) => return fail(message).map(|_| None),
    };
    let source = match read(&path) {
        Ok(source) => source,
        Err(report) => return tell_reports([&report]).map(|_| None),
    };
    let compilation = compile(source, catalog);
    let outcome = tell_reports([&compilation.report])?;
    Ok(compilation.module.filter(|_| outcome != Outcome::Failed))
}
