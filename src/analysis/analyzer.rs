//! [`Analyzer`]: one file, one streaming decode, one [`Analysis`].

use super::control::{Cancelled, Control};
use super::dsp::{Extracted, Extractor, FRAME_LEN, SAMPLE_RATE_HZ};
use super::reading;
use crate::decode::{AudioStream, DecodeError};
use crate::library::Analysis;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Less than one frame says nothing.
const SHORTEST_SECS: f32 = FRAME_LEN as f32 / SAMPLE_RATE_HZ as f32;

/// Why a track has no analysis.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// The file cannot be decoded.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// There is less than one frame of sound.
    #[error("{} is shorter than 0.1 s: nothing to analyze", path.display())]
    TooShort {
        /// Which.
        path: PathBuf,
    },
    /// The file claims a sample rate that no file really has.
    #[error("{} claims {rate_hz} samples a second: not audio", path.display())]
    SampleRate {
        /// Which.
        path: PathBuf,
        /// What it claims.
        rate_hz: u32,
    },
    /// Something failed that must not; the track is at fault, not the player's other work.
    #[error("analyzing {} failed inside: {message}", path.display())]
    Panicked {
        /// Which.
        path: PathBuf,
        /// What the panic said.
        message: String,
    },
    /// The work was called off.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Turns files into analyses.
#[derive(Debug, Clone, Copy, Default)]
pub struct Analyzer;

impl Analyzer {
    /// Decodes and analyzes a file. Asks `control` before every block. A panic on the way,
    /// in a decoder for instance, comes back as an error.
    pub fn analyze(self, path: &Path, control: &Control) -> Result<Analysis, AnalysisError> {
        guarded(path, || {
            let extracted = extract(path, control)?;
            Ok(Analysis {
                mood: reading::read(&extracted),
                features: extracted.features,
            })
        })
    }
}

/// Runs work on a file; a panic comes back as an error of that file.
pub(super) fn guarded<T>(
    path: &Path,
    work: impl FnOnce() -> Result<T, AnalysisError>,
) -> Result<T, AnalysisError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        Err(AnalysisError::Panicked {
            path: path.to_path_buf(),
            message: message_of(panic.as_ref()),
        })
    })
}

fn extract(path: &Path, control: &Control) -> Result<Extracted, AnalysisError> {
    let mut stream = AudioStream::open(path)?;
    let mut extractor = Extractor::new();
    while let Some(block) = stream.next_block()? {
        control.checkpoint()?;
        extractor
            .push(block)
            .map_err(|rate_hz| AnalysisError::SampleRate {
                path: path.to_path_buf(),
                rate_hz,
            })?;
    }
    let extracted = extractor.finish();
    if extracted.duration_secs < SHORTEST_SECS {
        return Err(AnalysisError::TooShort {
            path: path.to_path_buf(),
        });
    }
    Ok(extracted)
}

/// The text of a panic, if it has one.
fn message_of(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no reason given".to_owned())
}
