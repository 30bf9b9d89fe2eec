//! Admin users and customers who log in.

mod login;
mod sessions;

pub use self::login::ADMIN;
pub(super) use self::{
    login::{answered, is_login, is_of_second_factor, started_session},
    sessions::Sessions,
};
