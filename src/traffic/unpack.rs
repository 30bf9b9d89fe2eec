//! Decompression of rotated logs.

use std::io::{self, BufReader, Cursor, ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;

/// Signatures of unsupported files, with messages that say how to read them.
const OTHERS: [(&[u8], &str); 5] = [
    (b"\x28\xb5\x2f\xfd", "it is compressed with zstd; run `zstd -dc FILE | magespec calls -`"),
    (b"BZh", "it is compressed with bzip2; run `bzip2 -dc FILE | magespec calls -`"),
    (b"\xfd7zXZ", "it is compressed with xz; run `xz -dc FILE | magespec calls -`"),
    (b"\xff\xfe", "it is UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "it is UTF-16; save it as UTF-8"),
];

const GZIP: &[u8] = b"\x1f\x8b";

/// Decompresses a log if it is gzip, with several members one after the other.
///
/// # Errors
/// Fails if it cannot be read, or has an unsupported format.
pub(super) fn unpack<'a>(mut from: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    let mut head = Vec::new();
    from.by_ref().take(6).read_to_end(&mut head)?;
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(io::Error::new(ErrorKind::InvalidData, *what));
    }
    let is_gzip = head.starts_with(GZIP);
    let whole = Cursor::new(head).chain(from);
    Ok(if is_gzip { Box::new(Gzip(MultiGzDecoder::new(BufReader::new(whole)))) } else { Box::new(whole) })
}

/// Reader that adds gzip to its errors.
struct Gzip<R>(R);

impl<R: Read> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => io::Error::new(
                ErrorKind::UnexpectedEof,
                "its gzip data is truncated; copy it again, or read the intact part: `gzip -dc FILE | magespec calls -`",
            ),
            ErrorKind::InvalidInput | ErrorKind::InvalidData => io::Error::new(
                ErrorKind::InvalidData,
                "its gzip data is damaged; read the intact part: `gzip -dc FILE | magespec calls -`",
            ),
            _ => error,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn zipped(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn text(bytes: &[u8]) -> Result<String, String> {
        let mut text = String::new();
        let read = unpack(bytes).and_then(|mut it| it.read_to_string(&mut text));
        read.map(|_| text).map_err(|error| error.to_string())
    }

    #[test]
    fn plain_and_packed_text_read_alike() {
        for plain in ["", "a", "a\nb\n", "0123456789"] {
            assert_eq!(text(plain.as_bytes()).unwrap(), plain);
            assert_eq!(text(&zipped(plain)).unwrap(), plain);
        }
        let members = [zipped("one\n"), zipped(""), zipped("two\n")].concat();
        assert_eq!(text(&members).unwrap(), "one\ntwo\n");
    }

    #[test]
    fn what_cannot_be_unpacked_is_named() {
        let whole = zipped("one\ntwo\n");
        assert!(text(&whole[..whole.len() - 3]).unwrap_err().contains("truncated"));
        assert!(text(&[&whole[..], b"GET /rest/V1/orders"].concat()).unwrap_err().contains("damaged"));
        assert!(text(b"\x28\xb5\x2f\xfd\0\0").unwrap_err().contains("zstd -dc"));
        assert!(text(b"\xff\xfeG\0E\0").unwrap_err().contains("UTF-16"));
    }
}
