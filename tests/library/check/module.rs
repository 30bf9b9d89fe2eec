use magespec::diag::Rule;

use super::{MODULE, finds, passes};

#[test]
fn module_name() {
    for name in ["acme_ErpBridge", "Acme", "Acme_Erp_Bridge", "A_B", "Acme_erpBridge", "Acme-ErpBridge", ""] {
        finds(
            Rule::ModuleName,
            &format!("[module]\nname = «\"{name}\"»\ndescription = \"x\"\nversion = \"1.0.0\"\n"),
        );
    }
    finds(
        Rule::ModuleName,
        "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\nsequence = [«\"Sales\"»]\n",
    );
    passes(
        "[module]\nname = \"ACME_Erp2\"\ndescription = \"x\"\nversion = \"1.0.0\"\nsequence = [\"Magento_Sales\"]\n",
    );
}

#[test]
fn package_name() {
    let module = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n";
    for package in ["Acme/erp", "erp", "acme/", "acme/erp bridge"] {
        finds(Rule::PackageName, &format!("{module}package = «\"{package}\"»\n"));
    }
    passes(&format!("{module}package = \"acme/erp-bridge\"\n"));
}

#[test]
fn module_version() {
    let module = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\n";
    for version in ["1", "v1.0.0", "1.0.0.0.0", "1.x", "1.0 beta", ""] {
        finds(Rule::ModuleVersion, &format!("{module}version = «\"{version}\"»\n"));
    }
    for version in ["1.0", "1.0.0", "1.0.0.1", "2.0.0-beta1", "2.0.0-RC.2", "1.0.0-p1", "1.0-dev"] {
        passes(&format!("{module}version = \"{version}\"\n"));
    }
}

#[test]
fn versions_with_a_v_are_fixed() {
    let module = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\n";
    let finding = finds(Rule::ModuleVersion, &format!("{module}version = «\"v1.2.0\"»\n"));
    assert_eq!(
        (finding.help.as_deref(), finding.fix.unwrap().replacement.as_str()),
        (Some("write 1.2.0"), "\"1.2.0\"")
    );
}

#[test]
fn require_syntax() {
    let with = |constraint: &str| {
        format!(
            "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\nrequire = {{ \"acme/x\" = {constraint} }}\n"
        )
    };
    finds(Rule::RequireSyntax, &with("\"«not» a ^^ constraint\""));
    let finding = finds(Rule::RequireSyntax, &with("\"^1 || «=>»2\""));
    assert_eq!(finding.fix.unwrap().replacement, ">=");
    for constraint in ["^1.2 || ~2.0", "dev-main as 1.0.0", ">=1.2@beta <3", "1.0 - 2.0", "self.version"] {
        passes(&with(&format!("\"{constraint}\"")));
    }
}

#[test]
fn requires_itself() {
    let module = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n";
    finds(Rule::RequiresItself, &format!("{module}require = {{ «\"acme/module-erp\"» = \"*\" }}\n"));
    finds(
        Rule::RequiresItself,
        &format!("{module}package = \"acme/x\"\nrequire = {{ «\"acme/x\"» = \"*\" }}\n"),
    );
    finds(Rule::RequiresItself, &format!("{module}sequence = [\"Magento_Sales\", «\"Acme_Erp\"»]\n"));
    passes(&format!("{module}package = \"acme/x\"\nrequire = {{ \"acme/module-erp\" = \"*\" }}\n"));
}

#[test]
fn requirements_fit_every_release_of_the_target() {
    let spec = |target: &str, require: &str| {
        format!(
            "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\nrequire = {{ {require} }}\n\
             [target]\nmagento = \"{target}\"\n[rules]\nbearer-token-refused = \"allow\"\n"
        )
    };
    for (target, require, releases) in [
        ("2.4.2", "\"magento/framework\" = «\"^102\"»", "2.4.2..2.4.2-p2"),
        ("2.4.7", "\"magento/framework\" = «\"<=103.0.7\"»", "2.4.7-p1..2.4.7-p"),
        ("2.4.7", "\"magento/framework\" = «\"103.0.7\"»", "2.4.7-p1..2.4.7-p"),
        ("2.4.8", "php = «\"~7.4.0\"»", "2.4.8..2.4.8-p"),
        (">=2.4.3 <2.4.5", "php = «\"~7.4.0\"»", "2.4.4..2.4.4-p"),
        (">=2.4.3 <2.4.5", "\"magento/module-sales\" = «\"<103.0.4\"»", "2.4.4..2.4.4-p"),
        ("2.4.8", "\"magento/module-nope\" = «\"*\"»", "2.4.8..2.4.8-p"),
        ("2.4.2", "\"magento/framework\" = «\"^102@dev\"»", "2.4.2..2.4.2-p2"),
        ("2.4.2", "\"magento/framework\" = «\"103.0.0||103.0.1\"»", "2.4.2..2.4.2-p2"),
        ("2.4.7", "\"magento/module-sales\" = «\"dev-main\"»", "2.4.7..2.4.7-p"),
        ("2.4.7", "\"magento/module-sales\" = «\"3\"»", "2.4.7..2.4.7-p"),
        ("2.4.7", "\"magento/module-sales\" = «\"3.0\"»", "2.4.7..2.4.7-p"),
        ("2.4.7", "\"magento/module-sales\" = «\"103.0 || 3.0.0.0\"»", "2.4.7..2.4.7-p"),
        ("2.4.7", "\"magento/module-sales\" = «\"103.0.7.0\"»", "2.4.7-p1..2.4.7-p"),
        ("2.4.7", "\"magento/product-community-edition\" = «\"2.4.6\"»", "2.4.7..2.4.7-p"),
        ("2.4.7", "\"magento/magento2-base\" = «\"<2.4.7\"»", "2.4.7..2.4.7-p"),
    ] {
        let finding = finds(Rule::NotInstallable, &spec(target, require));
        assert!(finding.message.contains(&format!("cannot be installed in {releases}")), "{finding:#?}");
    }
    for require in [
        "\"magento/framework\" = \"103.0.*\"",
        "\"magento/framework\" = \"103.0.7 - 103.0.8\"",
        "php = \">=8.2\"",
        "\"acme/sdk\" = \"^1\"",
        "composer = \"*\"",
        "composer-plugin-api = \"^2\"",
        "composer-runtime-api = \"^2.2\"",
        "php-64bit = \">=8.1\"",
        "ext-PDO = \"*\"",
        "ext-pdo_mysql = \"*\"",
        "lib-icu-cldr = \"*\"",
        "lib-openssl = \">=1.1\"",
        "\"magento/module-sales-sample-data\" = \"*\"",
        "\"magento/zendframework1\" = \"*\"",
        "\"magento/product-community-edition\" = \">=2.4.6\"",
        "\"magento/framework\" = \"^102 || ^103@stable\"",
    ] {
        passes(&spec("2.4.7-p3", require));
    }
    for (require, reason, help) in [
        (
            "\"magento/module-sales\" = «\"<103\"»",
            "2.4.7 has magento/module-sales 103.0.7",
            "write \"103.0.*\"",
        ),
        (
            "\"magento/module-salse\" = «\"*\"»",
            "no known release ships it",
            "did you mean `magento/module-sales`?",
        ),
        ("\"magento/module-authorizenet\" = «\"*\"»", "Magento ships it in 2.0.0..2.3.7-p4", "remove it"),
    ] {
        let finding = finds(Rule::NotInstallable, &spec("2.4.7", require));
        assert_eq!((finding.reason.as_deref(), finding.help.as_deref()), (Some(reason), Some(help)));
    }
    let bounded = spec("2.4.7", "\"magento/framework\" = «\"<=103.0.7\"»");
    let help = finds(Rule::NotInstallable, &bounded).help.unwrap();
    assert!(help.starts_with("write \"103.0.*\", or narrow the target"), "{help}");
}

#[test]
fn places_that_belong_to_others_are_refused() {
    for source in [
        ".git",
        "src/.GIT/hooks",
        "git~1",
        ".git.",
        "..",
        "src/../x",
        "README.md",
        "src/composer.json",
        "Integration.Lock",
    ] {
        let text = format!("{MODULE}source = «\"{source}\"»\n");
        finds(Rule::InvalidValue, &text);
    }
    for (source, reason) in [
        ("a\\tb", "a segment of the path contains a control character"),
        ("a\\u007fb", "a segment of the path contains a control character"),
        ("a/composer.json", "every module has a file of that name"),
    ] {
        let finding = finds(Rule::InvalidValue, &format!("{MODULE}source = «\"{source}\"»\n"));
        assert_eq!(finding.reason.as_deref(), Some(reason), "{source}");
    }
    for path in [".git/config", "etc/.Git/x", "integration.lock", "composer.json/x"] {
        finds(Rule::InvalidValue, &format!("[files]\nunmanaged = [«\"{path}\"»]\n"));
    }
    let job = |class: &str| format!("[[cron]]\nname = \"pull\"\nschedule = \"* * * * *\"\nclass = {class}\n");
    finds(Rule::ClassName, &job("«'Setup\\InstallData'»"));
    let observer = "[rules]\nevent-caution = \"allow\"\n[[observer]]\nname = \"it\"\nevent = \"sales_order_save_after\"\nclass = «'Model\\Config'»\n";
    finds(Rule::ClassName, observer);
}
