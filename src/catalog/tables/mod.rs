//! Reading the tables in `data`, and rows by id and release.

mod read;
mod runs;
mod sets;
mod short;
mod table;

pub use self::table::{Row, Table};
pub(super) use self::{
    read::{Block, blocks, columns, rows},
    runs::Runs,
    sets::Sets,
    short::{class, module, module_of},
    table::nearest,
};
