//! Bodies of requests, which share their memory.

use http_body_util::BodyExt as _;
use hyper::{
    StatusCode,
    body::{Body as _, Incoming},
};
use tokio::time::timeout;

use super::room::{BodyBudget, BodyRoom};
use crate::mock::http::limits::{BODY_TIME, LARGEST_BODY};

/// Body that was read, with the memory that it has until it is dropped.
#[derive(Debug, Default)]
pub(super) struct ReadBody {
    pub(super) bytes: Vec<u8>,
    pub(super) room: BodyRoom,
}

impl ReadBody {
    /// Reads a body. Fails with the status that refuses it.
    pub(super) async fn read(body: Incoming, budget: &BodyBudget) -> Result<Self, StatusCode> {
        let declared = body.size_hint();
        // nginx reads a signed number.
        if i64::try_from(declared.lower()).is_err() {
            return Err(StatusCode::BAD_REQUEST);
        }
        if declared.lower() > LARGEST_BODY as u64 {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        let length = declared.exact().and_then(|length| usize::try_from(length).ok());
        let read = Self::read_all(body, length.unwrap_or(LARGEST_BODY), budget);
        timeout(BODY_TIME, read).await.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
    }

    /// Reads a body of this size at most. Its room doubles each time that it is full.
    async fn read_all(mut body: Incoming, most: usize, budget: &BodyBudget) -> Result<Self, StatusCode> {
        let mut read = Self::default();
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data() else { continue };
            let size = read.bytes.len() + data.len();
            if size > LARGEST_BODY {
                return Err(StatusCode::PAYLOAD_TOO_LARGE);
            }
            if size > read.room.size() {
                let wanted = size.next_power_of_two().min(most);
                budget.grow(&mut read.room, wanted).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
                read.bytes.reserve_exact(wanted - read.bytes.len());
            }
            read.bytes.extend_from_slice(&data);
        }
        Ok(read)
    }
}
