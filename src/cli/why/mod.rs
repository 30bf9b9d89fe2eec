//! `magespec why`.

mod causes;
mod shop;

use std::{
    fmt::Write as _,
    io,
    time::{SystemTime, UNIX_EPOCH},
};

use camino::Utf8PathBuf;

use self::{
    causes::cause,
    shop::{AskedShop, Shops},
};
use crate::{
    bounded,
    cli::{Outcome, output::stdout},
    diag::Failure,
    mock::{HttpRequest, PastedCall, read_pasted},
    names::MagentoVersion,
    oauth::{CallUrl, Dialect},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Request and answer; - reads standard input
    #[arg(value_name = "FILE", default_value = "-")]
    file: Utf8PathBuf,
    /// Credentials that the client should have used, to find the part of the signature that is wrong: a file as
    /// `credentials --reveal` writes it
    #[arg(long, value_name = "FILE")]
    credentials: Option<Utf8PathBuf>,
    /// Integration that calls; needed if the spec or the credentials have several
    #[arg(long, value_name = "NAME")]
    integration: Option<String>,
    /// Spec whose permissions the integration has [default: integration.toml, if it is there]
    #[arg(long, value_name = "SPEC")]
    spec: Option<Utf8PathBuf>,
    /// Magento release of the shop [default: the newest of the spec's target, or of all]
    #[arg(long, value_name = "RELEASE")]
    release: Option<MagentoVersion>,
    /// Scheme and host as the shop sees them, if a proxy changes them: https://shop.example
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    /// Largest text that is read.
    const LARGEST: u64 = 16 << 20;
    let file = &args.file;
    let bytes =
        if file == "-" { bounded::stream(io::stdin().lock(), LARGEST) } else { bounded::file(file, LARGEST) };
    let bytes = bytes.map_err(|error| Failure::unreadable(file, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let calls = read_pasted(&text).map_err(|reason| match &**file {
        path if path == "-" => format!("standard input {reason}"),
        path => format!("{path} {reason}"),
    })?;
    let base =
        args.base_url.as_deref().map(|url| CallUrl::parse(url).map_err(|reason| format!("`{url}` {reason}")));
    let base = base.transpose()?;
    let shops = Shops::open(args)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let mut told = String::new();
    for mut call in calls {
        if let Some(base) = &base {
            base.scheme.clone_into(&mut call.request.scheme);
            base.host.clone_into(&mut call.request.host);
        }
        if !told.is_empty() {
            told.push('\n');
        }
        told += &explained(&shops, &call, now);
    }
    io::Write::write_all(&mut stdout(), told.as_bytes())?;
    Ok(Outcome::Fine)
}

/// Explanation of one call, in lines.
fn explained(shops: &Shops, call: &PastedCall, now: u64) -> String {
    let request = &call.request;
    let mut text = format!("{} {}\n", request.method, address(request));
    let mut say = |label: &str, lines: &str| {
        for (place, line) in lines.lines().enumerate() {
            let label = if place == 0 { label } else { "" };
            let _ = writeln!(text, "  {label:8} {line}");
        }
    };
    let message = call.message();
    let status = call.status.map(|status| status.to_string()).unwrap_or_default();
    let answer = format!("{status} {}", message.as_deref().unwrap_or_default());
    if !answer.trim().is_empty() {
        say("answer", answer.trim());
    }
    let AskedShop { shop, note, pitfalls } = shops.asked(call);
    let judged = shop.judge(&shops.signed(call), now);
    if let Some(route) = judged.route {
        let needs =
            if route.resources.is_empty() { "nothing".to_owned() } else { route.resources.join(", ") };
        say(
            "route",
            &format!("{} {} of Magento {}; needs {needs}", route.method, route.path, shops.version()),
        );
    }
    let refusal = judged.refusal.filter(|it| !call.is_logged || it.status != 401);
    let is_same = refusal.as_ref().is_some_and(|it| match (&message, call.status) {
        (Some(message), _) => message == it.message(),
        (None, Some(status)) => status == it.status,
        (None, None) => true,
    });
    let is_refused = message.is_some() || call.status.is_none_or(|status| status >= 400);
    let expected = refusal.as_ref().map(|it| format!("{} {}", it.status, it.message()));
    match (&refusal, is_same, is_refused) {
        (Some(refusal), true, _) => match (&refusal.why, cause(refusal.message())) {
            (Some(why), _) => say("reason", why),
            (None, Some(cause)) => say("reason", cause),
            (None, None) => say("reason", &expected.unwrap_or_default()),
        },
        (_, _, false) => say("reason", "the shop accepted the call"),
        (_, _, true) => {
            if let Some(cause) = message.as_deref().and_then(cause) {
                say("reason", cause);
            }
            match (&refusal, expected) {
                (Some(refusal), Some(expected)) => {
                    let why = refusal.why.as_deref().map(|why| format!("\n{why}")).unwrap_or_default();
                    say("also", &format!("by release and spec the answer would be {expected}{why}"));
                }
                _ if call.is_logged => say(
                    "also",
                    "a log does not have the Authorization header: paste the request with its answer",
                ),
                _ => say("also", "the checks of release and spec find nothing wrong with the request"),
            }
        }
    }
    if let Some(note) = note {
        say("note", &note);
    }
    for pitfall in pitfalls
        .filter(|_| message.as_deref().is_some_and(|it| it.to_lowercase().contains("signature")))
        .unwrap_or_default()
    {
        let (wrong, change) = pitfall.texts();
        say("check", &format!("whether {wrong}: {change}"));
    }
    if !Dialect::of(shops.version()).is_recorded()
        && message.as_deref().is_some_and(|it| it.contains("signature"))
    {
        say("note", &format!("signatures of {} are known from its code only", shops.version()));
    }
    text
}

fn address(request: &HttpRequest) -> String {
    if request.host.is_empty() {
        return request.target.clone();
    }
    format!("{}://{}{}", request.scheme, request.host, request.target)
}
