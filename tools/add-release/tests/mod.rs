//! A release that is added, removed and added again, on small made roots and tables.

mod made;
mod releases;
mod repository;
mod roots;
