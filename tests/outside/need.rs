//! Requirements of tests that a machine may lack.

use std::{
    env, fmt, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::LazyLock,
};

use libtest_mimic::{Failed, Trial};

use crate::support::files::project;

/// The names that Chromium goes by.
pub(crate) const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

#[derive(Clone, Copy)]
pub(crate) enum Need {
    /// A file or folder below `../shared`, beside the checkout.
    Shared(&'static str),
    Program(&'static str),
    /// An extension of PHP.
    Extension(&'static str),
    Browser,
    /// A file below `target/validators`, where `.ci/run` installs what PyPI and npm have.
    Validator(&'static str),
    /// A terminal, which `script` makes.
    Terminal,
    /// A user whom permissions of files hold back.
    NotRoot,
    /// The device that is always full.
    FullDevice,
    /// The right to mount a file system.
    Mount,
    /// A tag of a release in the history of the checkout.
    Release,
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shared(name) => write!(f, "../shared/{name}"),
            Self::Program(name) => f.write_str(name),
            Self::Extension(name) => write!(f, "php-{name}"),
            Self::Browser => f.write_str("chromium"),
            Self::Validator(name) => write!(f, "target/validators/{name}"),
            Self::Terminal => f.write_str("a terminal"),
            Self::NotRoot => f.write_str("a user other than root"),
            Self::FullDevice => f.write_str("/dev/full"),
            Self::Mount => f.write_str("the right to mount"),
            Self::Release => f.write_str("a tag of a release"),
        }
    }
}

impl Need {
    fn is_met(self) -> bool {
        static EXTENSIONS: LazyLock<Vec<String>> = LazyLock::new(|| {
            let listed = Command::new("php").arg("-m").output().map(|ran| ran.stdout).unwrap_or_default();
            String::from_utf8_lossy(&listed).lines().map(str::to_lowercase).collect()
        });
        static HAS_TERMINAL: LazyLock<bool> =
            LazyLock::new(|| succeeds("script", &["-qec", "test -t 0", "/dev/null"]));
        match self {
            Self::Shared(name) => shared(name).exists(),
            Self::Program(name) => found(&[name]).is_some(),
            Self::Extension(name) => EXTENSIONS.iter().any(|it| it == name),
            Self::Browser => found(BROWSERS).is_some(),
            Self::Validator(name) => validator(name).exists(),
            Self::Terminal => *HAS_TERMINAL,
            Self::NotRoot => !is_root(),
            Self::FullDevice => fs::exists("/dev/full").unwrap(),
            Self::Mount => succeeds("unshare", &["--mount", "true"]),
            Self::Release => release().is_some(),
        }
    }

    /// Fails instead of being ignored where `MAGESPEC_SHARED` is `required`: what `.ci/run` installs, and the data.
    fn is_required(self) -> bool {
        let is_required = env::var("MAGESPEC_SHARED").as_deref() == Ok("required");
        match self {
            Self::Shared(_) | Self::Program(_) | Self::Extension(_) | Self::Browser => is_required,
            Self::Validator(_) => is_required && env::var_os("MAGESPEC_OFFLINE").is_none(),
            Self::Terminal | Self::NotRoot | Self::FullDevice | Self::Mount | Self::Release => false,
        }
    }
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    tempfile::tempfile().unwrap().metadata().unwrap().uid() == 0
}

/// Systems without modes of files hold nobody back.
#[cfg(not(unix))]
fn is_root() -> bool {
    true
}

#[cfg(unix)]
fn is_executable(place: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    place.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(place: &Path) -> bool {
    place.with_extension("exe").is_file()
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let ran = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    ran.is_ok_and(|ran| ran.status.success())
}

/// The first of the programs that is installed.
pub(crate) fn found(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut places = env::split_paths(&path).flat_map(|dir| names.iter().map(move |name| dir.join(name)));
    places.find(|place| is_executable(place))
}

/// The tag of the last release before this commit.
pub(crate) fn release() -> Option<String> {
    let ran = Command::new("git")
        .args(["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    let tag = ran.ok().filter(|ran| ran.status.success()).map(|ran| ran.stdout)?;
    Some(String::from_utf8(tag).unwrap().trim().to_owned())
}

/// A path below `../shared`.
pub(crate) fn shared(name: &str) -> PathBuf {
    project("../shared").join(name)
}

/// A path below `target/validators`.
pub(crate) fn validator(name: &str) -> PathBuf {
    project("target/validators").join(name)
}

/// A test, and what is absent of what it needs.
pub(crate) struct Test {
    pub(crate) trial: Trial,
    pub(crate) absent: String,
}

/// Tests with the same needs.
pub(crate) struct Group {
    kind: String,
    absent: String,
    is_ignored: bool,
}

impl Group {
    pub(crate) fn of(needs: impl AsRef<[Need]>) -> Self {
        let list = |needs: &[Need]| needs.iter().map(Need::to_string).collect::<Vec<_>>().join(", ");
        let needs = needs.as_ref();
        let absent: Vec<Need> = needs.iter().copied().filter(|need| !need.is_met()).collect();
        Self {
            kind: format!("needs {}", list(needs)),
            absent: list(&absent),
            is_ignored: absent.iter().any(|need| !need.is_required()),
        }
    }

    /// A test by the path of its function. Whoever asks for one that is ignored is told why it cannot pass.
    pub(crate) fn test(&self, path: &str, run: fn()) -> Test {
        let absent = self.absent.clone();
        let run = move || {
            if absent.is_empty() {
                run();
                return Ok(());
            }
            Err(Failed::from(format!("this machine lacks {absent}")))
        };
        let (_, name) = path.split_once("::").unwrap();
        let trial = Trial::test(name, run).with_kind(&*self.kind).with_ignored_flag(self.is_ignored);
        Test { trial, absent: self.absent.clone() }
    }
}

/// The tests of a module: `[needs] => functions;`, then `in modules;` for those below it.
macro_rules! trials {
    ($($needs:expr => $($test:ident),+;)* $(in $($module:ident),+;)?) => {
        pub(crate) fn trials() -> Vec<$crate::need::Test> {
            let mut tests = Vec::new();
            $(
                let group = $crate::need::Group::of($needs);
                $(tests.push(group.test(concat!(module_path!(), "::", stringify!($test)), $test));)+
            )*
            $($(tests.extend($module::trials());)+)?
            tests
        }
    };
}
pub(crate) use trials;
