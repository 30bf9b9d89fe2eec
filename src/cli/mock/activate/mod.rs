//! `magespec mock activate`.

mod endpoint;
mod handshake;
mod json;
mod steps;

use std::{
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

pub(in crate::cli) use self::json::JsonActivation;
use self::{
    endpoint::{endpoint, identity_link},
    handshake::Handshake,
    steps::{HandshakeStep, StepKind},
};
use super::{
    opened::{Opened, open},
    report::render_for_people,
    serve::USUAL_PORT,
    shop_options::ShopOptions,
    values::{GivenSecrets, in_lines},
};
use crate::{
    cli::{
        Outcome,
        arguments::{Format, SECONDS, meant, number, one_of},
        output::{print_json, stdout},
    },
    diag::{Failure, render::versioned},
    interrupt,
    mock::MockShop,
    model::Integration,
};

/// Activate an integration as Admin does, against a connector on this machine
///
/// Starts the shop, posts the credentials of the integration to its endpoint_url, opens its identity_link_url, and waits until
/// the connector has exchanged the tokens. Ends with status 0 once the integration is active, and with 1 and the reason if a
/// step fails.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Name of the integration
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    options: ShopOptions,
    /// Post to this URL instead of endpoint_url; needed if that is not on this machine
    #[arg(long, value_name = "URL", help_heading = "Handshake")]
    endpoint: Option<String>,
    /// Open this page instead of identity_link_url; pages on other machines are only printed
    #[arg(long, value_name = "URL", help_heading = "Handshake")]
    identity_link: Option<String>,
    /// Press Reauthorize: the integration was active before, and its access token becomes invalid
    #[arg(long, help_heading = "Handshake")]
    reauthorize: bool,
    /// Seconds to wait for the endpoint's answer: oauth/consumer/post_timeout
    #[arg(long, value_name = "SECONDS", default_value_t = 5, allow_negative_numbers = true, value_parser = number(SECONDS), help_heading = "Handshake")]
    post_timeout: u64,
    /// Seconds within which the connector must request its token: oauth/consumer/expiration_period
    #[arg(long, value_name = "SECONDS", default_value_t = 300, allow_negative_numbers = true, value_parser = number(SECONDS), help_heading = "Handshake")]
    expiration_period: u64,
    /// Seconds to wait for each request of the connector
    #[arg(long, value_name = "SECONDS", default_value_t = 60, allow_negative_numbers = true, value_parser = number(SECONDS), help_heading = "Handshake")]
    wait: u64,
    /// Keep serving the shop once the integration is active, until Ctrl-C
    #[arg(long, conflicts_with = "format", help_heading = "Handshake")]
    serve: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = one_of(&[Format::Human, Format::Json]))]
    format: Format,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let Opened { mut shop, specs, integrations, mut given } = open(&args.options)?;
    shop.settings.expiration_period = args.expiration_period;
    let shop = Arc::new(shop);
    let (place, integration) = find(&integrations, &args.name)?;
    let endpoint = endpoint(integration, args.endpoint.as_deref())?;
    let (identity, page) = identity_link(integration, args.identity_link.as_deref())?;
    if !args.reauthorize {
        shop.deactivate(place);
    }
    // The access token is that of the handshake.
    let given = given.remove(&place).map(|given| GivenSecrets { has_tokens: false, ..given });
    let server = args.options.listen(USUAL_PORT, &shop)?;
    interrupt::attend();
    let base_url = shop.settings.base_url_at(server.address());
    let is_human = args.format == Format::Human;
    if is_human {
        let (version, mode) = (shop.settings.version, args.options.mode());
        let specs = specs.join(", ");
        writeln!(stdout(), "Magento {version} in {mode} mode for {specs}: {base_url}/\n")?;
    }
    let handshake = Handshake {
        shop: &shop,
        place,
        is_again: args.reauthorize,
        name: &integration.name,
        base_url: &base_url,
        endpoint: &endpoint,
        identity: &identity,
        page: page.as_ref(),
        post_timeout: Duration::from_secs(args.post_timeout),
        wait: Duration::from_secs(args.wait),
    };
    let has_failed = AtomicBool::new(false);
    let (steps, failure) = thread::scope(|scope| {
        let running = scope.spawn(|| {
            let mut steps = Vec::new();
            let ran = handshake.run(&mut |step| {
                if is_human {
                    stdout().line(&step)?;
                }
                steps.push(step);
                Ok(())
            });
            let ran = ran.and_then(|()| {
                if is_human { print_credentials(&shop, place, given.as_ref(), args.serve) } else { Ok(()) }
            });
            has_failed.store(ran.is_err(), Ordering::SeqCst);
            (steps, ran.err())
        });
        let served = server.run(|| match args.serve {
            true => has_failed.load(Ordering::SeqCst) || interrupt::requested().is_some(),
            false => running.is_finished(),
        });
        let broken = || (Vec::new(), Some("the handshake was aborted".into()));
        let (steps, failure) = running.join().unwrap_or_else(|_| broken());
        let failed = served.err().map(|error| Failure::from(format!("the server failed: {error}")));
        (steps, failure.or(failed))
    });
    if args.format == Format::Json {
        print_json(versioned(&JsonActivation::new(&shop, place, &base_url, &steps)));
    }
    if let Some(failure) = failure {
        return Err(failure);
    }
    if !args.serve {
        return Ok(Outcome::Fine);
    }
    interrupt::fulfil();
    let contract = shop.contract();
    write!(stdout(), "\n{}", render_for_people(&contract))?;
    Ok(if args.options.strict && contract.broken { Outcome::Differences } else { Outcome::Fine })
}

/// Integration with this name, and its place among those of all specs.
fn find<'a>(integrations: &'a [Integration], name: &str) -> Result<(usize, &'a Integration), Failure> {
    let found = integrations.iter().enumerate().find(|(_, it)| it.name.as_str() == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = integrations.iter().map(|it| it.name.as_str()).collect();
        let hint = meant(name, &names, "they have").unwrap_or_else(|| "they have no integration".to_owned());
        format!("no spec has an integration \"{name}\"; {hint}").into()
    })
}

/// Prints what the connector has now.
fn print_credentials(
    shop: &MockShop,
    place: usize,
    given: Option<&GivenSecrets>,
    goes_on: bool,
) -> Result<(), Failure> {
    let Some(credentials) = shop.credentials().into_iter().nth(place) else { return Ok(()) };
    let name = credentials.integration.unwrap_or_default();
    write!(stdout(), "\n{name} is active.\n{}", in_lines(&credentials.secrets, given))?;
    if goes_on {
        writeln!(stdout(), "Press Ctrl-C to stop.")?;
    }
    Ok(stdout().flush()?)
}
