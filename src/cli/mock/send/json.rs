//! A trial as JSON.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Judged;
use crate::{
    mock::webhook::{Expected, MessageKind, TrialStep, Verdict},
    oauth::without_url_secrets,
};

/// Judgement on the receiver of a webhook.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonTrial<'a> {
    /// Topic of the webhook.
    topic: &'a str,
    /// Module that sends it.
    module: String,
    /// URL of the receiver.
    url: String,
    /// Id of the object.
    id: i64,
    /// Seconds that the shop waits for an answer.
    timeout: u64,
    /// Data of the messages.
    #[schemars(extend("type" = "object"))]
    data: &'a Value,
    /// True if each answer is right.
    passed: bool,
    /// Messages with their answers, in the order in which they were sent.
    messages: Vec<JsonSentMessage<'a>>,
}

/// Message with its answer.
#[derive(Serialize, JsonSchema)]
struct JsonSentMessage<'a> {
    /// Kind of the message.
    kind: MessageKind,
    /// Its `webhook-id`.
    webhook_id: &'a str,
    /// Its `webhook-timestamp`, in seconds since 1970.
    timestamp: u64,
    /// Its `sequence`.
    sequence: u64,
    /// Behaviour that is right.
    expected: Expected,
    /// Status of the answer; null without an answer.
    status: Option<u16>,
    /// Reason why there is no answer; null if there is one.
    error: Option<String>,
    /// Milliseconds until the answer was complete.
    milliseconds: u64,
    /// Judgement; `open` if genuine messages are refused, too, so that a refusal proves nothing.
    #[schemars(extend("enum" = ["right", "wrong", "open"]))]
    verdict: &'static str,
    /// Fault of the answer and what to change; null if it is right.
    advice: Option<&'a str>,
}

impl<'a> JsonTrial<'a> {
    /// Describes a trial.
    pub(super) fn of(judged: &'a Judged<'a>) -> Self {
        let Judged { module, trial, event, steps, .. } = judged;
        Self {
            topic: &trial.webhook.topic,
            module: module.name.to_string(),
            url: without_url_secrets(&trial.url.to_string()),
            id: event.id,
            timeout: trial.timeout.as_secs(),
            data: &event.data,
            passed: steps.iter().all(|step| step.verdict.is_right()),
            messages: steps.iter().map(step).collect(),
        }
    }
}

fn step(step: &TrialStep) -> JsonSentMessage<'_> {
    let (verdict, advice) = match &step.verdict {
        Verdict::Right(_) => ("right", None),
        Verdict::Wrong(advice) => ("wrong", Some(advice.as_str())),
        Verdict::Open => ("open", None),
    };
    JsonSentMessage {
        kind: step.kind,
        webhook_id: &step.message.id,
        timestamp: step.timestamp,
        sequence: step.message.sequence,
        expected: step.kind.expected(),
        status: step.answer.as_ref().ok().map(|answer| answer.status),
        error: step.answer.as_ref().err().map(ToString::to_string),
        milliseconds: u64::try_from(step.took.as_millis()).unwrap_or(u64::MAX),
        verdict,
        advice,
    }
}
