//! A client that costs next to nothing: one connection kept open, requests as bytes, answers of a known length.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// An open connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer.
pub(crate) struct Reply<'a> {
    pub(crate) status: u16,
    pub(crate) head: &'a str,
    pub(crate) body: &'a [u8],
}

impl Connection {
    pub(crate) async fn open(at: SocketAddr) -> Self {
        let stream = TcpStream::connect(at).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            buffer: Vec::with_capacity(1 << 20),
        }
    }

    /// Sends one request and waits for its whole answer.
    pub(crate) async fn send(&mut self, request: &[u8]) -> Reply<'_> {
        self.stream.write_all(request).await.unwrap();
        self.buffer.clear();
        let mut frame = None;
        loop {
            frame = frame.or_else(|| frame_of(&self.buffer));
            if frame.is_some_and(|(_, end)| self.buffer.len() >= end) {
                break;
            }
            let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
            assert!(read > 0, "the connection was closed");
        }
        let (start, end) = frame.unwrap_or_default();
        let head = std::str::from_utf8(&self.buffer[..start]).unwrap();
        Reply {
            status: head[9..12].parse().unwrap(),
            head,
            body: &self.buffer[start..end],
        }
    }
}

/// Where the body begins and ends, once the head is here.
fn frame_of(bytes: &[u8]) -> Option<(usize, usize)> {
    let start = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..start]).unwrap();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().unwrap())
    });
    let length = length.unwrap_or_else(|| panic!("an answer without a length: {head}"));
    Some((start, start + length))
}

/// A `GET` of `path`, as a browser or a program asks.
pub(crate) fn get(host: &str, path: &str, accept: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: {host}\r\naccept: {accept}\r\n\r\n").into_bytes()
}

/// A `GET` of `path` as a program asks that shows this token.
pub(crate) fn get_with_token(host: &str, path: &str, accept: &str, token: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nhost: {host}\r\naccept: {accept}\r\nauthorization: Bearer {token}\r\n\r\n"
    )
    .into_bytes()
}

/// What a while of asking came to.
pub(crate) struct Timed {
    /// Answers a second.
    pub(crate) rate: f64,
    /// How long each took, in milliseconds.
    pub(crate) waits: Vec<f64>,
}

/// How many requests a second `connections` get answered, each answer being 200 with exactly `expected`.
pub(crate) async fn rate(
    at: SocketAddr,
    connections: usize,
    request: &[u8],
    expected: &[u8],
    duration: Duration,
) -> f64 {
    timed(at, connections, request, expected, duration)
        .await
        .rate
}

/// The same, with how long each answer took.
pub(crate) async fn timed(
    at: SocketAddr,
    connections: usize,
    request: &[u8],
    expected: &[u8],
    duration: Duration,
) -> Timed {
    let (request, expected): (Arc<[u8]>, Arc<[u8]>) = (request.into(), expected.into());
    let mut tasks = JoinSet::new();
    let start = Instant::now();
    for _ in 0..connections {
        let (request, expected) = (Arc::clone(&request), Arc::clone(&expected));
        tasks.spawn(async move {
            let mut connection = Connection::open(at).await;
            let mut waits = Vec::new();
            while start.elapsed() < duration {
                let asked = Instant::now();
                let reply = connection.send(&request).await;
                waits.push(asked.elapsed().as_secs_f64() * 1000.0);
                assert_eq!(reply.status, 200);
                assert!(
                    reply.body == &*expected,
                    "an answer is not what the database holds"
                );
            }
            waits
        });
    }
    let waits = tasks.join_all().await.concat();
    Timed {
        rate: waits.len() as f64 / start.elapsed().as_secs_f64(),
        waits,
    }
}

/// Sends each request once over `connections`; every answer must have this status. Answers how long it took.
pub(crate) async fn post_all(
    at: SocketAddr,
    connections: usize,
    requests: Vec<Vec<u8>>,
    status: u16,
) -> Duration {
    let requests = Arc::new(requests);
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    let start = Instant::now();
    for _ in 0..connections {
        let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
        tasks.spawn(async move {
            let mut connection = Connection::open(at).await;
            while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                let reply = connection.send(request).await;
                let said = String::from_utf8_lossy(reply.body);
                assert_eq!(reply.status, status, "{said}");
            }
        });
    }
    tasks.join_all().await;
    start.elapsed()
}
