//! An independent judge, which validates modules against Magento's own schemas and tables, accepts what is generated.

use std::{path::Path, process::Command};

use magespec::{catalog::Catalog, compile, diag::Source};

use crate::{
    need::{Need, shared, trials},
    support::made::{examples, tiers, written},
};

/// The judge and the programs it runs.
pub(crate) const JUDGE: [Need; 4] =
    [Need::Shared("judge"), Need::Program("python3"), Need::Program("xmllint"), Need::Program("php")];

trials! {
    JUDGE =>
        the_judge_accepts_the_examples_for_the_oldest_and_the_newest_release,
        the_judge_accepts_every_tier,
        the_judge_accepts_the_legacy_pair;
}

/// Fails where the judge finds something in the module for the release.
#[track_caller]
pub(crate) fn assert_accepted(dir: &Path, release: &str) {
    let judged = Command::new(shared("judge/judge")).arg(dir).args(["--magento", release]).output().unwrap();
    let said = String::from_utf8_lossy(&judged.stdout);
    assert!(judged.status.success(), "{} on {release}: {said}", dir.display());
}

fn the_judge_accepts_the_examples_for_the_oldest_and_the_newest_release() {
    for (dir, compilation) in examples() {
        let platform = compilation.module.unwrap().platform;
        for release in [platform.oldest, platform.newest] {
            assert_accepted(&dir, &release.to_string());
        }
    }
}

fn the_judge_accepts_every_tier() {
    for (release, tree) in tiers() {
        assert_accepted(written(&tree).path(), release);
    }
}

fn the_judge_accepts_the_legacy_pair() {
    for (target, release) in [("2.4.7", "2.4.7"), (">=2.2.8 <2.4.9", "2.2.10")] {
        let spec = format!(
            "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.2.0\"\nlicense = \"proprietary\"\nformat = \"legacy\"\n\
             [target]\nmagento = \"{target}\"\n[[integration]]\nname = \"Acme\\\\s\"\nemail = \"a@b.co\"\n\
             resources = [\"Magento_Sales::actions_view\"]\n"
        );
        let compilation = compile(Source::new("integration.toml", spec), Catalog::bundled());
        assert!(compilation.module.is_some(), "{:#?}", compilation.report.diagnostics);
        assert_accepted(written(&compilation.tree).path(), release);
    }
}
