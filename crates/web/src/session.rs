//! Who asks: programs by `Authorization: Bearer`, browsers by their cookie.
//!
//! The two never mix: the API does not look at cookies, so no other site can make a browser write through it, and the
//! pages do not look at tokens. What a token may be used for stands in the handler's signature:
//! `SignedIn<Write>` does not come to be without the scope `write`.

mod browser;

use std::marker::PhantomData;

use axum::extract::{FromRef, FromRequestParts};
use domain::session::{Scope, Session};
use domain::{Caller, Denial, Role};
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};

pub use browser::Browser;

use crate::{App, Problem};

/// Whoever calls the API, signed in or not. A token must have the scope `read`.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// As the domain knows it.
    pub who: domain::Viewer,
    scopes: Vec<Scope>,
}

/// An account that calls the API with a token of scope `S`.
#[derive(Clone, Debug)]
pub struct SignedIn<S> {
    /// Who.
    pub caller: Caller,
    /// The session of the token.
    pub session: Session,
    scope: PhantomData<S>,
}

/// What a token must be good for; the types below say it in signatures.
pub trait Needs: Send + Sync {
    /// The scope.
    const SCOPE: Scope;
}

macro_rules! needs {
    ($($name:ident),+) => {$(
        #[doc = concat!("The scope of the same name in [`Scope`].")]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl Needs for $name {
            const SCOPE: Scope = Scope::$name;
        }
    )+};
}

needs!(Read, Write, Follow, Moderate, Admin);

impl<S> FromRequestParts<S> for Viewer
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Some(session) = bearer(parts, &App::from_ref(state)).await? else {
            return Ok(Self {
                who: domain::Viewer::Visitor,
                scopes: Vec::new(),
            });
        };
        allowed(&session, Scope::Read)?;
        Ok(Self {
            who: domain::Viewer::Account(session.caller),
            scopes: session.scopes,
        })
    }
}

impl Viewer {
    /// Whether this is an admin who may act as one with this token.
    pub fn is_admin(&self) -> bool {
        let role = self.who.caller().map(|caller| caller.role);
        role == Some(Role::Admin) && self.scopes.contains(&Scope::Admin)
    }
}

impl<S, N> FromRequestParts<S> for SignedIn<N>
where
    S: Send + Sync,
    App: FromRef<S>,
    N: Needs,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let session = bearer(parts, &App::from_ref(state)).await?;
        let session = session.ok_or(domain::Error::Denied(Denial::SignedOut))?;
        allowed(&session, N::SCOPE)?;
        Ok(Self {
            caller: session.caller.clone(),
            session,
            scope: PhantomData,
        })
    }
}

impl<S> SignedIn<S> {
    /// As whoever looks at something.
    pub fn viewer(&self) -> domain::Viewer {
        domain::Viewer::Account(self.caller.clone())
    }

    /// For requests that need another scope only because of what they say.
    ///
    /// # Errors
    /// The token lacks it.
    pub fn also(&self, scope: Scope) -> Result<(), Problem> {
        allowed(&self.session, scope)
    }
}

/// The token of a program.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn bearer(parts: &Parts, app: &App) -> Result<Option<Session>, Problem> {
    if !parts.headers.contains_key(header::AUTHORIZATION) {
        return Ok(None);
    }
    let Some(token) = token(&parts.headers) else {
        return Err(bad_token(
            "Authorization must be \u{201c}Bearer\u{201d} and a token.",
        ));
    };
    match find(app, token).await? {
        Some(session) => Ok(Some(session)),
        None => Err(bad_token(
            "This token is unknown, expired or revoked; sign in again.",
        )),
    }
}

/// Looks a token up and notes, at most hourly and beside the request, that it was used.
async fn find(app: &App, token: &str) -> Result<Option<Session>, Problem> {
    let now = app.cx.now();
    let mut conn = app.cx.read().await?;
    let found = domain::session::find(&mut conn, token, now).await?;
    drop(conn);
    if let Some(session) = &found
        && session.is_stale(now)
    {
        touch(app, session.clone());
    }
    Ok(found)
}

fn touch(app: &App, session: Session) {
    let cx = app.cx.clone();
    app.tasks.spawn(async move {
        let touched = cx
            .write(async |tx| domain::session::touch(tx, &session).await)
            .await;
        if let Err(error) = touched {
            tracing::warn!(%error, "the use of a session could not be noted");
        }
    });
}

fn allowed(session: &Session, scope: Scope) -> Result<(), Problem> {
    if session.allows(scope) {
        return Ok(());
    }
    Err(domain::Error::Denied(Denial::Scope(scope.name())).into())
}

fn bad_token(detail: &str) -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "bad_token",
        "Not signed in",
        detail,
    )
}
