//! Logs are counted block by block, on all cores.

use std::io::{self, Read};

use magespec::{
    catalog::Catalog,
    traffic::{Filter, Keys, MOST_KINDS, Tally},
};

/// Reader that gives so many bytes at a time.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.1.min(buffer.len()).min(self.0.len());
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

/// Lines of several formats, more names than are kept, and lines in no format, in so many bytes.
fn log(bytes: usize) -> String {
    let letters = |at: usize| -> String {
        at.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect()
    };
    let mut log = String::new();
    for at in 0.. {
        let (name, kind) = (letters(at % (MOST_KINDS * 3)), at / 7 % (MOST_KINDS * 2));
        log += &match at % 7 {
            0 => format!("GET /rest/V1/orders/{at}\n"),
            1 => format!(
                "::1 - - [10/Oct/2025:13:55:36 +0000] \"GET /rest/{name}/V1/orders HTTP/1.1\" 401 1 \"-\" \"erp {kind}\"\n"
            ),
            2 => format!("{{\"request\":\"PUT /rest/V1/products/{name} HTTP/1.1\",\"status\":404}}\r\n"),
            3 => format!("::1 - - [x] \"POST /graphql HTTP/1.1\" 200 {at} \"-\" \"{name}\"\n"),
            4 => format!("/rest and nothing else {at}\n"),
            5 => format!("GET /rest/V1/orders/{at}/statuses/none {}\n", "x".repeat(at % 90)),
            _ => format!("DELETE /rest/V1/categories/{}\n", "carts/".repeat(at % 20)),
        };
        if log.len() >= bytes {
            break;
        }
    }
    log
}

fn counts(log: &str, step: usize) -> String {
    let (catalog, keys) = (Catalog::bundled(), Keys::default());
    let filter = Filter { agents: vec!["1".to_owned()], ..Filter::default() };
    let [mut all, mut some] = [Filter::default(), filter].map(|filter| Tally::new(catalog, filter, &keys));
    for tally in [&mut all, &mut some] {
        tally.read("a.log", Drip(log.as_bytes(), step)).unwrap();
        tally.read("b.log", Drip(b"/rest again\n", step)).unwrap();
    }
    let text = |tally: &Tally<'_>| {
        let numbers = (tally.lines, tally.too_long, tally.broken, tally.requests, tally.soap, tally.graphql);
        let kinds = [&tally.agents, &tally.other_agents, &tally.unknown];
        let kinds: Vec<_> = kinds.into_iter().map(|kinds| (kinds.sorted(), kinds.others)).collect();
        format!(
            "{numbers:?} {:?} {kinds:?} {:?}",
            tally.first_broken,
            tally
                .observed(catalog, catalog.all())
                .iter()
                .map(|it| (&it.called.name, it.answers))
                .collect::<Vec<_>>()
        )
    };
    text(&all) + &text(&some)
}

#[test]
fn counts_do_not_depend_on_how_a_log_is_split() {
    let log = log(3 << 20);
    let whole = counts(&log, usize::MAX);
    assert!(whole.contains("Some((\"a.log\", 5))"), "{}", &whole[..200]);
    for step in [100_000, 7_000] {
        assert!(counts(&log, step) == whole, "{step}");
    }
}
