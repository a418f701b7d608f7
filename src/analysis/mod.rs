//! From a track's samples to numbers, and from the numbers to moods.
//!
//! ```text
//! first look   decode::AudioStream → excerpts → dsp::Extractor → Features → reading (rule)
//!                                               └ log-mel → ears → audio model ─┴→ mood
//! whole pass   decode::AudioStream → all ─────→ loudness, outline, mood every ten seconds
//! ```
//!
//! The first look is all that a new track needs: [`Analyzer::look`] reads some seconds of a
//! file in one pass, and [`Pool`] does so for many, on quiet threads that pause and stop at
//! once. [`Analyzer::read_whole`] reads a track from end to end, later. [`dsp`] holds one
//! family of features a file, all of them fed from the same frames; [`reading`] is the rule
//! that maps the numbers to valence and arousal against shipped reference statistics, joined
//! with what the audio model hears, where there is one.
//!
//! Memory does not grow with the length of a track: running sums, and windows of at most a
//! minute and a half of one number a frame.

mod analyzer;
mod control;
pub mod dsp;
mod ears;
mod excerpts;
mod pool;
mod progress;
pub mod reading;
mod whole;

pub use analyzer::{AnalysisError, Analyzer, Look, Wanted};
pub use control::{Cancelled, Control};
pub use excerpts::first_look_secs;
pub use pool::{Analyzed, Job, Pool, work_quietly};
pub use progress::TimeLeft;
pub use whole::whole_version;

/// Version of the features and of the rule's reading. Stored beside each analysis; a track
/// whose stored version differs is analyzed again.
pub const FEATURES_VERSION: u32 = 2;
