//! From a track's samples to numbers, and from the numbers to a first mood.
//!
//! ```text
//! decode::AudioStream → dsp::Extractor → Features → reading::read → Analysis
//!                          one block at a time            Pool: N threads of this
//! ```
//!
//! [`Analyzer`] takes one file through one streaming decode; [`Pool`] does so for many, on
//! quiet threads that pause and stop at once. [`dsp`] holds one family of features a file,
//! all of them fed from the same frames; [`reading`] is the rule that maps the numbers to
//! valence and arousal against shipped reference statistics.
//!
//! Memory does not grow with the length of a track: running sums, and windows of at most a
//! minute and a half of one number a frame.

mod analyzer;
mod control;
pub mod dsp;
mod pool;
mod progress;
pub mod reading;
mod whole;

pub use analyzer::{AnalysisError, Analyzer};
pub use control::{Cancelled, Control};
pub use pool::{Analyzed, Job, Pool, work_quietly};
pub use progress::TimeLeft;
pub use whole::{WHOLE_VERSION, read_whole};

/// Version of the features and of the reading. Stored beside each analysis; a track whose
/// stored version differs is analyzed again.
pub const FEATURES_VERSION: u32 = 1;
