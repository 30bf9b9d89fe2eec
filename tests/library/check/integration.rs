use magespec::diag::{Level, Rule};

use super::{MODULE, finds, passes};

fn integration(lines: &str) -> String {
    format!(
        "[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\nresources = [\"Magento_Sales::ship\"]\n{lines}\n"
    )
}

fn pair(first: &str, second: &str) -> String {
    let one = |name: &str| {
        format!("[[integration]]\nname = {name}\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::ship\"]\n")
    };
    one(first) + &one(second)
}

#[test]
fn duplicate_integration() {
    for (first, second) in [
        ("ERP", "ERP"),
        ("ERP", "erp"),
        ("Café", "Cafe"),
        ("Ärger", "arger"),
        ("ERP", "ERP "),
        ("Straße", "Strase"),
        ("Acmeſ", "Acmes"),
        ("Acmeẛ", "ACMES"),
    ] {
        finds(Rule::DuplicateIntegration, &pair(&format!("\"{first}\""), &format!("«\"{second}\"»")));
    }
    for (first, second) in [("ERP", "ERP 2"), ("Acmes\u{301}", "Acmes"), ("Straße", "Strasse")] {
        passes(&pair(&format!("\"{first}\""), &format!("\"{second}\"")));
    }
}

#[test]
fn integration_name() {
    let named = |name: &str| {
        format!("[[integration]]\nname = {name}\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::ship\"]\n")
    };
    for name in [String::new(), "A".to_owned(), "x".repeat(256), "  ".to_owned(), "\\t\\n\u{a0}".to_owned()] {
        finds(Rule::IntegrationName, &named(&format!("«\"{name}\"»")));
    }
    passes(&named(&format!("\"{}\"", "ü".repeat(255))));
    passes(&named("\"AB\""));
}

fn named_in(target: &str, name: &str) -> String {
    format!(
        "[target]\nmagento = \"{target}\"\n[[integration]]\nname = {name}\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::sales\"]\n\
         [rules]\nbearer-token-refused = \"allow\"\ntarget-always-resets = \"allow\"\n"
    )
}

#[test]
fn name_apostrophe() {
    for target in ["2.0.0", "2.1.0", "~2.3.0", "2.4.8-p1"] {
        let finding = finds(Rule::NameApostrophe, &named_in(target, "«\"Acme's ERP\"»"));
        assert!(finding.help.unwrap().contains("\"Acme’s ERP\""), "{target}");
    }
    passes(&named_in("2.4.3", "'Acme’s \"ERP\"'"));
    let legacy = "[module]\nname = \"Acme_ErpBridge\"\ndescription = \"Lets\"\nversion = \"1.0.0\"\nformat = \"legacy\"\n";
    let finding = finds(Rule::NameApostrophe, &(legacy.to_owned() + &named_in("2.4.3", "«\"Acme's ERP\"»")));
    assert!(finding.reason.unwrap().contains("config.xml or api.xml"));
}

#[test]
fn four_byte_character() {
    for target in ["2.0.0", "2.4.3", ">=2.4.7 <2.4.9"] {
        finds(Rule::FourByteCharacter, &named_in(target, "«\"Acme 😀\"»"));
    }
    passes(&named_in("2.4.8", "\"Acme 😀\""));
    passes(&named_in("2.4.3", "\"Acme \u{ffee} ü €\""));
    for (key, value) in [("email", "😀@acme.com"), ("endpoint_url", "https://acme.com/😀")] {
        let other = "identity_link_url = \"https://acme.com\"";
        let email = if key == "email" { "" } else { "email = \"a@b.co\"\n" };
        let text = format!(
            "[[integration]]\nname = \"Acme ERP\"\n{email}resources = [\"Magento_Sales::ship\"]\n{key} = «\"{value}\"»\n{}\n",
            if key == "email" { "" } else { other }
        );
        let finding = finds(Rule::FourByteCharacter, &text);
        assert!(finding.reason.unwrap().contains("every setup:upgrade resets"), "{key}");
    }
}

#[test]
fn email_format() {
    let with = |email: &str| {
        format!("[[integration]]\nname = \"Acme\"\nemail = {email}\nresources = [\"Magento_Sales::ship\"]\n")
    };
    for email in ["a@bc", "nobody", "@b.c", "a@.c", "a@b.", "a@", "@"] {
        let finding = finds(Rule::EmailFormat, &with(&format!("«\"{email}\"»")));
        assert!(finding.reason.unwrap().contains(r"[^@]+@[^\.]+\..+"), "{email}");
    }
    for (email, reason) in [
        (" a@b.c", "starts or ends with white space"),
        ("a@b.c\\t", "starts or ends with white space"),
        ("a@b\\n.c", "a line break"),
    ] {
        let finding = finds(Rule::EmailFormat, &with(&format!("«\"{email}\"»")));
        assert!(finding.reason.unwrap().contains(reason), "{email}");
    }
    for email in ["first.last+tag@sub.acme.co.uk", "a b@c d.e", "a@b@c.d", "ü@é.ö"] {
        passes(&with(&format!("\"{email}\"")));
    }
}

#[test]
fn value_too_long() {
    let long = "x".repeat(256);
    let with = |email: &str| {
        format!("[[integration]]\nname = \"Acme\"\nemail = {email}\nresources = [\"Magento_Sales::ship\"]\n")
    };
    finds(Rule::ValueTooLong, &with(&format!("«\"{long}@acme.com\"»")));
    let url =
        |url: &str| integration(&format!("endpoint_url = {url}\nidentity_link_url = \"https://acme.com\""));
    finds(Rule::ValueTooLong, &url(&format!("«\"https://acme.com/{long}\"»")));
    passes(&url(&format!("\"https://acme.com/{}\"", "x".repeat(238))));
}

#[test]
fn empty_url() {
    finds(Rule::EmptyUrl, &integration("endpoint_url = «\"\"»\nidentity_link_url = \"https://acme.com\""));
    passes(&integration(""));
}

#[test]
fn url_too_short() {
    finds(
        Rule::UrlTooShort,
        &integration("endpoint_url = «\"a.b\"»\nidentity_link_url = \"https://acme.com\""),
    );
}

#[test]
fn urls_that_magento_refuses() {
    for (url, fault) in [
        ("https://acme.com/%", "`%`"),
        ("https://acme.com/%zz", "`%`"),
        ("%%%%", "`%`"),
        ("https://acme.com/[", "brackets"),
        ("https://acme.com/]", "brackets"),
        ("https://ac[me.com/", "brackets"),
        ("https://acme.com/a#b#c", "more than one `#`"),
        ("https://acme.com:port/", "port"),
        ("https://acme.com:/", "port"),
        ("https://[2001:db8::1", "bracket"),
        ("::::", "scheme"),
        ("1a://acme.com", "scheme"),
        ("https://acme.com/a b", "white space"),
    ] {
        let with = format!("endpoint_url = «\"{url}\"»\nidentity_link_url = \"https://acme.com\"");
        let finding = finds(Rule::InvalidValue, &integration(&with));
        assert!(finding.message.contains(fault), "{url}: {}", finding.message);
    }
    for url in [
        "https://acme.com/%2F",
        "https://[2001:4860::1]:8443/",
        "https://acme.com:8443",
        "https://acme.com/{x}/ü",
    ] {
        passes(&integration(&format!("endpoint_url = \"{url}\"\nidentity_link_url = \"https://acme.com\"")));
    }
}

#[test]
fn url_not_https() {
    let with =
        |url: &str| integration(&format!("endpoint_url = {url}\nidentity_link_url = \"https://acme.com\""));
    let finding = finds(Rule::UrlNotHttps, &with("«\"http://acme.com/token\"»"));
    assert_eq!(finding.help.as_deref(), Some("write \"https://acme.com/token\""));
    passes(&with("\"https://acme.com/token\""));
}

#[test]
fn url_scheme() {
    for key in ["endpoint_url", "identity_link_url"] {
        let other = if key == "endpoint_url" { "identity_link_url" } else { "endpoint_url" };
        for url in [
            "acme.com",
            "javascript:alert(1)",
            "JavaScript://acme.com/%0aalert(1)",
            "data:text/html,x",
            "ftp://acme.com",
            "//acme.com/x",
            "file:///etc/passwd",
            "https:acme.com",
            "https:///x",
        ] {
            let text = integration(&format!("{key} = «\"{url}\"»\n{other} = \"https://acme.com\""));
            let finding = finds(Rule::UrlScheme, &text);
            assert_eq!(finding.level, Level::Error);
        }
    }
}

#[test]
fn url_credentials() {
    let url = "«\"https://user:pw@acme.com/x\"»";
    finds(
        Rule::UrlCredentials,
        &integration(&format!("endpoint_url = {url}\nidentity_link_url = \"https://acme.com\"")),
    );
    finds(
        Rule::UrlCredentials,
        &integration(&format!("endpoint_url = \"https://acme.com\"\nidentity_link_url = {url}")),
    );
    finds(Rule::UrlCredentials, &MODULE.replace("[module]", &format!("[module]\nhomepage = {url}")));
    finds(Rule::UrlCredentials, &format!("[composer]\nsupport.docs = {url}\n"));
    finds(Rule::UrlCredentials, &format!("[composer]\nrepositories = [{{ type = \"vcs\", url = {url} }}]\n"));
    let setting = "[settings]\nlabel = \"Acme\"\n[[setting]]\npath = \"erp/value\"\ntype =";
    for kind in ["url", "text", "textarea"] {
        finds(Rule::UrlCredentials, &format!("{setting} \"{kind}\"\ndefault = {url}\n"));
    }
}

#[test]
fn url_not_public() {
    let with =
        |url: &str| integration(&format!("identity_link_url = {url}\nendpoint_url = \"https://acme.com\""));
    for host in ["localhost", "192.168.0.1", "erp.test", "erp.local", "erp.acme.example", "abc.ngrok.io"] {
        finds(Rule::UrlNotPublic, &with(&format!("«\"https://{host}/\"»")));
    }
    passes(&with("\"https://erp.acme.com/\""));
}

#[test]
fn email_placeholder() {
    let with = |email: &str| {
        format!("[[integration]]\nname = \"Acme\"\nemail = {email}\nresources = [\"Magento_Sales::ship\"]\n")
    };
    for domain in ["acme.invalid", "mail.acme.INVALID"] {
        finds(Rule::EmailPlaceholder, &with(&format!("«\"erp@{domain}\"»")));
    }
    passes(&with("\"erp@example.com\""));
    passes(&with("\"erp@acme.example\""));
}

#[test]
fn only_one_url() {
    finds(Rule::OnlyOneUrl, &integration("«endpoint_url» = \"https://acme.com\""));
    finds(Rule::OnlyOneUrl, &integration("«identity_link_url» = \"https://acme.com\""));
    passes(&integration("endpoint_url = \"https://acme.com\"\nidentity_link_url = \"https://acme.com\""));
}

#[test]
fn no_resources() {
    finds(Rule::NoResources, "«[[integration]]»\nname = \"Acme\"\nemail = \"a@b.co\"\n");
    finds(Rule::NoResources, "[[integration]]\nname = \"Acme\"\nemail = \"a@b.co\"\n«resources» = []\n");
    for (rule, entry) in
        [(Rule::ResourceFormat, "Magento_Sales"), (Rule::PatternMatchesNothing, "Magento_Sales::zzz*")]
    {
        let only = "[[integration]]\nname = \"Acme\"\nemail = \"a@b.co\"\nresources = ";
        finds(rule, &format!("{only}[«\"{entry}\"»]\n"));
    }
    finds(
        Rule::NoResources,
        "[[integration]]\nname = \"Acme\"\nemail = \"a@b.co\"\n«resources» = [\"Magento_Sales::ship\", \"!Magento_Sales::ship\"]\n",
    );
}

#[test]
fn bearer_token_refused() {
    let on = |target: &str| {
        format!(
            "[target]\nmagento = \"{target}\"\n«[[integration]]»\nname = \"Acme\"\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::ship\"]\n"
        )
    };
    for target in [">=2.4.2 <2.4.9", "2.4.7"] {
        let finding = finds(Rule::BearerTokenRefused, &on(target));
        assert!(finding.message.contains("from 2.4.4 on"), "{}", finding.message);
    }
    passes(&on("~2.4.2 <2.4.4").replace(['«', '»'], ""));
}
