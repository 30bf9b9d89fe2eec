use magespec::diag::{Diagnostic, Rule};

use super::{INTEGRATION, MODULE, TARGET, findings, finds, finds_in, fixed, passes, spec};

#[test]
fn toml_syntax() {
    let finding = finds_in(Rule::TomlSyntax, "[module]\nname = «Acme_ErpBridge»\n");
    assert_eq!(finding.help.as_deref(), Some("write \"Acme_ErpBridge\""));
    let finding = finds_in(Rule::TomlSyntax, "[module]\nname = \"A\"\n«name» = \"B\"\n");
    assert_eq!(finding.message, "`name` is set twice in the same table");
    assert_eq!((finding.related[0].span.clone(), finding.related[0].label.as_str()), (9..13, "first here"));
    passes("");
}

#[test]
fn toml_mistakes_are_explained_in_words() {
    for (marked, message, help) in [
        ("name«:» \"x\"", "`name` is followed by a colon", "write name = \"x\""),
        ("  name«:» Acme ERP", "`name` is followed by a colon", "write name = \"Acme ERP\""),
        ("name «»\"x\"", "`name` is not followed by `=`", "write name = \"x\""),
        ("module«»\nname = 1", "`module` is not followed by `=`", "[module] if it is a table"),
        ("name = «\"»x\n", "a string is not closed", "close it with \""),
        ("name = «'»x\n", "a string is not closed", "close it with '"),
        ("name = «\"\"\"»x\ny = 1\n", "a string is not closed", "close it with \"\"\""),
        ("a = «[»1, 2", "a list is not closed", "write ]"),
        ("a = «[»\n  \"x\",\n  \"y\"\nb = 1\n", "a list is not closed", "write ]"),
        ("a = «[»\n  \"x\",\nb = \"1\"\n", "a list is not closed", "write ]"),
        ("a = «[»\n  \"[x\", # [\n\n[module]\nb = 1\n", "a list is not closed", "write ]"),
        ("a = «[»\n  \"x\"\n[[acl]]\nb = 1\n", "a list is not closed", "write ]"),
        ("a = «{» b = 1", "a table is not closed", "write }"),
        ("a = «{» b = 1\n[module]\nc = 1\n", "a table is not closed", "write }"),
        ("[module«»", "header of a table", "write ]"),
        ("[[acl]«»\n", "header of a table", "write ]]"),
        ("a = «1 b» = 2", "two keys are on one line", "new line"),
        ("a = \"1\" «»b", "unexpected text", "new line"),
        ("a = «1 // why»", "`//` does not start a comment", "write #"),
        ("a = \"1\" «//» why", "`//` does not start a comment", "write #"),
        ("«//» why\na = 1\n", "`//` does not start a comment", "write #"),
        ("a = 1\n«/*» why */", "`/*` does not start a comment", "write #"),
        ("«;» why\na = 1\n", "`;` does not start a comment", "write #"),
        ("a = «it@acme.com»\n", "`it@acme.com` is not a value: strings need quotes", "write \"it@acme.com\""),
        ("a = «next»\n", "strings need quotes", "write \"next\""),
        ("a«\u{a0}»= 1\n", "U+00A0, a no-break space, is allowed only in strings", "a plain space"),
        ("a =«\u{a0}»1\n", "U+00A0, a no-break space", "a plain space"),
        ("«\u{2003}»a = 1\n", "U+2003", "a plain space"),
        ("[module]«\u{200b}»\n", "U+200B", "a plain space"),
        ("«<?xml version=\"1.0\"?>»\n<config/>\n", "this is XML, not a spec", "magespec import DIR"),
        ("\n«<config>»\n", "this is XML, not a spec", "magespec import DIR"),
        ("«<?php»\nreturn [];\n", "this is PHP, not a spec", "magespec import DIR"),
        ("«{»\n  \"type\": \"magento2-module\"\n}\n", "this is a composer.json", "magespec import DIR"),
        ("«{ \"module\": {} }»\n", "this is JSON, not a spec", "magespec init"),
        ("«[{ \"name\": 1 }]»\n", "this is JSON, not a spec", "magespec init"),
        ("# module:\n«module:»\n  name: Acme_Erp\n", "this is YAML, not a spec", "magespec init"),
        ("«---»\nmodule: 1\n", "this is YAML, not a spec", "magespec init"),
        ("a = 1\r«»b = 2\r", "this carriage return", "LF or CRLF"),
        ("a = [\n  \"x\"\n  «»\"y\"\n]", "a comma is missing here", "write a comma"),
        ("a = «»\n", "a value is missing", "write, for example"),
        ("a = «True»", "`True` is not a value", "write true"),
        ("a = «“x”»", "`“x”` is not a value", "write \"x\""),
        ("a = «0»1", "`0` is not a value", "without leading zeros"),
        ("n«ä»me = 1", "`ä` is not allowed in a key", "letters"),
        ("«»= 1", "a key is missing", "write, for example"),
        (
            "a = \"«\\q»\"",
            "`\\q` is not an escape sequence",
            "write \\\\ for a backslash, or use single quotes: '\\q'",
        ),
        ("a = \"x'«\\q»\"", "`\\q` is not an escape sequence", "write \\\\ for a backslash"),
        (
            "a = \"C:«\\U»sers\"",
            "`\\U` is too short: 8 hexadecimal digits follow `\\U`",
            "single quotes: 'C:\\Users'",
        ),
        ("a = \"«\\u12»\"", "`\\u12` is too short: 4 hexadecimal digits", "write \\\\"),
        ("a = \"«\\uD800»\"", "`\\uD800` is not a Unicode character", "write the character itself"),
        (
            "a = «\"»x\\\"",
            "a string is not closed: `\\\"` is a quote inside it",
            "write \\\\ for a backslash",
        ),
        (
            "a = \"x«\u{1}»y\"",
            "a string cannot contain U+0001, a control character",
            "remove it, or write \\u0001",
        ),
        ("a = 'x«\u{1}»y'", "a string cannot contain U+0001", "remove it"),
        (
            "a = \"x\"«y»\"",
            "unexpected text after the string: a quote inside it ends it",
            "write \\\" for a quote",
        ),
        ("a = 'it'«s»'", "unexpected text after the string", "in double quotes"),
        ("a = «r»\"x\"", "`r` cannot stand in front of a string", "remove `r`"),
        ("«<<<<<<<» HEAD", "merge conflict", "keep one"),
        ("[module]\n[«module»]", "the table `module` is defined twice", "merge the two tables"),
        ("[acl]\nx = 1\n[«acl»]", "the table `[acl]` is defined twice", "write [[acl]]"),
        ("a = 1\n[«a».b]", "cannot add keys to `a`", "in one place"),
        ("a = { b = 1, «b» = 2 }", "`b` is set twice", "remove one"),
    ] {
        let finding = finds_in(Rule::TomlSyntax, marked);
        assert!(finding.message.contains(message), "{marked}: {finding:#?}");
        assert!(finding.help.as_ref().unwrap().contains(help), "{marked}: {finding:#?}");
    }
    let deep = finds_in(Rule::TomlSyntax, &format!("# 1.\n«[{}a]»\n", "a.".repeat(10_000)));
    assert!(deep.message.contains("nesting is too deep"), "{deep:#?}");
    assert_eq!(fixed("a: 1\n"), "a = 1\n");
    assert_eq!(fixed("a = \"Magento\\Sales\\note\"\n"), "a = 'Magento\\Sales\\note'\n");
    assert_eq!(fixed("a = [r\"x\"]\n"), "a = [\"x\"]\n");
    assert_eq!(fixed("a = \"y\u{1}\"\n"), "a = \"y\\u0001\"\n");
}

#[test]
fn a_comma_is_written_behind_the_last_entry() {
    assert_eq!(fixed("a = [\n  \"x\"\n\n  \"y\"\n]\n"), "a = [\n  \"x\",\n\n  \"y\"\n]\n");
    assert_eq!(fixed("a = [{ b = 1 } { b = 2 }]\n"), "a = [{ b = 1 }, { b = 2 }]\n");
    for unclear in
        ["a = [\n  \"x\" # why\n  «»\"y\"\n]", "a = [\"it\"«»s\"]", "a = [\"x\"«»\"y\"]", "a = [\"x\" «»y]"]
    {
        let finding = finds_in(Rule::TomlSyntax, unclear);
        assert_eq!((&*finding.message, finding.fix), ("a comma is missing here", None), "{unclear}");
    }
}

#[test]
fn first_of_two_keys_is_the_one_in_the_same_table() {
    let text = "[[integration]]\nname = 1\n[[integration]]\nname = 2\nx = { name = 3 }\nname = 4\n";
    let found = findings(text);
    assert_eq!(&text[..found[0].related[0].span.start].lines().count(), &3, "{found:#?}");
}

#[test]
fn unknown_key() {
    let finding = finds(Rule::UnknownKey, "[target]\nmagento = \"2.4.3\"\n«editions» = \"commerce\"\n");
    assert_eq!(finding.help.as_deref(), Some("did you mean `edition`?"));
    assert_eq!(finding.fix.unwrap().replacement, "edition");
    let finding = finds(Rule::UnknownKey, "[«zebra»]\nx = 1\n");
    assert!(finding.help.unwrap().starts_with("known keys are: module, target"));
    passes("[target]\nmagento = \"2.4.3\"\nedition = \"commerce\"\n");
    let taken = "[target]\nmagento = \"2.4.3\"\nedition = \"commerce\"\n«editions» = \"commerce\"\n";
    assert_eq!(finds(Rule::UnknownKey, taken).fix, None);
    let twice = findings(&spec("[target]\nmagento = \"2.4.3\"\neditions = \"a\"\neditionn = \"b\"\n"));
    assert_eq!(twice.iter().map(|finding| &finding.fix).collect::<Vec<_>>(), [&None, &None]);
}

#[test]
fn missing_key() {
    let finding = finds(
        Rule::MissingKey,
        "«[[integration]]»\nname = \"Acme ERP\"\nresources = [\"Magento_Sales::ship\"]\n",
    );
    assert_eq!(finding.message, "`email` is missing in `[[integration]]`");
    assert_eq!(finding.help.as_deref(), Some("write, for example: email = \"erp@acme.com\""));
    assert!(finding.reason.unwrap().contains("aborts"));
    let finding = finds_in(Rule::MissingKey, &format!("«»{MODULE}{INTEGRATION}"));
    assert_eq!(finding.message, "the table `[target]` is missing");
    assert!(finding.help.unwrap().starts_with("write [target] with magento = \">=2.4.4 <2.4.9\""));
    let finding = finds_in(Rule::MissingKey, &format!("«»{MODULE}{TARGET}"));
    assert!(finding.help.unwrap().starts_with("write [[integration]] with name = \"Acme ERP\", email = "));
}

#[test]
fn wrong_type() {
    let finding = finds(
        Rule::WrongType,
        "[[integration]]\nname = «2026-01-01»\nemail = \"erp@acme.com\"\nresources = [\"Magento_Sales::ship\"]\n",
    );
    assert_eq!(finding.message, "expected a string for `name`, found a date or time");
    for value in ["nan", "1.0", "true", "[]", "99999999999999999999", "0x1F"] {
        let fragment =
            format!("[module]\nname = \"Acme_ErpBridge\"\ndescription = «{value}»\nversion = \"1.0.0\"\n");
        finds(Rule::WrongType, &fragment);
    }
    let finding =
        finds_in(Rule::WrongType, &format!("{MODULE}{TARGET}«[integration]»\nname = \"Acme ERP\"\n"));
    assert_eq!(finding.help.as_deref(), Some("write [[integration]], which allows several"));
    assert_eq!(finding.fix.unwrap().replacement, "[[integration]]");
    let inline =
        finds_in(Rule::WrongType, &format!("integration = «{{ name = \"Acme ERP\" }}»{MODULE}{TARGET}"));
    assert_eq!(inline.fix, None);
    finds(
        Rule::WrongType,
        "[module]\nname = \"Acme_ErpBridge\"\ndescription = \"x\"\nversion = \"1.0.0\"\nlicense = «1»\n",
    );
    let module = "[module]\nname = \"Acme_ErpBridge\"\ndescription = \"x\"\nversion = \"1.0.0\"\n";
    for (line, message, help) in [
        (
            "license = [\"MIT\", «3»]",
            "expected a string for an entry of `license`, found an integer",
            "license = \"proprietary\"",
        ),
        (
            "keywords = [\"a\", «1»]",
            "expected a string for an entry of `keywords`, found an integer",
            "keywords = [\"magento2\"",
        ),
        (
            "require = { \"magento/framework\" = «1» }",
            "expected a string for `magento/framework`",
            "\"magento/framework\" = \"^1\"",
        ),
        (
            "require = { ext-curl = «3» }",
            "expected a string for `ext-curl`, found an integer",
            "ext-curl = \"^3\"",
        ),
        ("require = { ext-curl = «true» }", "expected a string for `ext-curl`", "ext-curl = \"*\""),
        ("keywords = «\"a\"»", "expected a list for `keywords`, found a string", "write keywords = [\"a\"]"),
    ] {
        let finding = finds(Rule::WrongType, &format!("{module}{line}\n"));
        assert!(finding.message.starts_with(message), "{}", finding.message);
        assert!(finding.help.as_ref().unwrap().contains(help), "{finding:#?}");
    }
    let found = findings(&spec(&format!("{module}license = [\"MIT\", 3, \"bad!\"]\n")));
    assert_eq!(
        found.iter().map(|finding| finding.rule).collect::<Vec<_>>(),
        [Rule::WrongType, Rule::InvalidValue]
    );
}

#[test]
fn invalid_value() {
    let finding = finds(Rule::InvalidValue, "[target]\nmagento = \"2.4.3\"\nedition = «\"comerce\"»\n");
    assert_eq!(finding.help.as_deref(), Some("did you mean \"commerce\"?"));
    assert_eq!(finding.fix.unwrap().replacement, "\"commerce\"");
    let module = "[module]\nname = \"Acme_ErpBridge\"\nversion = \"1.0.0\"\n";
    finds(Rule::InvalidValue, &format!("{module}description = «\" \"»\n"));
    finds(Rule::InvalidValue, &format!("{module}description = \"x\"\nlicense = «\"MIT;\"»\n"));
    finds(Rule::InvalidValue, &format!("{module}description = \"x\"\nlicense = «[]»\n"));
    finds(Rule::InvalidValue, &format!("{module}description = \"x\"\ncopyright = «\"a\\nb\"»\n"));
    finds(Rule::InvalidValue, &format!("{module}description = \"x\"\nrequire = {{ «Acme» = \"*\" }}\n"));
    finds(Rule::InvalidValue, &format!("{module}description = \"x\"\nrequire = {{ «hhvm» = \"*\" }}\n"));
    for line in [
        "homepage = «\"not a url\"»",
        "homepage = «\"ftp://acme.com\"»",
        "authors = [{ name = \"A\", email = «\"bad\"» }]",
        "authors = [{ name = \"A\", email = «\"a..b@acme.com\"» }]",
        "authors = [{ name = \"A\", homepage = «\"x\"» }]",
    ] {
        finds(Rule::InvalidValue, &format!("{module}description = \"x\"\n{line}\n"));
    }
    passes(&format!(
        "{module}description = \"x\"\nhomepage = \"https://acme.com/a?b#c\"\nauthors = [{{ name = \"A\", email = \"a.b@acme.com\", homepage = \"http://acme.com\" }}]\n"
    ));
    passes(&format!(
        "{module}description = \"x\"\nrequire = {{ ext-curl = \"*\" }}\nlicense = [\"MIT\", \"OSL-3.0\"]\n"
    ));
}

/// A service with these lines of its one method.
fn route(text: &str) -> String {
    format!(
        "[[service]]\nname = \"Orders\"\nmethod = [{{ name = \"get\", route = «\"{text}\"», acl = \"anonymous\" }}]\n"
    )
}

#[test]
fn the_reason_is_what_is_wrong() {
    for (text, reason) in [
        ("PATCH /V1/acme", "no PATCH"),
        ("get /V1/acme", "uppercase"),
        ("GET /acme", "start with a version"),
        ("GET /V1/acme/{id}", ":orderId"),
        ("GET /V1/acme?x=1", "not part of a route"),
        ("GET /V1/acme\\nx", "line break"),
        ("", "empty"),
    ] {
        let finding = finds(Rule::InvalidValue, &route(text));
        assert!(finding.reason.as_ref().unwrap().contains(reason), "{finding:#?}");
    }
    let csp = |text: &str| format!("[csp]\nscript-src = [«\"{text}\"»]\n");
    for (text, reason) in [("'sha256-abc='", "32 bytes"), ("sha256-abc", "hashes")] {
        let finding = finds(Rule::InvalidValue, &csp(text));
        assert!(finding.reason.as_ref().unwrap().contains(reason), "{finding:#?}");
    }
}

#[test]
fn lengths_are_reported_with_their_limit() {
    for (text, message) in [
        (
            "[[data]]\nname = «\"A\"»\nfields = { id = \"int\" }\n".to_owned(),
            "has 1 character, but needs at least 2",
        ),
        (
            format!("[[data]]\nname = «\"A{}\"»\nfields = {{ id = \"int\" }}\n", "b".repeat(64)),
            "has 65 characters, but at most 64 are allowed",
        ),
        (
            "[[cron]]\nname = «\"a\"»\nschedule = \"0 3 * * *\"\n".to_owned(),
            "has 1 character, but needs at least 2",
        ),
    ] {
        let finding = finds(Rule::InvalidValue, &text);
        assert!(finding.message.contains(message), "{}", finding.message);
    }
}

#[test]
fn one_fault_is_reported_once() {
    let setting =
        |keys: &str| format!("[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"erp/mode\"\n{keys}\n");
    finds(Rule::InvalidValue, &setting("type = \"select\"\noptions = { «\"a b\"» = \"A\" }"));
    let finding = finds(Rule::WrongType, &setting("type = \"text\"\ndefault = «{ a = 1 }»"));
    assert!(finding.message.contains("a boolean, an integer, a string or a list"), "{}", finding.message);
}

#[test]
fn control_character() {
    let finding = finds(
        Rule::ControlCharacter,
        "[module]\nname = \"Acme_ErpBridge\"\ndescription = «\"a\\u0007b\"»\nversion = \"1.0.0\"\n",
    );
    assert_eq!(finding.message, "the character U+0007 is not allowed in XML");
    passes(
        "[module]\nname = \"Acme_ErpBridge\"\ndescription = \"tab\\t, line\\n and 🦀\"\nversion = \"1.0.0\"\n",
    );
}

#[test]
fn several_mistakes_are_reported_at_once() {
    let found = findings(&spec(
        "[[integration]]\nname = \"A\"\nemail = \"nobody\"\nendpoint_url = \"\"\nresource = []\nresources = [\"Magento_Log::online\", \"x\"]\n",
    ));
    let rules: Vec<Rule> = found.iter().map(|finding| finding.rule).collect();
    assert_eq!(
        rules,
        [
            Rule::IntegrationName,
            Rule::EmailFormat,
            Rule::EmptyUrl,
            Rule::UnknownKey,
            Rule::UnknownResource,
            Rule::ResourceFormat
        ]
    );
}

#[test]
fn invisible_character() {
    let named = |name: &str| INTEGRATION.replace("\"Acme ERP\"", name);
    for hidden in ["\u{200b}", "\u{202e}", "\u{feff}", "\u{ad}", "\u{9b}", "\u{200d}"] {
        let text = format!("{MODULE}{TARGET}{}", named(&format!("«\"ERP{hidden}\"»")));
        let finding = finds_in(Rule::InvisibleCharacter, &text);
        assert!(finding.help.unwrap().starts_with("remove U+"), "{hidden:?}");
    }
    for visible in ["Größe 漢", "می\u{200c}خواهم"] {
        passes(&format!("{MODULE}{TARGET}{}", named(&format!("\"{visible}\""))));
    }
}

#[test]
fn every_text_of_a_finding_is_printable() {
    let hostile = "a\u{1b}[2J\u{202e}\nb";
    let finding = Diagnostic::new(Rule::InvalidValue, hostile)
        .label(hostile)
        .reason(hostile)
        .help(hostile)
        .module_help(hostile)
        .related(0..1, hostile);
    let Diagnostic { message, label, reason, help, module_help, related, .. } = finding;
    let texts =
        [Some(message), label, reason, help, module_help, related.into_iter().next().map(|it| it.label)];
    for text in texts {
        assert_eq!(text.as_deref(), Some("a␛[2J<U+202E>␊b"));
    }
}

#[test]
fn alternatives_of_a_value_are_told_apart() {
    let webhook = "[[webhook]]\ntopic = \"a.b\"\nevent = \"sales_order_save_after\"\nfields = { status = \"string\" }\n";
    let found = findings(&spec(&format!("{webhook}when = {{ grand_total = {{ min = \"x\" }} }}\n")));
    let wrong = found.iter().find(|it| it.rule == Rule::WrongType).expect("a wrong type");
    assert!(wrong.message.contains("`min`") && wrong.message.ends_with("found a string"), "{wrong:#?}");
    let finding = finds(Rule::InvalidValue, &format!("{INTEGRATION}keep_credentials = «\"always\"»\n"));
    assert_eq!(finding.help.as_deref(), Some("allowed values: true, false, \"unless-permissions-grow\""));
}
