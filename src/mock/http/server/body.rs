//! Bodies of requests, which share one budget of memory.

use std::{sync::Arc, time::Duration};

use http_body_util::BodyExt as _;
use hyper::{
    StatusCode,
    body::{Body as _, Incoming},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::mock::http::limits::{BODY_BUDGET, BODY_TIME, LARGEST_BODY, ROOM_TIME, SMALL_BODY};

/// Memory for the bodies that are read or answered at the same time.
#[derive(Debug, Clone)]
pub(super) struct BodyBudget {
    pieces: Arc<Semaphore>,
    /// Time that a body waits for room.
    wait: Duration,
}

/// Body that was read, with the memory that it has until it is dropped.
#[derive(Debug, Default)]
pub(super) struct ReadBody {
    pub(super) bytes: Vec<u8>,
    pub(super) place: Option<OwnedSemaphorePermit>,
}

impl Default for BodyBudget {
    fn default() -> Self {
        Self { pieces: Arc::new(Semaphore::new(BODY_BUDGET / SMALL_BODY)), wait: ROOM_TIME }
    }
}

impl BodyBudget {
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
        let read = self.read_all(body, length.unwrap_or_default());
        timeout(BODY_TIME, read).await.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
    }

    async fn read_all(&self, mut body: Incoming, length: usize) -> Result<ReadBody, StatusCode> {
        let mut read = ReadBody::default();
        self.make_room(&mut read, length).await?;
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data() else { continue };
            let size = read.bytes.len() + data.len();
            if size > LARGEST_BODY {
                return Err(StatusCode::PAYLOAD_TOO_LARGE);
            }
            if size > read.room() {
                self.make_room(&mut read, size.next_power_of_two()).await?;
            }
            read.bytes.extend_from_slice(&data);
        }
        Ok(read)
    }

    /// Waits until a body may have this size. Small ones need no room, so that large ones cannot hold them up.
    async fn make_room(&self, read: &mut ReadBody, size: usize) -> Result<(), StatusCode> {
        if size <= read.room() {
            return Ok(());
        }
        let missing = size.div_ceil(SMALL_BODY) - read.pieces();
        let more = Arc::clone(&self.pieces).acquire_many_owned(u32::try_from(missing).unwrap_or(u32::MAX));
        // Bodies that grow may wait for each other: the first one to give up makes room.
        let Ok(Ok(more)) = timeout(self.wait, more).await else {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        };
        match &mut read.place {
            Some(place) => place.merge(more),
            None => read.place = Some(more),
        }
        read.bytes.reserve_exact(size - read.bytes.len());
        Ok(())
    }
}

impl ReadBody {
    fn pieces(&self) -> usize {
        self.place.as_ref().map_or(0, OwnedSemaphorePermit::num_permits)
    }

    /// Size up to which the body can grow.
    fn room(&self) -> usize {
        self.pieces().max(1) * SMALL_BODY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_have_room_or_are_refused() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let budget = BodyBudget { wait: Duration::ZERO, ..BodyBudget::default() };
            let room = async |read: &mut ReadBody, size| {
                budget.make_room(read, size).await.map(|()| budget.pieces.available_permits() * SMALL_BODY)
            };
            let (mut grown, mut small) = (ReadBody::default(), ReadBody::default());
            for size in [2 * SMALL_BODY, LARGEST_BODY / 2, LARGEST_BODY] {
                assert_eq!(room(&mut grown, size).await, Ok(BODY_BUDGET - size));
                assert_eq!(room(&mut grown, 1).await, Ok(BODY_BUDGET - size));
            }
            let mut others = Vec::new();
            for _ in 1..BODY_BUDGET / LARGEST_BODY {
                others.push(ReadBody::default());
                room(others.last_mut().unwrap(), LARGEST_BODY).await.unwrap();
            }
            assert_eq!(room(&mut small, SMALL_BODY).await, Ok(0));
            assert_eq!(room(&mut small, SMALL_BODY + 1).await, Err(StatusCode::SERVICE_UNAVAILABLE));
            drop(grown);
            assert_eq!(room(&mut small, SMALL_BODY + 1).await, Ok(LARGEST_BODY - 2 * SMALL_BODY));
        });
    }
}
