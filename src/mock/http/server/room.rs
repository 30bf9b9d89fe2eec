//! Room for bodies and for the values that they are parsed to.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::mock::http::limits::{
    BODY_BUDGET, BODY_TIME, LARGEST_BODY, ROOM_TIME, SMALL_BODY, SMALL_VALUES, VALUE_BUDGET,
};

/// Memory for the bodies that are read or answered at the same time.
///
/// A body takes room as its bytes come. If there is none, it may take the reserve, which holds any body: of bodies that wait for
/// each other, one always goes on. Room for values is taken once, by bodies that are complete, and who has it is answered without
/// waiting for more room. So complete bodies may keep the room of their bytes while they wait for their turn: it always comes.
#[derive(Debug, Clone)]
pub(super) struct BodyBudget {
    pieces: Arc<Semaphore>,
    reserve: Arc<Semaphore>,
    values: Arc<Semaphore>,
    /// Time that a body waits for room for further bytes.
    wait: Duration,
    /// Time that a complete body waits for room for its values.
    values_wait: Duration,
}

/// Room that a body has until it is dropped.
#[derive(Debug, Default)]
pub(super) struct BodyRoom {
    pieces: Option<OwnedSemaphorePermit>,
    reserve: Option<OwnedSemaphorePermit>,
    values: Option<OwnedSemaphorePermit>,
}

/// Body that finds no room in time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoRoom;

impl Default for BodyBudget {
    fn default() -> Self {
        let pieces = |size: usize| Arc::new(Semaphore::new(size / SMALL_BODY));
        Self {
            pieces: pieces(BODY_BUDGET - LARGEST_BODY),
            reserve: Arc::new(Semaphore::new(1)),
            values: pieces(VALUE_BUDGET),
            wait: ROOM_TIME,
            values_wait: BODY_TIME,
        }
    }
}

impl BodyBudget {
    /// Waits until a body may have this size. Small ones need no room, so that large ones cannot hold them up.
    pub(super) async fn grow(&self, room: &mut BodyRoom, size: usize) -> Result<(), NoRoom> {
        if size <= room.size() {
            return Ok(());
        }
        let missing =
            size.div_ceil(SMALL_BODY) - room.pieces.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let more = Arc::clone(&self.pieces).acquire_many_owned(permits(missing));
        let reserve = Arc::clone(&self.reserve).acquire_owned();
        let taken = async {
            tokio::select! {
                biased;
                Ok(more) = more => match &mut room.pieces {
                    Some(pieces) => pieces.merge(more),
                    None => room.pieces = Some(more),
                },
                Ok(reserve) = reserve => *room = BodyRoom { reserve: Some(reserve), ..BodyRoom::default() },
            }
        };
        timeout(self.wait, taken).await.map_err(|_| NoRoom)
    }

    /// Waits until a complete body may have values of this size.
    pub(super) async fn take_values(&self, room: &mut BodyRoom, size: usize) -> Result<(), NoRoom> {
        if size <= SMALL_VALUES {
            return Ok(());
        }
        let values = Arc::clone(&self.values).acquire_many_owned(permits(size.div_ceil(SMALL_BODY)));
        let values = timeout(self.values_wait, values).await.map_err(|_| NoRoom)?;
        room.values = Some(values.map_err(|_| NoRoom)?);
        Ok(())
    }
}

impl BodyRoom {
    /// Size up to which the body can grow.
    pub(super) fn size(&self) -> usize {
        match (&self.reserve, &self.pieces) {
            (Some(_), _) => LARGEST_BODY,
            (None, Some(pieces)) => pieces.num_permits() * SMALL_BODY,
            (None, None) => SMALL_BODY,
        }
    }
}

fn permits(pieces: usize) -> u32 {
    u32::try_from(pieces).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(test: impl AsyncFnOnce(BodyBudget)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(test(BodyBudget { wait: Duration::ZERO, ..BodyBudget::default() }));
    }

    async fn room(budget: &BodyBudget, size: usize) -> BodyRoom {
        let mut room = BodyRoom::default();
        budget.grow(&mut room, size).await.unwrap();
        room
    }

    #[test]
    fn bodies_have_room_or_are_refused() {
        run(async |budget| {
            let left = || budget.pieces.available_permits() * SMALL_BODY;
            let (all, mut grown, mut small) = (left(), BodyRoom::default(), BodyRoom::default());
            for size in [2 * SMALL_BODY, LARGEST_BODY / 2, LARGEST_BODY] {
                for asked in [size, 1] {
                    assert_eq!(budget.grow(&mut grown, asked).await, Ok(()));
                    assert_eq!(left(), all - size);
                }
            }
            let mut others = Vec::new();
            for _ in 1..BODY_BUDGET / LARGEST_BODY {
                others.push(room(&budget, LARGEST_BODY).await);
            }
            assert_eq!((left(), budget.reserve.available_permits()), (0, 0));
            assert_eq!(budget.grow(&mut small, SMALL_BODY).await, Ok(()));
            assert_eq!(budget.grow(&mut small, SMALL_BODY + 1).await, Err(NoRoom));
            drop(grown);
            assert_eq!(budget.grow(&mut small, SMALL_BODY + 1).await, Ok(()));
            assert_eq!(left(), LARGEST_BODY - 2 * SMALL_BODY);
        });
    }

    /// All of them have a half, and none is left.
    #[test]
    fn of_bodies_that_wait_for_each_other_one_goes_on() {
        run(async |budget| {
            let mut halves = Vec::new();
            while budget.pieces.available_permits() > 0 {
                halves.push(room(&budget, LARGEST_BODY / 2).await);
            }
            while let Some(mut first) = halves.pop() {
                assert_eq!(budget.grow(&mut first, LARGEST_BODY).await, Ok(()));
                if let Some(second) = halves.first_mut().filter(|_| first.reserve.is_some()) {
                    let left = budget.pieces.available_permits() * SMALL_BODY;
                    assert_eq!(left, LARGEST_BODY / 2, "who has the reserve gives back the rest");
                    assert_eq!(budget.grow(second, LARGEST_BODY).await, Ok(()));
                }
            }
            assert_eq!(budget.reserve.available_permits(), 1);
        });
    }

    #[test]
    fn values_share_their_own_room() {
        run(async |budget| {
            let (mut first, mut second) = (BodyRoom::default(), BodyRoom::default());
            assert_eq!(budget.take_values(&mut first, VALUE_BUDGET).await, Ok(()));
            assert_eq!(budget.take_values(&mut second, SMALL_VALUES).await, Ok(()));
            let impatient = BodyBudget { values_wait: Duration::ZERO, ..budget.clone() };
            assert_eq!(impatient.take_values(&mut second, SMALL_VALUES + 1).await, Err(NoRoom));
            drop(first);
            assert_eq!(impatient.take_values(&mut second, VALUE_BUDGET).await, Ok(()));
        });
    }

    /// The time for further bytes is over at once here.
    #[test]
    fn complete_bodies_wait_for_their_turn() {
        run(async |budget| {
            let mut first = room(&budget, LARGEST_BODY).await;
            budget.take_values(&mut first, VALUE_BUDGET).await.unwrap();
            let mut others = Vec::new();
            for _ in 0..8 {
                let (mut other, budget) = (room(&budget, 1 << 20).await, budget.clone());
                others.push(tokio::spawn(async move { budget.take_values(&mut other, VALUE_BUDGET).await }));
            }
            tokio::task::yield_now().await;
            assert!(others.iter().all(|other| !other.is_finished()));
            drop(first);
            for other in others {
                assert_eq!(other.await.unwrap(), Ok(()));
            }
        });
    }
}
