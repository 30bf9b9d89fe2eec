//! Filter of requests by user agent and time.

use super::{Time, line::Request};

/// Filter of requests; by default all count.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Texts of which one must be in the user agent, ignoring case.
    pub agents: Vec<String>,
    /// First second.
    pub since: Option<Time>,
    /// Last second.
    pub until: Option<Time>,
}

/// Reason why a request does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncounted {
    /// Made by another user agent.
    OtherAgent,
    /// Line without a user agent.
    NoAgent,
    /// Made before or after.
    OtherTime,
    /// Line without a readable time.
    NoTime,
    /// Request with OPTIONS or HEAD, which needs no route.
    NoCall,
}

impl Uncounted {
    /// All reasons in order.
    pub const ALL: [Self; 5] = [Self::OtherAgent, Self::NoAgent, Self::OtherTime, Self::NoTime, Self::NoCall];
}

impl Filter {
    /// Reason why a request to the REST API does not count; none if it does.
    pub(super) fn refuses(&self, request: &Request<'_>) -> Option<Uncounted> {
        let is_call = !matches!(&*request.method, "OPTIONS" | "HEAD");
        let refused = self.refuses_time(request).or_else(|| self.refuses_agent(request));
        refused.or((!is_call).then_some(Uncounted::NoCall))
    }

    fn refuses_time(&self, request: &Request<'_>) -> Option<Uncounted> {
        if self.since.is_none() && self.until.is_none() {
            return None;
        }
        let Some(time) = request.time.as_deref().and_then(Time::logged) else {
            return Some(Uncounted::NoTime);
        };
        let is_within =
            self.since.is_none_or(|since| since <= time) && self.until.is_none_or(|until| time <= until);
        (!is_within).then_some(Uncounted::OtherTime)
    }

    fn refuses_agent(&self, request: &Request<'_>) -> Option<Uncounted> {
        if self.agents.is_empty() {
            return None;
        }
        let Some(agent) = &request.agent else { return Some(Uncounted::NoAgent) };
        let is_asked_for = self.agents.iter().any(|text| contains(agent, text));
        (!is_asked_for).then_some(Uncounted::OtherAgent)
    }
}

/// Returns true if `part` is in `text`; the case of ASCII letters does not matter.
fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    part.is_empty() || text.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request<'a>(agent: Option<&'a str>, time: Option<&'a str>) -> Request<'a> {
        let (agent, time) = (agent.map(Into::into), time.map(Into::into));
        Request { method: "GET".into(), target: "/".into(), status: None, agent, time, is_listed: false }
    }

    #[test]
    fn agents_are_told_by_a_part_of_their_name() {
        let filter = Filter { agents: vec!["acme".into(), "ERP/2".into()], ..Filter::default() };
        let refuses = |agent| filter.refuses(&request(agent, None));
        assert_eq!(refuses(Some("Mozilla (AcmeBot)")), None);
        assert_eq!(refuses(Some("erp/2.1")), None);
        assert_eq!(refuses(Some("ERP/1")), Some(Uncounted::OtherAgent));
        assert_eq!(refuses(Some("")), Some(Uncounted::OtherAgent));
        assert_eq!(refuses(None), Some(Uncounted::NoAgent));
        assert_eq!(Filter::default().refuses(&request(None, None)), None);
    }

    #[test]
    fn both_ends_of_a_span_count() {
        let (since, until) = ("2026-03-01".parse().ok(), Time::end("2026-03-02").ok());
        let both = Filter { since, until, ..Filter::default() };
        let refuses = |time| both.refuses(&request(None, Some(time)));
        assert_eq!(refuses("01/Mar/2026:00:00:00 +0000"), None);
        assert_eq!(refuses("02/Mar/2026:23:59:59 +0000"), None);
        assert_eq!(refuses("03/Mar/2026:00:00:00 +0000"), Some(Uncounted::OtherTime));
        assert_eq!(refuses("28/Feb/2026:23:59:59 +0000"), Some(Uncounted::OtherTime));
        assert_eq!(refuses("-"), Some(Uncounted::NoTime));
        assert_eq!(Filter { until, ..Filter::default() }.refuses(&request(None, Some("2020-01-01"))), None);
    }
}
