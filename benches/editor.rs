//! Times the language server on a spec of 2,000 lines, over standard input and output: `cargo bench --bench editor`.

#[allow(dead_code)]
#[path = "../tests/command/lsp/editor.rs"]
mod editor;

use std::fmt::Write as _;

use divan::Bencher;
use editor::{Editor, position_behind};
use serde_json::{Value, json};

fn main() {
    divan::main();
}

/// Place at which is typed.
const TYPED: &str = "resources = [\"view order";

/// A spec of 2,000 lines with what makes the most work: ACL resources, settings, services and webhooks.
fn spec() -> String {
    let mut text = format!(
        "[module]\nname = \"Acme_Large\"\ndescription = \"Large\"\nversion = \"1.0.0\"\nlicense = \"proprietary\"\n\n\
         [target]\nmagento = \">=2.4.4 <2.4.9\"\n\n[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\n\
         calls = [\"GET /V1/orders\", \"POST /V1/order/:orderId/ship\"]\n{TYPED}\"]\n\n\
         [settings]\nlabel = \"Acme Large\"\n"
    );
    for at in 0..120 {
        let _ = write!(
            text,
            "\n[[acl]]\nid = \"Acme_Large::node_{at}\"\ntitle = \"Node {at}\"\nparent = \"Magento_Backend::admin\"\n\
             \n[[setting]]\npath = \"group_{}/field_{at}\"\ntype = \"text\"\nlabel = \"Field {at}\"\n",
            at / 10
        );
    }
    for at in 0..60 {
        let _ = write!(
            text,
            "\n[[service]]\nname = \"Export{at}\"\n\n[[service.method]]\nname = \"get\"\n\
             route = \"GET /V1/acme-large/exports-{at}/:id\"\nacl = \"Acme_Large::node_{at}\"\nreturns = \"string\"\n\
             \n[[observer]]\nname = \"observer_{at}\"\nevent = \"sales_order_save_after\"\n"
        );
    }
    let lines = text.lines().count();
    for at in lines..2000 {
        let _ = writeln!(text, "# Line {at}.");
    }
    text
}

/// From the text to its findings.
#[divan::bench]
fn diagnostics(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let text = spec();
    let mut editor = Editor::open(dir.path(), &text);
    editor.diagnostics();
    bencher.bench_local(|| {
        editor.open_file("integration.toml", "toml", &text);
        editor.latest_diagnostics()
    });
}

/// From a letter to the completions behind it.
#[divan::bench]
fn completion(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let text = spec();
    let mut editor = Editor::open(dir.path(), &text);
    editor.diagnostics();
    let at = position_behind(&text, TYPED);
    let params = json!({ "textDocument": { "uri": editor.uri }, "position": at });
    let change = |from: &Value, to: &Value, text: &str| json!([{ "range": { "start": from, "end": to }, "text": text }]);
    let mut next = at.clone();
    next["character"] = json!(at["character"].as_u64().unwrap() + 1);
    bencher.bench_local(|| {
        editor.change(change(&at, &at, "s"));
        editor.change(change(&at, &next, ""));
        editor.request("textDocument/completion", params.clone())
    });
}
