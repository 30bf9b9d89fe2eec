//! Every document against its schema, in success and in failure, with every list filled in some run.

use std::{
    collections::BTreeSet,
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener},
    path::Path,
    thread,
};

use magespec::cli::{DocumentSchema, document_schemas};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{SPEC, document, magespec, mock_activate, mock_run, project};

const LOG: &str = "\
    GET /V1/orders\nGET /V1/nothing/here\nPOST /V1/integration/admin/token\nPOST /V1/integration/customer/token\n\
    GET /V1/carts/mine\nPOST /V1/products\n\
    1.2.3.4 - - [02/Mar/2026:08:30:00 +0000] \"GET /rest/V1/orders/1 HTTP/1.1\" 401 1 \"-\" \"erp\"\n\
    1.2.3.4 - - [02/Mar/2026:08:30:00 +0000] \"GET /rest/V1/orders/1 HTTP/1.1\" 200 1 \"-\" \"curl\"\n\
    one line about /rest/V1 only\n";

/// A file of a shop.
fn catalog(release: &str, version: &str, more: &str) -> String {
    format!(
        "magespec catalog 4\nrelease\t{release}\nmodule\tAcme_Stock\tacme/module-stock\t{version}\n\
         resource\tMagento_Backend::admin\t\tMagento Admin\t20\n\
         resource\tAcme_Stock::stock\tMagento_Backend::admin\tStock\t0\n{more}"
    )
}

/// A project with whatever commands can read.
fn whole() -> TempDir {
    let dir = project();
    let write = |name: &str, text: &str| {
        let file = dir.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    let example = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    write("erp/integration.toml", &example("examples/erp/integration.toml"));
    write("bridge/integration.toml", &example("examples/erp-bridge/integration.toml"));
    write(
        "warned.toml",
        &SPEC.replace("description =", "descripton =").replace("actions_view", "actions_vieww"),
    );
    write(
        "changed.toml",
        &SPEC.replace("warehouse@acme.com", "other@acme.com").replace("actions_view", "ship"),
    );
    write("broken.toml", "[module]\nname = \n");
    write("access.log", LOG);
    let route = "route = \"GET /V1/acme-erp/orders/:incrementId\"";
    let ends = example("examples/erp-bridge/integration.toml");
    write("ends.toml", &ends.replace(route, &format!("{route}\ndeprecated = \"2099-06-01\"")));
    let request = "::1 - - [01/Dec/2026:09:00:00 +0000] \"GET /rest/V1/acme-erp/orders/7 HTTP/1.1\" 200 1 \"-\" \"erp/1\"\n";
    let called = "Deprecated route called: GET /V1/acme-erp/orders/:incrementId {\"caller\":\"a guest\"}\n";
    write("acme.log", &format!("{request}{called}"));
    let route = "route\t/V1/acme/stock\tGET\t\tAcme_Stock::stock\n";
    write("shops/old.catalog", &catalog("2.4.6", "1.0.0", route));
    let added = "resource\tAcme_Stock::move\tMagento_Backend::admin\tMove\t0\n";
    write("shops/new.catalog", &catalog("2.4.7", "1.1.0", added));
    let named = "magento = \"2.4.6\"\ncatalog = \"old.catalog\"";
    let named =
        SPEC.replace("magento = \"2.4.2\"", named).replace("Magento_Sales::actions_view", "Acme_Stock::*");
    write("shops/integration.toml", &named);
    let hooks = format!("default = \"http://{}\"", receiver());
    write(
        "hooks.toml",
        &example("examples/erp-bridge/integration.toml")
            .replace("default = \"https://erp.acme.com\"", &hooks),
    );
    write(
        "refused.txt",
        "GET https://shop.example/rest/V1/orders/1\n\n{\"message\":\"The consumer isn't authorized\"}",
    );
    assert_eq!(magespec(dir.path(), &["build", "--out", "module"]).status, 0);
    assert_eq!(magespec(dir.path(), &["build", "--out", "edited"]).status, 0);
    write("edited/etc/integration.xml", "mine");
    assert_eq!(magespec(dir.path(), &["build", "bridge", "--no-sync"]).status, 0);
    write("bridge/Model/OrderExport.php", "<?php\nclass OrderExport {}\n");
    let bridge = example("examples/erp-bridge/integration.toml").replace("/V1/acme-erp/", "/V1/acme-erp-2/");
    write("bridge/integration.toml", &bridge);
    write("module/etc/crontab.xml", "<config><group id=\"default\"><job name=\"a\"/></group></config>");
    write(
        "php.sh",
        "m=$(sed -n 's/.*\"marker\":\"\\([^\"]*\\)\".*/\\1/p' | head -n 1)\nprintf '%s%s%s\\n' \"$m\" \"$(cat answer.json)\" \"$m\"\n",
    );
    write("answer.json", &answer().to_string());
    write(
        "keys.sh",
        "m=$(sed -n 's/.*\"marker\":\"\\([^\"]*\\)\".*/\\1/p' | head -n 1)\nprintf '%s%s%s\\n' \"$m\" \"$(cat keys.json)\" \"$m\"\n",
    );
    let consumer = |id: u64| {
        json!({
            "id": id, "name": format!("Integration{id}"), "created_at": "2026-01-02 00:00:00", "updated_at": null,
            "tokens": if id == 1 { vec![json!({ "id": 3, "created_at": "2026-01-02 00:00:00" })] } else { vec![] },
            "last_call": null,
        })
    };
    let row = |id: u64, name: &str, status: u8| {
        json!({
            "id": id, "name": name, "status": status, "setup_type": 1, "has_handshake": false,
            "created_at": "2026-01-02 00:00:00", "consumer": consumer(id), "secrets": null,
        })
    };
    let keys = json!({ "answer": {
        "integrations": [row(1, "Acme Warehouse", 1), row(2, "New", 0)], "unused": [consumer(9)], "remembered_minutes": 120,
    } });
    write("keys.json", &keys.to_string());
    let commerce = mock_run::SPEC.replace("[target]\n", "[target]\nedition = \"commerce\"\n");
    write("mock/integration.toml", &commerce);
    write("mock/fixtures/a.json", "{ \"call\": \"GET /V1/invoices\", \"body\": 1 }");
    let calls = format!("{};GET /rest/V1/carts/guest-carts/a/checkGiftCard/b", mock_run::BROKEN);
    write("mock.sh", &format!("CALLS='{calls}' {}\n", mock_run::client_command()));
    write("activate/integration.toml", &mock_activate::spec_with_connector());
    dir
}

/// Address of a receiver that accepts everything.
fn receiver() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut message = [0; 4096];
            let _ = stream.read(&mut message);
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n");
        }
    });
    address
}

/// Answer of a shop in which the integration has other resources, beside an orphan.
fn answer() -> Value {
    let row = |id: u64, name: &str| {
        json!({
            "id": id, "name": name, "email": "a@acme.com", "endpoint_url": null, "identity_link_url": null, "status": 1,
            "setup_type": 1, "created_at": "2026-01-02 00:00:00",
            "consumer": { "id": id, "created_at": "2026-01-02 00:00:00", "has_token": true }, "granted": ["a::b"],
        })
    };
    json!({ "answer": {
        "magento": {
            "version": "2.4.2", "distribution": { "name": "Mage-OS", "version": "1.0.0" },
            "edition": "Community", "mode": "default", "php": "7.4.0", "maintenance": false,
            "config_hash": null,
        },
        "module": {
            "path": "/shop/app/code/Acme/Orders", "enabled": true, "setup_version": null, "schema_version": null,
            "data_version": null, "patches": [],
        },
        "order": ["Acme_Orders"], "next_order": ["Acme_Orders", "Acme_New"], "waiting": ["Acme_Wait"],
        "integrations": [row(1, "Acme Warehouse"), row(2, "Acme Gone")],
        "declared": {
            "integrations": [{
                "name": "Acme Warehouse", "format": "consolidated", "email": "warehouse@acme.com", "endpoint_url": null,
                "identity_link_url": null, "resources": ["Magento_Sales::actions_view"], "modules": ["Acme_Orders"],
            }],
            "files": [], "error": null,
        },
        "columns": null, "acl": {}, "added": {}, "code": [], "spare": [],
        "tables": {
            "integration": "integration", "oauth_consumer": "oauth_consumer", "authorization_role": "authorization_role",
        },
    } })
}

/// Command lines by schema, and their exit status.
const RUNS: [(&str, &str, i32); 60] = [
    ("access", "access integration.toml erp", 0),
    ("access", "access integration.toml broken.toml nope.toml", 1),
    ("acl", "acl order view", 0),
    ("acl", "acl --under Magento_Sales::nope", 1),
    ("acl-changed", "acl --changed 2.4.3 2.4.4", 0),
    ("acl-changed", "acl --changed 2.4.4 x", 1),
    ("build", "build", 0),
    ("build", "build --out edited", 1),
    ("build", "build --check", 2),
    ("build", "build broken.toml --dry-run", 1),
    ("calls", "calls access.log --agent erp", 0),
    ("calls", "calls access.log", 0),
    ("calls", "calls access.log --check integration.toml", 2),
    ("calls", "calls access.log acme.log --check ends.toml", 2),
    ("calls", "calls access.log --into integration.toml --dry-run", 0),
    ("calls", "calls nope.log", 1),
    ("catalog-diff", "catalog --diff shops/old.catalog shops/new.catalog", 0),
    ("catalog-diff", "catalog --diff shops/old.catalog nope", 1),
    ("changes", "changes changed.toml --from integration.toml", 0),
    ("changes", "changes broken.toml", 1),
    ("check", "check", 0),
    ("check", "check erp", 0),
    ("check", "check warned.toml", 1),
    ("check", "check module", 1),
    ("check", "check nope.toml", 1),
    ("credentials", "credentials --magento /shop --php sh#keys.sh", 0),
    ("credentials", "credentials --magento /shop --php sh#keys.sh --activate New --yes", 0),
    ("credentials", "credentials --magento /nonexistent", 1),
    ("diff", "diff", 0),
    ("diff", "diff --out edited changed.toml", 0),
    ("diff", "diff broken.toml", 1),
    ("explain", "explain", 0),
    ("explain", "explain unknown-resource", 0),
    ("explain", "explain nope", 1),
    ("import", "import module --dry-run", 0),
    ("import", "import nope", 1),
    ("mock", "mock mock/integration.toml --run sh#mock.sh --fixtures mock/fixtures", 2),
    ("mock", "mock broken.toml", 1),
    ("mock-activate", "mock activate Acme#ERP activate --port 0", 0),
    ("mock-activate", "mock activate Acme#EPR activate --port 0", 1),
    ("mock-send", "mock send order.saved hooks.toml --break signature", 2),
    ("mock-send", "mock send order.saved integration.toml", 1),
    ("plan", "plan erp", 0),
    ("plan", "plan changed.toml --from integration.toml", 0),
    ("plan", "plan --live /shop --php sh#php.sh", 0),
    ("plan", "plan broken.toml", 1),
    ("plan", "plan bridge", 0),
    ("plan-upgrade", "plan --upgrade 2.4.2 2.4.8 integration.toml broken.toml", 1),
    ("plan-upgrade", "plan --upgrade 2.4.6 2.4.7 shops", 0),
    ("plan-upgrade", "plan --upgrade 2.4.8 2.4.2", 1),
    ("routes", "routes orders", 0),
    ("routes", "routes --needs Magento_Sales::nope", 1),
    ("routes-changed", "routes --changed 2.4.3 2.4.4", 0),
    ("routes-changed", "routes --changed 2.4.4 x", 1),
    ("routes-granted-by", "routes --granted-by integration.toml", 0),
    ("routes-granted-by", "routes --granted-by broken.toml", 1),
    ("status", "status --magento /shop --php sh#php.sh", 2),
    ("status", "status --magento /nonexistent", 1),
    ("why", "why refused.txt --release 2.4.7", 0),
    ("why", "why nope.txt", 1),
];

#[test]
fn each_document_is_as_its_schema_says() {
    let (mut seen, mut wrong, shared) = (BTreeSet::new(), Vec::new(), whole());
    for DocumentSchema { name, schema, .. } in document_schemas() {
        let validator = jsonschema::validator_for(&schema).unwrap();
        let runs = RUNS.iter().filter(|(of, ..)| *of == name);
        for (_, line, expected) in runs.clone() {
            // Only builds write.
            let fresh = (name == "build").then(whole);
            let dir = fresh.as_ref().unwrap_or(&shared);
            let (status, document) = document(dir.path(), &format!("{line} --format json"));
            let faults: Vec<String> = validator
                .iter_errors(&document)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{line}: {faults:#?}\n{document:#}");
            let is_error = document.get("error").is_some();
            if (status, is_error) != (*expected, status == 1) {
                wrong.push(format!("{line} ends with {status}: {}", document["error"]));
            }
            keys(&schema, name, &schema, Some(&document), &mut seen);
        }
        assert!(runs.count() > 0, "{name}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let mut all = BTreeSet::new();
    document_schemas().iter().for_each(|it| keys(&it.schema, it.name, &it.schema, None, &mut all));
    let never: Vec<&String> = all.difference(&seen).collect();
    assert!(never.is_empty(), "no run has these keys: {never:#?}");
}

/// Collects the keys of a schema by the type that has them: those that an instance has, or all without one.
fn keys(root: &Value, place: &str, part: &Value, instance: Option<&Value>, into: &mut BTreeSet<String>) {
    if let Some(pointer) = part["$ref"].as_str().and_then(|place| place.strip_prefix('#')) {
        let name = pointer.rsplit('/').next().unwrap();
        return keys(root, name, root.pointer(pointer).unwrap(), instance, into);
    }
    for (key, below) in part["properties"].as_object().into_iter().flatten() {
        let own = instance.map(|instance| instance.get(key));
        if own != Some(None) {
            let place = format!("{place}.{key}");
            keys(root, &place, below, own.flatten(), into);
            into.insert(place);
        }
    }
    for one in ["anyOf", "oneOf"].into_iter().filter_map(|key| part[key].as_array()).flatten() {
        keys(root, place, one, instance, into);
    }
    if let Some(items) = part.get("items") {
        match instance.map(|list| list.as_array().map(Vec::as_slice).unwrap_or_default()) {
            Some(list) => list.iter().for_each(|one| keys(root, place, items, Some(one), into)),
            None => keys(root, place, items, None, into),
        }
    }
}
