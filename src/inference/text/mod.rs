//! How a text feels: one small model reads a typed feeling and each line of lyrics, in
//! English and Korean.
//!
//! ```text
//! text → normalise → tokens → model → TextReading
//!          feeling: pieces of a typed text, joined, with the words that decided
//!          lyrics:  the sung lines of a track, summed
//!          reader:  the same for feelings, with word norms where the model is missing
//! ```
//!
//! The model gives a probability for each of the seven moods and for "nothing", a text that
//! nobody means, and a point on the valence–arousal plane.

mod feeling;
mod lyrics;
mod normalise;
mod reader;
mod tokens;

pub use lyrics::lyrics_version;
pub use normalise::normalise;
pub use reader::{FeelingReader, open};

use super::{InferenceError, Manifest, Model, ModelInput, Runtime, Values};
use crate::mood::{Mood, MoodVector};
use std::cmp::Ordering;
use std::sync::Arc;
use tokens::Tokens;

/// The model's name in the manifest.
const NAME: &str = "text";
/// The eighth label.
const NOTHING: &str = "nothing";
const CLASSES: usize = Mood::COUNT + 1;

/// How one text reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextReading {
    /// The mood. Its confidence is the largest of the seven probabilities that the model
    /// gave, so that a text which means nothing has a low one.
    pub mood: MoodVector,
    /// Whether the model finds it likelier than any mood that nobody means this text.
    pub is_nothing: bool,
}

impl TextReading {
    const NOTHING: Self = Self {
        mood: MoodVector::UNKNOWN,
        is_nothing: true,
    };
}

/// The text model, loaded.
pub struct TextModel {
    model: Model,
    tokens: Tokens,
    version: Arc<str>,
}

impl TextModel {
    /// Loads the model that the manifest names, after comparing hashes.
    pub fn load(runtime: &Runtime, manifest: &Manifest) -> Result<Self, InferenceError> {
        let entry = manifest.entry(NAME)?;
        let known = Mood::ALL.map(Mood::key).into_iter().chain([NOTHING]);
        let tokenizer = manifest.shipped_bytes(entry.tokenizer.as_ref())?;
        let (true, Some(tokenizer)) = (entry.labels.iter().eq(known), tokenizer) else {
            return Err(InferenceError::Labels {
                name: entry.name.clone(),
            });
        };
        Ok(Self {
            tokens: Tokens::from_bytes(&tokenizer)?,
            model: Model::load(runtime, &manifest.bytes(entry)?)?,
            version: Arc::from(entry.version.as_str()),
        })
    }

    /// Reads texts one by one, each as a whole: of a text longer than the model takes, the
    /// beginning. An empty text means nothing.
    ///
    /// The quantised model scales its numbers by the largest of a run. Each text is a run of
    /// its own, so that it reads the same whatever it is read with. Nothing is lost by it: on
    /// one core, forty lines padded to one length took as long with ONNX Runtime and a sixth
    /// longer with the built-in engine.
    pub fn read<T: AsRef<str>>(&mut self, texts: &[T]) -> Result<Vec<TextReading>, InferenceError> {
        texts
            .iter()
            .map(|text| self.read_one(&normalise(text.as_ref())))
            .collect()
    }

    fn read_one(&mut self, normal: &str) -> Result<TextReading, InferenceError> {
        let ids = self.tokens.of(normal)?;
        if ids.len() <= 2 {
            return Ok(TextReading::NOTHING);
        }
        let mask = vec![1; ids.len()];
        let shape = [1, ids.len()];
        let input = |name, values| ModelInput {
            name,
            shape: &shape,
            values: Values::Integers(values),
        };
        let outputs = self.model.run(
            &[input("ids", &ids), input("mask", &mask)],
            &["moods", "point"],
        )?;
        let classes = outputs[0].values.as_slice().try_into();
        let point = outputs[1].values.as_slice().try_into();
        match (classes, point) {
            (Ok(classes), Ok(point)) => Ok(reading(classes, point)),
            _ => Err(InferenceError::NoOutput("moods and point of one text")),
        }
    }
}

fn reading(classes: [f32; CLASSES], [valence, arousal]: [f32; 2]) -> TextReading {
    let [moods @ .., nothing] = classes;
    let largest = moods.into_iter().fold(0.0, f32::max);
    TextReading {
        mood: MoodVector::new(valence, arousal, moods, largest),
        // Whatever is no number means nothing either.
        is_nothing: largest.partial_cmp(&nothing) != Some(Ordering::Greater),
    }
}
