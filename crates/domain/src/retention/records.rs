//! Records that served their purpose: each kind knows how long it is needed.

use crate::{Context, Result, Tx};
use crate::{ban, delivery, idempotency, limits, rate, received, revision, session, tombstone};

/// Transactions of one round; what is left waits for the next round.
const TIMES: usize = 20;

/// Ends deliveries that are too old and forgets expired records, in transactions of at most a few thousand rows, so
/// that people who write meanwhile wait for milliseconds.
///
/// # Errors
/// The database refuses.
pub async fn forget_records(cx: &Context) -> Result<()> {
    for _ in 0..TIMES {
        let most = cx.write(async |tx| step(tx).await).await?;
        if most < usize::try_from(limits::SWEPT).unwrap_or(usize::MAX) {
            break;
        }
    }
    // By itself, because it waits for rows that a new connection may be counting in.
    cx.write_soon(async |tx| revision::fold(tx).await).await?;
    Ok(())
}

/// One transaction; answers how many rows the kind with the most of them lost.
async fn step(tx: &mut Tx) -> Result<usize> {
    let counts = [
        delivery::expire(tx).await?,
        delivery::sweep(tx).await?,
        received::sweep(tx).await?,
        tombstone::sweep(tx).await?,
        idempotency::sweep(tx).await?,
        session::sweep(tx).await?,
        rate::sweep(tx).await?,
        ban::sweep(tx).await?,
    ];
    Ok(counts.into_iter().max().unwrap_or_default())
}
