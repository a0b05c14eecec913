//! A node's pages over a database of its own, and people who use them: they keep a cookie, fill in the forms they are
//! shown and follow where they are led.

use axum::Router;
use axum::body::Body;
use db::testing::{Statements, TestDb};
use db::{Clock, Ids, Timestamp};
use domain::account::{self, Draft};
use domain::{Context, Role, Site};
use federation::{Federation, Names, Reach, Settings};
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use tempfile::TempDir;
use tower::ServiceExt;
use web::App;

use crate::page::Page;
use crate::pictures;

/// Where the site believes to be.
pub(crate) const ORIGIN: &str = "http://pics.test";
/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A running site.
pub(crate) struct Pages {
    pub(crate) app: App,
    /// What its database was asked.
    pub(crate) statements: Statements,
    router: Router,
    _files: TempDir,
    _db: TestDb,
}

impl Pages {
    /// One on each engine there is.
    pub(crate) async fn each() -> Vec<Self> {
        let mut sites = Vec::new();
        for db in TestDb::each().await {
            sites.push(Self::start(db, |_| ()).await);
        }
        sites
    }

    /// The same for people who send far more than people do.
    pub(crate) async fn each_without_rates() -> Vec<Self> {
        let mut sites = vec![Self::without_rates_on_sqlite().await];
        if let Some(db) = TestDb::postgres().await {
            sites.push(Self::start(db, |site| site.rate_limits = false).await);
        }
        sites
    }

    /// One of them.
    pub(crate) async fn without_rates_on_sqlite() -> Self {
        Self::start(TestDb::sqlite(), |site| site.rate_limits = false).await
    }

    async fn start(test: TestDb, change: impl FnOnce(&mut Site)) -> Self {
        let files = tempfile::tempdir().unwrap();
        let statements = Statements::of(&test);
        let db = test.open().await;
        let clock = Clock::manual(Timestamp::parse("2026-11-20T10:00:00Z").unwrap());
        let ids = Ids::lease(&db, &clock).await.unwrap();
        let mut site = Site::new(ORIGIN);
        site.defaults.name = "Night Pictures".into();
        site.defaults.description = "People who take pictures at night.".into();
        site.defaults.rules = vec!["Be kind.".into(), "Your own pictures.".into()];
        change(&mut site);
        let cx = Context {
            db,
            clock,
            ids,
            site: site.into(),
            wake: Default::default(),
        };
        let store = media::Store::open(files.path()).unwrap();
        let ingest = media::Ingest::new(store, media::Limits::default());
        let app = App::new(cx, ingest, "0.0.0", Vec::new());
        let settings = Settings {
            reach: Reach::public(),
            names: Names::default(),
        };
        let federation = Federation::start(app.clone(), settings).await.unwrap();
        let router = web::edge::wrap(ui::router(app.clone(), federation.remote()), &app);
        Self {
            app,
            statements,
            router,
            _files: files,
            _db: test,
        }
    }

    /// The ids of accounts of this site.
    pub(crate) async fn ids(&self, names: &[&str]) -> Vec<domain::Id> {
        let mut conn = self.app.cx.read().await.unwrap();
        let mut ids = Vec::new();
        for name in names {
            let handle = domain::Handle::local(*name);
            ids.push(account::find(&mut conn, &handle).await.unwrap().id);
        }
        ids
    }

    /// Somebody who is not signed in.
    pub(crate) fn visitor(&self) -> Person<'_> {
        Person {
            pages: self,
            cookie: None,
        }
    }

    /// Somebody who signed up by the form.
    pub(crate) async fn member(&self, name: &str) -> Person<'_> {
        let mut person = self.visitor();
        let form = person
            .get("/signup")
            .await
            .form("/signup")
            .with("name", name)
            .with("password", PASSWORD);
        let page = person.send(form).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.html);
        person
    }

    /// An admin, made as the command line does, signed in by the form.
    pub(crate) async fn admin(&self, name: &str) -> Person<'_> {
        let draft = Draft {
            name: name.into(),
            password: PASSWORD.into(),
            email: None,
        };
        let keys = federation::key_pair().await.unwrap();
        let hash = account::hash(PASSWORD.into()).await.unwrap();
        self.app
            .cx
            .write(async |tx| account::create(tx, draft, Role::Admin, keys, hash).await)
            .await
            .unwrap();
        let mut person = self.visitor();
        let form = person
            .get("/login")
            .await
            .form("/login")
            .with("name", name)
            .with("password", PASSWORD);
        assert_eq!(person.send(form).await.status, StatusCode::SEE_OTHER);
        person
    }

    /// An admin and the board `photo` they made by the form.
    pub(crate) async fn with_board(&self) -> Person<'_> {
        let mut admin = self.admin("root").await;
        let form = admin
            .get("/b")
            .await
            .form("/b")
            .with("name", "photo")
            .with("title", "Photography");
        let page = admin
            .send(
                form.with("about", "Prints and accidents.")
                    .with("rules", "Your own.\nNo adverts."),
            )
            .await;
        assert_eq!(page.location(), "/b/photo", "{}", page.html);
        admin
    }
}

/// A browser without scripts.
#[derive(Clone)]
pub(crate) struct Person<'a> {
    pages: &'a Pages,
    cookie: Option<String>,
}

impl Person<'_> {
    /// Opens an address.
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.get_with(path, HeaderMap::new()).await
    }

    /// Opens an address with more headers.
    pub(crate) async fn get_with(&mut self, path: &str, headers: HeaderMap) -> Page {
        let mut request = Request::get(path);
        if let Some(all) = request.headers_mut() {
            all.extend(headers);
        }
        self.ask(request.body(Body::empty()).unwrap(), path).await
    }

    /// Sends a form; does not follow.
    pub(crate) async fn send(&mut self, form: Form) -> Page {
        self.send_with(form, HeaderMap::new()).await
    }

    /// Sends a form with more headers, as a script does.
    pub(crate) async fn send_with(&mut self, form: Form, headers: HeaderMap) -> Page {
        let (kind, body) = form.body();
        let mut request = Request::post(&form.action)
            .header(header::CONTENT_TYPE, kind)
            .header(header::REFERER, format!("{ORIGIN}{}", form.page))
            .header(header::ORIGIN, ORIGIN)
            .header("sec-fetch-site", "same-origin");
        if let Some(all) = request.headers_mut() {
            all.extend(headers);
        }
        let request = request.body(Body::from(body)).unwrap();
        self.ask(request, &form.action).await
    }

    /// Sends a form and goes where it leads.
    pub(crate) async fn follow(&mut self, form: Form) -> Page {
        let answer = self.send(form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
        self.get(&answer.location()).await
    }

    /// Sends any request with this person's cookie.
    pub(crate) async fn ask(&mut self, mut request: Request<Body>, path: &str) -> Page {
        if let Some(cookie) = &self.cookie {
            request
                .headers_mut()
                .insert(header::COOKIE, cookie.parse().unwrap());
        }
        let response = self.pages.router.clone().oneshot(request).await.unwrap();
        if let Some(set) = response.headers().get(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let html = String::from_utf8_lossy(&bytes).into_owned();
        Page {
            path: path.to_owned(),
            status: parts.status,
            headers: parts.headers,
            html,
        }
    }

    /// Starts a thread by the form of the board `photo`; answers the thread's page.
    pub(crate) async fn thread(&mut self, subject: &str, body: &str) -> Page {
        let form = self
            .get("/b/photo/new")
            .await
            .form("/b/photo/new")
            .with("subject", subject)
            .with("body", body);
        self.follow(form).await
    }

    /// The same with a picture of `size` and its description.
    pub(crate) async fn picture_thread(
        &mut self,
        subject: &str,
        size: (u32, u32),
        alt: &str,
    ) -> Page {
        let form = self
            .get("/b/photo/new")
            .await
            .form("/b/photo/new")
            .with("subject", subject);
        let form = form
            .file("file1", "picture.png", pictures::png(size.0, size.1))
            .with("alt1", alt);
        self.follow(form).await
    }
}

/// A form as somebody filled it in.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) page: String,
    pub(crate) action: String,
    pub(crate) multipart: bool,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) files: Vec<(String, String, Vec<u8>)>,
}

impl Form {
    /// With `value` in the field `name`.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.fields.push((name.into(), value.into())),
        }
        self
    }

    /// Without the field `name`.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self
    }

    /// With a file.
    pub(crate) fn file(mut self, name: &str, file: &str, content: Vec<u8>) -> Self {
        self.files.push((name.into(), file.into(), content));
        self
    }

    /// The value of a field.
    pub(crate) fn value(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    fn body(&self) -> (String, Vec<u8>) {
        if !self.multipart {
            let mut text = url::form_urlencoded::Serializer::new(String::new());
            text.extend_pairs(&self.fields);
            return (
                "application/x-www-form-urlencoded".into(),
                text.finish().into_bytes(),
            );
        }
        let boundary = "stoa-test-boundary";
        let mut body = Vec::new();
        for (name, value) in &self.fields {
            let part = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        for (name, file, content) in &self.files {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n",
                file.replace('"', "%22")
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body)
    }
}
