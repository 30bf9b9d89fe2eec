//! Contents of files and paths are shown as text, even hostile ones.

use magespec::diff::{Change, Comparison, Status};
use serde_json::{Value, json};

use super::browser::{ask, dom};
use crate::{
    need::{Need, trials},
    support::html::{change, comparison, each_status, page},
};

trials! {
    [Need::Browser] =>
        escaping_alone_keeps_the_page_in_shape,
        hostile_text_is_shown_as_it_is,
        the_page_is_itself_after_it_was_opened,
        the_policy_stops_scripts;
}

/// Text that would change the title or add elements if the page interpreted it.
const HOSTILE: &[&str] = &[
    "<script>document.title='taken'</script>",
    "</td></tr></table></style></title></script><script>document.title='taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    "\" onload=\"document.title='taken'\" autofocus onfocus=\"document.title='taken'\" x=\"",
    "' onmouseover='document.title=1' x='",
    "<a href=\"javascript:document.title='taken'\">x</a>",
    "<svg/onload=document.title='taken'>",
    "]]><!--",
    "--><iframe srcdoc=\"<script>parent.document.title='taken'</script>\">",
    "<!-- <![CDATA[ <?php echo 1 ?>",
    "</summary></details></article></main></body></html><style>*{display:none}</style>",
    "{{ 7 * 7 }}{% for x in y %}{# hidden #}",
    "&lt;script&gt; &#60;script&#62; &amp;lt;",
    "\u{202e}\u{2066}<b>\u{2069}\u{feff}\u{0}\u{8}<b>",
    "\u{ff1c}script\u{ff1e}\u{2028}<b>\u{2029}+ADw-script+AD4-",
    "\r<b>\u{b}\u{c}\u{85}<b>\u{fffe}\u{10ffff}",
];

/// The parts of the text that a path may contain.
fn path(text: &str) -> String {
    let parts = text.split('/').filter(|part| !part.is_empty());
    let part = |part: &str| part.chars().filter(|c| !matches!(c, '\\' | ':') && !c.is_control()).collect();
    parts.map(part).collect::<Vec<String>>().join("/")
}

/// Contents, paths, roots, modules and obstacles made of the texts.
fn comparisons(texts: &[String]) -> Vec<Comparison> {
    let files = |text: &String, at: usize| -> Vec<Change> {
        let lines = format!("{text}\n{text}");
        let mut obstructed = change(&format!("{at}/{}", path(text)), Status::InTheWay, None, Some(text));
        obstructed.obstacle = Some(text.clone());
        vec![
            obstructed,
            change(&format!("{at}/{}/x", path(text)), Status::Created, None, Some(&lines)),
            change(&format!("{at}/{}/y", path(text)), Status::HandEdited, Some(&lines), None),
        ]
    };
    let comparisons = texts.iter().enumerate();
    comparisons.map(|(at, text)| comparison(text, text, files(text, at))).collect()
}

/// The page that holds them, and one of the same shape that holds letters instead.
fn pages() -> [String; 2] {
    let hostile: Vec<String> = HOSTILE.iter().map(|&text| text.to_owned()).collect();
    let letters = |c: char| if matches!(c, '/' | '\n') { c } else { 'x' };
    let harmless: Vec<String> = hostile.iter().map(|text| text.chars().map(letters).collect()).collect();
    [page(&comparisons(&hostile)), page(&comparisons(&harmless))]
}

/// The title, and each element with the names of its attributes.
const SHAPE: &str = r#"() => ({
    title: document.title,
    shape: [...document.querySelectorAll("*")].map(
        it => it.tagName + " " + it.getAttributeNames().join(" ") + " " + (it.getAttribute("href") ?? "")),
})"#;

fn escaping_alone_keeps_the_page_in_shape() {
    let [hostile, harmless] = pages().map(|page| ask(&page, SHAPE));
    assert_eq!(hostile["title"], harmless["title"]);
    let (shape, expected) = (hostile["shape"].as_array().unwrap(), harmless["shape"].as_array().unwrap());
    assert_eq!(shape.len(), expected.len());
    for (found, expected) in shape.iter().zip(expected) {
        assert_eq!(found, expected);
    }
}

fn hostile_text_is_shown_as_it_is() {
    let script = r#"() => [...document.querySelectorAll("article:nth-of-type(2)")].map(
        it => it.querySelector(".unified .text").innerText)"#;
    let shown = ask(&pages()[0], script);
    let shown: Vec<&str> = shown.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(shown.len(), HOSTILE.len());
    let is_plain = |text: &str| !text.contains(|c: char| c.is_control() || c > '\u{2000}');
    for (shown, text) in shown.iter().zip(HOSTILE).filter(|(_, text)| is_plain(text)) {
        assert_eq!(shown, text);
    }
}

fn the_page_is_itself_after_it_was_opened() {
    let opened = dom(&pages()[0]);
    let title = opened.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
    assert!(title.starts_with("Changes to 16 modules: 48 files differ: "), "{title}");
}

/// Were there a hole in the escaping, the policy would still stop what comes through.
fn the_policy_stops_scripts() {
    let script = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">\
                  <p style=\"display: none\">";
    let page = page(&[each_status()]);
    let (body, end) = page.rsplit_once("</body>").unwrap();
    let holed = format!("{body}{script}</body>{end}");
    assert!(dom(&holed).contains("<title>Changes to Acme_Orders: "));
    // Without the policy it is executed: the test can fail.
    let taken = ask(&holed, "() => document.title");
    assert_eq!(taken, json!("taken"));
}
