//! Checks of a request in the order of Magento, one file each; the first that fails ends the request.

mod accept;
mod area;
mod bearer;
mod body;
mod caller;
mod method;
mod oauth;
mod path;
mod permission;

pub use self::oauth::LENGTH;
use self::path::RestPath;
pub(super) use self::{
    area::ShopArea,
    body::size_of_values,
    caller::claimed,
    oauth::{Protocol, refuse_missing},
};
use super::{Caller, HttpRequest, MockShop, RoutedCall, ServedRoute, ShopRefusal, texts::has_old_texts};
use crate::{catalog::behaviour, names::Mode, oauth::without_url_secrets};

/// Form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerFormat {
    /// JSON.
    Json,
    /// XML.
    Xml,
}

/// Request on its way through the checks: what the answer depends on, whichever check ends it.
#[derive(Debug, Default)]
pub(super) struct Passage<'a> {
    /// Format that the client accepts; none before that is known.
    pub(super) format: Option<AnswerFormat>,
    /// True once Magento has started a session.
    pub(super) has_session: bool,
    /// Route and mode, once found.
    pub(super) route: Option<(&'a ServedRoute, Mode)>,
    /// Caller, once known.
    pub(super) caller: Option<Caller>,
    /// True once nothing but the body and what is in it can end it.
    pub(super) is_at_body: bool,
}

/// Route of a REST request, whoever calls it. `path` starts behind `/rest`.
pub(super) fn route<'a>(
    shop: &'a MockShop,
    request: &HttpRequest,
    path: &str,
) -> Option<(&'a ServedRoute, Mode)> {
    let path = RestPath::of(path, &shop.settings);
    let method = method::known(request, &shop.settings).ok()?;
    let (mode, segments) = path.mode(&request.method, &shop.settings).ok()?;
    let found = shop.router.find(&shop.routes, method, mode, segments).ok()?;
    Some((found.route, mode))
}

/// Lets a REST request through, or refuses it. `path` starts behind `/rest`.
pub(super) fn pass<'a>(
    shop: &'a MockShop,
    request: &HttpRequest,
    path: &str,
    now: u64,
    passage: &mut Passage<'a>,
) -> Result<RoutedCall<'a>, ShopRefusal> {
    let settings = &shop.settings;
    // Adobe Commerce 2.3 reads every request before errors are caught.
    passage.has_session = settings.is_staged();
    passage.format = Some(accept::format(request)?);
    let path = RestPath::of(path, settings);
    let method = method::known(request, settings);
    if settings.is_staged() {
        method::staged(request)?;
    }
    // The async API of 2.3 asks for the method before the path is looked at.
    if behaviour::queues_calls(settings.version) {
        method.as_ref().map_err(Clone::clone)?;
    }
    let (mode, segments) = path.mode(&request.method, settings)?;
    let method = method?;
    let found = shop.router.find(&shop.routes, method, mode, segments).map_err(|refusal| {
        let shown = without_url_secrets(segments);
        if !settings.needs_two_factors && ServedRoute::is_of_second_factor(segments) {
            return refusal.because("start the mock with --two-factor");
        }
        refusal.because(match shop.router.other_methods(mode, segments)[..] {
            [] => format!("Magento {} has no route like {method} /{shown}", settings.version),
            ref others => format!("/{shown} accepts {} only", others.join(", ")),
        })
    })?;
    passage.route = Some((found.route, mode));
    let caller = permission::check(shop, request, found.route, now, passage)
        .map_err(|refusal| refusal.without_path_secrets(request.path(), &found.route.path))?;
    passage.caller = Some(caller);
    permission::listed(shop, caller, found.route, mode)?;
    permission::https_only(request, found.route)?;
    passage.is_at_body = true;
    let reads_body = matches!(method, "POST" | "PUT") || !has_old_texts(settings.version);
    let (scheme, host) = settings.base(request);
    Ok(RoutedCall {
        route: found.route,
        mode,
        path: found.variables,
        query: body::parameters(request),
        body: if reads_body { body::decoded(request, settings)? } else { None },
        caller,
        store: path.store,
        base_url: format!("{scheme}://{host}"),
    })
}
