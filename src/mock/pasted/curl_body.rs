//! Body of a curl command.

use super::{curl_headers::CurlHeaders, shell_words::ShellWord};
use crate::{mock::HttpRequest, oauth::percent::encode};

/// Text between the parts of a form, which curl makes up.
const BOUNDARY: &str = "------------------------boundary";

/// Options of curl that make the body.
#[derive(Default)]
pub(super) struct CurlBody {
    /// Values of `--data` and the like.
    data: Vec<CurlData>,
    /// Names and values of `--form`.
    form: Vec<(String, String)>,
    /// True for `--upload-file`.
    is_upload: bool,
    /// True for `--json`.
    is_json: bool,
    /// True if a file was named, or a variable.
    is_elsewhere: bool,
}

/// Value of `--data` and the like.
struct CurlData {
    text: String,
    /// True for `--json`, which has no `&` before it.
    is_glued: bool,
    /// True if it names a file.
    is_file: bool,
}

impl CurlBody {
    /// Takes an option with its value. Returns false if it does not make the body.
    pub(super) fn take(&mut self, option: &str, word: &ShellWord) -> bool {
        let value = &*word.text;
        match option {
            "--data-raw" => self.add(value.to_owned(), false),
            "-d" | "--data" | "--data-binary" | "--data-ascii" => {
                self.add(value.to_owned(), value.starts_with('@'));
            }
            "--json" => {
                self.is_json = true;
                self.add(value.to_owned(), value.starts_with('@'));
                if let Some(data) = self.data.last_mut() {
                    data.is_glued = true;
                }
            }
            "--data-urlencode" => self.add(encoded(value), names_file(value)),
            "-F" | "--form" | "--form-string" => {
                let (name, content) = value.split_once('=').unwrap_or((value, ""));
                self.is_elsewhere |= option != "--form-string" && content.starts_with(['@', '<']);
                self.form.push((name.to_owned(), content.to_owned()));
            }
            "-T" | "--upload-file" => (self.is_upload, self.is_elsewhere) = (true, true),
            _ => return false,
        }
        self.is_elsewhere |= word.is_unknown();
        true
    }

    fn add(&mut self, text: String, is_file: bool) {
        self.is_elsewhere |= is_file;
        self.data.push(CurlData { text, is_glued: false, is_file });
    }

    /// Returns true if a part of the data is in a file or a variable.
    pub(super) const fn is_elsewhere(&self) -> bool {
        self.is_elsewhere
    }

    /// Removes the data, which `--get` sends in the query. Files, whose content is unknown, are left out.
    pub(super) fn take_query(&mut self) -> String {
        let mut data = std::mem::take(&mut self.data);
        data.retain(|it| !it.is_file);
        joined(&data)
    }

    /// Gives a request its body, with the headers and the method that curl chooses for it.
    pub(super) fn give(self, request: &mut HttpRequest, headers: &mut CurlHeaders) {
        request.method = if self.is_upload {
            "PUT"
        } else if self.data.is_empty() && self.form.is_empty() {
            "GET"
        } else {
            "POST"
        }
        .to_owned();
        if self.is_json {
            headers.make("Content-Type", "application/json");
            headers.make("Accept", "application/json");
        }
        if self.is_upload {
            request.body = b"@".to_vec();
        } else if !self.data.is_empty() {
            request.body = joined(&self.data).into_bytes();
            if !self.is_json {
                headers.make("Content-Type", "application/x-www-form-urlencoded");
            }
        } else if !self.form.is_empty() {
            request.body = multipart(&self.form).into_bytes();
            headers.make("Content-Type", format!("multipart/form-data; boundary={BOUNDARY}"));
        }
    }
}

/// Data in one text, as curl joins it.
fn joined(data: &[CurlData]) -> String {
    let mut text = String::new();
    for (place, it) in data.iter().enumerate() {
        if place > 0 && !it.is_glued {
            text.push('&');
        }
        text += &it.text;
    }
    text
}

/// Returns true if `--data-urlencode` and `--url-query` read a file: `@file`, `name@file`.
pub(super) fn names_file(text: &str) -> bool {
    !text.contains('=') && text.contains('@')
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
