//! `magespec mock`.

mod opened;

use std::{
    io::Write as _,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use camino::Utf8PathBuf;

use self::opened::{Opened, open};
use crate::{
    cli::{
        Outcome,
        arguments::Specs,
        output::{stdout, warn},
    },
    diag::Failure,
    interrupt,
    mock::{ADMIN, http::MockServer},
    names::MagentoVersion,
};

/// Serve a Magento shop with the routes and permissions of the specs
///
/// Answers REST requests as a shop of the release does in which the modules of the specs are installed: OAuth signatures,
/// permissions, parameters and errors. Prints the credentials of each integration, and at the end which calls were made.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    /// Magento release of the shop; by default the newest one of the first spec's target
    #[arg(long, value_name = "RELEASE")]
    magento: Option<MagentoVersion>,
    /// Catalog of a shop, a file written by `magespec catalog`, whose release, routes and permissions are served
    #[arg(long, value_name = "FILE", conflicts_with = "magento")]
    catalog: Option<Utf8PathBuf>,
    /// Port; 0 lets the system choose one
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// Address to listen on; others than loopback let the network in
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Scheme and host that clients sign with, if a proxy is in front: `https://shop.example.com`
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Answer in developer mode, with traces
    #[arg(long)]
    developer: bool,
    /// Number from which credentials and data are made
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// File with credentials to accept instead of those made from the seed, as `credentials --reveal --format json` writes it
    #[arg(long, value_name = "FILE")]
    credentials: Option<Utf8PathBuf>,
    /// Code of a store view; repeat it for several. The first one is the default
    #[arg(long = "store", value_name = "CODE", default_value = "default")]
    stores: Vec<String>,
    /// Take access tokens as bearer tokens, as `oauth/consumer/enable_integration_as_bearer` does
    #[arg(long)]
    bearer: bool,
    /// Refuse the Admin user a token for a password alone, as Magento_TwoFactorAuth does
    #[arg(long)]
    two_factor: bool,
    /// Refuse calls that the spec of the integration does not list, and end with status 2 if the contract was broken
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let Opened { shop, specs } = open(args)?;
    if !args.bind.is_loopback() {
        warn(format!(
            "{} is not a loopback address: everybody who reaches it can use the shop, with credentials made from a seed",
            args.bind
        ))?;
    }
    let server = MockServer::bind(SocketAddr::new(args.bind, args.port), shop.clone())
        .map_err(|error| error.to_string())?;
    interrupt::attend();
    let settings = &shop.settings;
    let mode = if args.developer { "developer" } else { "production" };
    writeln!(
        stdout(),
        "Magento {} in {mode} mode for {specs}: http://{}/",
        settings.version,
        server.address()
    )?;
    let (consumers, tokens) = shop.rows();
    for (place, consumer) in consumers.iter().enumerate() {
        let token = tokens.iter().find(|token| token.consumer == place);
        let (token, secret) = token.map_or(("none", "none"), |it| (it.token.as_str(), it.secret.as_str()));
        write!(
            stdout(),
            "\nintegration          {}\nconsumer key         {}\nconsumer secret      {}\naccess token         {token}\n\
             access token secret  {secret}\n",
            consumer.name,
            consumer.key,
            consumer.secret
        )?;
    }
    write!(stdout(), "\nAdmin user {ADMIN}, password {}\nCtrl-C ends it.\n", shop.password())?;
    stdout().flush()?;
    let served = server.run(|| interrupt::requested().is_some());
    served.map_err(|error| Failure::from(format!("the server failed: {error}")))?;
    interrupt::fulfil();
    let contract = shop.contract();
    write!(stdout(), "\n{contract}")?;
    Ok(if args.strict && contract.is_broken() { Outcome::Differences } else { Outcome::Fine })
}
