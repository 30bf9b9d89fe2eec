//! `[csp]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::CspHost;

/// Hosts that browsers may connect to, in addition to Magento's: sources of the Content Security Policy, by
/// directive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Csp {
    /// Default for all resource types without a policy of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub default_src: Vec<CspHost>,
    /// URLs for base elements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub base_uri: Vec<CspHost>,
    /// Workers and frames.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub child_src: Vec<CspHost>,
    /// Requests made by scripts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub connect_src: Vec<CspHost>,
    /// Fonts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub font_src: Vec<CspHost>,
    /// Targets of forms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub form_action: Vec<CspHost>,
    /// Pages that may embed the shop in a frame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub frame_ancestors: Vec<CspHost>,
    /// Frames.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub frame_src: Vec<CspHost>,
    /// Images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub img_src: Vec<CspHost>,
    /// Web app manifests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub manifest_src: Vec<CspHost>,
    /// Audio and video.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub media_src: Vec<CspHost>,
    /// Plugins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub object_src: Vec<CspHost>,
    /// Scripts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub script_src: Vec<CspHost>,
    /// Style sheets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["https://erp.acme.com"]))]
    pub style_src: Vec<CspHost>,
}

impl Csp {
    /// Iterates over all directives by name.
    pub fn directives(&self) -> impl Iterator<Item = (&'static str, &[CspHost])> {
        let directives = [
            ("base-uri", self.base_uri.as_slice()),
            ("child-src", self.child_src.as_slice()),
            ("connect-src", self.connect_src.as_slice()),
            ("default-src", self.default_src.as_slice()),
            ("font-src", self.font_src.as_slice()),
            ("form-action", self.form_action.as_slice()),
            ("frame-ancestors", self.frame_ancestors.as_slice()),
            ("frame-src", self.frame_src.as_slice()),
            ("img-src", self.img_src.as_slice()),
            ("manifest-src", self.manifest_src.as_slice()),
            ("media-src", self.media_src.as_slice()),
            ("object-src", self.object_src.as_slice()),
            ("script-src", self.script_src.as_slice()),
            ("style-src", self.style_src.as_slice()),
        ];
        directives.into_iter()
    }

    /// Iterates over the directives that have hosts, by name.
    pub fn policies(&self) -> impl Iterator<Item = (&'static str, &[CspHost])> {
        self.directives().filter(|(_, hosts)| !hosts.is_empty())
    }

    /// Returns true if no directive has hosts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.policies().next().is_none()
    }
}
