//! Paths of file URIs, and URIs of paths.

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::Uri;

/// Path of a file URI; none for other schemes and for paths that are not UTF-8.
pub(in crate::lsp) fn path(uri: &Uri) -> Option<Utf8PathBuf> {
    let path = uri.as_str().strip_prefix("file://")?;
    // A host, as `localhost`, comes before the path.
    let path = decode(&path[path.find('/')?..])?;
    let of_drive = path.strip_prefix('/').filter(|path| path.as_bytes().get(1) == Some(&b':'));
    Some(of_drive.unwrap_or(&path).into())
}

/// File URI of a path, which may be relative to the current directory.
pub(in crate::lsp) fn uri_of(path: &Utf8Path) -> Option<Uri> {
    let absolute = Utf8PathBuf::from_path_buf(std::path::absolute(path).ok()?).ok()?;
    let path = absolute.as_str().replace('\\', "/");
    let lead = if path.starts_with('/') { "" } else { "/" };
    let mut uri = format!("file://{lead}");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri += &format!("%{byte:02X}");
        }
    }
    uri.parse().ok()
}

/// Text with its `%xx` replaced by the bytes that they stand for.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let escaped = behind.get(..2).filter(|_| *first == b'%');
        let byte = escaped
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_paths() {
        let uri_of = |text: &str| text.parse::<Uri>().unwrap();
        assert_eq!(path(&uri_of("file:///home/a%20b/%C3%A9.toml")).unwrap(), "/home/a b/é.toml");
        assert_eq!(
            super::uri_of(Utf8Path::new("/home/a b/é.toml")).unwrap().as_str(),
            "file:///home/a%20b/%C3%A9.toml"
        );
        assert_eq!(path(&uri_of("file:///c%3A/x/integration.toml")).unwrap(), "c:/x/integration.toml");
        assert_eq!(path(&uri_of("untitled:Untitled-1")), None);
        assert_eq!(path(&uri_of("file:///a/%FF")), None);
    }
}
