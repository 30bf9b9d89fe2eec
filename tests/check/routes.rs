use magespec::diag::Rule;

use super::{finds, passes};

fn route(target: &str, route: &str) -> String {
    format!(
        "[target]\nmagento = \"{target}\"\n[[service]]\nname = \"Acme\"\nmethod = [{{ name = \"get\", route = {route}, acl = \"anonymous\" }}]\n"
    )
}

#[test]
fn route_taken() {
    let finding = finds(Rule::RouteTaken, &route("2.4.3", "«\"GET /V1/orders/:orderId\"»"));
    assert!(finding.message.contains("`GET /V1/orders/:id`"), "it names Magento's");
    assert!(finding.help.unwrap().contains("\"GET /V1/acme/orders/:orderId\""));
    passes(&route("2.4.3", "\"DELETE /V1/orders/:orderId\""));
    passes(&route("2.4.3", "\"GET /V2/orders/:orderId\""));
    passes(&route("2.4.3", "\"GET /V1/orders/acme\""));
}
