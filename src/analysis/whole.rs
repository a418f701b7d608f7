//! The whole-track pass: what only reading a track from end to end tells. It runs later
//! than the first look, when a track is played or nothing else is to be done.

use super::analyzer::{AnalysisError, guarded};
use super::control::Control;
use super::dsp::{Extractor, Measure};
use super::reading;
use crate::decode::AudioStream;
use crate::library::{EmotionArc, Loudness, WholeTrack};
use std::path::Path;

/// Version of what is measured here and of how the arc is read.
pub const WHOLE_VERSION: u32 = 1;

/// A shorter rest at the end of a track belongs to the step before it.
const SHORTEST_STEP_SECS: f32 = 1.0;

/// Reads a file from end to end. Asks `control` before every block and gives up, with
/// [`AnalysisError::Cancelled`], when it says so or `give_up` does. Memory does not grow
/// with the length of the track, but for two bytes every ten seconds.
pub fn read_whole(
    path: &Path,
    control: &Control,
    give_up: impl Fn() -> bool,
) -> Result<WholeTrack, AnalysisError> {
    guarded(path, || {
        let mut stream = AudioStream::open(path)?;
        let mut extractor = Extractor::new();
        let mut measure = Measure::new();
        let mut arc = Vec::new();
        let (mut heard_secs, mut step_end_secs) = (0.0, f64::from(EmotionArc::STEP_SECS));
        let point = |extracted| {
            let mood = reading::read(&extracted);
            (mood.confidence > 0.0).then_some((mood.valence, mood.arousal))
        };
        while let Some(block) = stream.next_block()? {
            control.checkpoint()?;
            if give_up() {
                return Err(AnalysisError::Cancelled(super::Cancelled));
            }
            // A block is a fraction of a second: a step need not end within one.
            if heard_secs >= step_end_secs {
                arc.push(point(extractor.take()));
                step_end_secs += f64::from(EmotionArc::STEP_SECS);
            }
            let (channels, rate_hz) = (block.channels, block.sample_rate_hz);
            let heard = extractor.hear(block, |_, _| {});
            let heard = heard.map_err(|rate_hz| AnalysisError::SampleRate {
                path: path.to_path_buf(),
                rate_hz,
            })?;
            measure.push(heard, channels, rate_hz);
            heard_secs += heard.mono.len() as f64 / f64::from(rate_hz);
        }
        let last = extractor.finish();
        let lufs = last.features.loudness_lufs;
        if arc.is_empty() || last.duration_secs >= SHORTEST_STEP_SECS {
            arc.push(point(last));
        }
        let (true_peak_dbtp, waveform) = measure.finish();
        Ok(WholeTrack {
            loudness: Loudness {
                lufs,
                true_peak_dbtp,
            },
            waveform,
            arc: EmotionArc::new(&arc),
        })
    })
}
