//! `magespec mock` without a further command: serves a shop.

use std::io::Write as _;

use super::{
    opened::{Opened, open},
    shop_options::ShopOptions,
};
use crate::{
    cli::{Outcome, output::stdout},
    diag::Failure,
    interrupt,
    mock::{ADMIN, http::MockServer},
};

pub(super) fn run(options: &ShopOptions) -> Result<Outcome, Failure> {
    let Opened { shop, specs } = open(options)?;
    let server = MockServer::bind(options.address()?, shop.clone()).map_err(|error| error.to_string())?;
    interrupt::attend();
    let settings = &shop.settings;
    writeln!(
        stdout(),
        "Magento {} in {} mode for {specs}: http://{}/",
        settings.version,
        options.mode(),
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
    Ok(if options.strict && contract.is_broken() { Outcome::Differences } else { Outcome::Fine })
}
