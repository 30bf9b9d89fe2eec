//! `--edition`.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::names::Edition;

/// Option that selects an edition of Magento.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(in crate::cli) struct EditionOption {
    /// Edition of Magento
    #[arg(long, value_parser = editions(), default_value = "open-source", conflicts_with_all = ["magento", "catalog"])]
    pub(in crate::cli) edition: Edition,
}

/// Parser of the name of an edition.
pub(in crate::cli) fn editions() -> impl TypedValueParser<Value = Edition> {
    let values = [
        PossibleValue::new("open-source").help("Magento Open Source"),
        PossibleValue::new("commerce").help("Adobe Commerce, including its public routes"),
        PossibleValue::new("mage-os").help("Mage-OS; also names its own releases"),
    ];
    PossibleValuesParser::new(values).map(|value| match value.as_str() {
        "commerce" => Edition::Commerce,
        "mage-os" => Edition::MageOs,
        _ => Edition::OpenSource,
    })
}
