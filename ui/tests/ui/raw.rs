//! Any bytes as the body of any form: said once, for the seeds here and for the fuzz target `form`.
//!
//! The first byte chooses the form, the second how the body is meant: fields, or parts with files, each with a token in
//! front or without one. The rest is the body.

use axum::body::Body;
use http::{Request, header};

use crate::site::{ORIGIN, Pages, Person};

/// Where forms are sent. Nothing in this list ends the session.
const ADDRESSES: [&str; 16] = [
    "/b/photo/new",
    "/b/photo/1",
    "/settings/profile",
    "/settings/appearance",
    "/settings/content",
    "/b",
    "/follow",
    "/search",
    "/b/photo/follow",
    "/t/film/mute",
    "/login",
    "/authorize_interaction",
    "/watching",
    "/admin/site",
    "/admin/boards/photo",
    "/admin/users/ann/role",
];

/// What stands between the parts.
const BOUNDARY: &str = "b";

/// A site with an admin who sends, and the token of their forms.
pub(crate) struct Desk<'a> {
    admin: Person<'a>,
    token: String,
}

impl<'a> Desk<'a> {
    /// Furnishes a site.
    pub(crate) async fn of(site: &'a Pages) -> Self {
        let mut admin = site.with_board().await;
        site.member("ann").await;
        admin.thread("Thread", "text #film").await;
        let form = admin.get("/b").await.form("/b");
        Self {
            admin,
            token: form.value("csrf").to_owned(),
        }
    }

    /// Sends these bytes. Whatever they are, it is no fault of ours, and a refusal says why.
    pub(crate) async fn send(&self, bytes: &[u8]) {
        let [which, how, rest @ ..] = bytes else {
            return;
        };
        let address = ADDRESSES[usize::from(*which) % ADDRESSES.len()];
        let (kind, mut body) = match how % 4 {
            0 => ("application/x-www-form-urlencoded", Vec::new()),
            1 => (
                "application/x-www-form-urlencoded",
                format!("csrf={}&", self.token).into_bytes(),
            ),
            2 => ("multipart/form-data; boundary=b", Vec::new()),
            _ => (
                "multipart/form-data; boundary=b",
                format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n",
                    self.token
                )
                .into_bytes(),
            ),
        };
        body.extend_from_slice(rest);
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, kind)
            .header(header::REFERER, format!("{ORIGIN}{address}"))
            .header(header::ORIGIN, ORIGIN)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        let page = self.admin.clone().ask(request, address).await;
        let status = page.status.as_u16();
        assert!(status < 500, "{address}: {status}: {}", page.html);
        let says = ["role=\"alert\"", "class=\"error\"", "class=\"fault\""];
        assert!(
            status < 400 || says.iter().any(|mark| page.html.contains(mark)),
            "{address}: {status} without a sentence: {}",
            page.html
        );
        let to = page.location();
        assert!(
            status != 303 || (to.starts_with('/') && !to.starts_with("//")),
            "{address} leads to {to:?}"
        );
    }
}
