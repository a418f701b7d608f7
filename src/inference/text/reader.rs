//! Reading feelings whether or not the model is there.

use super::TextModel;
use crate::inference::{InferenceError, Manifest, Runtime};
use crate::words::{self, WordReading};
use std::path::Path;

/// Reads typed feelings with the text model, and with the word norms where it is missing,
/// damaged or refused.
pub struct FeelingReader {
    model: Result<TextModel, InferenceError>,
}

impl FeelingReader {
    /// Loads the model of a models folder; a fraction of a second.
    #[must_use]
    pub fn open(models: &Path) -> Self {
        Self {
            model: open(models),
        }
    }

    /// Why the word norms must do.
    #[must_use]
    pub fn problem(&self) -> Option<&InferenceError> {
        self.model.as_ref().err()
    }

    /// Reads a feeling in English, Korean or both mixed, with the words that decided.
    pub fn feel(&mut self, text: &str) -> WordReading {
        match &mut self.model {
            Ok(model) => or_norms(model.feel(text), text),
            Err(_) => words::read(text),
        }
    }

    /// The same mood several times as fast, with the words that the norms know to speak for
    /// it: for texts by the thousand.
    pub fn skim(&mut self, text: &str) -> WordReading {
        match &mut self.model {
            Ok(model) => or_norms(model.skim(text), text),
            Err(_) => words::read(text),
        }
    }
}

fn or_norms(reading: Result<WordReading, InferenceError>, text: &str) -> WordReading {
    reading.unwrap_or_else(|error| {
        tracing::warn!("{error}; the feeling is read with word norms instead");
        words::read(text)
    })
}

/// Loads the text model of a models folder.
pub fn open(models: &Path) -> Result<TextModel, InferenceError> {
    TextModel::load(Runtime::get()?, &Manifest::read(models)?)
}
