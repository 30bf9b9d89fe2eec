//! The colours can be told apart (WCAG 2 AA), by day and by night.

use std::collections::BTreeMap;

use super::{each_status, page};

/// Foreground colors and the backgrounds they are used on.
const TEXT: &[(&str, &[&str])] = &[
    ("ink", &["paper", "raised", "green-line", "green-word", "red-line", "red-word", "violet-line"]),
    ("faint", &["paper", "raised", "green-line", "red-line"]),
    ("link", &["paper"]),
    ("green", &["paper", "raised", "green-line"]),
    ("red", &["paper", "raised", "red-line"]),
    ("amber", &["paper", "raised", "amber-line"]),
    ("violet", &["paper", "raised", "violet-line"]),
];

#[test]
fn text_stands_out_in_both_schemes() {
    let page = page(&[each_status()]);
    let mut schemes = 0;
    for scheme in page.split(":root {").skip(1).filter(|scheme| scheme.contains("--paper:")) {
        schemes += 1;
        let colours = colours(scheme.split('}').next().unwrap());
        for (text, grounds) in TEXT {
            for ground in *grounds {
                let contrast = contrast(colours[text], colours[ground]);
                assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.2}");
            }
        }
    }
    assert_eq!(schemes, 2);
}

fn colours(scheme: &str) -> BTreeMap<&str, f64> {
    let lines = scheme.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    lines.map(|(name, hex)| (name, luminance(hex))).collect()
}

fn luminance(hex: &str) -> f64 {
    let hex = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
