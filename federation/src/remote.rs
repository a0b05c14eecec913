//! Looking up a foreign thing now, because somebody here asked for it: the only door the other faces have.

use domain::handle::Handle;
use domain::{Denial, Error, Id, Noun, Result};

use crate::actor;
use crate::hub::Hub;
use crate::trouble::Trouble;
use crate::wire::ActorKind;
use crate::{note, origin, webfinger};

/// What was found, as our copy of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// An account.
    Account(Id),
    /// A board.
    Board(Id),
    /// A post.
    Post(Id),
}

/// Looks up foreign things; clones are cheap.
#[derive(Clone)]
pub struct Remote(Hub);

impl Remote {
    pub(crate) fn new(hub: Hub) -> Self {
        Self(hub)
    }

    /// The account or board of that handle, fetched where it is not known here.
    ///
    /// # Errors
    /// `Missing` where its server does not know it, `Invalid` on the field `uri` where it cannot be reached.
    pub async fn actor(&self, handle: &Handle) -> Result<Id> {
        let known = domain::actor::by_handle(&mut *self.0.cx().read().await?, handle).await?;
        if let Some(row) = known {
            return Ok(row.id);
        }
        if handle.host.is_empty() {
            return Err(Error::Missing(Noun::Account));
        }
        let found = self
            .by_handle(handle)
            .await
            .map_err(|trouble| trouble.into_domain(Noun::Account))?;
        Ok(found.id)
    }

    /// Whatever the text names: `name@host`, `!name@host`, or the address of an account, a board or a post.
    ///
    /// # Errors
    /// As [`Remote::actor`]; also `Invalid` where the text is no such thing.
    pub async fn resolve(&self, text: &str) -> Result<Found> {
        let text = text.trim();
        if let Some(url) = origin::parse(text) {
            return self
                .by_url(&url)
                .await
                .map_err(|trouble| trouble.into_domain(Noun::Page));
        }
        let Some(handle) = Handle::parse(text, self.0.site()) else {
            return Err(Error::invalid(
                "uri",
                "not_an_address",
                "Write an address (https://\u{2026}) or a name like art@example.org.",
            ));
        };
        let id = self.actor(&handle).await?;
        let account = domain::account::by_id(&mut *self.0.cx().read().await?, id).await?;
        Ok(found(&account))
    }

    async fn by_handle(&self, handle: &Handle) -> Result<domain::account::Account, Trouble> {
        let now = self.0.cx().now();
        let mut conn = self.0.cx().read().await?;
        if domain::peer::is_suspended(&mut conn, &handle.host).await? {
            return Err(Error::from(Denial::PeerSuspended).into());
        }
        drop(conn);
        let text = handle.to_string();
        let document = webfinger::find(&self.0.client, &text, now, Some(&self.0.instance)).await?;
        actor::keep(&self.0, &document.value).await
    }

    async fn by_url(&self, url: &url::Url) -> Result<Found, Trouble> {
        let uri = url.as_str();
        {
            let mut conn = self.0.cx().read().await?;
            if let Some(account) = domain::account::by_uri(&mut conn, uri).await? {
                return Ok(found(&account));
            }
            if let Some(post) = domain::post::by_uri(&mut conn, uri).await? {
                return Ok(Found::Post(post));
            }
        }
        if self.0.is_ours(uri) {
            return Err(Trouble::Domain(Error::Missing(Noun::Page)));
        }
        self.0.admit(url).await?;
        let fetched = self
            .0
            .client
            .get_document(url, Some(&self.0.instance))
            .await?;
        if ActorKind::is_actor(&fetched.value) {
            let account = actor::keep(&self.0, &fetched.value).await?;
            return Ok(found(&account));
        }
        let post = note::import(&self.0, &fetched.value).await?;
        Ok(Found::Post(post))
    }
}

fn found(account: &domain::account::Account) -> Found {
    match account.kind {
        domain::account::Kind::Board => Found::Board(account.id),
        domain::account::Kind::Person | domain::account::Kind::Instance => {
            Found::Account(account.id)
        }
    }
}
