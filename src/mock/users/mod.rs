//! Admin users and customers who log in.

mod login;
mod sessions;

pub use self::login::ADMIN;
pub(super) use self::{
    login::{answered, is_login, started_session},
    sessions::Sessions,
};
