//! A node without a network: its router, its clock, and requests to it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use db::testing::TestDb;
use db::{Clock, Ids, Timestamp};
use domain::{Context, Site};
use http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;
use web::App;

use crate::document;
use crate::people::Person;

/// The API's root.
pub(crate) const BASE: &str = "/api/stoa/v1";

/// A node of one test.
pub(crate) struct Node {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) document: Value,
    pub(crate) operations: Vec<document::Operation>,
    _db: TestDb,
    _folder: TempDir,
}

impl Node {
    /// One on each engine that is here.
    pub(crate) async fn each() -> Vec<Self> {
        let mut nodes = Vec::new();
        for db in TestDb::each().await {
            nodes.push(Self::on(db, |_| ()).await);
        }
        nodes
    }

    /// One on SQLite, where the engine does not matter.
    pub(crate) async fn sqlite() -> Self {
        Self::with(|_| ()).await
    }

    /// One on SQLite with other settings.
    pub(crate) async fn with(change: impl FnOnce(&mut Site)) -> Self {
        Self::on(TestDb::sqlite(), change).await
    }

    async fn on(database: TestDb, change: impl FnOnce(&mut Site)) -> Self {
        let db = database.open().await;
        let clock = Clock::manual(Timestamp::parse("2026-11-20T10:00:00Z").unwrap());
        let ids = Ids::lease(&db, &clock).await.unwrap();
        let mut site = Site::new("http://alpha.test");
        site.rate_limits = false;
        change(&mut site);
        let cx = Context {
            db,
            clock,
            ids,
            site: Arc::new(site),
            wake: Default::default(),
        };
        let folder = tempfile::tempdir().unwrap();
        let store = media::Store::open(folder.path()).unwrap();
        let limits = media::Limits {
            bytes: 100_000,
            ..media::Limits::default()
        };
        let app = App::new(
            cx,
            media::Ingest::new(store, limits),
            "0.0.0-test",
            Vec::new(),
        );
        let settings = federation::Settings {
            reach: federation::Reach::public(),
            names: federation::Names::default(),
        };
        let federation = federation::Federation::start(app.clone(), settings)
            .await
            .unwrap();
        let pictures = Router::new()
            .route("/media/{sha}/{variant}", get(picture))
            .with_state(app.clone());
        let router = api::rest::router(app.clone(), federation.remote()).merge(pictures);
        let router = web::edge::wrap(router, &app);
        let document = openapi(&router).await;
        Self {
            operations: document::operations(&document),
            document,
            router,
            app,
            _db: database,
            _folder: folder,
        }
    }

    /// Moves the clock.
    pub(crate) fn advance(&self, micros: i64) {
        self.app.cx.clock.advance(micros);
    }

    pub(crate) fn get(&self, path: &str) -> Call<'_> {
        self.call(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str, body: Value) -> Call<'_> {
        self.call(Method::POST, path).json(&body)
    }

    pub(crate) fn put(&self, path: &str, body: Value) -> Call<'_> {
        self.call(Method::PUT, path).json(&body)
    }

    pub(crate) fn patch(&self, path: &str, body: Value) -> Call<'_> {
        self.call(Method::PATCH, path).json(&body)
    }

    pub(crate) fn delete(&self, path: &str) -> Call<'_> {
        self.call(Method::DELETE, path)
    }

    /// A request to `path`, below the API's root unless it is absolute (`//…` below the node's).
    pub(crate) fn call(&self, method: Method, path: &str) -> Call<'_> {
        let path = match path.strip_prefix('/') {
            Some(rest) if rest.starts_with('/') => rest.to_owned(),
            _ => format!("{BASE}{path}"),
        };
        Call {
            node: self,
            method,
            path,
            headers: HeaderMap::new(),
            body: Vec::new(),
        }
    }
}

async fn openapi(router: &Router) -> Value {
    let request = Request::get(format!("{BASE}/openapi.json"))
        .body(Body::empty())
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

async fn picture(
    State(app): State<App>,
    method: Method,
    headers: HeaderMap,
    Path((sha, variant)): Path<(String, String)>,
) -> Response {
    web::picture::serve(&app, &method, &headers, &sha, &variant)
        .await
        .into_response()
}

/// A request on its way.
pub(crate) struct Call<'a> {
    node: &'a Node,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Call<'_> {
    pub(crate) fn by(self, person: &Person) -> Self {
        let token = format!("Bearer {}", person.token);
        self.header("authorization", &token)
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    pub(crate) fn headers(mut self, headers: HeaderMap) -> Self {
        self.headers.extend(headers);
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.bytes("application/json", serde_json::to_vec(body).unwrap())
    }

    pub(crate) fn bytes(mut self, kind: &str, body: Vec<u8>) -> Self {
        self.body = body;
        self.header("content-type", kind)
    }

    pub(crate) fn request(&self) -> Request<Body> {
        let mut request = Request::builder()
            .method(self.method.clone())
            .uri(&self.path);
        *request.headers_mut().unwrap() = self.headers.clone();
        request.body(Body::from(self.body.clone())).unwrap()
    }

    /// The answer, whatever it is.
    pub(crate) async fn send(self) -> Answer {
        let response = self
            .node
            .router
            .clone()
            .oneshot(self.request())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            json: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            bytes: bytes.to_vec(),
        };
        self.check(&answer);
        answer
    }

    /// The answer, which must have this status.
    pub(crate) async fn expect(self, status: u16) -> Answer {
        let what = format!("{} {}", self.method, self.path);
        let answer = self.send().await;
        assert_eq!(answer.status, status, "{what}: {}", answer.json);
        answer
    }

    /// What must hold for every answer.
    fn check(&self, answer: &Answer) {
        let what = format!(
            "{} {} -> {} {}",
            self.method, self.path, answer.status, answer.json
        );
        let overloaded = answer.status == StatusCode::SERVICE_UNAVAILABLE;
        assert!(overloaded || !answer.status.is_server_error(), "{what}");
        assert_eq!(answer.header("x-request-id").len(), 32, "{what}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
        let refused = overloaded
            || answer.status.is_client_error()
                && answer.status != StatusCode::RANGE_NOT_SATISFIABLE;
        if refused {
            assert_eq!(
                answer.header("content-type"),
                "application/problem+json",
                "{what}"
            );
            document::assert_problem(&self.node.document, &answer.json);
            assert_eq!(
                answer.json["request_id"],
                answer.header("x-request-id"),
                "{what}"
            );
        }
        if answer.status == StatusCode::UNAUTHORIZED {
            assert_eq!(answer.header("www-authenticate"), "Bearer", "{what}");
        }
        if let Some(statuses) = self.documented() {
            let found = answer.status.as_str().to_owned();
            assert!(
                found == "304" || statuses.contains(&found),
                "not in the document: {what}"
            );
        }
    }

    /// The statuses the document names for this request, where it knows it.
    fn documented(&self) -> Option<&[String]> {
        let path = self.path.split('?').next().unwrap();
        let operations = &self.node.operations;
        let exact = operations
            .iter()
            .find(|known| known.path == path && known.method == self.method);
        let found = exact.or_else(|| {
            operations
                .iter()
                .find(|known| known.matches(&self.method, path))
        });
        found.map(|operation| operation.statuses.as_slice())
    }
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The id of what came back.
    pub(crate) fn id(&self) -> String {
        self.text("id")
    }

    /// A text field of what came back.
    pub(crate) fn text(&self, field: &str) -> String {
        self.json[field]
            .as_str()
            .unwrap_or_else(|| panic!("no {field} in {}", self.json))
            .to_owned()
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> &Vec<Value> {
        self.json["items"].as_array().unwrap()
    }

    /// Names and codes of the faulty fields, sorted.
    pub(crate) fn faults(&self) -> Vec<String> {
        let name = |fault: &Value| {
            format!(
                "{}:{}",
                fault["field"].as_str().unwrap(),
                fault["code"].as_str().unwrap()
            )
        };
        let mut faults: Vec<String> = self.json["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(name)
            .collect();
        faults.sort();
        faults
    }

    /// The names of the faulty fields, sorted.
    pub(crate) fn faulty(&self) -> Vec<String> {
        let name = |fault: String| fault.split(':').next().unwrap().to_owned();
        self.faults().into_iter().map(name).collect()
    }

    /// The path of the `Link` header's target of this relation.
    pub(crate) fn link(&self, rel: &str) -> Option<String> {
        let wanted = format!("rel=\"{rel}\"");
        let link = self
            .header(header::LINK.as_str())
            .split(", ")
            .find(|link| link.ends_with(&wanted))?;
        let target = link.trim_start_matches('<').split('>').next().unwrap();
        let path = target
            .strip_prefix("http://alpha.test")
            .expect("links start with our origin");
        Some(format!("/{path}"))
    }
}
