//! Source of the answers: `--fixtures` and `--record`.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::address::address;
use crate::{
    cli::{
        arguments::read_credentials,
        output::{note, warn},
        sign::nonce,
    },
    diag::{Failure, plural},
    mock::{
        HttpRequest, MockShop, RoutedCall,
        fixtures::Fixtures,
        http::{Recorder, RecorderSettings},
    },
    oauth::Dialect,
    write::{Writer, publish_cache},
};

/// Options of answers.
#[derive(Debug, clap::Args)]
pub(super) struct AnswerOptions {
    /// Answer from the fixtures in DIR, where one fits; with --record, write fixtures there
    #[arg(long, value_name = "DIR")]
    fixtures: Option<Utf8PathBuf>,
    /// Forward calls to the shop at URL, and write its answers as fixtures, without personal data and secrets
    #[arg(long, value_name = "URL", requires_all = ["fixtures", "record_credentials"])]
    record: Option<String>,
    /// Credentials that the shop of --record accepts, as `credentials --reveal` writes them
    #[arg(long, value_name = "FILE", requires = "record")]
    record_credentials: Option<Utf8PathBuf>,
    /// Also forward calls that change the shop of --record
    #[arg(long, requires = "record")]
    record_writes: bool,
}

/// Recording of a shop.
pub(super) struct Recording<'a> {
    recorder: Arc<Recorder>,
    folder: &'a Utf8Path,
}

impl AnswerOptions {
    /// Lets the shop answer from fixtures, or from a real shop.
    ///
    /// # Errors
    /// Fixtures or credentials that cannot be read, or a shop that cannot be asked.
    pub(super) fn apply(&self, shop: &mut MockShop) -> Result<Option<Recording<'_>>, Failure> {
        let Some(folder) = &self.fixtures else { return Ok(None) };
        let (Some(url), Some(file)) = (&self.record, &self.record_credentials) else {
            let fixtures = Fixtures::read(folder.as_std_path()).map_err(|error| error.to_string())?;
            if fixtures.list.is_empty() {
                warn(format!(
                    "--fixtures {folder}: no `.json` file is there; docs/mock.md#fixtures has examples"
                ))?;
            }
            for fixture in fixtures.list.iter().filter(|fixture| shop.route_of(fixture).is_none()) {
                let near = shop.similar_calls(&fixture.call);
                let near =
                    if near.is_empty() { String::new() } else { format!("; write {}", near.join(" or ")) };
                warn(format!(
                    "{}: Magento {} has no route for `{}`, so the fixture never answers{near}",
                    fixture.file, shop.settings.version, fixture.call
                ))?;
            }
            let codes = shop.settings.store_codes();
            for fixture in &fixtures.list {
                let Some(code) = fixture.store.as_deref().filter(|code| !codes.contains(code)) else {
                    continue;
                };
                warn(format!(
                    "{}: the shop has no store view `{code}`, so the fixture never answers; write one of {}, or add the view with --store",
                    fixture.file,
                    codes.join(", ")
                ))?;
            }
            fixtures.check_names(|fixture| shop.route_of(fixture)).map_err(|error| error.to_string())?;
            shop.data.fix(fixtures);
            return Ok(None);
        };
        address(url, "`--record https://shop.example.com`")
            .map_err(|reason| format!("--record: {reason}"))?;
        let settings = RecorderSettings {
            credentials: read_credentials(file)?,
            dialect: Dialect::of(shop.settings.version),
            folder: folder.clone(),
            may_write: self.record_writes,
            write: |path, bytes| publish_cache(path, bytes).map_err(|error| error.to_string()),
            nonce,
        };
        let recorder = Recorder::new(url, settings).map_err(|reason| format!("--record: {reason}"))?;
        Writer::open(folder, |_| {}).map_err(|error| error.to_string())?;
        let recorder = Arc::new(recorder);
        let asked = Arc::clone(&recorder);
        shop.pass_on(Arc::new(move |request: &HttpRequest, call: &RoutedCall<'_>, name: Option<&str>| {
            asked.answer(request, call, name)
        }));
        Ok(Some(Recording { recorder, folder }))
    }
}

impl Recording<'_> {
    /// Says what was written.
    ///
    /// # Errors
    /// Standard error that cannot be written.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        Ok(note(format!("{} in {}", plural(self.recorder.written(), "recorded fixture"), self.folder))?)
    }
}
