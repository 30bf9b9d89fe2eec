//! Arguments that several commands take.

mod catalog;
mod compared_with;
mod credentials_file;
mod deferred;
mod deny;
mod edition;
mod format;
mod output_file;
mod output_root;
mod releases;
mod specs;

use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

pub(super) use catalog::{CatalogSource, shop_at, shop_in};
pub(super) use compared_with::ComparedWith;
pub(super) use credentials_file::{CredentialsFile, credentials_of, listed, meant, named, read_credentials};
pub(super) use deferred::Deferred;
pub(super) use deny::{Deny, DenyRisks};
pub(super) use edition::{EditionOption, editions};
pub(super) use format::{Format, one_of};
pub(super) use output_file::OutputFile;
pub(super) use output_root::OutputRoot;
pub(super) use releases::{
    ReleaseQuery, Releases, nearest_release, print_basis, print_stand_in, release_of_shop, served_release,
    stand_in_in_words, within,
};
pub(super) use specs::{OpenedSpec, Specs};

/// Seconds that a command may be told to wait: up to a day, so that no clock overflows.
pub(super) const SECONDS: RangeInclusive<u64> = 1..=86_400;

/// Parses a whole number from a range.
pub(super) fn number<T>(range: RangeInclusive<T>) -> impl Fn(&str) -> Result<T, String> + Clone
where
    T: FromStr + PartialOrd + Display + Clone,
{
    move |text| {
        let number = text.parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| format!("write a whole number from {} to {}", range.start(), range.end()))
    }
}
