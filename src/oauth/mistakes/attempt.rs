//! One way to compute a signature.

use super::Sent;
use crate::oauth::{
    Dialect, SignatureMethod,
    base_string::{authority, parameters},
    natural_order, path,
    percent::encode,
    query,
};

/// Order of the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParameterOrder {
    Natural,
    Bytes,
    AsSent,
}

/// Everything that a signature is computed from.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Attempt {
    pub(super) method: String,
    pub(super) scheme: String,
    pub(super) authority: String,
    pub(super) path: String,
    /// Encoded parameters of the header.
    pub(super) header: Vec<(String, String)>,
    /// Encoded fields of the form.
    pub(super) form: Vec<(String, String)>,
    /// Encoded parameters of the query.
    pub(super) query: Vec<(String, String)>,
    pub(super) order: ParameterOrder,
    pub(super) key: String,
    pub(super) hash: SignatureMethod,
    /// Query that the URL has.
    pub(super) query_in_url: Option<String>,
    pub(super) encodes_url: bool,
    pub(super) encodes_parameters: bool,
}

impl Attempt {
    /// The right way.
    pub(super) fn new(sent: &Sent<'_>, header: &[(String, String)], hash: SignatureMethod) -> Self {
        let request = sent.request;
        let own = header.iter().filter(|(name, _)| name != "oauth_signature");
        let mut form = Vec::new();
        let mut pairs = Vec::new();
        let in_query: Vec<Vec<u8>> =
            query::signed(request.query.unwrap_or_default()).map(|(name, _)| name).collect();
        for (name, it) in parameters(&request, header) {
            let is_own = header.iter().any(|(known, _)| known.as_bytes() == name);
            let pair = (encode(&name), sent.dialect.encode_value(&it));
            if in_query.contains(&name) {
                pairs.push(pair);
            } else if !is_own {
                form.push(pair);
            }
        }
        if sent.dialect == Dialect::Parsed {
            for (name, it) in query::fields(request.query.unwrap_or_default()) {
                let Some(it) = it else { continue };
                pairs.retain(|(known, _)| *known != encode(&name));
                pairs.push((encode(&name), encode(it)));
            }
        }
        Self {
            method: request.method.to_ascii_uppercase(),
            scheme: request.scheme.to_owned(),
            authority: authority(&request, sent.dialect),
            path: path::signed(request.path, sent.dialect),
            header: own.map(|(name, it)| (encode(name), sent.dialect.encode_value(it))).collect(),
            form,
            query: pairs,
            order: if sent.dialect == Dialect::Parsed {
                ParameterOrder::Bytes
            } else {
                ParameterOrder::Natural
            },
            key: format!("{}&{}", encode(&sent.secrets.consumer_secret), encode(sent.token_secret())),
            hash,
            query_in_url: None,
            encodes_url: true,
            encodes_parameters: true,
        }
    }

    pub(super) fn base_string(&self) -> String {
        let all = self.header.iter().chain(&self.form).chain(&self.query);
        let mut pairs: Vec<&(String, String)> = all.collect();
        match self.order {
            ParameterOrder::Natural => pairs.sort_by(|one, other| natural_order::compare(&one.0, &other.0)),
            ParameterOrder::Bytes => pairs.sort(),
            ParameterOrder::AsSent => {}
        }
        let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let query = self.query_in_url.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        let host = match &*self.scheme {
            "" => String::new(),
            scheme => format!("{scheme}://{}", self.authority),
        };
        let url = format!("{host}{}{query}", self.path);
        let part = |text: String, is_encoded: bool| if is_encoded { encode(text) } else { text };
        let (url, pairs) = (part(url, self.encodes_url), part(pairs.join("&"), self.encodes_parameters));
        format!("{}&{url}&{pairs}", self.method)
    }

    pub(super) fn signature(&self) -> String {
        self.hash.sign_with(&self.base_string(), &self.key)
    }
}

impl Sent<'_> {
    pub(super) fn token_secret(&self) -> &str {
        self.secrets.access_token_secret.as_deref().unwrap_or_default()
    }
}
