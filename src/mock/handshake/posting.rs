//! The request that carries credentials to the endpoint, byte for byte as the release sends it.

use super::PostedCredentials;
use crate::{
    names::MagentoVersion,
    oauth::{CallUrl, Dialect},
};

impl PostedCredentials {
    /// Writes the request of a release (docs/magento/web-api.md#credentials-post).
    #[must_use]
    pub fn request(&self, endpoint: &CallUrl, version: MagentoVersion) -> Vec<u8> {
        let form = self.form();
        let host = endpoint.host.strip_suffix(":80").unwrap_or(&endpoint.host);
        let length = form.len();
        let content = "application/x-www-form-urlencoded";
        let headers = if Dialect::of(version) == Dialect::Zend {
            format!(
                "Host: {host}\r\nAccept: */*\r\nConnection: close\r\nAccept-encoding: gzip, deflate\r\n\
                 User-Agent: Magento\\Framework\\HTTP\\ZendClient\r\nContent-Type: {content}\r\nContent-Length: {length}\r\n"
            )
        } else {
            // Magento hands curl the values of its headers without their names; curl sends those that have a colon.
            let odd = if host.contains(':') { format!("{host}\r\n") } else { String::new() };
            format!(
                "Host: {host}\r\nUser-Agent: Laminas\\Http\\Client\r\nAccept: */*\r\n{odd}Content-Length: {length}\r\n\
                 Content-Type: {content}\r\n"
            )
        };
        format!("POST {} HTTP/1.1\r\n{headers}\r\n{form}", endpoint.target()).into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_recorded_request() {
        let posted = PostedCredentials {
            consumer_key: "k".repeat(32),
            consumer_secret: "s".repeat(32),
            store_base_url: "http://127.0.0.1:18181/".to_owned(),
            verifier: "v".repeat(32),
        };
        let sent = |url: &str, version: &str| {
            let endpoint = CallUrl::parse(url).unwrap();
            let bytes = posted.request(&endpoint, version.parse().unwrap());
            String::from_utf8(bytes).unwrap().split("\r\n\r\n").next().unwrap().to_owned()
        };
        assert_eq!(
            sent("http://127.0.0.1:18190/cb?x=1", "2.4.7-p3"),
            "POST /cb?x=1 HTTP/1.1\r\nHost: 127.0.0.1:18190\r\nUser-Agent: Laminas\\Http\\Client\r\nAccept: */*\r\n\
             127.0.0.1:18190\r\nContent-Length: 203\r\nContent-Type: application/x-www-form-urlencoded"
        );
        let plain = "Host: localhost\r\nUser-Agent: Laminas\\Http\\Client\r\nAccept: */*\r\nContent-Length";
        assert!(sent("http://localhost:80", "2.4.7").contains(plain));
        assert_eq!(
            sent("http://127.0.0.1:18190/cb", "2.3.2-p1"),
            "POST /cb HTTP/1.1\r\nHost: 127.0.0.1:18190\r\nAccept: */*\r\nConnection: close\r\n\
             Accept-encoding: gzip, deflate\r\nUser-Agent: Magento\\Framework\\HTTP\\ZendClient\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 203"
        );
    }
}
