//! The server: 127.0.0.1 and nothing else, a token for each start, limits for connections and time.

use axum::Router;
use axum::middleware::from_fn_with_state;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::desk::Desk;
use super::doorway::Doorway;
use super::guard::{self, Guard};
use super::shelf::Shelf;
use super::{limits, routes};

/// What the page is opened on.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A dossier, or a folder that holds dossiers; none: the user's own.
    pub folder: Option<PathBuf>,
    /// The port; 0: any that is free.
    pub port: u16,
}

/// Serves the page until the person at it closes the program. `ready` is told the address, token and all, as soon as the
/// page can be opened, and may give the doorway it opened.
///
/// # Errors
/// The folder cannot be opened, or the port is taken.
pub fn serve(options: &Options, ready: impl FnOnce(&str) -> Option<Doorway>) -> io::Result<()> {
    let folder = match &options.folder {
        Some(folder) => folder.clone(),
        None => Shelf::of_user()?,
    };
    let desk = Arc::new(Desk::new(Shelf::open(&folder)?));
    let token = token()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(16)
        .enable_io()
        .enable_time()
        .build()?;
    let outcome = runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let port = listener.local_addr()?.port();
        let guard = Arc::new(Guard::new(port, &token));
        let router = routes::all(Arc::clone(&desk)).layer(from_fn_with_state(Arc::clone(&guard), guard::admit));
        tokio::spawn(accept(listener, router));
        if let Some(doorway) = ready(&format!("http://127.0.0.1:{port}/#{token}")) {
            guard.keep_open(doorway);
        }
        desk.closed().await;
        Ok(())
    });
    runtime.shutdown_timeout(Duration::from_secs(2));
    outcome
}

/// 256 bits from the system, in letters that an address can hold.
fn token() -> io::Result<String> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn accept(listener: TcpListener, router: Router) {
    let room = Arc::new(Semaphore::new(limits::CONNECTIONS));
    while let Ok(permit) = Arc::clone(&room).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            // no more files may be open; others will close
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let router = router.clone();
        tokio::spawn(async move {
            // a browser that goes away in the middle is no fault
            let _ = tokio::time::timeout(limits::CONNECTION, talk(stream, router)).await;
            drop(permit);
        });
    }
}

async fn talk(stream: TcpStream, router: Router) -> hyper::Result<()> {
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits::HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .await
}
