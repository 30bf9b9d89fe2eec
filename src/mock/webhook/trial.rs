//! Trials of a receiver.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::{
    SigningKey, WebhookMessage,
    message_kind::MessageKind,
    verdict::{Verdict, judge},
};
use crate::{
    mock::{
        HttpAnswer,
        http::{Peer, Unanswered},
    },
    model::{Webhook, Webhooks},
    oauth::CallUrl,
};

/// Seconds that a message is too old or too new.
const TOO_FAR: u64 = 600;

/// Fault that messages are sent with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookFault {
    /// Signatures that do not fit.
    Signature,
    /// Signatures that fit, of another time.
    Replay,
    /// The newer of two messages first.
    Order,
}

/// Trial of a receiver.
#[derive(Debug)]
pub struct ReceiverTrial<'a> {
    /// Delivery of the module.
    pub webhooks: &'a Webhooks,
    /// Webhook whose messages are sent.
    pub webhook: &'a Webhook,
    /// Data of the messages.
    pub data: &'a Value,
    /// URL.
    pub url: &'a CallUrl,
    /// Host of the URL.
    pub peer: &'a Peer,
    /// Keys of the shop: one, or two while a secret is changed.
    pub keys: &'a [SigningKey],
    /// Time after which the shop gives up.
    pub timeout: Duration,
    /// Number of times that the message is sent.
    pub times: u32,
    /// Faults.
    pub faults: &'a [WebhookFault],
}

/// Sent message with its answer.
#[derive(Debug)]
pub struct TrialStep {
    /// Kind.
    pub kind: MessageKind,
    /// Message.
    pub message: WebhookMessage,
    /// Time in the header, in seconds since 1970.
    pub timestamp: u64,
    /// Answer.
    pub answer: Result<HttpAnswer, Unanswered>,
    /// Time until it was complete.
    pub took: Duration,
    /// Judgement.
    pub verdict: Verdict,
}

/// Trial that is under way.
struct TrialRun<'a, 'c> {
    trial: &'a ReceiverTrial<'a>,
    now: &'c dyn Fn() -> u64,
    id: &'c mut dyn FnMut() -> String,
    sequence: u64,
    steps: Vec<TrialStep>,
}

impl ReceiverTrial<'_> {
    /// Sends the messages. `now` reads the clock in seconds, `id` makes ids, and `sequence` is that of the first message.
    ///
    /// # Errors
    /// Receiver that cannot be reached.
    pub fn run(
        &self,
        now: &dyn Fn() -> u64,
        id: &mut dyn FnMut() -> String,
        sequence: u64,
    ) -> Result<Vec<TrialStep>, std::io::Error> {
        let mut run = TrialRun { trial: self, now, id, sequence, steps: Vec::new() };
        run.genuine()?;
        for fault in self.faults {
            match fault {
                WebhookFault::Signature => run.signature()?,
                WebhookFault::Replay => run.replay()?,
                WebhookFault::Order => run.order()?,
            }
        }
        Ok(run.steps)
    }
}

impl TrialRun<'_, '_> {
    fn message(&mut self) -> WebhookMessage {
        let id = format!("msg_{}", (self.id)());
        self.sequence += 1;
        WebhookMessage::new(&self.trial.webhook.topic, id, self.sequence - 1, (self.now)(), self.trial.data)
    }

    /// Sends a request and judges the answer.
    fn send(
        &mut self,
        kind: MessageKind,
        message: WebhookMessage,
        timestamp: u64,
        signatures: &str,
    ) -> Result<(), std::io::Error> {
        let ReceiverTrial { url, peer, timeout, webhooks, .. } = self.trial;
        let started = Instant::now();
        let answer = peer.ask(&message.request(url, timestamp, signatures), *timeout);
        let took = started.elapsed();
        let is_sound =
            !self.steps.iter().any(|step| step.kind == MessageKind::Sent && step.verdict.is_wrong());
        let verdict = judge(kind, &answer, *timeout, webhooks, is_sound);
        match answer {
            Err(Unanswered::Unreachable(cause)) => return Err(cause),
            answer => self.steps.push(TrialStep { kind, message, timestamp, answer, took, verdict }),
        }
        Ok(())
    }

    /// Sends a message as the shop does, with a signature of now.
    fn fitting(&mut self, kind: MessageKind, message: WebhookMessage) -> Result<(), std::io::Error> {
        let now = (self.now)();
        let signatures = message.signatures(self.trial.keys, now);
        self.send(kind, message, now, &signatures)
    }

    fn genuine(&mut self) -> Result<(), std::io::Error> {
        let message = self.message();
        for time in 0..self.trial.times.max(1) {
            let kind = if time == 0 { MessageKind::Sent } else { MessageKind::SentAgain };
            self.fitting(kind, message.clone())?;
        }
        Ok(())
    }

    fn signature(&mut self) -> Result<(), std::io::Error> {
        let keys = self.trial.keys;
        let others: Vec<SigningKey> = keys.iter().map(SigningKey::other).collect();
        if self.trial.webhooks.second_secret.is_some() && keys.len() == 1 {
            let (message, now) = (self.message(), (self.now)());
            let both = message.signatures(&[&others, keys].concat(), now);
            self.send(MessageKind::TwoSignatures, message, now, &both)?;
        }
        for kind in [
            MessageKind::OtherSecret,
            MessageKind::ChangedBody,
            MessageKind::ChangedId,
            MessageKind::ChangedTimestamp,
            MessageKind::NoSignature,
        ] {
            let (mut message, now) = (self.message(), (self.now)());
            let signatures = match kind {
                MessageKind::NoSignature => String::new(),
                MessageKind::OtherSecret => message.signatures(&others, now),
                MessageKind::ChangedTimestamp => message.signatures(keys, now.saturating_sub(1)),
                _ => message.signatures(keys, now),
            };
            match kind {
                MessageKind::ChangedBody => {
                    message.body = message.body.replacen("\"data\":", "\"data\": ", 1)
                }
                MessageKind::ChangedId => message.id = format!("msg_{}", (self.id)()),
                _ => {}
            }
            self.send(kind, message, now, &signatures)?;
        }
        Ok(())
    }

    fn replay(&mut self) -> Result<(), std::io::Error> {
        for kind in [MessageKind::TenMinutesOld, MessageKind::TenMinutesAhead] {
            let (message, now) = (self.message(), (self.now)());
            let time = match kind {
                MessageKind::TenMinutesOld => now.saturating_sub(TOO_FAR),
                _ => now + TOO_FAR,
            };
            let signatures = message.signatures(self.trial.keys, time);
            self.send(kind, message, time, &signatures)?;
        }
        Ok(())
    }

    fn order(&mut self) -> Result<(), std::io::Error> {
        let (older, newer) = (self.message(), self.message());
        self.fitting(MessageKind::NewerFirst, newer)?;
        self.fitting(MessageKind::OlderLast, older)
    }
}
