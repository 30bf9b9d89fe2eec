use magespec::diag::Rule;

use super::{finds, passes};

fn route(target: &str, route: &str) -> String {
    format!(
        "[target]\nmagento = \"{target}\"\n[[service]]\nname = \"Acme\"\nmethod = [{{ name = \"get\", route = {route}, acl = \"Magento_Sales::sales\" }}]\n"
    )
}

#[test]
fn route_taken() {
    let finding = finds(Rule::RouteTaken, &route("2.4.3", "«\"GET /V1/orders/:orderId\"»"));
    assert!(finding.message.contains("`GET /V1/orders/:id`"), "it names Magento's");
    assert!(finding.help.unwrap().contains("\"GET /V1/acme/orders/:orderId\""));
    passes(&route("2.4.3", "\"DELETE /V1/orders/:orderId\""));
    passes(&route("2.4.3", "\"GET /V2/orders/:orderId\""));
    passes(&route("2.4.3", "\"GET /V1/acme/orders/:orderId\""));
}

/// A service whose route needs this.
fn needing(acl: &str) -> String {
    format!(
        "[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\nresources = [\"Acme_ErpBridge::read\"]\n\
         [[acl]]\nid = \"Acme_ErpBridge::read\"\ntitle = \"Read\"\nparent = \"Magento_Backend::admin\"\n\
         [[service]]\nname = \"Orders\"\n[[service.method]]\nname = \"get\"\nroute = \"GET /V1/acme/orders/:id\"\nacl = {acl}\n"
    )
}

#[test]
fn what_a_route_needs_is_there() {
    let finding = finds(Rule::UnknownResource, &needing("«\"Acme_ErpBridge::raed\"»"));
    assert_eq!(finding.help.unwrap(), "did you mean \"Acme_ErpBridge::read\"?");
    let finding = finds(
        Rule::UnknownResource,
        &needing("[\"Acme_ErpBridge::read\", «\"Magento_Sales::actions_veiw\"»]"),
    );
    assert!(finding.help.unwrap().contains("Magento_Sales::actions_view"));
    finds(Rule::UnverifiableResource, &needing("«\"Other_Module::read\"»"));
    let target = "[target]\nmagento = \">=2.2.0 <2.4.0\"\n";
    let elsewhere = needing("«\"Magento_Customer::delete\"»");
    finds(
        Rule::ResourceNotInEveryRelease,
        &format!("{target}{elsewhere}[rules]\ntarget-always-resets = \"allow\"\n"),
    );
    passes(&needing("\"Acme_ErpBridge::read\""));
    passes(&needing("\"Magento_Backend::admin\""));
    passes(&needing("\"anonymous\""));
}

#[test]
fn a_call_says_nothing_of_what_its_route_cannot_have() {
    let calls = needing("«\"Acme_ErpBridge::raed\"»")
        .replace("resources = [", "calls = [\"GET /V1/acme/orders/:id\"]\nresources = [");
    finds(Rule::UnknownResource, &calls);
}

#[test]
fn own_routes_are_suggested() {
    let calls = needing("\"Acme_ErpBridge::read\"")
        .replace("resources = [", "calls = [«\"GET /V1/acme/order/:id\"»]\nresources = [");
    let finding = finds(Rule::UnknownRoute, &calls);
    assert_eq!(finding.help.unwrap(), "did you mean \"GET /V1/acme/orders/:id\"?");
}

#[test]
fn open_route() {
    let method = |route: &str, acl: &str| {
        format!(
            "[[service]]\nname = \"Acme\"\nmethod = [{{ name = \"run\", route = \"{route}\", acl = {acl} }}]\n"
        )
    };
    for route in ["DELETE /V1/acme/exports", "POST /V1/acme/exports", "PUT /V1/acme/exports"] {
        let finding = finds(Rule::OpenRoute, &method(route, "«\"anonymous\"»"));
        assert_eq!(finding.message, format!("anyone can call `{route}`"));
    }
    passes(&method("GET /V1/acme/exports", "\"anonymous\""));
    passes(&method("DELETE /V1/acme/exports", "\"Magento_Sales::sales\""));
}
