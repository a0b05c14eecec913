//! The browser for the API at `/api/docs`. Its files are inside the binary; it may run scripts of this origin only.

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The interface sets styles on its elements; scripts come as files.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The routes under `/api/docs`, reading the document at `document`.
pub(super) fn router(document: &str) -> Router {
    let config = Config::from(document.to_owned())
        .try_it_out_enabled(true)
        .persist_authorization(false);
    let browser: Router = SwaggerUi::new("/api/docs").config(config).into();
    browser.layer(middleware::from_fn(policy))
}

async fn policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        return axum::response::IntoResponse::into_response(web::Problem::unknown_route());
    }
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
