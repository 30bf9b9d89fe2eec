//! Globs over ids.

/// Returns true if the text matches the glob: `*` is any run of characters, `?` is one. ACL ids are ASCII.
pub(super) fn fits_glob(glob: &[u8], text: &[u8]) -> bool {
    let (mut at, mut pos) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while pos < text.len() {
        match glob.get(at) {
            Some(b'*') => {
                retry = Some((at + 1, pos));
                at += 1;
            }
            Some(&c) if c == b'?' || c == text[pos] => {
                at += 1;
                pos += 1;
            }
            _ => match retry {
                Some((glob_at, text_at)) => {
                    retry = Some((glob_at, text_at + 1));
                    (at, pos) = (glob_at, text_at + 1);
                }
                None => return false,
            },
        }
    }
    glob[at..].iter().all(|&c| c == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_fit_whole_ids() {
        for (glob, text, fits) in [
            ("M::*invoice*", "M::sales_invoice", true),
            ("M::*invoice*", "M::invoice", true),
            ("M::*", "M::", true),
            ("M::a?c", "M::abc", true),
            ("M::a?c", "M::ac", false),
            ("M::*a*b", "M::xaxbxab", true),
            ("M::*a*b", "M::xaxbxa", false),
            ("M::a", "M::ab", false),
        ] {
            assert_eq!(fits_glob(glob.as_bytes(), text.as_bytes()), fits, "{glob} {text}");
        }
    }
}
