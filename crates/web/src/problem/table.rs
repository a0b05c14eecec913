//! The one table from the domain's errors to HTTP. All faces answer by it.

use std::sync::Arc;

use domain::{Denial, Error, Fault};
use http::StatusCode;

use super::Problem;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::Missing(noun) => {
                let detail = format!("There is no such {noun} here.");
                Self::new(StatusCode::NOT_FOUND, "not_found", "Not found", detail)
            }
            Error::Gone(noun) => {
                let detail = format!("This {noun} was deleted.");
                Self::new(StatusCode::GONE, "gone", "Gone", detail)
            }
            Error::Denied(denial) => denied(&denial, detail),
            Error::Invalid(faults) => invalid(faults, detail),
            Error::Busy { retry_after } => {
                let detail = format!("That was too often; try again in {retry_after} seconds.");
                let mut problem = Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "busy",
                    "Too many requests",
                    detail,
                );
                problem.retry_after = Some(retry_after);
                problem
            }
            Error::Overloaded { retry_after } => {
                let detail = format!(
                    "This server has too much to do right now; try again in {retry_after} seconds."
                );
                let mut problem = Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "overloaded",
                    "Overloaded",
                    detail,
                );
                problem.retry_after = Some(retry_after);
                problem
            }
            Error::Conflict(clash) => {
                Self::new(StatusCode::CONFLICT, clash.code(), "Conflict", detail)
            }
            Error::Internal(cause) => {
                let mut problem = Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "internal",
                    "Internal error",
                    "Something went wrong on this server. Its log has the cause under the request id.",
                );
                problem.cause = Some(Arc::from(cause));
                problem
            }
        }
    }
}

fn denied(denial: &Denial, detail: String) -> Problem {
    let (status, title) = match denial {
        Denial::SignedOut | Denial::BadCredentials => (StatusCode::UNAUTHORIZED, "Not signed in"),
        _ => (StatusCode::FORBIDDEN, "Not allowed"),
    };
    Problem::new(status, denial.code(), title, detail)
}

/// A request whose only faults are sizes or types of files says so in its status too.
fn invalid(faults: Vec<Fault>, detail: String) -> Problem {
    let all = |code: &str| !faults.is_empty() && faults.iter().all(|fault| fault.code == code);
    let (status, code, title) = if all("too_large") {
        (StatusCode::PAYLOAD_TOO_LARGE, "too_large", "Too large")
    } else if all("unsupported_type") {
        (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_type",
            "Unsupported type",
        )
    } else {
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "Invalid fields",
        )
    };
    let mut problem = Problem::new(status, code, title, detail);
    problem.fields = faults;
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_error_has_its_status() {
        let fault = |code| Error::invalid("file", code, "No.");
        let both = Error::Invalid(vec![
            Fault::new("a", "too_large", ""),
            Fault::new("b", "empty", ""),
        ]);
        let table = [
            (Error::Missing(domain::Noun::Post), 404, "not_found"),
            (Error::Gone(domain::Noun::Post), 410, "gone"),
            (Denial::SignedOut.into(), 401, "signed_out"),
            (Denial::BadCredentials.into(), 401, "bad_credentials"),
            (Denial::NotAuthor.into(), 403, "not_author"),
            (fault("too_long"), 422, "invalid"),
            (fault("too_large"), 413, "too_large"),
            (fault("unsupported_type"), 415, "unsupported_type"),
            (both, 422, "invalid"),
            (Error::Busy { retry_after: 9 }, 429, "busy"),
            (Error::Overloaded { retry_after: 5 }, 503, "overloaded"),
            (Error::Conflict(domain::Clash::NameTaken), 409, "name_taken"),
            (Error::internal("disk on fire"), 500, "internal"),
        ];
        for (error, status, code) in table {
            let problem = Problem::from(error);
            assert_eq!((problem.status.as_u16(), problem.code), (status, code));
            let waits = [429, 503].contains(&status);
            assert_eq!(problem.retry_after.is_some(), waits, "{status}");
            assert!(!problem.document(None).to_string().contains("disk on fire"));
        }
    }
}
