//! Times a signed request in the shop of `magespec mock`, without the network: `cargo bench --bench mock`.

#[path = "../tests/support/mock_shop.rs"]
mod mock_shop;

use std::cell::Cell;

use divan::Bencher;
use magespec::{
    mock::HttpRequest,
    oauth::{CallUrl, Dialect, Outgoing, SignatureMethod},
};

use self::mock_shop::{secrets, shop_of};

fn main() {
    divan::main();
}

const NOW: u64 = 1_800_000_000;

/// Request for a target, signed with the number as its nonce.
fn request(target: &str, number: u64) -> HttpRequest {
    let url = CallUrl::parse(&format!("http://127.0.0.1:8080{target}")).unwrap();
    let (method, nonce) = (SignatureMethod::HmacSha256, number.to_string());
    let signed = Outgoing::sign(&url.request("GET", None), &secrets(), method, Dialect::Laminas, NOW, &nonce);
    HttpRequest {
        method: "GET".to_owned(),
        scheme: "http".to_owned(),
        host: "127.0.0.1:8080".to_owned(),
        target: target.to_owned(),
        headers: vec![("authorization".to_owned(), signed.header())],
        body: Vec::new(),
    }
}

/// From a signed request to its answer: one order, and a search.
#[divan::bench(args = [
    "/rest/V1/orders/1",
    "/rest/V1/orders?searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bfield%5D=status\
     &searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bvalue%5D=pending&searchCriteria%5BpageSize%5D=10",
])]
fn signed_request(bencher: Bencher<'_, '_>, target: &str) {
    let (shop, number) = (shop_of("2.4.7-p3", |_| {}), Cell::new(0));
    let next = || {
        number.set(number.get() + 1);
        request(target, number.get())
    };
    assert_eq!(shop.answer(&next(), NOW).status, 200);
    bencher.with_inputs(next).bench_local_values(|request| shop.answer(&request, NOW));
}
