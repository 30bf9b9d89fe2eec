//! Specs named on the command line.

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    cli::output::count_warnings,
    compile_loaded,
    diag::Failure,
    model::Module,
    names::Edition,
    project::{CatalogStore, SPEC_FILE, SpecCatalogs, find_modules_and_specs, find_specs, one_spec, read},
    spec::load,
};

/// Specs to process.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Specs {
    /// Specs to read, or directories to search for integration.toml files that git does not ignore; - reads standard input
    #[arg(value_name = "SPEC", default_value = SPEC_FILE)]
    specs: Vec<Utf8PathBuf>,
}

impl Specs {
    /// Lists the directories that hold no spec but a module, and apart from them the spec files.
    pub(in crate::cli) fn apart(&self) -> (Vec<Utf8PathBuf>, Result<Vec<Utf8PathBuf>, Failure>) {
        find_modules_and_specs(&self.specs)
    }

    /// Lists the spec files, those of a directory sorted by path, each once.
    ///
    /// # Errors
    /// Unreadable directory, directory without a spec, or standard input named twice.
    pub(in crate::cli) fn files(&self) -> Result<Vec<Utf8PathBuf>, Failure> {
        find_specs(&self.specs)
    }
}

/// A spec without errors.
pub(in crate::cli) struct OpenedSpec {
    pub(in crate::cli) module: Module,
    pub(in crate::cli) catalogs: SpecCatalogs,
    pub(in crate::cli) edition: Edition,
    /// Names of its integrations, in its order.
    pub(in crate::cli) integrations: Vec<String>,
}

impl OpenedSpec {
    /// Compiles a spec; for a directory, the only one below it. Its warnings are counted on standard error.
    ///
    /// # Errors
    /// Unreadable spec, or errors in it.
    pub(in crate::cli) fn open(spec: &Utf8Path, store: &CatalogStore) -> Result<Self, Failure> {
        let spec = one_spec(spec)?;
        let source = read(&spec)?;
        let mut loaded = load(&source);
        let edition = loaded.edition();
        let listed = loaded.spec.iter().flat_map(|spec| &spec.integration);
        let integrations = listed.map(|it| it.name.as_str().to_owned()).collect();
        let catalogs = store.of(&spec, &mut loaded);
        let compilation = compile_loaded(source, loaded, catalogs.get(), &|_| None);
        match compilation.module.filter(|_| !compilation.report.has_errors()) {
            Some(module) => {
                count_warnings(&compilation.report)?;
                Ok(Self { module, catalogs, edition, integrations })
            }
            None => Err(compilation.report.into()),
        }
    }
}
