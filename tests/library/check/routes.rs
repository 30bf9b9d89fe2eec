use magespec::{
    check,
    diag::{Level, Rule, Source},
    names::Day,
    spec,
};

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

/// A service with a deprecated route, and another one.
fn deprecated(keys: &str) -> String {
    format!(
        "[[service]]\nname = \"Acme\"\n[[service.method]]\nname = \"get\"\nroute = \"GET /V1/acme/things/:id\"\n\
         acl = \"Magento_Sales::sales\"\n{keys}\n\
         [[service.method]]\nname = \"find\"\nroute = \"GET /V2/acme/things/:id\"\nacl = \"Magento_Sales::sales\"\n"
    )
}

#[test]
fn days_of_deprecations_are_those_of_the_calendar() {
    for day in ["2027-02-29", "2027-06-31", "2027-13-01", "01.06.2027", "2027-6-1", "next year"] {
        finds(Rule::InvalidValue, &deprecated(&format!("deprecated = «\"{day}\"»")));
    }
    finds(Rule::WrongType, &deprecated("deprecated = «2099-06-01»"));
    let finding = finds(
        Rule::InvalidValue,
        &deprecated("deprecated = { since = \"2099-06-02\", until = «\"2099-06-01\"» }"),
    );
    assert_eq!(finding.message, "`until` is 2099-06-01, before `since`");
    passes(&deprecated("deprecated = \"2096-02-29\""));
    passes(&deprecated("deprecated = { since = \"2099-06-01\", until = \"2099-06-01\" }"));
}

#[test]
fn a_route_past_its_day() {
    let on = |day: &str, keys: &str| {
        let source = Source::new("integration.toml", super::spec(&deprecated(keys)));
        check::overdue(&spec::load(&source), &Day::new(day).unwrap())
    };
    let period = "deprecated = { since = \"2026-06-01\", until = \"2027-06-01\" }";
    for keys in ["deprecated = \"2027-06-01\"", period] {
        assert_eq!(on("2027-05-31", keys), []);
        let found = on("2027-06-01", keys);
        assert_eq!(found[0].message, "`GET /V1/acme/things/:id` was to be removed from 2027-06-01 on");
        assert!(found[0].span.is_some() && found.len() == 1);
    }
    let rules = "deprecated = \"2027-06-01\"\n[rules]\ndeprecation-over = ";
    assert_eq!(on("2027-06-01", &format!("{rules}\"deny\""))[0].level, Level::Error);
    assert_eq!(on("2027-06-01", &format!("{rules}\"allow\"")), []);
    // What a spec compiles to does not depend on the day.
    passes(&deprecated("deprecated = \"2020-06-01\""));
}

#[test]
fn replacements_are_routes_that_stay() {
    let replaced = |route: &str| deprecated(&format!("deprecated = \"2099-06-01\"\nreplaced_by = {route}"));
    let help = |route: &str| finds(Rule::Replacement, &replaced(route)).help.unwrap();
    assert_eq!(help("«\"GET /V2/acme/thing/:id\"»"), "did you mean \"GET /V2/acme/things/:id\"?");
    assert!(help("«\"GET /V1/acme/things/:id\"»").contains("name another route"));
    let absent = finds(Rule::Replacement, &replaced("«\"DELETE /V9/nothing/like/this\"»"));
    assert!(absent.message.starts_with("neither this module nor Magento has"), "{}", absent.message);
    let alone = finds(Rule::Replacement, &deprecated("replaced_by = «\"GET /V2/acme/things/:id\"»"));
    assert!(alone.message.ends_with("but is not deprecated"), "{}", alone.message);
    passes(&replaced("\"GET /V2/acme/things/:id\""));
    passes(&replaced("\"GET /V1/orders/:id\""));
    finds(Rule::InvalidValue, &replaced("«\"PATCH /V1/orders\"»"));
    let target = "[target]\nmagento = \">=2.3.5 <2.4.0\"\n";
    let later = replaced("«\"POST /V1/carts/:cartId/pickup-locations\"»");
    finds(Rule::Replacement, &format!("{target}{later}"));
}

#[test]
fn a_replacement_that_ends_too_is_a_chain() {
    let chain = |last: &str| {
        deprecated("deprecated = \"2099-06-01\"\nreplaced_by = «\"GET /V2/acme/things/:id\"»")
            + &format!("deprecated = \"2099-07-01\"\n{last}")
    };
    let finding = finds(Rule::Replacement, &chain("replaced_by = \"GET /V1/orders/:id\""));
    assert_eq!(finding.help.unwrap(), "name what replaces it: \"GET /V1/orders/:id\"");
    let finding = finds(Rule::Replacement, &chain(""));
    assert!(finding.message.ends_with("is deprecated, too"), "{}", finding.message);
}
