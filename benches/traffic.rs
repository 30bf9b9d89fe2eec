//! Throughput of reading logs: `cargo bench --bench traffic`.

use std::fmt::Write as _;

use divan::{Bencher, counter::BytesCount};
use magespec::{
    catalog::Catalog,
    traffic::{Filter, Keys, Tally},
};

fn main() {
    divan::main();
}

const BYTES: usize = 32 * 1024 * 1024;
const AGENT: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36";
const CALLS: [&str; 4] =
    ["GET /rest/V1/orders/", "PUT /rest/all/V1/products/", "POST /rest/V1/order/", "GET /rest/V1/unknown/a"];

/// A combined log in which one line out of `every` is a call, each of another path.
fn combined(every: usize) -> String {
    let mut log = String::with_capacity(BYTES + 512);
    for at in 0.. {
        if log.len() >= BYTES {
            break;
        }
        let target = if at % every == 0 {
            format!("{}{at}?fields=items%5Bsku%5D", CALLS[at / every % CALLS.len()])
        } else {
            format!("GET /media/catalog/product/cache/0d{at:x}/p/a/shirt-{at}.jpg")
        };
        let _ = writeln!(
            log,
            "203.0.113.{} - - [10/Oct/2025:13:55:{:02} +0000] \"{target} HTTP/1.1\" 200 {at} \"https://shop.example/\" \"{AGENT}\"",
            at % 256,
            at % 60
        );
    }
    log
}

/// The same as JSON lines, all of them calls.
fn json() -> String {
    let mut log = String::with_capacity(BYTES + 512);
    for at in 0.. {
        if log.len() >= BYTES {
            break;
        }
        let (method, path) = CALLS[at % CALLS.len()].split_once(' ').unwrap_or_default();
        let _ = writeln!(
            log,
            r#"{{"time_iso8601":"2025-10-10T13:55:{:02}+00:00","remote_addr":"203.0.113.{}","request_method":"{method}","request_uri":"{path}{at}","status":"200","body_bytes_sent":"{at}","http_referer":"","http_user_agent":"{AGENT}"}}"#,
            at % 60,
            at % 256,
        );
    }
    log
}

fn read(bencher: Bencher<'_, '_>, log: &str, filter: &Filter) {
    let keys = Keys::default();
    bencher.counter(BytesCount::of_str(log)).bench(|| {
        let mut tally = Tally::new(Catalog::bundled(), filter.clone(), &keys);
        tally.read("access.log", log.as_bytes()).map(|()| tally.requests)
    });
}

/// As many lines between two calls as a busy shop has, and none.
#[divan::bench(args = [50, 10, 1], sample_count = 10, sample_size = 1)]
fn combined_one_call_in(bencher: Bencher<'_, '_>, every: usize) {
    read(bencher, &combined(every), &Filter::default());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn combined_of_calls_by_agent_and_time(bencher: Bencher<'_, '_>) {
    let since = "2025-10-10".parse().ok();
    read(bencher, &combined(1), &Filter { agents: vec!["chrome".to_owned()], since, until: None });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn json_of_calls(bencher: Bencher<'_, '_>) {
    read(bencher, &json(), &Filter::default());
}
