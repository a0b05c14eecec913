//! New boards of this node.

use db::run;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, KeyPair, Kind};
use crate::board::{Board, Settings, by_id, moderator};
use crate::rules::board::Texts;
use crate::schema::{actors, boards};
use crate::{
    Caller, Denial, Error, Result, Tx, Viewer, actor, ban, limits, rate, rules, search, site,
};

/// A new board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its name; lower-cased before it is looked at.
    pub name: String,
    /// Its title; may be empty.
    pub title: String,
    /// Its description, Markdown.
    pub about: String,
    /// Its rules, text.
    pub rules: String,
    /// How it works.
    pub settings: Settings,
}

/// Makes a board of this node, whose first moderator is the caller. The site's settings say who may.
///
/// # Errors
/// `Denied`, `Invalid` on `name`, `title`, `description`, `rules` or `bump_limit`, `Conflict` for a name that is
/// taken, `Busy`.
pub async fn create(tx: &mut Tx, caller: &Caller, draft: Draft, keys: KeyPair) -> Result<Board> {
    if !site::makers(&mut tx.conn).await?.include(caller) {
        return Err(Denial::NoBoards.into());
    }
    ban::may_act(tx, caller, None).await?;
    let name = rules::name::normal(&draft.name);
    let title = markup::plain_line(&draft.title);
    let about = rules::post::clean_body(&draft.about);
    let texts = Texts {
        title: &draft.title,
        about: &draft.about,
        rules: &draft.rules,
    };
    let mut faults = Vec::new();
    rules::name::check(&mut faults, &name, &tx.cx.site);
    rules::board::check(&mut faults, &texts, &draft.settings);
    Error::from_faults(faults)?;
    account::free(&mut tx.conn, &name).await?;
    rate::take(tx, &limits::RATE_BOARDS, &caller.id.to_string()).await?;

    let id = actor::add_local(tx, Kind::Board, &name, &keys).await?;
    let about_html = markup::render(&about, &tx.cx.site.origin).html;
    let set = diesel::update(actors::table.find(id)).set((
        actors::title.eq(&title),
        actors::about.eq(&about),
        actors::about_html.eq(about_html),
    ));
    run!(tx.conn, c => set.execute(c).await)?;
    let row = (
        boards::actor_id.eq(id),
        boards::local.eq(true),
        boards::rules.eq(markup::plain_text(&draft.rules)),
        boards::nsfw.eq(draft.settings.nsfw),
        boards::dislikes.eq(draft.settings.dislikes),
        boards::require_alt.eq(draft.settings.require_alt),
        boards::bump_limit.eq(draft.settings.bump_limit),
        boards::posting.eq(draft.settings.posting.name()),
        boards::bumped_at.eq(tx.now),
    );
    let insert = diesel::insert_into(boards::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    search::keep_actor(tx, id).await?;
    moderator::name(tx, id, caller.id).await?;
    by_id(&mut tx.conn, id, &Viewer::Account(caller.clone())).await
}
