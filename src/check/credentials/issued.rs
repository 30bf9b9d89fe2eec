//! Keys and tokens in the forms of well-known services.

use super::{Secret, is_filler, longest_run};

/// Start of a key or token, the least number of characters that follow, and what it is.
const FORMS: [(&str, usize, &str); 42] = [
    ("sk_live_", 8, "a Stripe key"),
    ("sk_test_", 8, "a Stripe key"),
    ("rk_live_", 8, "a Stripe key"),
    ("rk_test_", 8, "a Stripe key"),
    ("whsec_", 16, "a webhook secret"),
    ("ghp_", 16, "a GitHub token"),
    ("gho_", 16, "a GitHub token"),
    ("ghu_", 16, "a GitHub token"),
    ("ghs_", 16, "a GitHub token"),
    ("ghr_", 16, "a GitHub token"),
    ("github_pat_", 16, "a GitHub token"),
    ("glpat-", 16, "a GitLab token"),
    ("xoxa-", 8, "a Slack token"),
    ("xoxb-", 8, "a Slack token"),
    ("xoxe-", 8, "a Slack token"),
    ("xoxp-", 8, "a Slack token"),
    ("xoxr-", 8, "a Slack token"),
    ("xoxs-", 8, "a Slack token"),
    ("xapp-", 8, "a Slack token"),
    ("AIza", 30, "a Google API key"),
    ("ya29.", 16, "a Google token"),
    ("GOCSPX-", 16, "a Google client secret"),
    ("shpat_", 16, "a Shopify token"),
    ("shpca_", 16, "a Shopify token"),
    ("shppa_", 16, "a Shopify token"),
    ("shpss_", 16, "a Shopify secret"),
    ("npm_", 30, "an npm token"),
    ("pypi-", 30, "a PyPI token"),
    ("dop_v1_", 30, "a DigitalOcean token"),
    ("dckr_pat_", 16, "a Docker token"),
    ("sq0atp-", 16, "a Square token"),
    ("sq0csp-", 16, "a Square secret"),
    ("hvs.", 16, "a Vault token"),
    ("hf_", 30, "a Hugging Face token"),
    ("sk-ant-", 16, "an Anthropic key"),
    ("sk-proj-", 16, "an OpenAI key"),
    ("xkeysib-", 16, "a Brevo key"),
    ("pat-na1-", 16, "a HubSpot token"),
    ("pat-eu1-", 16, "a HubSpot token"),
    ("rzp_live_", 8, "a Razorpay key"),
    ("hooks.slack.com/services/T", 16, "a Slack webhook"),
    ("discord.com/api/webhooks/", 16, "a Discord webhook"),
];

/// Length of the shortest key or token of these forms.
const SHORTEST: usize = 13;

/// Words in front of a token in a header.
const SCHEMES: [(&str, &str); 2] = [("Bearer ", "a bearer token"), ("Basic ", "a user name and password")];

/// Length of the shortest run of a token's characters in a text with a key or token: `-----BEGIN`.
const SHORTEST_RUN: usize = 10;

/// Finds the first key or token.
pub(super) fn find(text: &str) -> Option<Secret<'_>> {
    // Most texts have short words only.
    if longest_run(text, |byte| is_of_token(char::from(byte))) < SHORTEST_RUN {
        return None;
    }
    let words: Vec<&str> = word_starts(text).map(|at| &text[at..]).collect();
    let known = words.iter().find_map(|rest| {
        if word(rest).len() < SHORTEST {
            return None;
        }
        let first = rest.as_bytes().first();
        let forms = FORMS.iter().filter(|(start, ..)| start.as_bytes().first() == first);
        let mut forms = forms.filter(|(start, ..)| rest.starts_with(start));
        let (.., what) = forms.find(|(start, least, _)| is_long_enough(&rest[start.len()..], *least))?;
        Some(Secret { text: word(rest), what })
    });
    known
        .or_else(|| private_key(text))
        .or_else(|| of_parts(&words))
        .or_else(|| aws(&words))
        .or_else(|| header(&words))
}

/// Places at which words start.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut was_within = false;
    text.char_indices().filter_map(move |(at, c)| {
        let is_within = c.is_ascii_alphanumeric() || c == '_';
        let is_start = is_within && !was_within;
        was_within = is_within;
        is_start.then_some(at)
    })
}

/// Texts that start with another.
fn starting<'t>(words: &[&'t str], start: &str) -> impl Iterator<Item = &'t str> {
    words.iter().copied().filter(move |rest| rest.starts_with(start))
}

fn is_long_enough(behind: &str, least: usize) -> bool {
    let tail = word(behind);
    tail.len() >= least && !is_filler(tail)
}

/// Word at the start of the text, as tokens are spelled.
fn word(text: &str) -> &str {
    let end = text.find(|c| !is_of_token(c)).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', '-', '/'])
}

const fn is_of_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '+' | '=' | '~')
}

/// Private key in PEM form; certificates and public keys are public.
fn private_key(text: &str) -> Option<Secret<'_>> {
    let at = memchr::memmem::find(text.as_bytes(), b"-----BEGIN ")?;
    let line = text[at..].lines().next()?;
    let end = text[at..].find("-----END ").unwrap_or(text.len() - at);
    line.contains("PRIVATE KEY")
        .then(|| Secret { text: text[at..at + end].trim_end(), what: "a private key" })
}

/// JSON Web Token or SendGrid key: parts with dots between them.
fn of_parts<'t>(words: &[&'t str]) -> Option<Secret<'t>> {
    [("eyJ", [8, 8], "a JSON Web Token"), ("SG.", [0, 16], "a SendGrid key")].into_iter().find_map(
        |(start, least, what)| {
            starting(words, start).find_map(|rest| {
                let word = word(rest);
                let parts: Vec<&str> = word.split('.').collect();
                let is_long = |(part, least): (&&str, usize)| part.len() >= least.max(2);
                let is_whole = parts.len() >= 2 && parts.iter().zip(least).all(is_long);
                is_whole.then_some(Secret { text: word, what })
            })
        },
    )
}

/// Id of an AWS access key.
fn aws<'t>(words: &[&'t str]) -> Option<Secret<'t>> {
    ["AKIA", "ASIA"].into_iter().find_map(|start| {
        starting(words, start).find_map(|rest| {
            let id = word(rest);
            let is_id = id.len() >= 16 && id.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
            is_id.then_some(Secret { text: id, what: "an AWS access key" })
        })
    })
}

/// Token in a header, such as `Authorization: Bearer …`; a plain word is none.
fn header<'t>(words: &[&'t str]) -> Option<Secret<'t>> {
    SCHEMES.into_iter().find_map(|(scheme, what)| {
        starting(words, scheme).find_map(|rest| {
            let token = word(rest[scheme.len()..].trim_start());
            let is_mixed = token.contains(|c: char| c.is_ascii_digit() || c == '=');
            (token.len() >= 12 && is_mixed && !token.contains("://")).then_some(Secret { text: token, what })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_is_shorter() {
        assert_eq!(FORMS.iter().map(|(start, least, _)| start.len() + least).min(), Some(SHORTEST));
    }
}
