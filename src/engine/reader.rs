//! What reads typed feelings and photos, loaded when it is first needed.

use super::emitter::Emitter;
use super::photo::{PhotoSource, Photos, ReadPhoto};
use super::{Event, Notice};
use crate::inference::text::FeelingReader;
use crate::photo::PhotoProblem;
use crate::recommend::Target;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads typed feelings and photos for the query thread.
pub(super) struct Reader {
    models: PathBuf,
    emitter: Emitter,
    words: Option<FeelingReader>,
    photos: Photos,
    /// Whether it was told that there is no photo model.
    told_no_model: bool,
}

impl Reader {
    /// A reader that will load the text model of this models folder.
    pub(super) fn new(models: PathBuf, emitter: Emitter) -> Self {
        Self {
            photos: Photos::new(models.clone()),
            told_no_model: false,
            models,
            emitter,
            words: None,
        }
    }

    /// What a text asks for.
    pub(super) fn target(&mut self, text: &str) -> Target {
        Target::from_words(&self.words().feel(text))
    }

    /// Reads a photo, or remembers how it was read. A photo model that cannot be used is told
    /// with the first photo.
    pub(super) fn photo(&mut self, source: &PhotoSource) -> Result<Arc<ReadPhoto>, PhotoProblem> {
        if let Some(problem) = self.photos.problem()
            && !std::mem::replace(&mut self.told_no_model, true)
        {
            let notice = Notice::NoPhotoModel(problem.to_string());
            self.emitter.send(Event::Notice(notice));
        }
        let words = loaded(&mut self.words, &self.models, &self.emitter);
        self.photos.read(source, words)
    }

    /// Loads both models, so that the next question need not wait for them.
    pub(super) fn warm_up(&mut self) {
        self.words();
        self.photos.load();
    }

    fn words(&mut self) -> &mut FeelingReader {
        loaded(&mut self.words, &self.models, &self.emitter)
    }
}

/// Loads the text model, if that was not done yet. A model that cannot be used is told then,
/// once.
fn loaded<'a>(
    words: &'a mut Option<FeelingReader>,
    models: &Path,
    emitter: &Emitter,
) -> &'a mut FeelingReader {
    words.get_or_insert_with(|| {
        let reader = FeelingReader::open(models);
        if let Some(problem) = reader.problem() {
            let notice = Notice::NoTextModel(problem.to_string());
            emitter.send(Event::Notice(notice));
        }
        reader
    })
}
