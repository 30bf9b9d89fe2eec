//! The server: accepts connections until it is asked to end.

mod body;
mod body_length;
mod chunks;
mod exchange;
mod head;
mod header_line;
mod lenient_stream;
mod linger;
mod request_line;
mod room;

use std::{
    error::Error,
    fmt, io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use hyper::{
    Request,
    body::{Body as _, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    runtime::{Builder, Runtime},
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};

use self::{body_length::BodyLength, exchange::exchange, lenient_stream::LenientStream, room::BodyBudget};
use super::limits::{END_TIME, HEAD_TIME, LARGEST_HEAD, MOST_ANSWERING, MOST_CONNECTIONS, MOST_HEADERS};
use crate::mock::MockShop;

/// Interval at which the server asks whether it shall end.
const ASKED_EVERY: Duration = Duration::from_millis(50);

/// A server that is bound to an address.
#[derive(Debug)]
pub struct MockServer {
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
    shop: Arc<MockShop>,
}

/// Address that the server cannot use.
#[derive(Debug)]
pub struct Unservable {
    address: SocketAddr,
    cause: io::Error,
}

impl fmt::Display for Unservable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot listen on {}: {}", self.address, self.cause)
    }
}

impl Error for Unservable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

impl MockServer {
    /// Binds an address; port 0 lets the system choose one.
    ///
    /// # Errors
    /// Address that is taken or not allowed.
    pub fn bind(address: SocketAddr, shop: Arc<MockShop>) -> Result<Self, Unservable> {
        let unservable = |cause| Unservable { address, cause };
        let listener = TcpListener::bind(address).map_err(unservable)?;
        listener.set_nonblocking(true).map_err(unservable)?;
        let bound = listener.local_addr().map_err(unservable)?;
        let runtime = Builder::new_multi_thread()
            .enable_all()
            .max_blocking_threads(MOST_ANSWERING)
            .build()
            .map_err(unservable)?;
        Ok(Self { runtime, listener, address: bound, shop })
    }

    /// Address that it is bound to.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `is_over` returns true, finishes open answers, and returns.
    ///
    /// # Errors
    /// Listener that fails.
    pub fn run(self, is_over: impl Fn() -> bool + Send) -> io::Result<()> {
        let Self { runtime, listener, shop, .. } = self;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let (end, ending) = watch::channel(());
            let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
            let over = async {
                while !is_over() {
                    sleep(ASKED_EVERY).await;
                }
            };
            tokio::select! {
                () = over => {}
                () = accept(&listener, &shop, &places, &ending) => {}
            }
            drop((listener, ending));
            let _ = end.send(());
            // All connections are closed when nobody listens to the end any longer.
            let _ = timeout(END_TIME, end.closed()).await;
            Ok(())
        });
        runtime.shutdown_background();
        served
    }
}

async fn accept(
    listener: &tokio::net::TcpListener,
    shop: &Arc<MockShop>,
    places: &Arc<Semaphore>,
    ending: &watch::Receiver<()>,
) {
    let budget = BodyBudget::default();
    loop {
        let Ok(place) = Arc::clone(places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // No file descriptors are left: others have to close first.
            sleep(ASKED_EVERY).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (shop, budget, mut ending) = (Arc::clone(shop), budget.clone(), ending.clone());
        tokio::spawn(async move {
            let (length, place) = (BodyLength::default(), Arc::new(place));
            let stream = LenientStream::new(stream, length.clone());
            let service = service_fn(|request: Request<Incoming>| {
                // Before hyper reads on.
                length.note(request.body().size_hint().exact());
                exchange(Arc::clone(&shop), request, length.clone(), budget.clone(), Arc::clone(&place))
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(LARGEST_HEAD)
                .max_headers(MOST_HEADERS)
                .title_case_headers(true)
                .serve_connection(TokioIo::new(stream), service);
            tokio::pin!(connection);
            let ended = tokio::select! {
                _ = connection.as_mut() => true,
                _ = ending.changed() => false,
            };
            if !ended {
                connection.as_mut().graceful_shutdown();
                let _ = connection.await;
            }
        });
    }
}
