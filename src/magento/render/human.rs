//! State of a module, for people.

use anstyle::{AnsiColor, Style};

use crate::{
    diag::{printable_line, styled},
    magento::{
        Answer, Condition, Distribution, Drift, DriftCause, Health, Presence, ShopRow, Standing, Tables,
    },
    model::Module,
    plan::{IntegrationStatus, SetupType},
};

const GOOD: Style = AnsiColor::Green.on_default();
/// Remedy for a database that is behind the files.
const UPGRADE: &str = "run `bin/magento setup:upgrade`";
/// Remedy if that would reset integrations in use.
const UPGRADE_KEEPING: &str = "`bin/magento setup:upgrade` resets active integrations, whose key, secret and tokens are lost: run \
    `magespec install --keep-credentials`, which restores them";
const BAD: Style = AnsiColor::Yellow.on_default().bold();

/// Renders the state as coloured text.
#[must_use]
pub fn human(module: &Module, shop: &Answer, health: &Health<'_>) -> String {
    let magento = &shop.magento;
    let closed = if magento.maintenance { ", closed for maintenance" } else { "" };
    let release = format!("Magento {} {}", magento.version, magento.edition);
    let release = match &magento.distribution {
        Some(Distribution { name, version }) => format!("{name} {version}, based on {release}"),
        None => release,
    };
    let head = format!("{release}, {} mode, PHP {}{closed}", magento.mode, magento.php);
    let mut text = format!("{}\n", printable_line(&head));
    text += &format!("{}: {}\n", module.name, presence(shop, health));
    let new: Vec<&str> = shop.new_modules().filter(|name| *name != module.name.as_str()).collect();
    if !new.is_empty() {
        let new = new.join(", ");
        let new = printable_line(&new);
        text += &format!(
            "{new}: not listed in app/etc/config.php; the next setup:upgrade enables every module that is not listed there\n"
        );
    }
    if let Some(error) = &shop.declared.error {
        let error = printable_line(error);
        text += &format!("{}: Magento cannot read what modules declare: {error}\n", styled(BAD, "broken"));
    }
    for standing in &health.integrations {
        text += &match (standing.condition, standing.row) {
            (Condition::Orphaned, Some(row)) => orphan(row, module, &shop.tables),
            _ => integration(standing),
        };
    }
    for row in &health.orphans {
        text += &orphan(row, module, &shop.tables);
    }
    text
}

fn presence(shop: &Answer, health: &Health<'_>) -> String {
    let path = shop.module.as_ref().and_then(|state| state.path.as_deref()).unwrap_or_default();
    let path = printable_line(path);
    match health.presence {
        Presence::Absent => format!("{}; run `magespec install`", styled(BAD, "not installed")),
        Presence::Disabled => {
            format!("{} in {path}; `magespec install` enables it", styled(BAD, "disabled"))
        }
        Presence::Waiting => {
            let how =
                if health.integrations.iter().any(Standing::is_at_stake) { UPGRADE_KEEPING } else { UPGRADE };
            format!("{} in {path}; {how}", styled(BAD, "waiting for setup:upgrade"))
        }
        Presence::Installed => format!("{} in {path}", styled(GOOD, "installed")),
    }
}

fn integration(standing: &Standing<'_>) -> String {
    let word = match (standing.is_in_step(), standing.drift.is_empty()) {
        (true, _) => styled(GOOD, "in step"),
        (false, true) => styled(BAD, word(standing.condition)),
        (false, false) => styled(BAD, "drifted"),
    };
    let (name, remark) = (printable_line(standing.name), remark(standing));
    let mut text = format!("{name}: {word}{}\n", printable_line(&remark));
    for drift in &standing.drift {
        text += &format!("  {}\n", printable_line(&difference(standing, drift)));
    }
    for doubt in &standing.doubts {
        text += &format!("  the effect of setup:upgrade cannot be known: {}\n", printable_line(doubt));
    }
    text
}

/// State in a word, as in JSON.
pub(super) fn word(condition: Condition) -> &'static str {
    match condition {
        Condition::Missing => "missing",
        Condition::Manual => "manual",
        Condition::FormerName => "former name",
        Condition::Clash => "name clash",
        Condition::Orphaned => "orphaned",
        Condition::Inactive => "inactive",
        Condition::Reset => "reset",
        Condition::Active => "active",
    }
}

fn remark(standing: &Standing<'_>) -> String {
    let name = standing.row.map_or("", |row| row.name.as_str());
    match standing.condition {
        Condition::Missing => ", not in the shop".to_owned(),
        Condition::Orphaned => ", no module declares it".to_owned(),
        Condition::FormerName => format!(", the shop still has it as `{name}`: the next setup:upgrade renames it"),
        Condition::Manual if standing.is_updated_in_place => {
            ", an integration with this name was created in Admin; setup:upgrade takes it over with its tokens".to_owned()
        }
        Condition::Manual if standing.row.is_some_and(|row| row.setup_type != SetupType::Manual) => {
            ", PHP set its setup_type; setup:upgrade takes it over and its tokens stop working".to_owned()
        }
        Condition::Manual => {
            ", an integration with this name was created in Admin; setup:upgrade takes it over and its tokens stop working".to_owned()
        }
        Condition::Clash => format!(
            ", the database treats the name as equal to the existing `{name}`: setup:upgrade would stop; rename one of them"
        ),
        Condition::Inactive => ", inactive: activate it in System > Extensions > Integrations".to_owned(),
        Condition::Reset => {
            ", Magento recreated it and its old credentials do not work: re-authorise it in System > Extensions > \
             Integrations, or run `magespec heal`"
                .to_owned()
        }
        Condition::Active => match standing.row.and_then(|row| row.consumer.as_ref()) {
            Some(consumer) if consumer.has_token => ", active".to_owned(),
            _ => ", active, but without a valid access token".to_owned(),
        },
    }
}

fn difference(standing: &Standing<'_>, drift: &Drift) -> String {
    let listed = |values: &[String]| match values {
        [] => "nothing".to_owned(),
        values => values.join(", "),
    };
    let what = if drift.attribute == "resources" {
        let lacks = (!drift.spec.is_empty()).then(|| format!("the shop lacks {}", listed(&drift.spec)));
        let has = (!drift.shop.is_empty()).then(|| format!("it also has {}", listed(&drift.shop)));
        lacks.into_iter().chain(has).collect::<Vec<_>>().join("; ")
    } else {
        format!("the spec says {}, the shop has {}", listed(&drift.spec), listed(&drift.shop))
    };
    let why = match drift.cause {
        DriftCause::Files => {
            "the shop has other module files than this spec generates; run `magespec install`".to_owned()
        }
        DriftCause::Database => {
            let how = if standing.is_at_stake() { UPGRADE_KEEPING } else { UPGRADE };
            format!("its files are up to date: {how}")
        }
        DriftCause::Stays if standing.is_reset_next() => {
            "the next setup:upgrade resets the integration and deletes this value".to_owned()
        }
        DriftCause::Stays => "Magento keeps the old value until the integration is reset".to_owned(),
    };
    format!("{}: {what}; {why}", drift.attribute)
}

fn orphan(row: &ShopRow, module: &Module, tables: &Tables) -> String {
    if module.retired.iter().any(|name| name.as_str() == row.name) {
        let word = styled(BAD, "retired");
        return format!(
            "{}: {word}, the next setup:upgrade deletes it with its tokens\n",
            printable_line(&row.name)
        );
    }
    let token = row.consumer.as_ref().is_some_and(|consumer| consumer.has_token);
    let state = match (row.status, token) {
        (IntegrationStatus::Active, true) => "its token still works",
        _ => "it has no working token",
    };
    format!(
        "{}: {}, no module declares it; {state}, and Admin cannot delete it\n  to remove it: {}\n",
        printable_line(&row.name),
        styled(BAD, "orphaned"),
        printable_line(&row.removal(tables))
    )
}
