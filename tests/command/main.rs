//! The command from the outside: what it prints, what it writes, how it ends.

mod access;
mod acl;
#[cfg(unix)]
mod bad_input;
mod breaks;
#[cfg(unix)]
mod build;
mod calls;
mod calls_deprecated;
mod calls_into;
mod catalogs;
mod changes;
mod check;
mod claims;
mod commerce;
mod crash;
mod credentials;
mod describe;
mod diff;
mod documents;
mod fleet;
mod fmt;
mod former_names;
mod help;
mod hostile;
mod hostile_calls;
mod import;
mod import_built;
mod import_shop;
mod init;
mod kept;
mod lsp;
mod mage_os;
mod many;
mod mistakes;
mod mock;
mod mock_activate;
mod mock_fixtures;
mod mock_record;
mod mock_run;
mod mock_send;
mod ownership;
mod plan;
mod review;
mod routes;
mod seeded;
mod shop;
mod sign;
#[cfg(unix)]
mod signals;
mod watch;
mod why;
mod why_more;
mod why_unseen;

#[path = "../support/mod.rs"]
mod support;

use support::command::{Ran, SPEC, command, files, magespec, project, ran};
