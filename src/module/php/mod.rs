//! PHP of a module: its classes, and those that its user maintains.

mod classes;
mod seeded;

pub(crate) use classes::{ClassFault, PhpFile};
pub(in crate::module) use classes::{ClassFolders, dispatched};
pub use seeded::{Lacks, Missing, Unfit, unfit};
