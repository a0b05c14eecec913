//! What happens to posts that are there: votes, a pin and a lock, an edit, a deletion.

use anyhow::Context as _;
use tokio::time::Instant;

use super::Stage;
use crate::demo::ledger::{Arrival, Piece, Want};
use crate::demo::story;

impl Stage {
    /// Likes and dislikes.
    pub(crate) async fn vote(&self) -> anyhow::Result<()> {
        for (subject, post, likes, dislikes) in story::VOTES {
            let at = Instant::now();
            let votes = likes.iter().map(|who| (who, 1));
            for (who, value) in votes.chain(dislikes.iter().map(|who| (who, -1))) {
                let person = self.person(who)?;
                let id = self.local(person.node, subject, post)?;
                person.vote(&id, value).await?;
            }
            let voters: Vec<&str> = likes.iter().chain(dislikes).copied().collect();
            let want = Want::Votes {
                likes: i64::try_from(likes.len())?,
                dislikes: i64::try_from(dislikes.len())?,
            };
            let who = voters.first().copied().context("nobody votes")?;
            let act = if dislikes.is_empty() {
                "like"
            } else {
                "like and dislike"
            };
            let what = format!("{} {act} “{subject}”", voters.join(", "));
            self.changed(who, subject, post, what, at, want)?;
        }
        Ok(())
    }

    /// Pins and locks.
    pub(crate) async fn moderate(&self) -> anyhow::Result<()> {
        let (subject, who) = story::NOTICE;
        let person = self.person(who)?;
        let thread = self.local(person.node, subject, 0)?;
        for (act, want) in [("pin", Want::Pinned), ("lock", Want::Locked)] {
            let at = Instant::now();
            person.moderate(&thread, act).await?;
            let what = format!("{who} {act}s “{subject}”");
            self.changed(who, subject, 0, what, at, want)?;
        }
        Ok(())
    }

    /// Changes a post.
    pub(crate) async fn edit(&self) -> anyhow::Result<()> {
        let (subject, post, who, body) = story::EDIT;
        let person = self.person(who)?;
        let id = self.local(person.node, subject, post)?;
        let at = Instant::now();
        person.edit(&id, body).await?;
        let what = format!("{who} edits “{subject}”");
        self.changed(who, subject, post, what, at, Want::Edited(body.to_owned()))
    }

    /// Deletes a post.
    pub(crate) async fn delete(&self) -> anyhow::Result<()> {
        let (subject, post, who) = story::DELETION;
        let person = self.person(who)?;
        let id = self.local(person.node, subject, post)?;
        let at = Instant::now();
        person.delete(&id).await?;
        let what = format!("{who} deletes an answer in “{subject}”");
        self.changed(who, subject, post, what, at, Want::Deleted)
    }

    /// Writes down what happened to a post.
    fn changed(
        &self,
        who: &str,
        subject: &str,
        post: usize,
        what: String,
        at: Instant,
        want: Want,
    ) -> anyhow::Result<()> {
        let on = self.person(who)?.node;
        let posts = self.threads.get(subject).context("no such thread")?;
        let uri = posts.get(post).context("no such post")?;
        let thread = posts.first().context("no such thread")?;
        let mut ledger = self.watch.ledger();
        let known = ledger.pieces.iter().find(|piece| piece.post == *uri);
        let board = known.context("the post was not written down")?.board;
        let mut arrivals = [const { Arrival::Lacking(String::new()) }; 3];
        let is_count = matches!(want, Want::Votes { .. });
        if let Some(home) = arrivals.get_mut(on).filter(|_| !is_count) {
            *home = Arrival::Home;
        }
        ledger.pieces.push(Piece {
            what,
            on,
            at,
            board,
            thread: thread.clone(),
            post: uri.clone(),
            want,
            arrivals,
        });
        Ok(())
    }
}
