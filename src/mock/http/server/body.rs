//! Bodies of requests, which share one budget of memory.

use std::sync::Arc;

use http_body_util::BodyExt as _;
use hyper::{
    StatusCode,
    body::{Body as _, Incoming},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::mock::http::limits::{BODY_BUDGET, BODY_TIME, LARGEST_BODY, SMALL_BODY};

/// Memory for the bodies that are read at the same time.
#[derive(Debug, Clone)]
pub(super) struct BodyBudget(Arc<Semaphore>);

/// Body that was read, with the memory that it has until it is dropped.
#[derive(Debug)]
pub(super) struct ReadBody {
    pub(super) bytes: Vec<u8>,
    pub(super) place: Option<OwnedSemaphorePermit>,
}

impl Default for BodyBudget {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(BODY_BUDGET / SMALL_BODY)))
    }
}

impl BodyBudget {
    /// Waits for the memory of a body of up to this size. Small ones need none, so that large ones cannot hold them up.
    async fn place(&self, size: usize) -> Option<OwnedSemaphorePermit> {
        // All of it at once: bodies that each have a part could wait for each other.
        let pieces = u32::try_from(size.min(LARGEST_BODY).div_ceil(SMALL_BODY)).unwrap_or(u32::MAX);
        if pieces <= 1 {
            return None;
        }
        Arc::clone(&self.0).acquire_many_owned(pieces).await.ok()
    }

    /// Reads a body. Fails with the status that refuses it.
    pub(super) async fn read(&self, body: Incoming) -> Result<ReadBody, StatusCode> {
        let declared = body.size_hint();
        // nginx reads a signed number.
        if i64::try_from(declared.lower()).is_err() {
            return Err(StatusCode::BAD_REQUEST);
        }
        if declared.lower() > LARGEST_BODY as u64 {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        let length = declared.exact().and_then(|length| usize::try_from(length).ok());
        let mut read = ReadBody { bytes: Vec::new(), place: None };
        let mut body = body;
        if length.is_none() && !read.fill(&mut body, SMALL_BODY).await? {
            return Ok(read);
        }
        read.place = self.place(length.unwrap_or(LARGEST_BODY)).await;
        read.bytes.reserve_exact(length.unwrap_or_default());
        read.fill(&mut body, usize::MAX).await?;
        Ok(read)
    }
}

impl ReadBody {
    /// Reads on up to a size. Returns false at the end of the body.
    async fn fill(&mut self, body: &mut Incoming, size: usize) -> Result<bool, StatusCode> {
        let all = async {
            while self.bytes.len() < size {
                let Some(frame) = body.frame().await else { return Ok(false) };
                let Ok(data) = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data() else { continue };
                if self.bytes.len() + data.len() > LARGEST_BODY {
                    return Err(StatusCode::PAYLOAD_TOO_LARGE);
                }
                self.bytes.extend_from_slice(&data);
            }
            Ok(true)
        };
        timeout(BODY_TIME, all).await.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Place that is there at once.
    async fn place(budget: &BodyBudget, size: usize) -> Option<Option<OwnedSemaphorePermit>> {
        timeout(Duration::ZERO, budget.place(size)).await.ok()
    }

    #[test]
    fn what_does_not_fit_waits_and_small_bodies_do_not() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let budget = BodyBudget::default();
            let mut places = Vec::new();
            for _ in 0..BODY_BUDGET / LARGEST_BODY {
                places.push(place(&budget, LARGEST_BODY).await.unwrap());
            }
            assert!(place(&budget, LARGEST_BODY).await.is_none());
            assert!(place(&budget, SMALL_BODY + 1).await.is_none());
            assert!(place(&budget, SMALL_BODY).await.unwrap().is_none());
            places.pop();
            // Whatever size a body has, it has a place once others are read.
            assert!(place(&budget, usize::MAX).await.unwrap().is_some());
        });
    }
}
