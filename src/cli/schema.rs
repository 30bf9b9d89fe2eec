//! `magespec schema`.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    cli::{
        Outcome,
        arguments::OutputFile,
        output::{json, note, stdout, waiting},
    },
    diag::Failure,
    spec::{self, SCHEMA_FILE},
    write::{Created, create, publish_with_folder},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    output: OutputFile,
    /// Write to FILE and create its directory [default FILE: integration.schema.json, the name that `init` writes]
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = SCHEMA_FILE, conflicts_with = "output")]
    write: Option<Utf8PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    match &args.write {
        Some(file) => {
            publish_with_folder(file, json(spec::schema()).as_bytes(), waiting)?;
            stdout().line(format_args!(
                "wrote {file}; editors find it by the first line of a spec: #:schema ./{file}"
            ))?;
        }
        None => args.output.write_json(spec::schema())?,
    }
    Ok(Outcome::Fine)
}

/// Writes the schema beside a new spec, which names it, unless another file has the name. Returns its name if it was
/// written now.
///
/// # Errors
/// Failed write.
pub(super) fn write_beside(spec: &Utf8Path) -> Result<Option<&'static str>, Failure> {
    let path = spec.with_file_name(SCHEMA_FILE);
    match create(&path, json(spec::schema()).as_bytes(), waiting) {
        Ok(Created::New) => Ok(Some(SCHEMA_FILE)),
        Ok(Created::Same) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            note(format!(
                "{path} exists and differs from the schema of this magespec; `magespec schema --output {path}` replaces it"
            ))?;
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
