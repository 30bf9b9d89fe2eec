//! `registration.php`.

use minijinja::context;

use super::template::{self, Template};
use crate::model::Module;

pub(super) fn emit(module: &Module) -> Option<String> {
    template::render(module, Template::Registration, context! {})
}
