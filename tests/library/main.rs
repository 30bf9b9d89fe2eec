//! Tests of the library, room by room: what a reader of `src` would look for beside the code. They need nothing but the
//! repository. A test that runs the binary belongs in `tests/command`.

mod catalog;
mod check;
mod deploy;
mod describe;
mod diff;
mod documents;
mod emit;
mod format;
mod fuzz_corpus;
mod html;
mod import;
mod mock;
mod mock_categories;
mod mock_events;
mod mock_extremes;
mod mock_fixtures;
mod mock_handshake;
mod mock_hostile;
mod mock_kept;
mod mock_limits;
mod mock_own;
mod mock_refunds;
mod mock_signatures;
mod mock_stock;
mod mock_writes;
mod plan;
mod renames;
mod schema;
mod traffic;
mod whole;

#[path = "../support/mod.rs"]
mod support;
