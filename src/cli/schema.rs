//! `magespec schema`.

use camino::Utf8PathBuf;

use crate::{
    cli::{
        Outcome,
        arguments::OutputFile,
        output::{json, stdout, waiting},
    },
    diag::Failure,
    spec,
    write::publish_with_folder,
};

/// Print the JSON Schema of integration.toml, for editors
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    output: OutputFile,
    /// Write to FILE and create its directory [default FILE: integration.schema.json, the name that `init` writes]
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "integration.schema.json", conflicts_with = "output")]
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
