//! `magespec man`.

use camino::Utf8PathBuf;
use clap::{Command, CommandFactory as _};

use crate::{
    cli::{
        Cli, Outcome,
        arguments::OutputFile,
        output::{stdout, waiting},
    },
    diag::{Failure, plural},
    write::publish_with_folder,
};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Command to print the page of, such as `mock activate` [default: magespec itself]
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write the pages of magespec and all its commands below DIR, such as ~/.local/share/man: man1/magespec.1, …
    #[arg(long, value_name = "DIR", conflicts_with_all = ["command", "output"])]
    all: Option<Utf8PathBuf>,
    #[command(flatten)]
    output: OutputFile,
}

pub(in crate::cli) fn run(args: &Args) -> Result<Outcome, Failure> {
    let mut magespec = Cli::command();
    magespec.build();
    if let Some(dir) = &args.all {
        let folder = dir.join("man1");
        let commands: Vec<&Command> =
            visible(&magespec).flat_map(|it| [it].into_iter().chain(visible(it))).collect();
        let pages = [&magespec].into_iter().chain(commands.iter().copied());
        for page in pages {
            let name = page.get_display_name().unwrap_or(page.get_name());
            publish_with_folder(&folder.join(format!("{name}.1")), &render(page)?, waiting)?;
        }
        let written = plural(commands.len() + 1, "page");
        stdout()
            .line(format_args!("wrote {written} to {folder}; `man -M {dir} magespec` shows the first"))?;
        return Ok(Outcome::Fine);
    }
    let mut page = &magespec;
    for name in &args.command {
        page = page.find_subcommand(name).ok_or_else(|| {
            format!("unknown command `{}`; run `magespec help` to list all commands", args.command.join(" "))
        })?;
    }
    args.output.write(&render(page)?)?;
    Ok(Outcome::Fine)
}

/// Commands of a command that its help lists.
fn visible(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|it| it.get_name() != "help" && !it.is_hide_set())
}

fn render(page: &Command) -> Result<Vec<u8>, Failure> {
    let mut roff = Vec::new();
    let source = concat!("magespec ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(page.clone()).source(source).render(&mut roff)?;
    Ok(roff)
}
