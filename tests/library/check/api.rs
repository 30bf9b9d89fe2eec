use magespec::diag::{Level, Rule};

use super::{finds, passes};

/// A service with one method of these keys, which returns an order.
fn method(keys: &str) -> String {
    format!(
        "[[data]]\nname = \"Order\"\nfields = {{ id = \"int\" }}\n[[service]]\nname = \"OrderExport\"\n[[service.method]]\nname = \"get\"\nacl = \"Magento_Sales::sales\"\n{keys}"
    )
}

#[test]
fn unknown_type() {
    let finding = finds(Rule::UnknownType, "[[data]]\nname = \"Order\"\nfields = { next = «\"Odrer?\"» }\n");
    assert!(finding.help.unwrap().contains("`Order`"));
    for key in
        ["returns = «\"Parcel[]\"»", "body = { parcel = «\"Parcel\"» }", "parameters = { id = «\"Parcel\"» }"]
    {
        finds(Rule::UnknownType, &method(&format!("route = \"POST /V1/acme/:id\"\n{key}\n")));
    }
    passes(&method("route = \"GET /V1/acme\"\nreturns = \"Order[]?\"\n"));
    passes(&method("route = \"GET /V1/acme\"\nreturns = 'Magento\\Sales\\Api\\Data\\OrderInterface'\n"));
    passes("[[data]]\nname = \"Order\"\nfields = { next = \"Order?\", names = \"string[]\" }\n");
}

#[test]
fn types_of_magento_are_there() {
    let returns = |class: &str| method(&format!("route = \"GET /V1/acme\"\nreturns = {class}\n"));
    let finding = finds(Rule::UnknownType, &returns("«'Magento\\Sales\\Api\\Data\\OrderInterfce'»"));
    let help = finding.help.unwrap();
    assert!(help.starts_with("did you mean \"Magento\\Sales\\Api\\Data\\OrderInterface\""), "{help}");
    let target = "[target]\nmagento = \">=2.2.8 <2.2.11 || >=2.3.1 <2.4.0\"\n";
    let stock = returns("«'Magento\\InventoryApi\\Api\\Data\\SourceInterface[]'»");
    let finding = finds(Rule::UnknownType, &format!("{target}{stock}"));
    assert!(finding.message.ends_with("in 2.2.8..2.2.10"), "{}", finding.message);
    passes(&returns("'Acme\\Other\\Api\\Data\\ThingInterface'"));
}

#[test]
fn search_type() {
    let search = |keys: &str| method(&format!("route = \"GET /V1/acme\"\n{keys}\n"));
    finds(Rule::SearchType, &search("search = «true»"));
    for kind in ["string", "Order[]", "Order?"] {
        finds(Rule::SearchType, &search(&format!("search = true\nreturns = «\"{kind}\"»")));
    }
    passes(&search("search = true\nreturns = \"Order\""));
}

#[test]
fn defaults_are_of_the_type_and_come_last() {
    let route = |body: &str, defaults: &str| {
        method(&format!("route = \"POST /V1/acme\"\nbody = {{ {body} }}\ndefaults = {{ {defaults} }}\n"))
    };
    passes(&route(
        "id = \"int\", limit = \"int\", mode = \"string?\", live = \"bool\", tags = \"string[]\", order = \"Order[]\"",
        "limit = 20, mode = \"all\", live = true, tags = [\"a\"], order = []",
    ));
    for (body, defaults) in [
        ("limit = \"int\"", "limit = «\"20\"»"),
        ("mode = \"string\"", "mode = «1»"),
        ("live = \"bool\"", "live = «0»"),
        ("order = \"Order\"", "order = «[]»"),
        ("order = \"Order[]\"", "order = «[\"a\"]»"),
        ("limit = \"int\"", "«limti» = 20"),
        ("limit = \"int\", mode = \"string\"", "limit = «20»"),
    ] {
        finds(Rule::InvalidValue, &route(body, defaults));
    }
}

#[test]
fn route_parameter() {
    let route = |keys: &str| method(&format!("{keys}\n"));
    finds(Rule::RouteParameter, &route("route = \"POST /V1/acme/:id\"\nparameters = { «idd» = \"int\" }"));
    finds(Rule::RouteParameter, &route("route = \"POST /V1/acme/:id\"\nbody = { «id» = \"int\" }"));
    finds(Rule::RouteParameter, &route("route = \"POST /V1/acme/:id\"\nbody = { «this» = \"int\" }"));
    finds(Rule::RouteParameter, &route("«route» = \"POST /V1/acme/:id/x/:id\""));
    finds(Rule::RouteParameter, &route("«route» = \"POST /V1/acme/:this\""));
    finds(
        Rule::RouteParameter,
        &route(
            "route = \"POST /V1/acme\"\nsearch = true\nreturns = \"Order\"\nbody = { «searchCriteria» = \"int\" }",
        ),
    );
    for name in ["searchCriteria", "search_criteria"] {
        let keys = format!("«route» = \"POST /V1/acme/:{name}\"\nsearch = true\nreturns = \"Order\"");
        finds(Rule::RouteParameter, &route(&keys));
    }
    passes(&route(
        "route = \"POST /V1/acme/:id\"\nparameters = { id = \"int\" }\nbody = { note = \"string?\" }",
    ));
}

#[test]
fn parameters_of_the_path_may_be_spelled_as_in_php_or_left_to_the_body() {
    passes(&method("route = \"POST /V1/acme/:order_id\"\nparameters = { orderId = \"int\" }\n"));
    passes(&method(
        "route = \"PUT /V1/acme/:order_id\"\npath_only = [\"order_id\"]\nbody = { order = \"Order\" }\n",
    ));
    finds(Rule::RouteParameter, &method("route = \"PUT /V1/acme/:id\"\npath_only = [«\"order_id\"»]\n"));
}

/// One method has one signature, whatever comes from the path and from the body.
#[test]
fn several_routes_call_a_method() {
    let routes = |keys: &str| {
        method(
            "route = \"PUT /V1/acme/:orderId\"\nparameters = { orderId = \"int\" }\nbody = { note = \"string\" }\n",
        ) + "\n[[service.method]]\nname = \"get\"\nacl = \"Magento_Sales::actions_view\"\nroute = \"POST /V1/acme\"\n"
            + keys
    };
    let name = |text: String| {
        let (first, second) = text.rsplit_once("name = \"get\"").unwrap();
        format!("{first}name = «\"get\"»{second}")
    };
    let both = "body = { order_id = \"int\", note = \"string\" }\ndata = { orderId = { value = \"1\", force = true } }\n";
    passes(&routes(both));
    finds(Rule::DeclaredTwice, &name(routes("body = { orderId = \"int\" }\n")));
    finds(Rule::DeclaredTwice, &name(routes("body = { orderId = \"string\", note = \"string\" }\n")));
}

#[test]
fn an_array_of_anything_is_no_parameter_of_a_generated_interface() {
    let route = |keys: &str| method(&format!("route = \"POST /V1/acme\"\n{keys}\n"));
    let finding = finds(Rule::UnknownType, &route("body = { rows = «\"array\"» }"));
    assert!(finding.reason.unwrap().contains("Class \"array\" does not exist"));
    finds(Rule::UnknownType, &route("returns = «\"array[]\"»"));
    let finding = finds(Rule::UnknownType, &route("returns = «\"array\"»"));
    assert_eq!(finding.level, Level::Warning, "REST answers with its values");
    passes(&route("body = { rows = \"mixed[]\", any = \"mixed\" }\nreturns = \"mixed\""));
    let existing = route("body = { rows = \"array\" }\nreturns = \"array\"");
    passes(&existing.replacen("[[service]]\n", "[[service]]\ninterface = 'Api\\Rows'\n", 1));
}

#[test]
fn parameters_of_the_path_are_single_values() {
    for kind in ["Order", "int[]", "string[]?"] {
        let keys = format!("route = \"POST /V1/acme/:id\"\nparameters = {{ id = «\"{kind}\"» }}\n");
        let finding = finds(Rule::RouteParameter, &method(&keys));
        assert!(finding.message.contains(kind), "{}", finding.message);
    }
    passes(&method("route = \"POST /V1/acme/:id\"\nparameters = { id = \"float\" }\n"));
}

#[test]
fn a_route_begins_with_a_word() {
    let route = |route: &str| method(&format!("route = {route}\n"));
    for path in ["/V1/:entity/search", "/V1/:entity"] {
        let finding = finds(Rule::RouteParameter, &route(&format!("«\"GET {path}\"»")));
        assert!(finding.reason.unwrap().contains("no call finds the route"));
        let whole = path.replace("/V1/", "/V1/acme/");
        assert_eq!(finding.help.unwrap(), format!("start the path with your vendor name: \"GET {whole}\""));
    }
    passes(&route("\"GET /V1/acme/:entity\""));
}

#[test]
fn a_list_alone_is_not_put_below_a_path_with_a_parameter() {
    let put =
        |verb: &str, body: &str| method(&format!("route = \"{verb} /V1/acme/:id\"\nbody = {{ {body} }}\n"));
    for kind in ["Order[]", "string[]", "Order[]?"] {
        let finding = finds(Rule::RouteParameter, &put("PUT", &format!("items = «\"{kind}\"»")));
        assert!(finding.help.unwrap().starts_with("use POST"));
    }
    for body in ["items = «\"Order[]\"», note = \"string?\"", "items = «\"Order[]?\"», note = \"string?\""]
    {
        let finding = finds(Rule::RouteParameter, &put("PUT", body));
        assert_eq!(finding.level, Level::Warning, "only some calls fail");
        assert!(finding.help.unwrap().ends_with("or make `note` required"));
    }
    passes(&put("POST", "items = \"Order[]\""));
    passes(&put("PUT", "items = \"Order[]\", note = \"string\""));
    passes(&put("PUT", "item = \"Order\""));
    passes(&method("route = \"PUT /V1/acme\"\nbody = { items = \"Order[]\" }\n"));
}

#[test]
fn endless_data() {
    let data = |name: &str, fields: &str| format!("[[data]]\nname = \"{name}\"\nfields = {{ {fields} }}\n");
    finds(Rule::EndlessData, &data("Order", "id = \"int\", parent = «\"Order\"»"));
    let two = data("Order", "item = «\"Item\"»") + &data("Item", "order = \"Order\"");
    let finding = finds(Rule::EndlessData, &two);
    assert!(finding.message.ends_with("`Order` in `Item`"), "{}", finding.message);
    passes(&(data("Order", "items = \"Item[]\"") + &data("Item", "order = \"Order\"")));
    passes(&(data("Order", "item = \"Item\"") + &data("Item", "order = \"Order?\"")));
}

#[test]
fn route_access() {
    let route = |acl: &str| {
        format!(
            "[[service]]\nname = \"OrderExport\"\nmethod = [{{ name = \"get\", route = \"GET /V1/acme\", acl = {acl} }}]\n"
        )
    };
    let finding = finds(Rule::RouteAccess, &route("«[\"self\", \"Magento_Sales::sales\"]»"));
    assert!(finding.reason.unwrap().contains("customers have no ACL resources"));
    finds(Rule::RouteAccess, &route("«[\"Magento_Sales::sales\", \"anonymous\"]»"));
    finds(Rule::RouteAccess, &route("«\"Magento_Backend::all\"»"));
    passes(&route("[\"Magento_Sales::sales\", \"Magento_Sales::actions\"]"));
    passes(&route("\"self\""));
}

#[test]
fn routes_that_fit_the_same_calls() {
    let route = |route: &str| method(&format!("route = {route}\n"));
    let finding = finds(Rule::RouteTaken, &route("«\"GET /V1/products/acme\"»"));
    assert_eq!(finding.level, Level::Warning);
    assert!(finding.message.contains("GET /V1/products/:sku"), "{}", finding.message);
    passes(&route("\"GET /V1/acme/products/:sku\""));
    passes(&route("\"POST /V1/orders/:id/acme\""));
}

#[test]
fn a_class_that_is_not_a_data_interface_is_reported_once() {
    let returns = "route = \"GET /V1/acme\"\nreturns = «'Magento\\Sales\\Model\\Order'»\n";
    let finding = finds(Rule::UnknownType, &method(returns));
    assert_eq!(finding.message, "`Magento\\Sales\\Model\\Order` is not a data interface");
    finds(Rule::SearchType, &method(&format!("search = true\n{returns}")));
}

#[test]
fn own_routes_are_calls() {
    let spec = |call: &str, acl: &str| {
        format!(
            "[[acl]]\nid = \"Acme_ErpBridge::read\"\ntitle = \"Read\"\nparent = \"Magento_Backend::admin\"\n[[service]]\nname = \"OrderExport\"\nmethod = [{{ name = \"get\", route = \"GET /V1/acme/:id\", acl = \"{acl}\" }}]\n[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\ncalls = [{call}]\n[rules]\nacl-unused = \"allow\"\nno-resources = \"allow\"\n"
        )
    };
    passes(&spec("\"GET /V1/acme/:id\"", "Acme_ErpBridge::read"));
    passes(&spec("\"GET /rest/all/V1/acme/42\"", "Acme_ErpBridge::read"));
    finds(Rule::UnknownRoute, &spec("«\"GET /V1/acme\"»", "Acme_ErpBridge::read"));
    finds(Rule::AnonymousRoute, &spec("«\"GET /V1/acme/:id\"»", "anonymous"));
    finds(Rule::SelfRoute, &spec("«\"GET /V1/acme/:id\"»", "self"));
}

#[test]
fn fields_that_magento_means_something_by() {
    for name in ["extension_attributes", "custom_attributes"] {
        finds(
            Rule::InvalidValue,
            &format!("[[data]]\nname = \"Order\"\nfields = {{ «{name}» = \"string\" }}\n"),
        );
    }
    passes("[[data]]\nname = \"Order\"\nfields = { attributes = \"string\" }\n");
}
