//! Shells between magespec and the shop's PHP: `ssh` joins its arguments, and a shell on the other machine splits them.

use crate::digest::hex;

/// Greatest number of shells to look for: `ssh` over a jump host makes two.
pub(super) const MOST: usize = 2;
/// Argument that arrives as it is only if it is quoted for each shell.
pub(super) const PROBE: &str = "a  b'c\"d$e\\f*";
/// Program that prints its arguments, encoded.
pub(super) const PROGRAM: &str =
    "<?php echo \"\\n\", bin2hex(implode(\"\\0\", array_slice($argv, 1))), \"\\n\";";

/// Returns true if PHP printed the probe.
pub(super) fn has_arrived(printed: &str) -> bool {
    let expected = hex(PROBE.as_bytes());
    printed.lines().any(|line| line.trim_end() == expected)
}

/// Returns true if no shell changes the argument.
pub(super) fn takes_as_it_is(argument: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:=,@+".contains(&byte);
    !argument.is_empty() && argument.bytes().all(is_plain)
}

/// Quotes an argument for some shells.
pub(super) fn quoted(argument: &str, shells: usize) -> String {
    (0..shells).fold(argument.to_owned(), |argument, _| match takes_as_it_is(&argument) {
        true => argument,
        false => format!("'{}'", argument.replace('\'', "'\\''")),
    })
}

/// Number of programs in a command line that are known to start a shell elsewhere.
pub(super) fn named<'a>(words: impl Iterator<Item = &'a String>) -> usize {
    words.filter(|word| word.rsplit('/').next() == Some("ssh")).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_quoted_once_for_each_shell() {
        assert_eq!(quoted("/var/www/shop", 2), "/var/www/shop");
        assert_eq!(quoted("a b", 0), "a b");
        assert_eq!(quoted("it's", 1), r"'it'\''s'");
        let twice = quoted(PROBE, 2);
        let once = shlex::split(&twice).unwrap();
        assert_eq!(shlex::split(&once[0]).unwrap(), [PROBE]);
    }

    #[test]
    fn ssh_is_known_by_its_name() {
        let words = ["/usr/bin/ssh", "jump", "ssh", "host", "php"].map(str::to_owned);
        assert_eq!(named(words.iter()), 2);
    }
}
