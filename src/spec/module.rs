//! `[module]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::names::{
    AuthorEmail, FilePath, License, Line, ModuleName, ModuleVersion, PackageName, Requirement, SetupVersion,
    Text, WebPage,
};

/// The module: its name, its version and its Composer package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// The module's name, Vendor_Module: two parts, each starting with a capital.
    #[schemars(example = &"Acme_ErpBridge")]
    pub name: ModuleName,
    /// What the module is for. Goes into composer.json and README.md.
    #[schemars(example = &"Lets the Acme ERP read orders and update stock")]
    pub description: Text,
    /// The version of the Composer package. `setup_version` in module.xml follows it where a release of the target
    /// wants one (2.2 and older).
    #[schemars(example = &"1.2.0")]
    pub version: ModuleVersion,
    /// The Composer package. Default: from the module's name, split at capitals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme/module-erp-bridge")]
    pub package: Option<PackageName>,
    /// The licence, or a list of licences to choose from: SPDX identifiers, or "proprietary" (default).
    #[serde(default)]
    #[schemars(example = &"proprietary")]
    pub license: Licenses,
    /// Who wrote it, for composer.json.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "super::table::many")]
    #[schemars(example = serde_json::json!([{ "name": "Acme Ltd", "email": "dev@acme.com" }]))]
    pub authors: Vec<Author>,
    /// The package's page, for composer.json: http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://acme.com/erp-bridge")]
    pub homepage: Option<WebPage>,
    /// Words to find the package by, for composer.json.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["magento2", "erp"]))]
    pub keywords: Vec<Line>,
    /// The folder below composer.json that the module's files are in. Default: the same folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"src")]
    pub source: Option<FilePath>,
    /// How integrations are declared: "consolidated" in etc/integration.xml (default), or "legacy" in the pair
    /// etc/integration/config.xml and api.xml with a setup script. 2.0 has the pair only.
    #[serde(default)]
    #[schemars(example = &"consolidated")]
    pub format: IntegrationFormat,
    /// `setup_version` in module.xml. Default: the numbers of `version` where a release of the target wants one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"1.2.0")]
    pub setup_version: Option<SetupVersion>,
    /// A line for the head of each generated file that can hold one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Copyright © Acme Ltd. All rights reserved.")]
    pub copyright: Option<Line>,
    /// Modules to load before this one, beside those that own what the spec names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["Magento_Sales"]))]
    pub sequence: Vec<ModuleName>,
    /// Composer packages to require, beside those of the modules that own what the spec names. One that is derived, `php`
    /// too, is required as it is given here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(example = serde_json::json!({ "ext-curl": "*" }))]
    pub require: BTreeMap<Requirement, Line>,
}

/// An author, as composer.json has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// The person or the company.
    #[schemars(example = &"Acme Ltd")]
    pub name: Line,
    /// An e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"dev@acme.com")]
    pub email: Option<AuthorEmail>,
    /// A page: http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://acme.com")]
    pub homepage: Option<WebPage>,
    /// What they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Developer")]
    pub role: Option<Line>,
}

/// How integrations are declared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum IntegrationFormat {
    /// `etc/integration.xml`, which Magento reads from 2.1 on.
    #[default]
    Consolidated,
    /// `etc/integration/config.xml` and `api.xml`, and a setup script that processes them.
    Legacy,
}

/// One licence, or several to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Licenses {
    /// A single one.
    One(License),
    /// A choice of at least one.
    #[serde(deserialize_with = "at_least_one")]
    Choice(#[schemars(length(min = 1))] Vec<License>),
}

impl Licenses {
    /// The licences as text.
    #[must_use]
    pub fn to_vec(&self) -> Vec<String> {
        match self {
            Self::One(license) => vec![license.to_string()],
            Self::Choice(licenses) => licenses.iter().map(ToString::to_string).collect(),
        }
    }
}

fn at_least_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<License>, D::Error> {
    let licenses = Vec::deserialize(deserializer)?;
    if licenses.is_empty() { Err(D::Error::invalid_length(0, &"at least one")) } else { Ok(licenses) }
}

impl Default for Licenses {
    fn default() -> Self {
        Self::One(License::proprietary())
    }
}
