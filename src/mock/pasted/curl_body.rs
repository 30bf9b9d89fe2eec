//! Body of a curl command.

use super::PastedCall;
use crate::oauth::percent::encode;

/// Text between the parts of a form, which curl makes up.
const BOUNDARY: &str = "------------------------boundary";

/// Options of curl that make the body.
#[derive(Default)]
pub(super) struct CurlBody {
    /// Values of `--data` and the like.
    data: Vec<String>,
    /// Names and values of `--form`.
    form: Vec<(String, String)>,
    /// True for `--upload-file`.
    is_upload: bool,
    /// True if a file was named.
    is_elsewhere: bool,
}

impl CurlBody {
    /// Takes an option with its value. Returns false if it does not make the body.
    pub(super) fn take(&mut self, option: &str, value: &str) -> bool {
        match option {
            "--data-raw" => self.data.push(value.to_owned()),
            "-d" | "--data" | "--data-binary" | "--data-ascii" | "--json" => {
                self.is_elsewhere |= value.starts_with('@');
                self.data.push(value.to_owned());
            }
            "--data-urlencode" => {
                self.is_elsewhere |= !value.contains('=') && value.contains('@');
                self.data.push(encoded(value));
            }
            "-F" | "--form" | "--form-string" => {
                let (name, content) = value.split_once('=').unwrap_or((value, ""));
                self.is_elsewhere |= option != "--form-string" && content.starts_with(['@', '<']);
                self.form.push((name.to_owned(), content.to_owned()));
            }
            "-T" | "--upload-file" => (self.is_upload, self.is_elsewhere) = (true, true),
            _ => return false,
        }
        true
    }

    /// Removes the values that `--get` sends in the query.
    pub(super) fn take_query(&mut self) -> Vec<String> {
        std::mem::take(&mut self.data)
    }

    /// Gives a call its body, with the content type and the method that curl chooses for it.
    pub(super) fn give(self, call: &mut PastedCall) {
        let request = &mut call.request;
        call.is_body_elsewhere = self.is_elsewhere;
        request.method = if self.is_upload {
            "PUT"
        } else if self.data.is_empty() && self.form.is_empty() {
            "GET"
        } else {
            "POST"
        }
        .to_owned();
        let content_type = if self.is_upload {
            request.body = b"@".to_vec();
            return;
        } else if !self.data.is_empty() {
            request.body = self.data.join("&").into_bytes();
            "application/x-www-form-urlencoded".to_owned()
        } else if !self.form.is_empty() {
            request.body = multipart(&self.form).into_bytes();
            format!("multipart/form-data; boundary={BOUNDARY}")
        } else {
            return;
        };
        if request.header("Content-Type").is_none() {
            request.headers.push(("Content-Type".to_owned(), content_type));
        }
    }
}

/// Part of a form as `--data-urlencode` and `--url-query` encode it.
pub(super) fn encoded(text: &str) -> String {
    match text.split_once('=') {
        Some(("", it)) => encode(it),
        Some((name, it)) => format!("{name}={}", encode(it)),
        None => encode(text),
    }
}

fn multipart(form: &[(String, String)]) -> String {
    let part = |(name, value): &(String, String)| {
        let file = if value.starts_with('@') { "; filename=\"file\"" } else { "" };
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n")
    };
    form.iter().map(part).collect::<String>() + &format!("--{BOUNDARY}--\r\n")
}
