//! Why a file gives no samples.

use std::path::{Path, PathBuf};

/// Why a file cannot be decoded. Every variant names the file; [`DecodeError::reason`] is
/// the same sentence without it, for lists that show the path in its own column.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The file cannot be opened or read.
    #[error("{}: cannot be read: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file has no bytes.
    #[error("{}: the file is empty", path.display())]
    Empty {
        /// Which.
        path: PathBuf,
    },
    /// The content is no audio format we know.
    #[error("{}: not an audio file", path.display())]
    NotAudio {
        /// Which.
        path: PathBuf,
    },
    /// A known format for which there is no decoder here.
    #[error("{}: {format} is not supported yet", path.display())]
    Unsupported {
        /// Which.
        path: PathBuf,
        /// Name of the format, such as `APE`.
        format: String,
    },
    /// The header claims something no recording has.
    #[error("{}: the file claims {claim}", path.display())]
    Implausible {
        /// Which.
        path: PathBuf,
        /// The claim, such as `a sample rate of 4000000000 Hz`.
        claim: String,
    },
    /// The content starts like audio but breaks the rules of its format.
    #[error("{}: the file is damaged: {reason}", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The whole file was read and not one sample came out.
    #[error("{}: nothing in the file could be decoded", path.display())]
    NothingDecoded {
        /// Which.
        path: PathBuf,
    },
}

impl DecodeError {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. }
            | Self::Empty { path }
            | Self::NotAudio { path }
            | Self::Unsupported { path, .. }
            | Self::Implausible { path, .. }
            | Self::Damaged { path, .. }
            | Self::NothingDecoded { path } => path,
        }
    }

    /// What is wrong, without the path: a plain sentence in English.
    #[must_use]
    pub fn reason(&self) -> String {
        let sentence = self.to_string();
        let prefix = format!("{}: ", self.path().display());
        sentence
            .strip_prefix(&prefix)
            .map(str::to_owned)
            .unwrap_or(sentence)
    }

    /// Whether this is a format that we know but cannot play yet, rather than a bad file.
    #[must_use]
    pub fn is_unsupported(&self) -> bool {
        matches!(self, Self::Unsupported { .. })
    }
}
