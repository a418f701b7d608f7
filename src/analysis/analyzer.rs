//! [`Analyzer`]: the first look at a file, all that moods and recommendations need.

use super::control::{Cancelled, Control};
use super::dsp::{Extracted, Extractor, FRAME_LEN, LogMel, MEL_BANDS, SAMPLE_RATE_HZ};
use super::ears::Ears;
use super::excerpts::Excerpt;
use super::reading;
use crate::decode::{AudioStream, Block, DecodeError};
use crate::inference::InferenceError;
use crate::inference::audio::HeardPatches;
use crate::library::{Analysis, AudioReading};
use crate::mood::MoodVector;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

/// What is wanted of a track: what is known already by the same version is not made anew.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// The rule's reading, when the features are known; else they are computed.
    pub rule: Option<MoodVector>,
    /// Whether the audio model is to read it.
    pub reading: bool,
}

/// What the first look at a track told.
#[derive(Debug)]
pub struct Look {
    /// Features and the rule's reading, if they were wanted.
    pub analysis: Option<Analysis>,
    /// What the audio model heard, with its version; `None` when that was not wanted.
    pub reading: Option<Result<(AudioReading, Arc<str>), InferenceError>>,
}

/// Looks at files, one after the other: each worker has its own.
pub struct Analyzer {
    models: PathBuf,
    ears: Option<Ears>,
}

impl Analyzer {
    /// An analyzer that will load the audio model of this models folder when it is wanted.
    #[must_use]
    pub fn new(models: &Path) -> Self {
        Self {
            models: models.to_path_buf(),
            ears: None,
        }
    }

    /// Decodes some seconds of a file, or all of a short one, and computes what is wanted
    /// from one pass over them. `known_secs` is its length for files that do not tell it,
    /// 0 when unknown. Asks `control` before every block. A panic on the way, in a decoder
    /// for instance, comes back as an error.
    pub fn look(
        &mut self,
        path: &Path,
        known_secs: f32,
        wanted: Wanted,
        control: &Control,
    ) -> Result<Look, AnalysisError> {
        let ears = wanted.reading.then(|| self.open_ears());
        let (mut ears, problem) = match ears {
            Some(Ok(ears)) => (Some(ears), None),
            Some(Err(problem)) => (None, Some(problem)),
            None => (None, None),
        };
        if ears.is_none() && wanted.rule.is_some() {
            return Ok(Look {
                analysis: None,
                reading: problem.map(Err),
            });
        }
        let mut hearing = Hearing::new(ears.as_deref_mut());
        let extracted = guarded(path, || {
            listen(path, known_secs, wanted, &mut hearing, control)
        })?;
        let patches = hearing.patches;
        let analysis = extracted.map(|extracted| Analysis {
            mood: reading::read(&extracted),
            features: extracted.features,
        });
        let rule = analysis.as_ref().map(|analysis| analysis.mood);
        let rule = rule.or(wanted.rule).unwrap_or(MoodVector::UNKNOWN);
        let reading = ears.map(|ears| {
            let model = ears.model();
            patches.map(|heard| (model.reading(&heard, &rule), Arc::clone(model.version())))
        });
        Ok(Look {
            analysis,
            reading: reading.or(problem.map(Err)),
        })
    }

    /// The same for a file of which nothing is known: its analysis, and what the audio model
    /// heard where there is one that works.
    pub fn analyze(
        &mut self,
        path: &Path,
        control: &Control,
    ) -> Result<(Analysis, Option<AudioReading>), AnalysisError> {
        let everything = Wanted {
            rule: None,
            reading: true,
        };
        let look = self.look(path, 0.0, everything, control)?;
        let analysis = look.analysis.ok_or_else(|| AnalysisError::TooShort {
            path: path.to_path_buf(),
        })?;
        let heard = look.reading.and_then(|reading| {
            reading
                .inspect_err(|problem| tracing::info!("the rule reads alone: {problem}"))
                .ok()
        });
        Ok((analysis, heard.map(|(reading, _)| reading)))
    }

    /// The audio model, loaded unless it is.
    pub(super) fn open_ears(&mut self) -> Result<&mut Ears, InferenceError> {
        let ears = match self.ears.take() {
            Some(ears) => ears,
            None => Ears::open(&self.models)?,
        };
        Ok(self.ears.insert(ears))
    }
}

/// What the model says of a track, if there is one.
pub(super) struct Hearing<'a> {
    ears: Option<&'a mut Ears>,
    pub patches: Result<HeardPatches, InferenceError>,
}

impl<'a> Hearing<'a> {
    fn new(mut ears: Option<&'a mut Ears>) -> Self {
        if let Some(ears) = &mut ears {
            ears.begin();
        }
        Self {
            ears,
            patches: Ok(HeardPatches::default()),
        }
    }

    fn frame(&mut self, mel_db: &[f32; MEL_BANDS], level_db: f32) {
        self.ask(|ears, heard| ears.hear(mel_db, level_db, |_, patch| heard.add(patch)));
    }

    fn cut(&mut self) {
        self.ask(|ears, heard| ears.cut(|_, patch| heard.add(patch)));
    }

    fn finish(&mut self) {
        self.ask(|ears, heard| ears.finish(|_, patch| heard.add(patch)));
    }

    /// After a failure nothing more is asked of the model.
    fn ask(
        &mut self,
        work: impl FnOnce(&mut Ears, &mut HeardPatches) -> Result<(), InferenceError>,
    ) {
        if let (Some(ears), Ok(heard)) = (self.ears.as_deref_mut(), &mut self.patches)
            && let Err(problem) = work(ears, heard)
        {
            self.patches = Err(problem);
        }
    }

    fn has_heard(&self) -> bool {
        self.patches.as_ref().is_ok_and(|heard| heard.count() > 0)
    }
}

/// What is computed of each frame: everything, or only what the model reads.
enum Listening {
    Features(Box<Extractor>),
    Bands(Box<LogMel>),
}

impl Listening {
    fn hear(&mut self, block: Block<'_>, hearing: &mut Hearing<'_>) -> Result<(), u32> {
        let frame = |mel_db: &[f32; MEL_BANDS], level_db| hearing.frame(mel_db, level_db);
        match self {
            Self::Features(extractor) => extractor.hear(block, frame),
            Self::Bands(mel) => mel.hear(block, frame),
        }
    }

    /// An excerpt has ended.
    fn cut(&mut self, hearing: &mut Hearing<'_>) {
        let frame = |mel_db: &[f32; MEL_BANDS], level_db| hearing.frame(mel_db, level_db);
        match self {
            Self::Features(extractor) => extractor.cut(frame),
            Self::Bands(mel) => mel.cut(frame),
        }
        hearing.cut();
    }

    fn has_heard(&self, hearing: &Hearing<'_>) -> bool {
        match self {
            Self::Features(extractor) => extractor.has_heard(),
            Self::Bands(_) => hearing.has_heard(),
        }
    }
}

/// Reads what is to be read of a file; the features, unless they are known.
fn listen(
    path: &Path,
    known_secs: f32,
    wanted: Wanted,
    hearing: &mut Hearing<'_>,
    control: &Control,
) -> Result<Option<Extracted>, AnalysisError> {
    let mut listening = match wanted.rule {
        None => Listening::Features(Box::default()),
        Some(_) => Listening::Bands(Box::default()),
    };
    let mut stream = AudioStream::open(path)?;
    let known_secs = Some(f64::from(known_secs)).filter(|secs| *secs > 0.0);
    let excerpts = Excerpt::of(stream.duration_secs().or(known_secs));
    let is_whole = excerpts == [Excerpt::WHOLE];
    let mut read = |excerpt: Excerpt, stream: &mut AudioStream| {
        excerpt.read(stream, control, |block| {
            let heard = listening.hear(block, hearing);
            heard.map_err(|rate_hz| AnalysisError::SampleRate {
                path: path.to_path_buf(),
                rate_hz,
            })
        })?;
        listening.cut(hearing);
        Ok::<_, AnalysisError>(listening.has_heard(hearing))
    };
    let mut sounds = false;
    for excerpt in excerpts {
        sounds |= read(excerpt, &mut stream)?;
    }
    if !sounds && !is_whole {
        // Music may hide in a long silence, and an estimated length may be far too long.
        read(Excerpt::WHOLE, &mut AudioStream::open(path)?)?;
    }
    hearing.finish();
    let Listening::Features(extractor) = listening else {
        return Ok(None);
    };
    let extracted = extractor.finish();
    if extracted.duration_secs < SHORTEST_SECS {
        return Err(AnalysisError::TooShort {
            path: path.to_path_buf(),
        });
    }
    Ok(Some(extracted))
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

/// The text of a panic, if it has one.
fn message_of(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no reason given".to_owned())
}
