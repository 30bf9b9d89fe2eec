//! Changes of the credentials of one integration: what they do, and what they need.

use crate::{
    diag::Failure,
    magento::{AccessToken, CredentialsAction, CredentialsChange, CredentialsRow},
    plan::IntegrationStatus,
};

/// Intended change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// Create a token and activate.
    Activate,
    /// Create a second token.
    Rotate,
    /// Replace key and secret.
    ReplaceKey,
    /// Delete the old tokens.
    Finish,
    /// Delete the new token.
    Cancel,
}

/// Change of an integration that can be made.
pub(super) struct Intended<'s> {
    pub(super) intent: Intent,
    pub(super) row: &'s CredentialsRow,
    /// Newest token.
    newest: Option<&'s AccessToken>,
    /// Tokens besides the newest.
    older: &'s [AccessToken],
}

impl<'s> Intended<'s> {
    /// # Errors
    /// Integration in another state than the change needs.
    pub(super) fn of(intent: Intent, row: &'s CredentialsRow) -> Result<Self, Failure> {
        let name = &row.name;
        let (newest, older) = match row.tokens() {
            [older @ .., newest] => (Some(newest), older),
            [] => (None, [].as_slice()),
        };
        let refused = match intent {
            _ if row.consumer.is_none() => {
                Some(format!("`{name}` has no OAuth consumer: save it in Admin, which creates one"))
            }
            Intent::Activate if row.is_active() => Some(format!("`{name}` is active already")),
            Intent::Activate if row.has_handshake => Some(format!(
                "`{name}` has an endpoint and an identity link: Magento hands its credentials over when someone activates it \
                 in System > Extensions > Integrations"
            )),
            Intent::Rotate | Intent::ReplaceKey if !row.is_active() => {
                let lack = match row.status {
                    IntegrationStatus::Active => "has no access token",
                    _ => "is not active",
                };
                Some(format!("`{name}` {lack}: `magespec credentials --activate \"{name}\"`"))
            }
            Intent::Rotate | Intent::ReplaceKey if !older.is_empty() => Some(format!(
                "`{name}` has {} access tokens: delete the old one with --finish, or the new one with --cancel",
                older.len() + 1
            )),
            Intent::Finish | Intent::Cancel if older.is_empty() => {
                Some(format!("`{name}` is not being rotated: it has no second access token"))
            }
            _ => None,
        };
        refused.map_or(Ok(Self { intent, row, newest, older }), |why| Err(why.into()))
    }

    pub(super) fn change(&self) -> CredentialsChange {
        let ids = |tokens: &[AccessToken]| tokens.iter().map(|token| token.id).collect();
        let action = match self.intent {
            Intent::Activate => CredentialsAction::Activate,
            Intent::Rotate => CredentialsAction::AddToken,
            Intent::ReplaceKey => CredentialsAction::ReplaceKey,
            Intent::Finish => CredentialsAction::DeleteTokens { delete: ids(self.older) },
            Intent::Cancel => {
                CredentialsAction::DeleteTokens { delete: self.newest.iter().map(|token| token.id).collect() }
            }
        };
        CredentialsChange {
            integration: self.row.id,
            name: self.row.name.clone(),
            tokens: ids(self.row.tokens()),
            action,
        }
    }

    /// Lines that describe the change.
    pub(super) fn lines(&self) -> Vec<String> {
        let Self { row, newest, older, .. } = self;
        let consumer = row.consumer.as_ref().map(|it| format!(", consumer {}", it.id)).unwrap_or_default();
        let title = match self.intent {
            Intent::Activate => "will be activated",
            Intent::Rotate => "gets a second access token",
            Intent::ReplaceKey => "gets another consumer key and secret",
            Intent::Finish => "keeps only its new access token",
            Intent::Cancel => "keeps its old access token",
        };
        let mut lines = vec![format!("{} (integration {}{consumer}) {title}", row.name, row.id)];
        let token = |sign: &str, token: &AccessToken, what: &str| {
            format!("  {sign} access token {} from {}{what}", token.id, token.created_at)
        };
        match (self.intent, newest) {
            (Intent::Activate, None) => lines.push("  + a new access token".to_owned()),
            (Intent::Activate, Some(newest)) => lines.push(token("=", newest, " works again")),
            (Intent::Rotate, Some(newest)) => {
                lines.push(token("=", newest, " stays valid until --finish"));
                lines.push("  + a new access token, valid at once".to_owned());
            }
            (Intent::ReplaceKey, Some(newest)) => {
                lines.push(
                    "  ~ consumer key and secret: calls with the old ones get a 401 at once".to_owned(),
                );
                lines.push(token("=", newest, " stays"));
            }
            (Intent::Finish, Some(newest)) => {
                let end = ": calls with it get a 401";
                lines.extend(older.iter().map(|old| token("-", old, end)));
                lines.push(token("=", newest, " stays"));
            }
            (Intent::Cancel, Some(newest)) => {
                lines.extend(older.iter().map(|old| token("=", old, " stays")));
                lines.push(token("-", newest, ": calls with it get a 401"));
            }
            _ => {}
        }
        if self.intent == Intent::Activate && row.status == IntegrationStatus::Reset {
            lines.push(
                "  it was reset: `magespec heal` can restore its earlier credentials instead".to_owned(),
            );
        }
        lines
    }

    pub(super) fn question(&self) -> &'static str {
        match self.intent {
            Intent::Activate => {
                "Anyone with these credentials gets the permissions of the integration. Continue?"
            }
            Intent::Rotate => "Both tokens will work. Continue?",
            Intent::ReplaceKey => {
                "The external system is locked out until it has the new key and secret. Continue?"
            }
            Intent::Finish => "The external system is locked out if it still uses the old token. Continue?",
            Intent::Cancel => "The external system is locked out if it uses the new token. Continue?",
        }
    }

    /// Lines that say what was done, and what is next.
    pub(super) fn outcome(&self) -> Vec<String> {
        let name = &self.row.name;
        match self.intent {
            Intent::Activate => vec![format!("{name} is active")],
            Intent::Rotate => vec![
                format!("{name} has two access tokens, and both work"),
                format!(
                    "next: give the new one to the external system, then run `magespec credentials --finish \"{name}\"`, or \
                     --cancel; until then do not reauthorise it in Admin, which shows the old token only"
                ),
            ],
            Intent::ReplaceKey => vec![format!("{name} has another consumer key and secret")],
            Intent::Finish => vec![format!("{name} has one access token, the new one")],
            Intent::Cancel => vec![format!("{name} has one access token, the old one")],
        }
    }

    /// Says what to do if the change was made, and its secrets could not be written.
    pub(super) fn if_unwritten(&self) -> String {
        let name = &self.row.name;
        match self.intent {
            Intent::Rotate => format!(
                "the new token was created all the same, and the old one works: `magespec credentials --cancel \"{name}\"` \
                 deletes the new one"
            ),
            _ => format!(
                "the change was made all the same: `magespec credentials --integration \"{name}\" --reveal FILE` writes them"
            ),
        }
    }

    /// Word for the change in JSON.
    pub(super) const fn word(&self) -> &'static str {
        match self.intent {
            Intent::Activate => "activated",
            Intent::Rotate => "rotated",
            Intent::ReplaceKey => "key-replaced",
            Intent::Finish => "finished",
            Intent::Cancel => "cancelled",
        }
    }
}
