//! Error to status, headers and log line, in one place (RFC 9457 problem details).

use std::fmt::Display;

use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use serde::Serialize;
use utoipa::ToSchema;

use super::proof::Work;
use crate::codes::Code;

/// A refusal or failure on its way to the client.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}: {}", self.code.as_str(), self.in_words())]
pub struct Problem {
    code: Code,
    fields: Vec<FieldProblem>,
    detail: Option<String>,
    retry_after: Option<u32>,
    work: Option<Work>,
    cause: Option<String>,
    collided: bool,
}

/// What is wrong with one field of the body.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// JSON pointer to the field (RFC 6901).
    pub pointer: String,
    /// Stable name of the fault, such as `too_long`.
    pub code: String,
    /// The limit that was passed, in characters or items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// The body of every error answer (RFC 9457).
#[derive(Serialize, ToSchema)]
pub struct ProblemBody {
    /// A URI that names the problem.
    #[serde(rename = "type")]
    kind: String,
    /// What the code means, in English.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// Stable name of the problem.
    code: &'static str,
    /// What exactly was refused, as a stable word.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// Faults of single fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldProblem>,
    /// With `proof_needed`: the work to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    work: Option<Work>,
}

impl Problem {
    /// A refusal that needs no log line.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            fields: Vec::new(),
            detail: None,
            retry_after: None,
            work: None,
            cause: None,
            collided: false,
        }
    }

    /// A failure with its cause, which is for our log and never for the client.
    pub fn caused(code: Code, cause: impl Display) -> Self {
        Self {
            cause: Some(cause.to_string()),
            ..Self::new(code)
        }
    }

    /// The refusal of one field.
    pub fn field(pointer: &str, code: &str, limit: Option<u32>) -> Self {
        Self::fields(vec![FieldProblem {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
            limit,
        }])
    }

    /// The same refusal of what stands elsewhere.
    pub fn moved(mut self, place: impl Fn(&str) -> String) -> Self {
        for field in &mut self.fields {
            field.pointer = place(&field.pointer);
        }
        self
    }

    /// The refusal of several fields at once.
    pub fn fields(fields: Vec<FieldProblem>) -> Self {
        Self {
            fields,
            ..Self::new(Code::FieldsInvalid)
        }
    }

    /// Says which of the code's cases it is, as a stable word.
    pub fn detail(mut self, detail: impl Display) -> Self {
        self.detail = Some(detail.to_string());
        self
    }

    /// Says when to come back, in seconds.
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Says which work must be done first.
    pub fn work(mut self, work: Work) -> Self {
        self.work = Some(work);
        self
    }

    /// Says that somebody else's write at the same time may be the reason: it is worth another try.
    pub fn collided(mut self) -> Self {
        self.collided = true;
        self
    }

    /// Whether somebody else's write at the same time may be the reason.
    pub fn is_collision(&self) -> bool {
        self.collided
    }

    /// The stable name of this problem.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The body the client reads.
    pub fn body(&self) -> ProblemBody {
        ProblemBody {
            kind: format!("urn:trekendesh:problem:{}", self.code.as_str()),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            code: self.code.as_str(),
            detail: self.detail.clone(),
            fields: self.fields.clone(),
            work: self.work.clone(),
        }
    }

    /// Which of the code's cases it is; empty when it was not said.
    pub fn detail_text(&self) -> &str {
        self.detail.as_deref().unwrap_or_default()
    }

    /// What went wrong, for whoever runs the server.
    pub fn in_words(&self) -> &str {
        let said = self.cause.as_deref().or(self.detail.as_deref());
        said.unwrap_or(self.code.title())
    }

    /// The faults of single fields.
    pub fn field_problems(&self) -> &[FieldProblem] {
        &self.fields
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> actix_web::http::StatusCode {
        self.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        if let Some(cause) = &self.cause {
            tracing::error!(code = self.code.as_str(), cause, "request failed");
        }
        let mut answer = HttpResponse::build(self.code.status());
        answer.insert_header((header::CONTENT_TYPE, "application/problem+json"));
        answer.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Some(seconds) = self.retry_after {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        answer.body(serde_json::to_vec(&self.body()).unwrap_or_default())
    }
}

impl From<DieselError> for Problem {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::NotFound => Self::new(Code::NotFound),
            DieselError::DatabaseError(kind, info) if is_outage(kind, info.message()) => {
                let collided = matches!(kind, DatabaseErrorKind::SerializationFailure);
                let problem = Self::caused(Code::StorageUnavailable, error).retry_after(5);
                if collided {
                    problem.collided()
                } else {
                    problem
                }
            }
            // PostgreSQL keeps no NUL in a text, and nothing here has one: it is in what was asked.
            DieselError::DatabaseError(_, info)
                if info
                    .message()
                    .contains("invalid byte sequence for encoding") =>
            {
                Self::new(Code::BodyInvalid).detail("a text holds a NUL")
            }
            // What another write broke (a key that came twice, two that wait for each other) and what
            // is broken for good tell themselves apart by another try.
            DieselError::DatabaseError(..) => Self::caused(Code::Internal, error).collided(),
            // The connection is gone, perhaps with the answer to a commit: whoever repeats it finds out.
            DieselError::RollbackErrorOnCommit { .. } | DieselError::BrokenTransactionManager => {
                Self::caused(Code::StorageUnavailable, error).retry_after(5)
            }
            _ => Self::caused(Code::Internal, error),
        }
    }
}

fn is_outage(kind: &DatabaseErrorKind, message: &str) -> bool {
    matches!(
        kind,
        DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::SerializationFailure
            | DatabaseErrorKind::ReadOnlyTransaction
    ) || [
        "locked",
        "disk",
        "readonly",
        "read-only",
        "full",
        "I/O",
        "unable to open",
        "statement timeout",
        // How PostgreSQL and its library say that nobody is at the other end, where diesel does not.
        "connection",
        "database system",
    ]
    .iter()
    .any(|word| message.contains(word))
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;
    use diesel::result::{DatabaseErrorKind, Error as DieselError};

    use super::Problem;

    fn database(message: &str) -> DieselError {
        DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned()))
    }

    /// Who is cut off in the middle is told to come back, wherever in the middle it was.
    #[test]
    fn a_database_that_is_gone_is_an_outage_and_no_fault_of_ours() {
        for error in [
            database("no connection to the server\n"),
            database("server closed the connection unexpectedly"),
            database("terminating connection due to administrator command"),
            database("the database system is shutting down"),
            DieselError::BrokenTransactionManager,
            DieselError::RollbackErrorOnCommit {
                rollback_error: Box::new(database("x")),
                commit_error: Box::new(database("y")),
            },
        ] {
            let answer = Problem::from(error).error_response();
            assert_eq!(answer.status(), 503);
            assert!(answer.headers().contains_key("retry-after"));
        }
        let answer = Problem::from(database("syntax error")).error_response();
        assert_eq!(answer.status(), 500, "control");
    }
}
