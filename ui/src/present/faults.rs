//! What is wrong with a form, from an error.

use domain::{Error, Fault};
use http::StatusCode;
use web::Problem;

use crate::view::Faults;

/// The faults of an error that belongs to a form, and the status of the answer. Errors that belong to no form (our own
/// faults, things that are not there) come back as problems.
///
/// # Errors
/// The problem, where showing the form again would not help.
pub(crate) fn faults(error: Error) -> Result<(StatusCode, Faults), Problem> {
    let problem = Problem::from(error);
    let status = problem.status;
    let broken = status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE;
    if broken || matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE) {
        return Err(problem);
    }
    let field = |fault: &Fault| (fault.field.to_string(), fault.detail.clone());
    if !problem.fields.is_empty() {
        return Ok((
            status,
            Faults::of_fields(problem.fields.iter().map(field).collect()),
        ));
    }
    if problem.code == domain::Clash::NameTaken.code() {
        return Ok((
            status,
            Faults::of_fields(vec![("name".to_owned(), problem.detail)]),
        ));
    }
    Ok((status, Faults::general(problem.detail)))
}
