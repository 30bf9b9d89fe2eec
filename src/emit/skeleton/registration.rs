//! `registration.php`.

use minijinja::context;

use crate::{
    emit::template::{self, Template},
    model::Module,
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    template::php(module, Template::Registration, context! {})
}
