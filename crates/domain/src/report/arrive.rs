//! Another server reports something. Only what is of this node, or stands on a board of it, is its business.

use db::Id;

use crate::report::{Target, submit};
use crate::rules::post::cut;
use crate::{Error, Result, Tx, limits, rate};

/// Keeps a report that a peer sent, one row for each thing it is about that concerns this node; answers how many there
/// are. What is not here, or not ours to decide about, is left out, and so is what the same reporter reported before.
///
/// # Errors
/// `Busy` where this server sends too many.
pub async fn arrive(
    tx: &mut Tx,
    reporter: Id,
    host: &str,
    targets: &[Target],
    reason: &str,
) -> Result<usize> {
    rate::take(tx, &limits::RATE_FLAGS, host).await?;
    let reason = cut(&markup::plain_text(reason), limits::REPORT);
    let mut kept = 0;
    for target in targets.iter().take(limits::REPORTED) {
        let subject = match submit::subject(tx, *target).await {
            Err(Error::Missing(_) | Error::Gone(_)) => continue,
            subject => subject?,
        };
        if !subject.local || submit::standing(tx, &subject, reporter).await?.is_some() {
            continue;
        }

        submit::put(tx, &subject, reporter, &reason).await?;
        kept += 1;
    }
    Ok(kept)
}
