//! What reads typed feelings, loaded when it is first needed.

use super::emitter::Emitter;
use super::{Event, Notice};
use crate::inference::text::FeelingReader;
use crate::recommend::Target;
use std::path::PathBuf;

/// Reads typed feelings for the query thread.
pub(super) struct Reader {
    models: PathBuf,
    emitter: Emitter,
    loaded: Option<FeelingReader>,
}

impl Reader {
    /// A reader that will load the text model of this models folder.
    pub(super) fn new(models: PathBuf, emitter: Emitter) -> Self {
        Self {
            models,
            emitter,
            loaded: None,
        }
    }

    /// What a text asks for.
    pub(super) fn target(&mut self, text: &str) -> Target {
        Target::from_words(&self.load().feel(text))
    }

    /// Loads the model, if that was not done yet. A model that cannot be used is told then,
    /// once.
    pub(super) fn load(&mut self) -> &mut FeelingReader {
        self.loaded.get_or_insert_with(|| {
            let reader = FeelingReader::open(&self.models);
            if let Some(problem) = reader.problem() {
                let notice = Notice::NoTextModel(problem.to_string());
                self.emitter.send(Event::Notice(notice));
            }
            reader
        })
    }
}
