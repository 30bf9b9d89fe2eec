//! Tests that need something which may be absent: the data in `../shared`, PHP, a browser, git, a terminal. Where it is
//! absent they are ignored; with `MAGESPEC_SHARED=required` they fail.
//!
//! A test is a function without `#[test]` that stands in its module's `trials!`, behind what it needs.

mod calling;
mod catalog;
mod clients;
mod command;
mod corpus;
mod documents;
mod editors;
mod html;
mod judge;
mod magento;
mod mock;
mod names;
mod need;
mod oauth;
mod patch;
mod php;
mod receiving_webhooks;
mod reference;
mod released;

#[path = "../support/mod.rs"]
mod support;

use std::{collections::BTreeMap, process::ExitCode};

use libtest_mimic::{Arguments, Trial};
use need::Test;

need::trials! {
    in calling, catalog, clients, command, corpus, documents, editors, html, judge, magento, mock, names, oauth, patch, php, receiving_webhooks, reference, released;
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let tests = trials();
    let mut ignored: BTreeMap<String, usize> = BTreeMap::new();
    for Test { trial, absent } in &tests {
        if arguments.is_ignored(trial) && !arguments.is_filtered_out(trial) {
            *ignored.entry(absent.clone()).or_default() += 1;
        }
    }
    let trials: Vec<Trial> = tests.into_iter().map(|test| test.trial).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    if !arguments.list {
        for (absent, count) in ignored {
            eprintln!("{count} ignored for lack of {absent}");
        }
    }
    conclusion.exit_code()
}
