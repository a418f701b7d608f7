//! The whole-track pass: what only reading a track from end to end tells. It runs later
//! than the first look, when a track is played or nothing else is to be done.

use super::analyzer::{AnalysisError, Analyzer, guarded};
use super::control::{Cancelled, Control};
use super::dsp::{Extracted, Extractor, HOP_LEN, MEL_BANDS, Measure, SAMPLE_RATE_HZ};
use super::ears::Ears;
use super::reading;
use crate::decode::AudioStream;
use crate::inference::InferenceError;
use crate::inference::audio::{PatchReading, audio_version};
use crate::library::{EmotionArc, Loudness, WholeTrack};
use crate::mood::MoodVector;
use std::path::Path;
use std::sync::Arc;

/// Version of what is measured here and of how the arc is read without the audio model.
const WHOLE_VERSION: u32 = 2;

/// A shorter rest at the end of a track belongs to the step before it.
const SHORTEST_STEP_SECS: f32 = 1.0;

/// Frames of a step of the arc.
const STEP_FRAMES: f32 = EmotionArc::STEP_SECS * SAMPLE_RATE_HZ as f32 / HOP_LEN as f32;

/// Names what [`Analyzer::read_whole`] will do with this models folder: its own version
/// and, where there is one, that of the audio model.
#[must_use]
pub fn whole_version(models: &Path) -> Arc<str> {
    match audio_version(models) {
        Ok(model) => format!("{WHOLE_VERSION}:{model}").into(),
        Err(_) => WHOLE_VERSION.to_string().into(),
    }
}

impl Analyzer {
    /// Reads a file from end to end. Asks `control` before every block and gives up, with
    /// [`AnalysisError::Cancelled`], when it says so or `give_up` does. Memory does not grow
    /// with the length of the track, but for some bytes every ten seconds. Without the audio
    /// model the arc is the rule's.
    pub fn read_whole(
        &mut self,
        path: &Path,
        control: &Control,
        give_up: impl Fn() -> bool,
    ) -> Result<WholeTrack, AnalysisError> {
        let ears = match self.open_ears() {
            Ok(ears) => Some(ears),
            Err(problem) => {
                tracing::debug!("without the audio model: {problem}");
                None
            }
        };
        guarded(path, || read(path, control, give_up, ArcReader::new(ears)))
    }
}

/// How the mood moves, as the rule and the model read it.
struct ArcReader<'a> {
    ears: Option<&'a mut Ears>,
    /// The model's points, added up for each step.
    heard: Vec<([f32; 2], u32)>,
    /// The rule's moods, one a step.
    rule: Vec<MoodVector>,
}

impl<'a> ArcReader<'a> {
    fn new(mut ears: Option<&'a mut Ears>) -> Self {
        if let Some(ears) = &mut ears {
            ears.begin();
        }
        Self {
            ears,
            heard: Vec::new(),
            rule: Vec::new(),
        }
    }

    fn frame(&mut self, mel_db: &[f32; MEL_BANDS], level_db: f32) {
        self.ask(|ears, heard| ears.hear(mel_db, level_db, |at, patch| add(heard, at, patch)));
    }

    /// The rule's reading of the step that ends here.
    fn step(&mut self, extracted: &Extracted) {
        self.rule.push(reading::read(extracted));
    }

    fn finish(mut self) -> EmotionArc {
        self.ask(|ears, heard| ears.finish(|at, patch| add(heard, at, patch)));
        let points = self.rule.iter().enumerate().map(|(step, rule)| {
            let heard = self.heard.get(step).filter(|(_, patches)| *patches > 0);
            let heard = heard.map(|(sum, patches)| sum.map(|sum| sum / *patches as f32));
            match (&self.ears, heard) {
                _ if rule.confidence <= 0.0 => None,
                (Some(ears), Some(heard)) => Some(ears.model().join(heard, rule)),
                _ => Some((rule.valence, rule.arousal)),
            }
        });
        EmotionArc::new(&points.collect::<Vec<_>>())
    }

    fn ask(
        &mut self,
        work: impl FnOnce(&mut Ears, &mut Vec<([f32; 2], u32)>) -> Result<(), InferenceError>,
    ) {
        if let Some(ears) = self.ears.as_deref_mut()
            && let Err(problem) = work(ears, &mut self.heard)
        {
            tracing::warn!("{problem}; the rule goes on alone");
            self.ears = None;
        }
    }
}

fn add(heard: &mut Vec<([f32; 2], u32)>, at_frame: u64, patch: &PatchReading) {
    let step = (at_frame as f32 / STEP_FRAMES) as usize;
    if heard.len() <= step {
        heard.resize(step + 1, ([0.0; 2], 0));
    }
    let (sum, patches) = &mut heard[step];
    let [valence, arousal] = patch.point();
    if valence.is_finite() && arousal.is_finite() {
        sum[0] += valence;
        sum[1] += arousal;
        *patches += 1;
    }
}

fn read(
    path: &Path,
    control: &Control,
    give_up: impl Fn() -> bool,
    mut arc: ArcReader<'_>,
) -> Result<WholeTrack, AnalysisError> {
    let mut stream = AudioStream::open(path)?;
    let mut extractor = Extractor::new();
    let mut measure = Measure::new();
    let (mut heard_secs, mut step_end_secs) = (0.0, f64::from(EmotionArc::STEP_SECS));
    while let Some(block) = stream.next_block()? {
        control.checkpoint()?;
        if give_up() {
            return Err(AnalysisError::Cancelled(Cancelled));
        }
        // A block is a fraction of a second: a step need not end within one.
        if heard_secs >= step_end_secs {
            arc.step(&extractor.take());
            step_end_secs += f64::from(EmotionArc::STEP_SECS);
        }
        let heard = extractor.hear(block, |mel_db, level_db| arc.frame(mel_db, level_db));
        heard.map_err(|rate_hz| AnalysisError::SampleRate {
            path: path.to_path_buf(),
            rate_hz,
        })?;
        measure.push(block);
        heard_secs += block.secs();
    }
    let last = extractor.finish();
    if arc.rule.is_empty() || last.duration_secs >= SHORTEST_STEP_SECS {
        arc.step(&last);
    }
    let (true_peak_dbtp, waveform) = measure.finish();
    Ok(WholeTrack {
        loudness: Loudness {
            lufs: last.features.loudness_lufs,
            true_peak_dbtp,
        },
        waveform,
        arc: arc.finish(),
    })
}
