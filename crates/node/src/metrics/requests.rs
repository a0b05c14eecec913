//! Requests, counted by the template of their route: `/b/{board}/{no}`, never the address itself, so that there are no
//! more lines than routes. What no route knows is counted as `none`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;

use super::text::{Kind, Page};

/// Upper ends of the histogram's buckets in seconds; one without end follows.
const BUCKETS: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// The counts of one process; clones share them.
#[derive(Clone, Debug, Default)]
pub struct Requests(Arc<Mutex<BTreeMap<String, Route>>>);

#[derive(Clone, Debug, Default)]
struct Route {
    classes: [u64; CLASSES.len()],
    buckets: [u64; BUCKETS.len() + 1],
    seconds: f64,
}

impl Route {
    fn add(&mut self, status: u16, took: Duration) {
        let seconds = took.as_secs_f64();
        let bucket = BUCKETS.iter().position(|end| seconds <= *end);
        let class = usize::from(status / 100).clamp(1, CLASSES.len()) - 1;
        self.classes[class] += 1;
        self.buckets[bucket.unwrap_or(BUCKETS.len())] += 1;
        self.seconds += seconds;
    }
}

impl Requests {
    /// Counts what passes through the router. Each face must be [`marked`] before it becomes a part of it.
    pub(crate) fn count(&self, router: Router) -> Router {
        router.layer(middleware::from_fn_with_state(self.clone(), pass))
    }

    fn add(&self, route: &str, status: u16, took: Duration) {
        let mut routes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(row) = routes.get_mut(route) {
            return row.add(status, took);
        }
        let mut row = Route::default();
        row.add(status, took);
        routes.insert(route.to_owned(), row);
    }

    pub(super) fn write(&self, page: &mut Page) {
        let routes = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let name = "stoa_requests_total";
        page.family(
            name,
            Kind::Counter,
            "Answers by route and class of their status.",
        );
        for (route, row) in &routes {
            for (class, count) in CLASSES.iter().zip(row.classes) {
                if count > 0 {
                    page.sample(name, &[("route", route), ("class", class)], count);
                }
            }
        }
        let name = "stoa_request_seconds";
        page.family(
            name,
            Kind::Histogram,
            "Time from a request to the beginning of its answer.",
        );
        for (route, row) in &routes {
            let mut sum = 0;
            for (at, count) in row.buckets.iter().enumerate() {
                sum += count;
                let end = BUCKETS
                    .get(at)
                    .map_or_else(|| "+Inf".to_owned(), f64::to_string);
                page.sample(
                    "stoa_request_seconds_bucket",
                    &[("route", route), ("le", &end)],
                    sum,
                );
            }
            page.sample("stoa_request_seconds_sum", &[("route", route)], row.seconds);
            page.sample("stoa_request_seconds_count", &[("route", route)], sum);
        }
    }
}

/// Lets the answers of a face tell by which of its routes they came.
pub(crate) fn marked(face: Router) -> Router {
    face.layer(middleware::from_fn(mark))
}

async fn mark(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(matched) = matched
        && response.extensions().get::<MatchedPath>().is_none()
    {
        response.extensions_mut().insert(matched);
    }
    response
}

async fn pass(State(requests): State<Requests>, request: Request, next: Next) -> Response {
    let before = tokio::time::Instant::now();
    let mut response = next.run(request).await;
    let matched = response.extensions_mut().remove::<MatchedPath>();
    let route = matched.as_ref().map_or("none", MatchedPath::as_str);
    requests.add(route, response.status().as_u16(), before.elapsed());
    response
}
