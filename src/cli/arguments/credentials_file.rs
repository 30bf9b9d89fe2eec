//! `--credentials` and `--integration`: key, token and secrets of one integration.

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    bounded,
    diag::{Failure, did_you_mean, nearest},
    oauth::Credentials,
};

/// Options that name the credentials of one integration.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CredentialsFile {
    /// JSON file with consumer_key, consumer_secret, access_token and access_token_secret, or a list of them, as
    /// `credentials --reveal` writes it; - reads standard input
    #[arg(long, value_name = "FILE")]
    credentials: Utf8PathBuf,
    /// Use the entry of this integration; needed if FILE has several
    #[arg(long, value_name = "NAME")]
    integration: Option<String>,
}

impl CredentialsFile {
    /// Returns true if they come from standard input.
    pub(in crate::cli) fn is_stdin(&self) -> bool {
        self.credentials == "-"
    }

    /// Reads the credentials of the integration.
    ///
    /// # Errors
    /// Unreadable file, or several integrations without a name.
    pub(in crate::cli) fn read(&self) -> Result<Credentials, Failure> {
        credentials_of(&self.credentials, self.integration.as_deref())
    }
}

/// Reads the credentials of an integration, which needs no name if the file has only one.
///
/// # Errors
/// Unreadable file, an unknown name, or several integrations without a name.
pub(in crate::cli) fn credentials_of(path: &Utf8Path, name: Option<&str>) -> Result<Credentials, Failure> {
    let mut all = read_credentials(path)?;
    let path = named(path);
    let names: Vec<String> = all.iter().filter_map(|it| it.integration.clone()).collect();
    let Some(name) = name else {
        return match (all.pop(), all.len()) {
            (Some(only), 0) => Ok(only),
            (_, others) => {
                let count = others + 1;
                Err(format!(
                    "{path} has {count} credentials; write --integration with one of {}",
                    listed(&names)
                )
                .into())
            }
        };
    };
    let found = all.into_iter().find(|it| it.integration.as_deref() == Some(name));
    found.ok_or_else(|| {
        let known = meant(name, &names, "it has")
            .unwrap_or_else(|| "its entries have no `integration`: leave --integration out".to_owned());
        format!("{path} has no credentials of `{name}`; {known}").into()
    })
}

/// Hint on a name that is not known: the nearest one, or all of them behind `they_have`; none if there are none.
pub(in crate::cli) fn meant(name: &str, names: &[impl AsRef<str>], they_have: &str) -> Option<String> {
    let near = did_you_mean(nearest(name, names.iter().map(AsRef::as_ref)).as_slice());
    near.or_else(|| (!names.is_empty()).then(|| format!("{they_have} {}", listed(names))))
}

/// Names in quotes.
pub(in crate::cli) fn listed(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("\"{}\"", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// File as messages name it.
pub(in crate::cli) fn named(path: &Utf8Path) -> &str {
    if path == "-" { "standard input" } else { path.as_str() }
}

/// Reads all credentials of a file.
///
/// # Errors
/// Unreadable file, or a file without credentials.
pub(in crate::cli) fn read_credentials(path: &Utf8Path) -> Result<Vec<Credentials>, Failure> {
    /// Largest file that is read.
    const LARGEST: u64 = 1 << 20;
    let bytes = bounded::input(path, LARGEST).map_err(|error| Failure::unreadable(named(path), &error))?;
    let path = named(path);
    let read = Credentials::read(&String::from_utf8_lossy(&bytes));
    let credentials = read.map_err(|error| {
        let help = "write a JSON object with consumer_key, consumer_secret, access_token and access_token_secret, or a list of them";
        let failure = Failure::new(format!("{path} {}: {help}", error.reason));
        match error.line {
            Some(line) => failure.at_line(path, line),
            None => failure.at(path),
        }
    })?;
    if credentials.is_empty() { Err(format!("{path} has no credentials").into()) } else { Ok(credentials) }
}
