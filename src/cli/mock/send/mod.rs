//! `magespec mock send`.

mod human;
mod json;

use std::{
    io::Write as _,
    time::{Duration, UNIX_EPOCH},
};

use camino::{Utf8Path, Utf8PathBuf};

pub(in crate::cli) use self::json::JsonTrial;
use super::{
    callee::{Callee, Leave},
    opened::modules,
};
use crate::{
    bounded,
    cli::{
        Outcome,
        arguments::{Format, Specs, meant, named, number, one_of, release_of_shop, served_release},
        output::{note, print_json, stdout},
        sign::nonce,
    },
    diag::{Failure, render::versioned},
    mock::{
        MockSettings,
        data::{EventData, ShopData},
        http::now,
        types::shapes_of,
        webhook::{ReceiverTrial, SigningKey, TrialStep, WebhookFault},
    },
    model::{Module, Webhook, Webhooks},
    names::MagentoVersion,
    oauth::{CallUrl, without_url_secrets},
};

/// Timeout of a shop whose setting has no default.
const TIMEOUT: u64 = 10;

/// 2026-01-01, from which sequences count microseconds: each message takes longer than one.
const FIRST: Duration = Duration::from_secs(1_767_225_600);

/// Send webhooks of the spec to a receiver, and judge its answers
///
/// Posts messages as the generated module does, signed by the same rules, and says what the shop makes of the answers: status, time,
/// messages that come twice or late, and forged ones.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Topic of the webhook
    #[arg(value_name = "TOPIC")]
    topic: String,
    #[command(flatten)]
    specs: Specs,
    /// Id of the object [default: the mock's first one that meets the webhook's conditions]
    #[arg(long, value_name = "ID", allow_negative_numbers = true, value_parser = number(1..=i64::from(u32::MAX)))]
    id: Option<i64>,
    /// Number of times to send the same message, as after lost answers
    #[arg(long, value_name = "NUMBER", default_value_t = 1, allow_negative_numbers = true, value_parser = number(1..=1000_u32))]
    times: u32,
    /// Also send faulty messages; separated by commas
    #[arg(long = "break", value_name = "FAULT", value_delimiter = ',')]
    faults: Vec<SentFault>,
    /// Address of the receiver instead of the setting's default; if it has no path, `path` of [webhooks] is appended
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Allow an address on another machine
    #[arg(long)]
    remote: bool,
    /// File with the signing secret, instead of one generated from the seed; - reads standard input
    #[arg(long, value_name = "FILE")]
    secret: Option<Utf8PathBuf>,
    /// File with a second secret; each message is signed with both
    #[arg(long, value_name = "FILE")]
    second_secret: Option<Utf8PathBuf>,
    /// Magento release of the shop; by default the newest one of the spec's target
    #[arg(long, value_name = "RELEASE", value_parser = served_release)]
    magento: Option<MagentoVersion>,
    /// Seed for the secret and the data
    #[arg(long, value_name = "NUMBER", default_value_t = 0, allow_negative_numbers = true, value_parser = number(0..=u64::MAX))]
    seed: u64,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json]), default_value = "human")]
    format: Format,
}

/// Fault of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum SentFault {
    /// Invalid signatures, which the receiver must refuse
    Signature,
    /// Valid signatures that are ten minutes off, which the receiver must refuse
    Replay,
    /// The newer of two messages first; the receiver must accept both
    Order,
}

impl From<SentFault> for WebhookFault {
    fn from(fault: SentFault) -> Self {
        match fault {
            SentFault::Signature => Self::Signature,
            SentFault::Replay => Self::Replay,
            SentFault::Order => Self::Order,
        }
    }
}

/// Trial with its steps.
struct Judged<'a> {
    module: &'a Module,
    trial: ReceiverTrial<'a>,
    event: &'a EventData,
    /// Secret, if it was made from the seed.
    made_secret: Option<String>,
    steps: Vec<TrialStep>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let (modules, edition, _) = modules(&args.specs)?;
    let (module, webhooks, webhook) = find(&modules, &args.topic)?;
    let (catalog, release) = release_of_shop(args.magento, std::slice::from_ref(module), edition)?;
    let settings = MockSettings { seed: args.seed, ..MockSettings::new(catalog, release, edition) };
    let event = ShopData::new(&settings, shapes_of(module)).event(webhook, args.id);
    let Callee { url, peer } = receiver(args.url.as_deref(), args.remote, webhooks)?;
    let made = args.secret.is_none().then(|| SigningKey::made_secret(args.seed, &module.name.to_string()));
    if args.secret.as_ref().is_some_and(|it| it == "-") && args.second_secret == args.secret {
        return Err("standard input can hold only one secret: write the other to a file".into());
    }
    let mut keys = match (&args.secret, &made) {
        (Some(file), _) => vec![key(file)?],
        (None, made) => vec![SigningKey::read(made.as_deref().unwrap_or_default())?],
    };
    keys.extend(args.second_secret.as_deref().map(key).transpose()?);
    let mut faults: Vec<WebhookFault> = Vec::new();
    for fault in args.faults.iter().copied().map(WebhookFault::from) {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    let timeout = webhooks.timeout.default.as_deref().and_then(|seconds| seconds.parse().ok());
    let trial = ReceiverTrial {
        webhooks,
        webhook,
        data: &event.data,
        url: &url,
        peer: &peer,
        keys: &keys,
        timeout: Duration::from_secs(timeout.filter(|seconds| *seconds > 0).unwrap_or(TIMEOUT)),
        times: args.times,
        faults: &faults,
    };
    let steps = trial.run(&now, &mut nonce, sequence()).map_err(|error| {
        Failure::of_lines([
            format!("cannot connect to {}: {error}", without_url_secrets(&url.to_string())),
            match &made {
                Some(secret) => format!(
                    "start the receiver, or name its address with --url; its secret is {secret}, unless --secret FILE names another one"
                ),
                None => "start the receiver, or name its address with --url".to_owned(),
            },
        ])
    })?;
    let judged = Judged { module, event: &event, made_secret: made, steps, trial };
    if let Some(last) = event.last {
        note(format!(
            "the mock has no object {}, only 1 to {last}: the data was made up, and GET answers 404 for it",
            event.id
        ))?;
    }
    for condition in &event.adjusted {
        note(format!(
            "object {} does not meet a condition of the webhook, so it was changed: {condition}",
            event.id
        ))?;
    }
    match args.format {
        Format::Json => print_json(versioned(&JsonTrial::of(&judged))),
        _ => write!(stdout(), "{}", human::rendered(&judged))?,
    }
    let is_fine = judged.steps.iter().all(|step| step.verdict.is_right());
    Ok(if is_fine { Outcome::Fine } else { Outcome::Differences })
}

/// Finds the webhook with a topic.
fn find<'a>(modules: &'a [Module], topic: &str) -> Result<(&'a Module, &'a Webhooks, &'a Webhook), Failure> {
    let all = modules.iter().filter_map(|module| Some((module, module.webhooks.as_ref()?)));
    let all = all.flat_map(|(module, webhooks)| webhooks.list.iter().map(move |it| (module, webhooks, it)));
    let all: Vec<_> = all.collect();
    let found: Vec<_> = all.iter().filter(|(_, _, webhook)| webhook.topic == topic).collect();
    match found[..] {
        [found] => Ok(*found),
        [] if all.is_empty() => Err("the specs have no [[webhook]]".to_owned().into()),
        [] => {
            let mut topics: Vec<&str> = all.iter().map(|(_, _, webhook)| webhook.topic.as_str()).collect();
            topics.sort_unstable();
            let known = meant(topic, &topics, "there are").unwrap_or_default();
            Err(format!("no webhook has the topic `{topic}`; {known}").into())
        }
        _ => Err(format!("several specs have the topic `{topic}`: name one spec").into()),
    }
}

/// Reads a secret; a line feed at its end does not count.
fn key(file: &Utf8Path) -> Result<SigningKey, Failure> {
    /// Largest secret that is read.
    const LARGEST: u64 = 1 << 16;
    let bytes = bounded::input(file, LARGEST).map_err(|error| Failure::unreadable(named(file), &error))?;
    let text = String::from_utf8_lossy(&bytes);
    SigningKey::read(text.trim_end_matches(['\r', '\n']))
        .map_err(|reason| format!("the secret in {} {reason}", named(file)).into())
}

/// Finds the receiver: the given URL, or the default of the setting with the path of `[webhooks]`.
///
/// # Errors
/// URL that cannot be called, or of another machine without leave.
fn receiver(given: Option<&str>, is_remote: bool, webhooks: &Webhooks) -> Result<Callee, Failure> {
    let Webhooks { url: setting, path, .. } = webhooks;
    let (url, source) = match (given, &setting.default) {
        (Some(url), _) => {
            let is_base = CallUrl::parse(url).is_ok_and(|it| it.path == "/" && it.query.is_none());
            let path = if is_base && !url.ends_with('/') { path } else { "" };
            (format!("{url}{path}"), "--url".to_owned())
        }
        (None, Some(base)) => (format!("{base}{path}"), format!("the setting `{}`", setting.path)),
        (None, None) => {
            return Err(format!(
                "the setting `{}` with the address of the receiver has no default; name it: --url http://127.0.0.1:9000",
                setting.path
            )
            .into());
        }
    };
    let leave = if is_remote { Leave::Yes } else { Leave::With("--remote") };
    Callee::find(&url, &source, &format!("`--url http://127.0.0.1:9000{path}`"), leave)
}

/// Sequence that is higher than those of earlier runs: receivers drop what is older than what they have.
fn sequence() -> u64 {
    let since = UNIX_EPOCH.elapsed().unwrap_or_default().saturating_sub(FIRST);
    u64::try_from(since.as_micros()).unwrap_or_default()
}
