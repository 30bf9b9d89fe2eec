//! Long output through a pager, as git does.

use std::{
    env,
    io::{self, Write as _},
    process::{Command, Stdio},
};

use super::{print_data, stdout_is_terminal, streams::for_stdout};

/// Whether output goes through a pager.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(in crate::cli) struct Paging {
    /// Do not use a pager; otherwise MAGESPEC_PAGER, PAGER or less, on a terminal
    #[arg(long)]
    pub(in crate::cli) no_pager: bool,
}

/// Writes text for people to standard output, on a terminal through the pager.
///
/// # Errors
/// If standard output cannot be written to.
pub(in crate::cli) fn page(text: &str, paging: Paging) -> io::Result<()> {
    page_data(&for_stdout(text), paging)
}

/// Writes data to standard output byte for byte, on a terminal through the pager.
///
/// # Errors
/// If standard output cannot be written to.
pub(in crate::cli) fn page_data(text: &[u8], paging: Paging) -> io::Result<()> {
    if stdout_is_terminal() && !paging.no_pager {
        let is_shown = pager().is_some_and(|pager| through(&pager, text).is_ok());
        if is_shown {
            return Ok(());
        }
    }
    print_data(text)
}

/// The command to page with; none if it is set to nothing, or to `cat`.
fn pager() -> Option<String> {
    let set = ["MAGESPEC_PAGER", "PAGER"].into_iter().find_map(|name| env::var(name).ok());
    let pager = set.unwrap_or_else(|| "less".to_owned());
    (!matches!(pager.trim(), "" | "cat")).then_some(pager)
}

fn through(pager: &str, text: &[u8]) -> io::Result<()> {
    let mut command = Command::new("sh");
    command.args(["-c", pager]).stdin(Stdio::piped());
    // As git sets it: end if it fits the screen, pass colours through, leave the screen as it is.
    if env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    // Ctrl-C is for the pager.
    let _ = ctrlc::set_handler(|| {});
    let mut child = command.spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text));
    let status = child.wait()?;
    match written {
        // The reader has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        // The shell did not find the pager.
        _ if status.code() == Some(127) => Err(io::ErrorKind::NotFound.into()),
        _ => Ok(()),
    }
}
