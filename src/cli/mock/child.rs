//! The command of `--run`: started by the shell, with the address and the credentials of the shop in its environment.

use std::{
    io,
    process::{Child, Command, ExitStatus},
    sync::{Mutex, PoisonError},
};

use crate::{
    cli::output::stderr_of_child,
    diag::Failure,
    interrupt::{self, Signal},
};

/// A command that runs beside the server.
pub(super) struct ChildCommand {
    child: Mutex<Child>,
    /// True if it has a process group of its own, which the terminal's Ctrl-C does not reach.
    is_apart: bool,
    /// Signal that was passed on.
    passed_on: Mutex<Option<Signal>>,
}

impl ChildCommand {
    /// Starts a command line. Unless it may print to standard output, what it prints there goes to standard error.
    ///
    /// # Errors
    /// Shell that cannot be started.
    pub(super) fn start(
        line: &str,
        environment: &[(String, String)],
        may_print: bool,
    ) -> Result<Self, Failure> {
        let mut command = shell(line);
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        if !may_print {
            command.stdout(stderr_of_child());
        }
        let is_apart = set_apart(&mut command);
        let shell = command.get_program().to_string_lossy().into_owned();
        let child = command
            .spawn()
            .map_err(|error| format!("--run: the shell `{shell}` cannot be started: {error}"))?;
        Ok(Self { child: Mutex::new(child), is_apart, passed_on: Mutex::new(None) })
    }

    /// Returns true once it has ended. Passes signals on to it.
    pub(super) fn is_over(&self) -> bool {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(child.try_wait(), Ok(None)) {
            return true;
        }
        let mut passed_on = self.passed_on.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(signal), None) = (interrupt::requested(), *passed_on) {
            *passed_on = Some(signal);
            // A terminal sends Ctrl-C to all processes of the group.
            if self.is_apart || !signal.is_ctrl_c() {
                pass_on(&mut child, signal, self.is_apart);
            }
        }
        false
    }

    /// Waits for its end. Returns its exit status, or 128 and the number of the signal that ended it.
    ///
    /// # Errors
    /// The system does not know the process any more.
    pub(super) fn status(self) -> io::Result<u8> {
        let mut child = self.child.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(number(child.wait()?))
    }
}

#[cfg(unix)]
fn shell(line: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", line]);
    command
}

/// The line as it is: `cmd` has its own rules for quotes.
#[cfg(not(unix))]
fn shell(line: &str) -> Command {
    use std::os::windows::process::CommandExt as _;
    let mut command = Command::new("cmd");
    command.raw_arg(format!("/D /S /C \"{line}\""));
    command
}

/// Gives the command a process group, so that signals reach all of its processes. On a terminal it stays in that of the
/// terminal, which it may read from.
#[cfg(unix)]
fn set_apart(command: &mut Command) -> bool {
    use std::{io::IsTerminal as _, os::unix::process::CommandExt as _};
    if io::stdin().is_terminal() {
        return false;
    }
    command.process_group(0);
    true
}

#[cfg(not(unix))]
fn set_apart(_: &mut Command) -> bool {
    false
}

#[cfg(unix)]
fn pass_on(child: &mut Child, signal: Signal, to_group: bool) {
    use rustix::process::{Pid, Signal as Number, kill_process, kill_process_group};
    let number = if signal.is_ctrl_c() { Number::INT } else { Number::TERM };
    let id = Pid::from_child(child);
    // It may have ended.
    let _ = if to_group { kill_process_group(id, number) } else { kill_process(id, number) };
}

#[cfg(not(unix))]
fn pass_on(child: &mut Child, _: Signal, _: bool) {
    let _ = child.kill();
}

#[cfg(unix)]
fn number(status: ExitStatus) -> u8 {
    use std::os::unix::process::ExitStatusExt as _;
    let number = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    u8::try_from(number).unwrap_or(1)
}

/// Numbers that do not fit are failures of Windows itself.
#[cfg(not(unix))]
fn number(status: ExitStatus) -> u8 {
    status.code().map_or(1, |code| u8::try_from(code).unwrap_or(1))
}
