//! XML as Magento's renderer writes it.

use serde_json::Value;

use super::json::number;

/// Writes a document; `escapes_twice` for releases that escape ampersands once more.
pub(super) fn document(value: &Value, escapes_twice: bool) -> String {
    let mut writer = XmlOutput { text: "<?xml version=\"1.0\"?>\n".to_owned(), escapes_twice };
    writer.element("response", value, 0);
    writer.text.push('\n');
    writer.text
}

struct XmlOutput {
    text: String,
    escapes_twice: bool,
}

impl XmlOutput {
    fn element(&mut self, name: &str, value: &Value, depth: usize) {
        self.text.push_str(&"  ".repeat(depth));
        let mut children: Vec<(String, &Value)> = Vec::new();
        match value {
            Value::Array(items) => children.extend(items.iter().map(|item| ("item".to_owned(), item))),
            Value::Object(fields) => {
                // A map whose keys are all numbers loses them.
                let is_list = !fields.is_empty()
                    && fields.keys().all(|key| key.bytes().all(|byte| byte.is_ascii_digit()));
                let name = |key: &str| if is_list { "item".to_owned() } else { element_name(key) };
                children.extend(fields.iter().map(|(key, field)| (name(key), field)));
            }
            _ => {
                self.text.push_str(&format!("<{name}>"));
                self.scalar(value);
                self.text.push_str(&format!("</{name}>"));
                return;
            }
        }
        if children.is_empty() {
            self.text.push_str(&format!("<{name}/>"));
            return;
        }
        self.text.push_str(&format!("<{name}>\n"));
        for (name, child) in children {
            self.element(&name, child, depth + 1);
            self.text.push('\n');
        }
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(&format!("</{name}>"));
    }

    fn scalar(&mut self, value: &Value) {
        let text = match value {
            Value::Bool(yes) => yes.to_string(),
            Value::Number(value) => number(value),
            Value::String(text) => text.clone(),
            Value::Null | Value::Array(_) | Value::Object(_) => return,
        };
        let text = if self.escapes_twice { text.replace('&', "&amp;") } else { text };
        for character in text.chars() {
            match character {
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '&' => self.text.push_str("&amp;"),
                '\r' => self.text.push_str("&#13;"),
                ' '..='~' | '\n' | '\t' => self.text.push(character),
                _ => self.text.push_str(&format!("&#x{:X};", u32::from(character))),
            }
        }
    }
}

/// Name of an element for a key.
fn element_name(key: &str) -> String {
    let kept = |c: &char| c.is_ascii_alphanumeric() || "_-".contains(*c);
    let name: String = key.trim().replace([' ', ':', '\\'], "_").chars().filter(kept).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("item_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn documents_are_those_of_magento() {
        let value = json!([{"k": "v"}, null, 1.5]);
        let expected = "<?xml version=\"1.0\"?>\n<response>\n  <item>\n    <k>v</k>\n  </item>\n  <item></item>\n  <item>1.5</item>\n</response>\n";
        assert_eq!(document(&value, false), expected);
        assert_eq!(document(&json!(7), false), "<?xml version=\"1.0\"?>\n<response>7</response>\n");
        let value = json!({"tags": [], "a b": "ä <&>\"'"});
        let expected = "<?xml version=\"1.0\"?>\n<response>\n  <tags/>\n  <a_b>&#xE4; &lt;&amp;&gt;\"'</a_b>\n</response>\n";
        assert_eq!(document(&value, false), expected);
        assert!(document(&json!("&"), true).contains("&amp;amp;"));
    }
}
