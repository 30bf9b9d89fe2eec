//! Routes that give a token for a name and a password (docs/magento/web-api.md#login-tokens).

use serde_json::{Map, Value};

use crate::mock::{
    Caller, MockSettings, MockShop, RefusalDetail, RoutedCall, ServedRoute, ShopRefusal, gate::Passage,
    input::text_of, shop::Made, texts::has_old_texts,
};

/// Name of the Admin user of the shop.
pub const ADMIN: &str = "admin";

impl MockSettings {
    /// Password of the Admin user and of the customers that the shop has, made from the seed.
    #[must_use]
    pub fn password(&self) -> String {
        let made = Made::new(self.seed, &["password"]).token();
        format!("{}1a", made.chars().take(10).collect::<String>())
    }
}

/// Kind of user who logs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LoginKind {
    Admin,
    /// Admin user, with a code of an authenticator.
    SecondFactor,
    Customer,
}

/// Returns true if a login started a session: once both the name and the password are given.
pub(in crate::mock) fn started_session(passage: &Passage<'_>, refusal: Option<&ShopRefusal>) -> bool {
    let is_login = passage.route.is_some_and(|(route, _)| is_login(route));
    is_login && refusal.is_none_or(|refusal| refusal.status != 400 || refusal.message().starts_with("Please"))
}

/// Returns true for a route that logs in a user, or sets a second factor up.
pub(in crate::mock) fn is_login(route: &ServedRoute) -> bool {
    kind(route).is_some() || route.path.starts_with("/V1/tfa/")
}

/// Kind of user that a route logs in.
fn kind(route: &ServedRoute) -> Option<LoginKind> {
    match (route.method.as_str(), route.path.as_str()) {
        ("POST", "/V1/integration/admin/token") => Some(LoginKind::Admin),
        ("POST", "/V1/tfa/provider/google/authenticate") => Some(LoginKind::SecondFactor),
        ("POST", "/V1/integration/customer/token") => Some(LoginKind::Customer),
        _ => None,
    }
}

/// Answers a login; none if the call is not one.
pub(in crate::mock) fn answered(
    shop: &MockShop,
    call: &RoutedCall<'_>,
    now: u64,
) -> Option<Result<Value, ShopRefusal>> {
    kind(call.route).map(|kind| logged_in(shop, call, kind, now))
}

const WHERE_PASSWORD_IS: &str =
    "the mock prints the password when it starts; with --run, it is in MAGENTO_ADMIN_PASSWORD";

fn logged_in(
    shop: &MockShop,
    call: &RoutedCall<'_>,
    kind: LoginKind,
    now: u64,
) -> Result<Value, ShopRefusal> {
    let (settings, empty) = (&shop.settings, Map::new());
    let body = call.body.as_ref().and_then(Value::as_object).unwrap_or(&empty);
    let text = |name: &str| {
        let given = call.query.get(name).or_else(|| body.get(name));
        given.filter(|it| !it.is_array() && !it.is_object()).map(text_of).unwrap_or_default()
    };
    let needed: &[&str] = match kind {
        LoginKind::SecondFactor => &["username", "password", "otp"],
        LoginKind::Admin | LoginKind::Customer => &["username", "password"],
    };
    let missing = needed.iter().filter(|name| text(name).is_empty());
    let mut missing: Vec<RefusalDetail> =
        missing.map(|name| RefusalDetail::missing(name, settings.version)).collect();
    match missing.len() {
        0 => {}
        1 => {
            let RefusalDetail { message, parameters } = missing.remove(0);
            return Err(ShopRefusal::localized(400, message, parameters));
        }
        _ => return Err(ShopRefusal::several(missing)),
    }
    let (name, given, password) = (text("username"), text("password"), settings.password());
    let caller = match kind {
        LoginKind::Admin | LoginKind::SecondFactor => {
            (name == ADMIN && given == password).then_some(Caller::Admin(1))
        }
        LoginKind::Customer => shop.data.customer_of_login(&name, &given, &password).map(Caller::Customer),
    };
    let Some(caller) = caller else {
        let message = if has_old_texts(settings.version) {
            "You did not sign in correctly or your account is temporarily disabled."
        } else {
            "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."
        };
        let refusal = ShopRefusal::exception(401, message);
        return Err(refusal.because(match kind {
            LoginKind::Admin | LoginKind::SecondFactor => format!("the user is {ADMIN}, and {WHERE_PASSWORD_IS}"),
            LoginKind::Customer => format!(
                "created customers keep the password they were given; generated ones, such as {}, have that of {ADMIN}: {WHERE_PASSWORD_IS}",
                shop.data.first_email()
            ),
        }));
    };
    if kind == LoginKind::Admin && settings.needs_two_factors {
        let message = "Please use the 2fa provider-specific endpoints to obtain a token.";
        let providers = serde_json::json!({ "active_providers": ["google"] });
        return Err(ShopRefusal::localized(400, message, providers));
    }
    let is_code = |otp: &str| otp.len() == 6 && otp.bytes().all(|it| it.is_ascii_digit());
    if kind == LoginKind::SecondFactor && !is_code(&text("otp")) {
        let refusal = ShopRefusal::exception(401, "Invalid code.");
        return Err(refusal.because("the mock accepts any six digits as a code"));
    }
    let mut state = shop.state();
    Ok(Value::from(state.sessions.open(caller, settings.seed, settings.version, now)))
}
