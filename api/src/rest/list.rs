//! Lists as the API answers them: items, cursors, and a `Link` header.

use axum::response::{IntoResponse, Response};
use domain::page::Slice;
use http::{HeaderValue, header};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use web::{App, Json, Paging};

/// A part of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// In the list's order.
    items: Vec<T>,
    /// Send it as `after` for the part that follows; null at the end.
    next: Option<String>,
    /// Send it as `before` for the part that goes before; null at the beginning.
    prev: Option<String>,
}

/// Which part of a list is wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what web::Paging reads")]
pub(crate) struct Part {
    /// At most so many items; 20 when not given.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u8>,
    /// Only what goes before this cursor in the list's order.
    before: Option<String>,
    /// Only what follows this cursor in the list's order.
    after: Option<String>,
}

/// A [`List`] with its `Link` header.
pub(crate) struct Listed<T> {
    list: List<T>,
    link: Option<HeaderValue>,
}

impl<T> Listed<T> {
    /// Shapes the items of a part.
    pub(crate) fn new<D>(
        app: &App,
        paging: &Paging,
        slice: Slice<D>,
        shape: impl Fn(&D) -> T,
    ) -> Self {
        let link = paging.link(&app.cx.site, &slice);
        let list = List {
            items: slice.items.iter().map(shape).collect(),
            next: slice.next,
            prev: slice.prev,
        };
        Self { list, link }
    }
}

impl<T> List<T> {
    /// A list that is always answered whole.
    pub(crate) fn whole(items: Vec<T>) -> Self {
        Self {
            items,
            next: None,
            prev: None,
        }
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.list).into_response();
        if let Some(link) = self.link {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }
}
