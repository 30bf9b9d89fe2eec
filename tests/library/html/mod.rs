//! The page of `magespec diff --format html`: what it says, and that nothing in it is executed. What a browser makes of it is
//! in `tests/outside/html`.

mod contrast;
mod page;

use crate::support::html::{change, comparison, each_status, page};
