//! Long output through a pager, as git does.

use std::{
    borrow::Cow,
    env,
    io::{self, IsTerminal as _, Write as _},
    process::{Command, Stdio},
};

use anstream::{AutoStream, ColorChoice, StripStream};

/// Whether output goes through a pager.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(in crate::cli) struct Paging {
    /// Do not use a pager; otherwise MAGESPEC_PAGER, PAGER or less, on a terminal
    #[arg(long)]
    pub(in crate::cli) no_pager: bool,
}

/// Writes to standard output, on a terminal through the pager. Colours are taken out of a text that has them where
/// they do not belong; any other text goes out byte for byte.
///
/// # Errors
/// If standard output cannot be written to.
pub(in crate::cli) fn page(text: &[u8], has_colours: bool, paging: Paging) -> io::Result<()> {
    let text = if has_colours && AutoStream::choice(&io::stdout()) == ColorChoice::Never {
        let mut plain = StripStream::new(Vec::new());
        plain.write_all(text)?;
        Cow::Owned(plain.into_inner())
    } else {
        Cow::Borrowed(text)
    };
    if io::stdout().is_terminal() && !paging.no_pager {
        let is_shown = pager().is_some_and(|pager| through(&pager, &text).is_ok());
        if is_shown {
            return Ok(());
        }
    }
    io::stdout().lock().write_all(&text)
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
