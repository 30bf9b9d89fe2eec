//! `magespec sign`.

mod curl;
mod nonce;

use camino::Utf8PathBuf;

use self::curl::Curl;
pub(in crate::cli) use self::nonce::nonce;
use crate::{
    bounded,
    catalog::Catalog,
    cli::{
        Outcome,
        arguments::{CredentialsFile, named, nearest_release, number, print_stand_in},
        output::{note, print_data, warn},
    },
    diag::Failure,
    mock::http::now,
    names::MagentoVersion,
    oauth::{
        CallUrl, Dialect, Outgoing, SignatureMethod, base_string, header, is_form, is_refused_by_zend,
        without_url_secrets,
    },
};

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("printed"))]
pub(super) struct Args {
    /// HTTP method
    #[arg(value_name = "METHOD")]
    method: String,
    /// URL as the client sends it, with its query
    #[arg(value_name = "URL")]
    url: String,
    #[command(flatten)]
    credentials: CredentialsFile,
    /// Magento release of the shop [default: the newest]
    #[arg(long, value_name = "RELEASE")]
    release: Option<MagentoVersion>,
    /// Print a curl command that makes the call
    #[arg(long, group = "printed")]
    curl: bool,
    /// Print the text that is signed, to compare it with a client's
    #[arg(long, group = "printed")]
    base_string: bool,
    /// Body of the call; @FILE reads a file, @- standard input. Only the fields of a form are signed
    #[arg(long, value_name = "BODY")]
    data: Option<String>,
    /// Content type of the body
    #[arg(long, value_name = "TYPE", requires = "data", default_value = "application/json")]
    content_type: String,
    /// Signature method: HMAC-SHA256, or HMAC-SHA1 up to 2.4.3-p2
    #[arg(long, value_name = "METHOD", default_value = "HMAC-SHA256", value_parser = signature_method)]
    signature_method: SignatureMethod,
    /// Timestamp in seconds since 1970, for output that does not change [default: now]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = number(0..=u64::MAX))]
    timestamp: Option<u64>,
    /// Nonce, which Magento accepts once [default: a random one]
    #[arg(long, value_name = "TEXT")]
    nonce: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let url = CallUrl::parse(&args.url)
        .map_err(|reason| format!("`{}` {reason}", without_url_secrets(&args.url)))?;
    let method = args.method.to_ascii_uppercase();
    if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let method = without_url_secrets(&args.method);
        return Err(format!("`{method}` is not an HTTP method; write GET, POST, PUT or DELETE").into());
    }
    let release = args.release()?;
    let dialect = Dialect::of(release);
    let form = args.form()?;
    let request = url.request(&method, form.as_deref());
    let secrets = args.credentials.read()?.secrets;
    if args.nonce.as_ref().is_some_and(String::is_empty) {
        return Err(
            "--nonce is empty: Magento accepts an empty nonce only once; leave it out for a random one"
                .into(),
        );
    }
    let timestamp = args.timestamp.unwrap_or_else(now);
    if timestamp == 0 || timestamp > now().saturating_add(header::MOST_AHEAD) {
        warn(format!(
            "Magento refuses the timestamp {timestamp}: write seconds since 1970, at most {} ahead",
            header::MOST_AHEAD
        ))?;
    }
    if !matches!(&*method, "GET" | "POST" | "PUT" | "DELETE") {
        warn(format!("Magento's REST API refuses {method}: write GET, POST, PUT or DELETE"))?;
    }
    if !["/rest/", "/oauth/"].iter().any(|area| url.path.contains(area)) {
        let path = without_url_secrets(&url.path);
        warn(format!("`{path}` is not below /rest, so the storefront answers: write /rest/V1/…"))?;
    }
    if secrets.access_token.is_none() && !url.path.contains("/oauth/") {
        warn("the credentials have no access token: Magento accepts only token requests without one")?;
    }
    let nonce = args.nonce.clone().unwrap_or_else(nonce);
    let signed = Outgoing::sign(&request, &secrets, args.signature_method, dialect, timestamp, &nonce);
    let others = Dialect::ALL.map(|other| base_string(&request, &signed.parameters, other));
    if others.iter().any(|other| *other != signed.base_string) {
        let source = if dialect.is_recorded() { "" } else { ", whose rules are known only from its code" };
        note(format!("releases sign this URL differently: this signature is for {release}{source}"))?;
    }
    if is_refused_by_zend(&url.target(), dialect) {
        warn(format!(
            "{release} answers 500 to this URL: encode the characters that RFC 3986 does not allow in it"
        ))?;
    }
    let text = if args.base_string {
        signed.base_string
    } else if args.curl {
        let content_type = args.data.as_ref().map(|_| &*args.content_type);
        Curl {
            method: &method,
            url: &url,
            header: &signed.header(),
            content_type,
            data: args.data.as_deref(),
        }
        .to_string()
    } else {
        format!("Authorization: {}", signed.header())
    };
    print_data(format!("{text}\n").as_bytes())?;
    Ok(Outcome::Fine)
}

impl Args {
    /// Release to sign for.
    fn release(&self) -> Result<MagentoVersion, Failure> {
        let catalog = Catalog::bundled();
        let release = self.release.unwrap_or(catalog.newest_checked().version);
        nearest_release(catalog, release)?;
        print_stand_in(catalog, release)?;
        if self.signature_method.is_accepted(release) {
            return Ok(release);
        }
        Err(format!(
            "{release} does not accept {}: leave --signature-method out",
            self.signature_method.name()
        )
        .into())
    }

    /// Body, if it is a form.
    fn form(&self) -> Result<Option<String>, Failure> {
        let Some(data) = &self.data else { return Ok(None) };
        let is_form = is_form(&self.content_type);
        let Some(file) = data.strip_prefix('@') else { return Ok(is_form.then(|| data.clone())) };
        let file = Utf8PathBuf::from(file);
        if file == "-" && self.credentials.is_stdin() {
            return Err("--credentials and --data both read standard input: name a file for one".into());
        }
        if !is_form && (file == "-" || file.exists()) {
            return Ok(None);
        }
        let bytes = bounded::input(&file, bounded::LARGEST_FILE)
            .map_err(|error| Failure::unreadable(named(&file), &error))?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

fn signature_method(name: &str) -> Result<SignatureMethod, String> {
    SignatureMethod::named(name).ok_or_else(|| {
        let names = SignatureMethod::ALL.map(SignatureMethod::name).join(" or ");
        format!("unknown signature method; use {names} (case-sensitive)")
    })
}
