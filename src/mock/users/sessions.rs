//! Tokens of Admin users and customers (docs/magento/web-api.md#login-tokens).

use std::{collections::VecDeque, fmt};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{
    catalog::behaviour,
    mock::{Caller, shop::Made},
    names::MagentoVersion,
};

/// Tokens that are remembered; the oldest are forgotten first.
const MOST_TOKENS: usize = 10_000;

/// Tokens and their users.
#[derive(Debug, Default)]
pub(in crate::mock) struct Sessions {
    open: VecDeque<LoginToken>,
    made: u64,
}

struct LoginToken {
    token: String,
    caller: Caller,
    /// End of its validity, in seconds.
    until: u64,
}

impl fmt::Debug for LoginToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("LoginToken");
        shown.field("caller", &self.caller).field("until", &self.until).finish_non_exhaustive()
    }
}

impl Sessions {
    /// User of a token that is still valid.
    pub(in crate::mock) fn caller(&self, token: &str, now: u64) -> Option<Caller> {
        let found = self.open.iter().rev().find(|it| it.token == token && now < it.until)?;
        Some(found.caller)
    }

    /// Makes a token: four hours for an Admin user, one for a customer. From 2.4.4 on it is a JWT.
    pub(in crate::mock) fn open(
        &mut self,
        caller: Caller,
        seed: u64,
        release: MagentoVersion,
        now: u64,
    ) -> String {
        self.made += 1;
        let (kind, id, hours) = match caller {
            Caller::Admin(id) => (2, id, 4),
            Caller::Customer(id) => (3, id, 1),
            Caller::Guest | Caller::Integration(_) => (0, 0, 0),
        };
        let until = now + hours * 3600;
        let made = Made::new(seed, &["login token", &self.made.to_string()]);
        let token = if behaviour::takes_bearer_token(release) {
            made.token()
        } else {
            let parts = [
                r#"{"kid":"1","alg":"HS256"}"#.to_owned(),
                format!(r#"{{"uid":{id},"utypid":{kind},"iat":{now},"exp":{until}}}"#),
                made.token(),
            ];
            parts.map(|part| BASE64_URL_SAFE_NO_PAD.encode(part)).join(".")
        };
        if self.open.len() == MOST_TOKENS {
            self.open.pop_front();
        }
        self.open.push_back(LoginToken { token: token.clone(), caller, until });
        token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debugging_shows_no_token() {
        let mut sessions = Sessions::default();
        let token = sessions.open(Caller::Admin(1), 0, MagentoVersion::new(2, 4, 3), 0);
        assert!(!format!("{sessions:?}").contains(&token), "{sessions:?}");
    }
}
