//! The contract report as JUnit XML: a suite per integration, a test per call.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::{MockReport, not_listed, numbered, reasons};
use crate::{
    diag::printable,
    mock::{CallCount, ContractReport, RefusedCall},
};

/// A suite of tests.
struct TestSuite<'a> {
    name: &'a str,
    tests: Vec<TestCase>,
}

/// A test.
struct TestCase {
    name: String,
    outcome: TestOutcome,
}

/// Outcome of a test.
enum TestOutcome {
    Passed(Option<String>),
    Skipped(&'static str),
    Failed { kind: &'static str, message: String, text: String },
}

pub(super) fn render(report: &MockReport<'_>) -> String {
    let suites: Vec<TestSuite<'_>> =
        suites(report).into_iter().filter(|suite| !suite.tests.is_empty()).collect();
    let count = |suite: &TestSuite<'_>, is: fn(&TestOutcome) -> bool| {
        suite.tests.iter().filter(|test| is(&test.outcome)).count()
    };
    let failed = |suite: &TestSuite<'_>| count(suite, |it| matches!(it, TestOutcome::Failed { .. }));
    let skipped = |suite: &TestSuite<'_>| count(suite, |it| matches!(it, TestOutcome::Skipped(_)));
    let all: usize = suites.iter().map(|suite| suite.tests.len()).sum();
    let failures: usize = suites.iter().map(failed).sum();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" tests=\"{all}\" failures=\"{failures}\" errors=\"0\" time=\"0\">\n",
        attribute(&format!("Contract with Magento {}", report.magento)),
    );
    for suite in &suites {
        // Writing to a string cannot fail.
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\">",
            attribute(suite.name),
            suite.tests.len(),
            failed(suite),
            skipped(suite),
        );
        for test in &suite.tests {
            xml += &case(suite.name, test);
        }
        xml += "  </testsuite>\n";
    }
    xml += "</testsuites>\n";
    xml
}

fn suites<'a>(report: &'a MockReport<'_>) -> Vec<TestSuite<'a>> {
    let contract = report.contract;
    let mut suites = Vec::new();
    if let Some((command, status)) = report.run {
        let outcome = match status {
            0 => TestOutcome::Passed(None),
            _ => TestOutcome::Failed {
                kind: "command",
                message: format!("exit status {status}"),
                text: String::new(),
            },
        };
        suites
            .push(TestSuite { name: "command", tests: vec![TestCase { name: command.to_owned(), outcome }] });
    }
    for integration in &contract.integrations {
        let name = Some(integration.name.as_str());
        let passed = integration.made.iter().map(|made| passed(contract, name, made, None));
        let unlisted = integration.unlisted.iter();
        let unlisted = unlisted.map(|made| self::passed(contract, name, made, Some(not_listed(&made.call))));
        let never = integration.never_made.iter().map(|call| TestCase {
            name: call.clone(),
            outcome: TestOutcome::Skipped("listed in the spec and never made"),
        });
        let refused =
            contract.refused.iter().filter(|it| it.integration.as_deref() == Some(&integration.name));
        let tests = passed.chain(unlisted).chain(never).chain(refused.map(failure)).collect();
        suites.push(TestSuite { name: &integration.name, tests });
    }
    let others = contract.others.iter().map(|made| passed(contract, None, made, None));
    let nobody = contract.refused.iter().filter(|it| it.integration.is_none()).map(failure);
    let more = (contract.more_refused > 0).then(|| TestCase {
        name: "more refused calls".to_owned(),
        outcome: TestOutcome::Failed {
            kind: "refused",
            message: contract.more_refused.to_string(),
            text: String::new(),
        },
    });
    let tests = others.chain(nobody).chain(more).collect();
    suites.push(TestSuite { name: "without an integration", tests });
    let unused = contract.fixtures.iter().filter(|fixture| fixture.count == 0).map(|fixture| TestCase {
        name: format!("{} {}", fixture.file, fixture.call),
        outcome: TestOutcome::Skipped("answered no call"),
    });
    suites.push(TestSuite { name: "fixtures", tests: unused.collect() });
    suites
}

/// Call that no check refused, with the errors that services answered and the answers that the mock generated.
fn passed(contract: &ContractReport, by: Option<&str>, made: &CallCount, note: Option<String>) -> TestCase {
    let failed = contract.failed.iter().filter(|it| it.call == made.call && it.integration.as_deref() == by);
    let failed =
        failed.map(|it| format!("{} with {} {}", numbered(it.count, "answer"), it.status, it.message));
    let unknown = contract.unknown.iter().filter(|it| it.call == made.call);
    let unknown =
        unknown.map(|it| format!("{} that the mock generated: {}", numbered(it.count, "answer"), it.note));
    let lines = [format!("made {}", numbered(made.count, "time"))].into_iter();
    let lines: Vec<String> = lines.chain(note).chain(failed).chain(unknown).collect();
    TestCase { name: made.call.clone(), outcome: TestOutcome::Passed(Some(lines.join("\n"))) }
}

fn failure(refused: &RefusedCall) -> TestCase {
    let message = format!("{} {}", refused.status, refused.message);
    let text = reasons(refused).collect::<Vec<_>>().join("\n");
    TestCase {
        name: format!("{}: {message}", refused.call),
        outcome: TestOutcome::Failed { kind: "refused", message, text },
    }
}

fn case(suite: &str, test: &TestCase) -> String {
    let start = format!(
        "    <testcase name=\"{}\" classname=\"{}\" time=\"0\"",
        attribute(&test.name),
        attribute(suite)
    );
    let inside = match &test.outcome {
        TestOutcome::Passed(None) => return format!("{start}/>\n"),
        TestOutcome::Passed(Some(text)) => format!("<system-out>{}</system-out>", self::text(text)),
        TestOutcome::Skipped(message) => format!("<skipped message=\"{}\"/>", attribute(message)),
        TestOutcome::Failed { kind, message, text } => format!(
            "<failure type=\"{kind}\" message=\"{}\">{}</failure>",
            attribute(message),
            self::text(text)
        ),
    };
    format!("{start}>\n      {inside}\n    </testcase>\n")
}

/// Text that XML 1.0 allows between tags.
fn text(text: &str) -> String {
    let text: String = printable(text).chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    escape(text.as_str()).into_owned()
}

/// Text as the value of an attribute, on one line.
fn attribute(text: &str) -> String {
    self::text(&text.replace(['\n', '\r', '\t'], " "))
}
