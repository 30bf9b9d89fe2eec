//! Credentials of a shop as text.

use std::io::{self, Write};

use crate::{
    diag::{plural, printable_line},
    magento::{AccessToken, CredentialsRow, OauthConsumer, ShopCredentials},
    plan::{IntegrationStatus, SetupType},
};

pub(super) fn print(out: &mut dyn Write, listed: &ShopCredentials) -> io::Result<()> {
    if listed.integrations.is_empty() {
        writeln!(out, "the shop has no integrations")?;
    }
    for row in &listed.integrations {
        writeln!(out, "{}: {}", printable_line(&row.name), state(row))?;
        let origin = match row.setup_type {
            SetupType::Config => "declared by a module",
            SetupType::Manual => "created in Admin",
            SetupType::Other(_) => "set by PHP of a module",
        };
        writeln!(out, "  integration {}, {origin}, from {}", row.id, row.created_at)?;
        if let Some(consumer) = &row.consumer {
            let changed = consumer.updated_at.as_ref().filter(|it| **it != consumer.created_at);
            let changed = changed.map(|date| format!(", changed on {date}")).unwrap_or_default();
            writeln!(out, "  consumer {} from {}{changed}", consumer.id, consumer.created_at)?;
            consumer.tokens.iter().try_for_each(|it| writeln!(out, "  {}", token(it)))?;
            if row.is_active() {
                writeln!(out, "  {}", last_call(consumer, listed.remembered_minutes))?;
            }
        }
    }
    if !listed.unused.is_empty() {
        let count = plural(listed.unused.len(), "consumer");
        writeln!(out, "{count} without an integration, which no call can use:")?;
    }
    for consumer in &listed.unused {
        let tokens = plural(consumer.tokens.len(), "access token");
        let name = printable_line(&consumer.name);
        writeln!(out, "  consumer {} from {} ({name}), {tokens}", consumer.id, consumer.created_at)?;
    }
    Ok(())
}

fn state(row: &CredentialsRow) -> &'static str {
    match (row.status, row.tokens()) {
        (IntegrationStatus::Active, []) => "active, but without an access token: no call works",
        (IntegrationStatus::Active, [_]) => "active",
        (IntegrationStatus::Active, _) => {
            "active, with several access tokens: --finish or --cancel ends the rotation"
        }
        (IntegrationStatus::Reset, _) => "reset by setup:upgrade and not activated again",
        (IntegrationStatus::Inactive, []) => "never activated",
        (IntegrationStatus::Inactive, _) => "inactive",
    }
}

fn token(token: &AccessToken) -> String {
    format!("access token {} from {}", token.id, token.created_at)
}

fn last_call(consumer: &OauthConsumer, minutes: u64) -> String {
    match consumer.last_call.and_then(|second| jiff::Timestamp::from_second(second).ok()) {
        Some(time) => format!("last signed call: {}", time.strftime("%Y-%m-%d %H:%M:%S")),
        None => format!(
            "unused: Magento remembers no signed call, at least of the last {}",
            plural(usize::try_from(minutes).unwrap_or(usize::MAX), "minute")
        ),
    }
}
