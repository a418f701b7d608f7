//! ONNX models: which backend runs them, what is shipped, and sessions over them. The only
//! room that knows ort and tokenizers.
//!
//! [`Runtime`] picks ONNX Runtime when its library is there and the compiled-in tract
//! otherwise; [`Manifest`] lists the shipped models; [`Model`] runs one of them;
//! [`text`] reads feelings and lyrics with one, [`photo`] photos, [`audio`] music;
//! [`self_check()`] shows that the backend computes what it should.

pub mod audio;
mod manifest;
mod model;
pub mod photo;
mod runtime;
mod self_check;
pub mod text;

pub use manifest::{Manifest, ModelEntry, ShippedFile};
pub use model::{Model, ModelInput, ModelOutput, Values};
pub use runtime::{Backend, Runtime};
pub use self_check::self_check;

use std::path::PathBuf;

/// Why a model cannot be used. The feature that needs it is off; everything else works.
#[derive(Debug, thiserror::Error)]
pub enum InferenceError {
    /// A file of the models folder cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The manifest is not what this version understands.
    #[error("{} is not a valid model manifest: {source}", path.display())]
    Manifest {
        /// Which.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// The manifest names no such model.
    #[error("the manifest lists no model named {0:?}")]
    NotListed(String),
    /// A model file is not the one that the manifest describes.
    #[error("{} is damaged: its SHA-256 is {found}, the manifest says {expected}", path.display())]
    WrongHash {
        /// Which.
        path: PathBuf,
        /// From the manifest.
        expected: String,
        /// Of the file.
        found: String,
    },
    /// The backend refused.
    #[error("{what}: {source}")]
    Backend {
        /// What was tried.
        what: &'static str,
        /// Why it failed.
        source: ort::Error,
    },
    /// The model is not of the kind that its name promises.
    #[error("the model gives no {0:?}")]
    NoOutput(&'static str),
    /// The manifest's labels are not those that this version reads.
    #[error("the model {name:?} speaks of other moods than this version knows")]
    Labels {
        /// Which model.
        name: String,
    },
    /// What joins a model with the rule cannot be read.
    #[error("the weights beside the model {name:?} cannot be read: {source}")]
    Fusion {
        /// Which model.
        name: String,
        /// Why.
        source: serde_json::Error,
    },
    /// The tokenizer beside a model cannot be used.
    #[error("the tokenizer cannot be used: {0}")]
    Tokenizer(tokenizers::Error),
    /// What joins the opinions on a photo cannot be used.
    #[error(transparent)]
    Panel(#[from] crate::photo::PanelError),
    /// The backend computed something else than it should.
    #[error("the ONNX backend is off by {largest_error} in the self-check")]
    SelfCheck {
        /// Largest absolute difference to the expected output.
        largest_error: f32,
    },
}
