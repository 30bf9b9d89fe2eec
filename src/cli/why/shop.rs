//! The shop that a call is judged by.

use camino::Utf8PathBuf;

use super::Args;
use crate::{
    catalog::{Catalog, ReleaseId},
    cli::arguments::{OpenedSpec, credentials_of, listed, meant, release_of_shop},
    diag::Failure,
    mock::{
        HttpRequest, MockConsumer, MockSettings, MockShop, PastedCall, ServedRoute, StoreView, UnseenPart,
    },
    model::Module,
    names::{Edition, MagentoVersion},
    oauth::{
        CallUrl, Dialect, Secrets, SignatureMethod, SignedRequest, SigningMistake, base_string, header,
        is_form, pitfalls, split_target,
    },
    project::{CatalogStore, SPEC_FILE},
};

/// Key and token of a call that has none.
const UNKNOWN: &str = "00000000000000000000000000000000";

/// Shops for the calls of one run.
pub(super) struct Shops {
    catalog: &'static Catalog,
    release: ReleaseId,
    edition: Edition,
    module: Option<Module>,
    integration: Option<usize>,
    secrets: Option<Secrets>,
    /// Base URL of the shop, if a proxy changes it.
    base: Option<CallUrl>,
}

/// Shop for one call.
pub(super) struct AskedShop {
    pub(super) shop: MockShop,
    /// Limit of the judgement.
    pub(super) note: Option<String>,
    /// Usual mistakes with this URL, if the signature cannot be checked.
    pub(super) pitfalls: Option<Vec<SigningMistake>>,
}

impl Shops {
    /// Reads spec and credentials.
    ///
    /// # Errors
    /// Errors in the spec, unreadable files, an unknown release or integration.
    pub(super) fn open(args: &Args) -> Result<Self, Failure> {
        let spec = args.spec.clone().or_else(|| {
            let usual = Utf8PathBuf::from(SPEC_FILE);
            usual.exists().then_some(usual)
        });
        let opened = spec.map(|spec| OpenedSpec::open(&spec, &CatalogStore::new(None))).transpose()?;
        let edition = opened.as_ref().map(|opened| opened.edition).unwrap_or_default();
        let module = opened.map(|opened| opened.module);
        let (catalog, release) = release_of_shop(args.release, module.as_slice(), edition)?;
        let credentials =
            args.credentials.as_deref().map(|file| credentials_of(file, args.integration.as_deref()));
        let credentials = credentials.transpose()?;
        let name = args.integration.clone().or_else(|| credentials.as_ref()?.integration.clone());
        let integration = match &module {
            Some(module) => integration(module, name.as_deref())?,
            None if args.integration.is_some() && args.credentials.is_none() => {
                return Err(
                    "--integration needs a spec or a file that has it: add --spec or --credentials".into()
                );
            }
            None => None,
        };
        let base = args.base_url.as_deref().map(CallUrl::parse_base).transpose()?;
        let secrets = credentials.map(|it| it.secrets);
        Ok(Self { catalog, release, edition, module, integration, secrets, base })
    }

    pub(super) fn version(&self) -> MagentoVersion {
        self.catalog.release(self.release).version
    }

    /// Opens the shop for a call.
    pub(super) fn asked(&self, call: &PastedCall) -> AskedShop {
        let mut settings = MockSettings::new(self.catalog, self.release, self.edition);
        settings.stores.extend(store_code(call));
        settings.needs_two_factors = true;
        settings.base_url = self.base.as_ref().map(|base| (base.scheme.clone(), base.host.clone()));
        let mut routes = ServedRoute::of_release(self.catalog, self.release);
        let granted = self.module.as_ref().and_then(|module| {
            routes.extend(ServedRoute::of_module(module));
            module.integrations.get(self.integration?)
        });
        let secrets = self.secrets(call);
        let (consumer, token) = match granted {
            Some(integration) => MockConsumer::of(integration, 0, 0),
            None => MockConsumer::unlimited(&secrets),
        };
        let note = match granted {
            Some(_) => None,
            None => Some("permissions were not checked: name a spec with --spec".to_owned()),
        };
        let parameters = parameters(&call.request);
        let pitfalls = self.secrets.is_none().then(|| {
            let mut found = pitfalls(
                &self.sent(&call.request),
                &parameters.unwrap_or_default(),
                &secrets,
                Dialect::of(self.version()),
            );
            found.dedup();
            found
        });
        let shop = MockShop::new(settings, routes, Vec::new(), vec![consumer], vec![token]);
        shop.give(0, secrets);
        AskedShop { shop, note, pitfalls }
    }

    /// Request as it is judged: with a signature that fits if the secrets are unknown, or a part that is signed; and with the
    /// credentials in place of an `Authorization` header that is unknown.
    pub(super) fn signed(&self, call: &PastedCall, now: u64) -> HttpRequest {
        let mut request = call.request.clone();
        if call.hides(UnseenPart::ContentType) && request.body.starts_with(b"{") {
            request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("Content-Type"));
            request.headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        }
        let secrets = self.secrets(call);
        let sent = parameters(&request);
        let is_unseen = call.hides(UnseenPart::Authorization);
        if self.secrets.is_some() && !is_unseen && self.unseen_signed(call).is_empty() {
            return request;
        }
        let Some(mut parameters) = (if is_unseen { Some(whole(sent, &secrets, now)) } else { sent }) else {
            return request;
        };
        let named = |name: &str| parameters.iter().find(|(it, _)| it == name).map(|(_, value)| value.clone());
        let method = named("oauth_signature_method").as_deref().and_then(SignatureMethod::named);
        let (Some(method), Some(_)) = (method, named("oauth_signature")) else { return request };
        let text = base_string(&self.sent(&request), &parameters, Dialect::of(self.version()));
        let signature = method.sign(
            &text,
            &secrets.consumer_secret,
            secrets.access_token_secret.as_deref().unwrap_or_default(),
        );
        parameters.retain(|(name, _)| name != "oauth_signature");
        parameters.push(("oauth_signature".to_owned(), signature));
        request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("Authorization"));
        request.headers.push(("Authorization".to_owned(), header::write(&parameters)));
        request
    }

    /// Parts that a signature covers, and that are not in the request.
    pub(super) fn unseen_signed(&self, call: &PastedCall) -> Vec<UnseenPart> {
        let mut parts = call.unseen_signed();
        if self.base.is_some() {
            parts.retain(|part| *part != UnseenPart::Host);
        } else if call.request.host.is_empty() && !parts.contains(&UnseenPart::Host) {
            parts.push(UnseenPart::Host);
        }
        parts
    }

    /// The request as the shop sees it.
    fn sent<'a>(&'a self, request: &'a HttpRequest) -> SignedRequest<'a> {
        let (path, query) = split_target(&request.target);
        let form = request.header("Content-Type").is_some_and(is_form).then_some(&request.body);
        let base = self.base.as_ref();
        SignedRequest {
            method: &request.method,
            scheme: base.map_or(&request.scheme, |base| &base.scheme),
            host: base.map_or(&request.host, |base| &base.host),
            path,
            query,
            form: form.and_then(|body| std::str::from_utf8(body).ok()),
        }
    }

    /// Credentials of the file, or those that the call claims to have, with secrets of our own.
    fn secrets(&self, call: &PastedCall) -> Secrets {
        self.secrets.clone().unwrap_or_else(|| {
            let parameters = parameters(&call.request).unwrap_or_default();
            let of =
                |name: &str| parameters.iter().find(|(it, _)| it == name).map(|(_, value)| value.clone());
            Secrets {
                consumer_key: of("oauth_consumer_key").unwrap_or_else(|| UNKNOWN.to_owned()),
                consumer_secret: UNKNOWN.to_owned(),
                access_token: Some(of("oauth_token").unwrap_or_else(|| UNKNOWN.to_owned())),
                access_token_secret: Some(UNKNOWN.to_owned()),
            }
        })
    }
}

/// Parameters of a header, with right ones in place of those that are missing or have a variable as their value.
fn whole(sent: Option<Vec<(String, String)>>, secrets: &Secrets, now: u64) -> Vec<(String, String)> {
    let is_known = |value: &str| !value.contains(['$', '`', '{']);
    let mut whole: Vec<(String, String)> = sent.unwrap_or_default();
    for (name, value) in [
        ("oauth_consumer_key", secrets.consumer_key.clone()),
        ("oauth_nonce", UNKNOWN.to_owned()),
        ("oauth_signature", UNKNOWN.to_owned()),
        ("oauth_signature_method", SignatureMethod::HmacSha256.name().to_owned()),
        ("oauth_timestamp", now.to_string()),
        ("oauth_token", secrets.access_token.clone().unwrap_or_default()),
    ] {
        match whole.iter_mut().find(|(it, _)| it == name) {
            Some((_, known)) if is_known(known) => {}
            Some((_, known)) => *known = value,
            None => whole.push((name.to_owned(), value)),
        }
    }
    whole.retain(|(_, value)| is_known(value));
    whole
}

/// Index of the integration that calls.
fn integration(module: &Module, name: Option<&str>) -> Result<Option<usize>, Failure> {
    let names: Vec<&str> = module.integrations.iter().map(|it| it.name.as_str()).collect();
    match (name, names.len()) {
        (None, 0) => Ok(None),
        (None, 1) => Ok(Some(0)),
        (None, _) => {
            Err(format!("the spec has several integrations: --integration NAME, one of {}", listed(&names))
                .into())
        }
        (Some(name), _) => match names.iter().position(|it| *it == name) {
            Some(place) => Ok(Some(place)),
            None => {
                let hint = meant(name, &names, "it has").unwrap_or_else(|| "it has none".to_owned());
                Err(format!("the spec has no integration \"{name}\"; {hint}").into())
            }
        },
    }
}

/// Store view of the path, unless the shop refused the path.
fn store_code(call: &PastedCall) -> Option<StoreView> {
    let path = call.request.path();
    let rest = path.split_once("/rest/")?.1.trim_start_matches('/');
    let (code, behind) = rest.split_once('/')?;
    let is_code = behind.starts_with('V') || behind.starts_with("async/");
    let is_refused = call.message().is_some_and(|it| it.contains("cannot be processed"));
    let is_own = matches!(code, "all" | "default" | "async") || is_refused;
    (is_code && !is_own).then(|| StoreView { id: 2, code: code.to_owned(), name: code.to_owned() })
}

/// Parameters of the `Authorization` header, if it has a signature.
pub(super) fn parameters(request: &HttpRequest) -> Option<Vec<(String, String)>> {
    request.header("Authorization").and_then(header::parse)
}
