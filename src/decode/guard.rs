//! Running decoder code on data nobody vouches for.

use super::error::DecodeError;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use symphonia::core::errors::Error;

/// Symphonia's errors, or one that already names the file.
pub enum Failure {
    /// To be worded.
    Symphonia(Error),
    /// Worded.
    Known(DecodeError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Symphonia(error)
    }
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::Known(error)
    }
}

/// Runs decoder code on data nobody vouches for: errors and panics come out as ours.
pub fn guarded<T>(
    path: &Path,
    work: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, DecodeError> {
    let damaged = |reason: &str| DecodeError::Damaged {
        path: path.to_owned(),
        reason: reason.to_owned(),
    };
    match caught(work) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(Failure::Known(error))) => Err(error),
        Ok(Err(Failure::Symphonia(error))) => Err(match error {
            Error::IoError(source) if source.kind() == io::ErrorKind::UnexpectedEof => {
                damaged("it ends too early")
            }
            Error::IoError(source) => DecodeError::Io {
                path: path.to_owned(),
                source,
            },
            Error::DecodeError(reason) | Error::LimitError(reason) => damaged(reason),
            Error::Unsupported(feature) => damaged(feature),
            other => damaged(&other.to_string()),
        }),
        Err(panic) => Err(damaged(&panic)),
    }
}

/// What a panic said, if there was one.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let said = payload
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| payload.downcast_ref::<String>().cloned());
        format!("the decoder stopped: {}", said.unwrap_or_default())
    })
}
