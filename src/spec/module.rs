//! `[module]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    names::{
        AuthorEmail, License, Line, ModuleDirectory, ModuleName, ModuleVersion, PackageName, Requirement,
        SetupVersion, SourcePath, Text, WebPage,
    },
    spec::OneOrMore,
};

/// Name, version and Composer package of the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Name of the module, Vendor_Module: two parts, each starting with an uppercase letter.
    #[schemars(example = &"Acme_ErpBridge")]
    pub name: ModuleName,
    /// Purpose of the module. Written to composer.json and README.md.
    #[schemars(example = &"Lets the Acme ERP read orders and update stock")]
    pub description: Text,
    /// Version of the Composer package. Default: none, for packages that are versioned by tags. `setup_version` in
    /// module.xml follows it if a release of the target needs one (2.2 and older).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"1.2.0")]
    pub version: Option<ModuleVersion>,
    /// Name of the Composer package. Default: derived from the module's name, split at uppercase letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme/module-erp-bridge")]
    pub package: Option<PackageName>,
    /// Licence, or a list of alternative licences: SPDX identifiers, or "proprietary". Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"proprietary")]
    pub license: Option<OneOrMore<License>>,
    /// Authors, for composer.json.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "super::table::many")]
    #[schemars(example = serde_json::json!([{ "name": "Acme Ltd", "email": "dev@acme.com" }]))]
    pub authors: Vec<Author>,
    /// Home page of the package, for composer.json: http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://acme.com/erp-bridge")]
    pub homepage: Option<WebPage>,
    /// Keywords for finding the package, for composer.json.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["magento2", "erp"]))]
    pub keywords: Vec<Line>,
    /// Directory that the module is written to, relative to the spec; `..` is allowed. Default: the directory of the spec.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"../app/code/Acme/ErpBridge")]
    pub directory: Option<ModuleDirectory>,
    /// Directory of the module's files below composer.json. Default: the same directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"src")]
    pub source: Option<SourcePath>,
    /// Files that declare the integrations: "consolidated" for etc/integration.xml (default), or "legacy" for
    /// etc/integration/config.xml and api.xml with a setup script. 2.0 reads only the legacy pair.
    #[serde(default)]
    #[schemars(example = &"consolidated")]
    pub format: IntegrationFormat,
    /// `setup_version` in module.xml. Default: the numbers of `version`, if a release of the target needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"1.2.0")]
    pub setup_version: Option<SetupVersion>,
    /// Copyright line for the header of each generated file that can contain one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Copyright © Acme Ltd. All rights reserved.")]
    pub copyright: Option<Line>,
    /// Modules to load before this one, in addition to the owners of what the spec names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["Magento_Sales"]))]
    pub sequence: Vec<ModuleName>,
    /// Composer packages to require, in addition to those of the modules that own what the spec names. A package
    /// listed here replaces the derived one, even `php`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(example = serde_json::json!({ "ext-curl": "*" }))]
    pub require: BTreeMap<Requirement, Line>,
}

/// An author, in the form of composer.json.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// Name of the person or company.
    #[schemars(example = &"Acme Ltd")]
    pub name: Line,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"dev@acme.com")]
    pub email: Option<AuthorEmail>,
    /// Web page: http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://acme.com")]
    pub homepage: Option<WebPage>,
    /// Role in the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Developer")]
    pub role: Option<Line>,
}

/// Files that declare the integrations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum IntegrationFormat {
    /// `etc/integration.xml`, read by 2.1 and later.
    #[default]
    Consolidated,
    /// `etc/integration/config.xml` and `api.xml`, and a setup script that processes them.
    Legacy,
}
