//! From a file to samples: the only room that knows symphonia. Analysis and playback
//! read every format through the same [`AudioStream`].

use std::path::{Path, PathBuf};

pub use crate::library::ContentId;

/// Why a file cannot be decoded. Every variant names the file.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The file cannot be opened or read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// A file being decoded, block by block.
pub struct AudioStream {}

/// One block of decoded audio.
#[derive(Debug, Clone, Copy)]
pub struct Block<'a> {
    /// Interleaved samples, full scale ±1.
    pub samples: &'a [f32],
    /// Channels interleaved in `samples`.
    pub channels: usize,
    /// Frames a second.
    pub sample_rate_hz: u32,
}

impl AudioStream {
    /// Opens a file by its content; the extension is only a hint.
    pub fn open(_path: &Path) -> Result<Self, DecodeError> {
        unimplemented!()
    }

    /// Frames a second.
    #[must_use]
    pub fn sample_rate_hz(&self) -> u32 {
        unimplemented!()
    }

    /// Channels.
    #[must_use]
    pub fn channels(&self) -> usize {
        unimplemented!()
    }

    /// Length, if the container tells; encoder delay and padding are not counted.
    #[must_use]
    pub fn duration_secs(&self) -> Option<f64> {
        unimplemented!()
    }

    /// Short name of the codec, such as `FLAC`.
    #[must_use]
    pub fn codec(&self) -> &'static str {
        unimplemented!()
    }

    /// The next block, `None` at the end. Single damaged packets are passed over; a file
    /// of which nothing decodes is an error.
    pub fn next_block(&mut self) -> Result<Option<Block<'_>>, DecodeError> {
        unimplemented!()
    }

    /// Jumps so that the next block starts at this position; sample-exact where the
    /// container allows.
    pub fn seek(&mut self, _position_secs: f64) -> Result<(), DecodeError> {
        unimplemented!()
    }
}

/// What the container tells without decoding the whole file.
#[derive(Debug, Clone, PartialEq)]
pub struct Probed {
    /// Length.
    pub duration_secs: f64,
    /// Short name of the codec.
    pub codec: &'static str,
    /// Frames a second.
    pub sample_rate_hz: u32,
    /// Channels.
    pub channels: usize,
    /// The audio's name.
    pub content: ContentId,
}

/// Opens a file, decodes its first block to see that it really is audio, and names its
/// content by hashing compressed packets from the start and the length, so that a moved,
/// renamed or re-tagged file is recognised. Reads at most a few hundred kilobytes.
pub fn probe(_path: &Path) -> Result<Probed, DecodeError> {
    unimplemented!()
}
