//! `registration.php`.

use minijinja::context;

use super::php;
use crate::model::Module;

pub(super) fn emit(module: &Module) -> Option<String> {
    php::render(module, php::Template::Registration, context! {})
}
