//! Customers, their addresses and groups.

mod accounts;
mod addresses;
