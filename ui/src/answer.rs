//! How handlers answer: a page, or the way to where the effect shows.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use web::Problem;

/// What handlers answer.
pub(crate) type Answer = Result<Response, Problem>;

/// A page.
pub(crate) fn page(template: &impl Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// A page with another status: a form again, an error.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Answer {
    let html = template.render().map_err(Problem::internal)?;
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    )];
    Ok((status, kind, html).into_response())
}

/// 303: what was sent is done, see it there.
pub(crate) fn see(path: &str) -> Answer {
    let place = HeaderValue::try_from(path).map_err(Problem::internal)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
}

/// 308: it is always to be found there.
pub(crate) fn moved(path: &str) -> Answer {
    let place = HeaderValue::try_from(path).map_err(Problem::internal)?;
    Ok((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, place)]).into_response())
}
