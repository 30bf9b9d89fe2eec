//! Choices that are the same for the same seed, name and id.

/// Sequence of choices.
#[derive(Debug, Clone)]
pub(in crate::mock::data) struct Dice(u64);

impl Dice {
    /// Starts the choices of a thing.
    pub(in crate::mock::data) fn of(seed: u64, name: &str, id: i64) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
        for byte in name.bytes().chain(id.to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(hash)
    }

    /// Next 64 bits (SplitMix64).
    pub(in crate::mock::data) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Number from 0 on, below a limit.
    pub(in crate::mock::data) fn below(&mut self, limit: i64) -> i64 {
        let limit = u64::try_from(limit).unwrap_or(1).max(1);
        i64::try_from(self.next() % limit).unwrap_or_default()
    }

    /// One of several texts.
    pub(in crate::mock::data) fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.next() % (words.len().max(1) as u64)).unwrap_or_default();
        words.get(at).copied().unwrap_or_default()
    }

    /// Hexadecimal digits.
    pub(in crate::mock::data) fn hex(&mut self, length: usize) -> String {
        let mut text = String::with_capacity(length + 16);
        while text.len() < length {
            text.push_str(&format!("{:016x}", self.next()));
        }
        text.truncate(length);
        text
    }

    /// UUID of version 4.
    pub(in crate::mock::data) fn uuid(&mut self) -> String {
        let hex = self.hex(32);
        let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
        format!("{}-{}-4{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
    }
}
