//! How others find us: WebFinger, NodeInfo, host-meta.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::Registration;
use domain::handle::Handle;
use serde::Deserialize;

use super::reply::{self, Absent};
use crate::hub::Hub;
use crate::{nodeinfo, webfinger};

#[derive(Deserialize)]
pub(super) struct Resource {
    resource: String,
}

/// `acct:name@host`, the address of an actor, or our origin (FEP-d556).
pub(super) async fn webfinger(
    State(hub): State<Hub>,
    Query(Resource { resource }): Query<Resource>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let site = hub.site();
    let row = if let Some(acct) = resource.strip_prefix("acct:") {
        let handle = Handle::parse(acct, site).filter(|handle| handle.host.is_empty());
        // The instance's own name is our host.
        if acct
            .trim_start_matches('@')
            .eq_ignore_ascii_case(&format!("{0}@{0}", site.host))
        {
            own(&mut conn).await?
        } else {
            domain::actor::by_handle(&mut conn, &handle.ok_or(Absent::MISSING)?).await?
        }
    } else if resource.trim_end_matches('/') == site.origin {
        own(&mut conn).await?
    } else {
        domain::actor::row(&mut conn, &resource).await?
    };
    let row = row
        .filter(|row| row.host.is_empty())
        .ok_or(Absent::MISSING)?;
    let handle = format!("{}@{}", row.name, site.host);
    let jrd = webfinger::local(&handle, &row.uri, &row.uri, &site.origin);
    Ok(reply::json("application/jrd+json", &jrd))
}

async fn own(conn: &mut db::Conn) -> Result<Option<domain::actor::Row>, Absent> {
    let Some(own) = domain::actor::own(conn).await? else {
        return Ok(None);
    };
    Ok(domain::actor::by_id(conn, own.id).await?)
}

/// Where our NodeInfo is.
pub(super) async fn nodeinfo_links(State(hub): State<Hub>) -> Response {
    reply::json("application/json", &nodeinfo::index(&hub.site().origin))
}

/// What we run and how much of it there is.
pub(super) async fn nodeinfo(
    State(hub): State<Hub>,
    Path(version): Path<String>,
) -> Result<Response, Absent> {
    let mut conn = hub.cx().read().await?;
    let counts = domain::account::counts(&mut conn).await?;
    let site = domain::site::settings(&mut conn, hub.site()).await?;
    let version = nodeinfo::Version::parse(&version).ok_or(Absent::MISSING)?;
    let about = nodeinfo::About {
        version: hub.app.version.to_owned(),
        repository: env!("CARGO_PKG_REPOSITORY").to_owned(),
        name: site.name,
        description: site.description,
        open_registrations: site.registration == Registration::Open,
        users: counts.accounts,
        active_month: counts.accounts,
        active_half_year: counts.accounts,
        local_posts: counts.threads,
        local_comments: counts.posts.saturating_sub(counts.threads).max(0),
        staff: Vec::new(),
    };
    Ok(reply::json(
        &version.content_type(),
        &nodeinfo::document(version, &about),
    ))
}

/// For older software that looks for WebFinger's address here.
pub(super) async fn host_meta(State(hub): State<Hub>) -> Response {
    let xrd = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\
         <Link rel=\"lrdd\" template=\"{}/.well-known/webfinger?resource={{uri}}\"/></XRD>\n",
        hub.site().origin
    );
    (
        [(header::CONTENT_TYPE, "application/xrd+xml; charset=utf-8")],
        xrd,
    )
        .into_response()
}
