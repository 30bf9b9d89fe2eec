//! Options of the shop that a mock stands in for.

use std::{
    error::Error as _,
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use camino::Utf8PathBuf;

use crate::{
    cli::{
        arguments::{Specs, number, served_release},
        output::warn,
    },
    diag::Failure,
    mock::{MockShop, http::MockServer},
    names::MagentoVersion,
};

/// Specs, release and settings of the shop, and where it listens.
#[derive(Debug, clap::Args)]
pub(super) struct ShopOptions {
    #[command(flatten)]
    pub(super) specs: Specs,
    /// Magento release of the shop; by default the newest one of the first spec's target
    #[arg(long, value_name = "RELEASE", value_parser = served_release)]
    pub(super) magento: Option<MagentoVersion>,
    /// Catalog of a shop, a file written by `magespec catalog`, whose release, routes and permissions are served
    #[arg(long, value_name = "FILE", conflicts_with = "magento")]
    pub(super) catalog: Option<Utf8PathBuf>,
    /// Port; 0 lets the system choose one [default: 8080, and 0 with --run]
    #[arg(long, value_name = "PORT", allow_negative_numbers = true, value_parser = number(0..=u16::MAX))]
    port: Option<u16>,
    /// Address to listen on; any but a loopback address is open to the network
    #[arg(long, value_name = "ADDRESS", value_parser = ip_address, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Scheme and host that clients sign with, if a proxy is in front: `https://shop.example.com`
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Answer in developer mode, with traces
    #[arg(long)]
    pub(super) developer: bool,
    /// Seed for the credentials and the data
    #[arg(long, value_name = "NUMBER", default_value_t = 0, allow_negative_numbers = true, value_parser = number(0..=u64::MAX))]
    pub(super) seed: u64,
    /// File with credentials to accept instead of those generated from the seed, as `credentials --reveal` writes it
    #[arg(long, value_name = "FILE")]
    pub(super) credentials: Option<Utf8PathBuf>,
    /// Code of a store view; repeat it for several. The first one is the default
    #[arg(long = "store", value_name = "CODE", default_value = "default")]
    pub(super) stores: Vec<String>,
    /// Accept access tokens as bearer tokens, as `oauth/consumer/enable_integration_as_bearer` does
    #[arg(long)]
    pub(super) bearer: bool,
    /// Refuse tokens for the Admin user's password alone, as Magento_TwoFactorAuth does
    #[arg(long)]
    pub(super) two_factor: bool,
    /// Refuse calls that the spec of the integration does not list, and exit with status 2 if the contract was broken
    #[arg(long)]
    pub(super) strict: bool,
}

impl ShopOptions {
    /// Listens for clients of a shop, at the usual port unless another one is asked for. Warns if that lets the network in.
    ///
    /// # Errors
    /// Address that is taken or not allowed, or standard error that cannot be written.
    pub(super) fn listen(&self, usual_port: u16, shop: &Arc<MockShop>) -> Result<MockServer, Failure> {
        if !self.bind.is_loopback() {
            warn(format!(
                "{} is not a loopback address: anyone who can reach it can use the shop, with credentials generated from a seed",
                self.bind
            ))?;
        }
        let address = SocketAddr::new(self.bind, self.port.unwrap_or(usual_port));
        MockServer::bind(address, Arc::clone(shop)).map_err(|error| {
            let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
            let hint = match cause.map(io::Error::kind) {
                Some(io::ErrorKind::AddrInUse) => "write --port 0 for a free port, or --port N",
                Some(io::ErrorKind::AddrNotAvailable) => "write --bind with an address of this machine",
                Some(io::ErrorKind::PermissionDenied) => "write --port with a number from 1024 on, or 0",
                _ => return error.to_string().into(),
            };
            Failure::of_lines([error.to_string().as_str(), hint])
        })
    }

    /// Name of the mode.
    pub(super) fn mode(&self) -> &'static str {
        if self.developer { "developer" } else { "production" }
    }
}

fn ip_address(text: &str) -> Result<IpAddr, &'static str> {
    text.parse().map_err(|_| "write an IP address, such as 0.0.0.0 or ::1")
}
