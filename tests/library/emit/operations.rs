//! Console commands, the system message in Admin, and the second secret.

use super::{emit, module, text};

const SPEC: &str = include_str!("../../../examples/erp-bridge/integration.toml");

#[test]
fn commands_and_the_message_are_made_for_specs_that_ask_for_them() {
    let made = |spec: &str| {
        let tree = emit(&module(spec));
        let paths = tree.paths().map(|path| path.as_str().to_owned());
        let is_one = |path: &String| {
            ["Console/", "Model/Webhook/Health", "Model/Webhook/Notif", "etc/adminhtml/di"]
                .iter()
                .any(|it| path.starts_with(it))
        };
        (paths.filter(is_one).count(), text(&tree, "etc/di.xml").to_owned())
    };
    let (count, di) = made(SPEC);
    assert_eq!(count, 12);
    for name in ["list", "prune", "replay", "retry", "send-test", "show", "status"] {
        assert!(di.contains(&format!(">acme:webhooks:{name}</argument>")), "{name}");
    }
    assert!(di.contains("Magento\\Sales\\Model\\Order</item>"), "{di}");
    let sooner = made(&SPEC.replace("notify_minutes = 30", "notify_minutes = 45")).1;
    assert!(sooner.contains("<argument name=\"minutes\" xsi:type=\"number\">45</argument>"), "{sooner}");
    let without = SPEC.replace("commands = \"acme:webhooks\"\n", "");
    let (count, di) = made(&without);
    assert_eq!(count, 3);
    assert!(!di.contains("CommandListInterface"), "{di}");
    assert_eq!(made(&without.replace("notify_minutes = 30\n", "")).0, 0);
}

#[test]
fn a_second_secret_signs_beside_the_first() {
    let sender = |spec: &str| text(&emit(&module(spec)), "Model/Webhook/Sender.php").to_owned();
    let both = sender(SPEC);
    for secret in ["getSigningSecret", "getSecondSecret"] {
        assert!(both.contains(&format!("$this->config->{secret}($storeId)")), "{both}");
    }
    let one = sender(&SPEC.replace("second_secret = \"webhooks/second_secret\"\n", ""));
    assert!(!one.contains("getSecondSecret"), "{one}");
}
