//! Conversion of generated code to older PHP.
//!
//! The templates are written for PHP 8.1 in a fixed style, so newer syntax is always in the places searched here.
//! Only declarations change, never statements, apart from array constants.

use std::collections::BTreeMap;

use crate::model::Tier;

/// Converts the code to a tier.
pub(in crate::emit) fn older(code: String, tier: Tier) -> String {
    match tier {
        Tier::Php81 => code,
        Tier::Php71 => without_mixed(&without_property_types(&code)),
        Tier::Php56 => {
            without_types(&without_mixed(&without_property_types(&without_array_constants(&code))))
        }
    }
}

/// Removes the type `mixed`, which PHP has from 8.0 on.
fn without_mixed(code: &str) -> String {
    let mut older = String::with_capacity(code.len());
    for line in code.lines() {
        if line.trim_start().starts_with('*') {
            push(&mut older, line);
        } else {
            push(&mut older, &line.replace("mixed $", "$").replace("): mixed", ")"));
        }
    }
    older
}

/// Turns array constants, which PHP has from 5.6 on, into properties: Magento 2.0 runs on 5.5.
fn without_array_constants(code: &str) -> String {
    let name_of = |line: &str| {
        let (name, list) = line.strip_prefix("    private const ")?.split_once(" = ")?;
        list.starts_with('[').then(|| (name.to_owned(), list.to_owned()))
    };
    let names: Vec<String> = code.lines().filter_map(|line| Some(name_of(line)?.0)).collect();
    let mut older = String::with_capacity(code.len() + 64);
    for line in code.lines() {
        let Some((name, list)) = name_of(line) else {
            push(&mut older, &with_properties(line, &names));
            continue;
        };
        if !older.ends_with("{\n") && !older.ends_with("\n\n") {
            older.push('\n');
        }
        older.push_str(&format!(
            "    /**\n     * @var array\n     */\n    private ${} = {list}\n",
            property(&name)
        ));
    }
    older
}

/// Replaces constants of these names with properties.
fn with_properties(line: &str, names: &[String]) -> String {
    let mut parts = line.split("self::");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |line, part| {
        let end = part.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        if names.iter().any(|known| known == name) {
            format!("{line}$this->{}{rest}", property(name))
        } else {
            format!("{line}self::{part}")
        }
    })
}

/// Returns the name of a constant as one of a property: `RESOURCE_IDS` as `resourceIds`.
fn property(constant: &str) -> String {
    let mut words = constant.split('_').map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let initial = letters.next().map(|letter| letter.to_ascii_uppercase());
        name + &initial.into_iter().chain(letters).collect::<String>()
    })
}

/// A promoted constructor property.
struct Promoted {
    name: String,
    kind: String,
}

/// Removes promoted, read-only and typed properties.
fn without_property_types(code: &str) -> String {
    let promoted = promoted(code);
    let mut older = String::with_capacity(code.len() + 512);
    let mut lines = code.lines().peekable();
    let mut declared = promoted.is_empty();
    while let Some(line) = lines.next() {
        if !declared && line == "    /**" && is_of_constructor(lines.clone()) {
            for Promoted { name, kind } in &promoted {
                older.push_str(&format!("    /**\n     * @var {kind}\n     */\n    private ${name};\n\n"));
            }
            declared = true;
        }
        match line.strip_prefix("        private readonly ") {
            Some(parameter) => push(&mut older, &format!("        {parameter}")),
            None if line == "    ) {" && !promoted.is_empty() => {
                push(&mut older, line);
                for Promoted { name, .. } in &promoted {
                    push(&mut older, &format!("        $this->{name} = ${name};"));
                }
            }
            None => push(&mut older, &untyped_property(line)),
        }
    }
    older
}

/// Returns true if the doc block that these lines follow is the constructor's.
fn is_of_constructor<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let behind = lines.skip_while(|line| *line != "     */").nth(1);
    behind.is_some_and(|line| line.starts_with("    public function __construct("))
}

fn promoted(code: &str) -> Vec<Promoted> {
    let documented: BTreeMap<&str, &str> = code
        .lines()
        .filter_map(|line| line.strip_prefix("     * @param ")?.split_once(" $"))
        .map(|(kind, rest)| (rest.split(' ').next().unwrap_or(rest), kind))
        .collect();
    let parameters = code.lines().filter_map(|line| line.strip_prefix("        private readonly "));
    let promoted = parameters.filter_map(|parameter| {
        let (kind, rest) = parameter.split_once(" $")?;
        let name = rest.split([' ', ',']).next()?;
        Some(Promoted { name: name.to_owned(), kind: documented.get(name).unwrap_or(&kind).to_string() })
    });
    promoted.collect()
}

/// Converts `    private string $name = '';` to `    private $name = '';`.
fn untyped_property(line: &str) -> String {
    let property = line.strip_prefix("    private ").filter(|rest| rest.ends_with(';'));
    match property.and_then(|rest| rest.split_once(" $")) {
        Some((kind, rest)) if !kind.contains(' ') && kind != "static" => format!("    private ${rest}"),
        _ => line.to_owned(),
    }
}

/// Removes scalar types, nullable types, return types and `strict_types`.
fn without_types(code: &str) -> String {
    let mut older = String::with_capacity(code.len());
    let mut lines = code.lines().peekable();
    let mut in_signature = false;
    while let Some(line) = lines.next() {
        if line == "declare(strict_types=1);" {
            lines.next_if(|line| line.is_empty());
            continue;
        }
        let is_method = line.trim_start().starts_with("public ") || line.trim_start().starts_with("private ");
        let begins = is_method && line.contains("function ");
        in_signature |= begins;
        if !in_signature {
            // Constants have no visibility before PHP 7.1.
            let constant = line.strip_prefix("    private const ");
            push(&mut older, &constant.map_or_else(|| line.to_owned(), |rest| format!("    const {rest}")));
            continue;
        }
        in_signature = !line.contains(')');
        push(&mut older, &untyped(line));
    }
    older
}

/// Removes types that PHP 5.6 lacks from a line of a signature.
fn untyped(line: &str) -> String {
    let (line, end) = match line.split_once("): ") {
        Some((line, returns)) => {
            let end = returns.trim_start_matches(|c: char| c != ';' && c != ' ');
            (line, format!("){end}"))
        }
        None => (line, String::new()),
    };
    let (before, parameters) = match line.split_once('(') {
        Some((before, parameters)) => (format!("{before}("), parameters),
        None => {
            let parameters = line.trim_start();
            (line[..line.len() - parameters.len()].to_owned(), parameters)
        }
    };
    let bare = |parameter: &str| match parameter.split_once(" $") {
        Some((kind, rest)) if kind.starts_with('?') || is_scalar(kind) => format!("${rest}"),
        _ => parameter.to_owned(),
    };
    let parameters: Vec<String> = parameters.split(", ").map(bare).collect();
    format!("{before}{}{end}", parameters.join(", "))
}

fn is_scalar(kind: &str) -> bool {
    matches!(kind, "string" | "int" | "float" | "bool")
}

fn push(code: &mut String, line: &str) {
    code.push_str(line);
    code.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "declare(strict_types=1);

namespace A\\B;

class C implements D
{
    private const X = 1;
    private const SOME_IDS = [
        'a' => 1,
    ];
    private const Y = ['b'];

    /**
     * @var string|null
     */
    private ?string $name = null;

    /**
     * @param E $e
     * @param array $list event => topic
     */
    public function __construct(
        private readonly E $e,
        private readonly array $list = []
    ) {
    }

    /**
     * @param int $a
     */
    public function f(int $a, ?G $g = null, array $h = [], D $d): ?string
    {
        return $a ? 'x' : null;
    }

    public function g()
    {
        return self::SOME_IDS + self::Y + [self::X];
    }

    public function long(
        string $first
    ): D;
}
";

    #[test]
    fn properties_lose_their_types_before_php_7_4() {
        let older = older(CODE.to_owned(), Tier::Php71);
        for part in [
            "    private $name = null;\n",
            "    /**\n     * @var E\n     */\n    private $e;\n\n    /**\n     * @var array\n     */\n    private $list;\n\n    /**\n     * @param E $e\n",
            "        E $e,\n        array $list = []\n    ) {\n        $this->e = $e;\n        $this->list = $list;\n    }\n",
            "public function f(int $a, ?G $g = null, array $h = [], D $d): ?string\n",
            "    private const X = 1;\n    private const SOME_IDS = [\n",
            "return self::SOME_IDS + self::Y + [self::X];\n",
        ] {
            assert!(older.contains(part), "{part}\n---\n{older}");
        }
    }

    #[test]
    fn signatures_lose_their_types_before_php_7() {
        let older = older(CODE.to_owned(), Tier::Php56);
        for part in [
            "public function f($a, $g = null, array $h = [], D $d)\n    {\n",
            "    public function long(\n        $first\n    );\n",
            "        E $e,\n        array $list = []\n    ) {\n",
            "return $a ? 'x' : null;\n",
            "    const X = 1;\n\n    /**\n     * @var array\n     */\n    private $someIds = [\n        'a' => 1,\n    ];\n\n    /**\n     * @var array\n     */\n    private $y = ['b'];\n\n",
            "return $this->someIds + $this->y + [self::X];\n",
        ] {
            assert!(older.contains(part), "{part}\n---\n{older}");
        }
        assert!(older.starts_with("namespace A\\B;\n"), "{older}");
    }
}
