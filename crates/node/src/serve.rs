//! Running a node until it is told to stop, and then stopping without losing anything.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::assembly::Node;

/// How long requests that are under way may still take when the node stops.
const GRACE: Duration = Duration::from_secs(20);

/// Serves until `stop` is cancelled: then no new requests, those under way end, workers finish their step, and
/// writes whose clients went away are waited for.
///
/// # Errors
/// The listener fails.
pub async fn run(
    node: Node,
    listener: TcpListener,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let Node {
        app,
        workers,
        router,
        ..
    } = node;
    let working = {
        let stop = stop.clone();
        tokio::spawn(async move { workers.run(stop).await })
    };
    let words = app.cx.clone();
    app.tasks.spawn(async move {
        if let Err(error) = domain::search::catch_up(&words).await {
            tracing::error!(%error, "not everything can be searched yet; the next start goes on");
        }
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let stopped = stop.clone();
    let server = axum::serve(listener, service)
        .with_graceful_shutdown(async move { stopped.cancelled().await });
    let too_long = async {
        stop.cancelled().await;
        tokio::time::sleep(GRACE).await;
    };
    let served = tokio::select! {
        served = async { server.await } => served,
        () = too_long => {
            tracing::warn!("some requests did not end in time");
            Ok(())
        }
    };
    stop.cancel();
    app.tasks.close();
    let _ = tokio::time::timeout(GRACE, async {
        app.tasks.wait().await;
        let _ = working.await;
    })
    .await;
    served
}

/// Waits for Ctrl-C or a request to terminate.
pub async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let mut terminate =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(terminate) => terminate,
            Err(_) => {
                let _ = interrupt.await;
                return;
            }
        };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
