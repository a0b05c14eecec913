//! A post arrives from a peer.

use crate::post::{Arrival, Outcome};
use crate::{Result, Tx};

/// Keeps a post that a peer sent.
///
/// # Errors
/// On a board of this node `Denied`, as for its own authors; `Denied` for an id of this node.
pub async fn accept(tx: &mut Tx, arrival: Arrival) -> Result<Outcome> {
    let _ = (tx, arrival);
    todo!()
}
