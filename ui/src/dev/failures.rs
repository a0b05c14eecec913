//! Pages that say what went wrong, those among them that are rarely seen.

use domain::Error;
use http::StatusCode;
use web::Problem;

use crate::answer::{self, Answer};
use crate::failure;
use crate::visit::Visit;

/// More to do than can be done.
pub(super) fn overloaded(visit: &Visit) -> Answer {
    let problem = Error::Overloaded { retry_after: 5 }.into();
    answer::page(&failure::page(&problem, visit))
}

/// Withheld because a law asks for it.
pub(super) fn withheld(visit: &Visit) -> Answer {
    let problem = Problem::new(
        StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS,
        "withheld",
        "Withheld",
        "A court asked for it.",
    );
    answer::page(&failure::page(&problem, visit))
}

/// Broken, with the number that finds its cause in the log.
pub(super) fn broken(visit: &Visit) -> Answer {
    let problem = Problem::internal("a sample");
    answer::page(&failure::page(&problem, visit))
}
