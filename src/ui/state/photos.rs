//! Photos on the Feel screen: what was given, what was understood, and its energy.

use super::{AppState, Feeling};
use crate::engine::{Command, JourneyEnd, PhotoAnswer, PhotoSource, ReadPhoto, Wish};
use crate::ui::action::{Action, Place};
use std::sync::Arc;

/// While the energy slider is dragged, so often at most; seconds.
const DRAG_SECS: f64 = 0.05;

impl AppState {
    /// Actions on photos; passes the others on.
    pub(super) fn act_on_photos(&mut self, action: Action, now_secs: f64) -> Vec<Command> {
        match action {
            Action::Drop(paths) => return vec![Command::Drop(paths)],
            Action::Photos(photos) => return self.take_photos(photos),
            Action::SetEnergy(energy) => self.feeling.set_energy(energy, now_secs),
            Action::ShowPhoto(number) => self.feeling.photo_shown = Some(number),
            other => return self.act_elsewhere(other, now_secs),
        }
        Vec::new()
    }

    /// The photo that stands behind the Feel screen.
    #[must_use]
    pub fn photo_behind(&self) -> Option<&Arc<ReadPhoto>> {
        (self.place == Place::Feel)
            .then(|| self.feeling.photo())
            .flatten()
    }

    /// Photos were given: one is where a journey begins if that is awaited, else they are the
    /// wish now.
    pub(super) fn take_photos(&mut self, photos: Vec<PhotoSource>) -> Vec<Command> {
        match &photos[..] {
            [photo] if self.photo_begins() => {
                let from = JourneyEnd::Photo(photo.clone());
                self.feeling.begin(Some(from));
                self.feeling.ask_again(0.0).into_iter().collect()
            }
            _ => self.wish_photos(photos),
        }
    }

    /// Whether a photo that is given now is where a journey begins.
    #[must_use]
    pub fn photo_begins(&self) -> bool {
        self.place == Place::Feel && self.feeling.beginning_awaited()
    }

    fn wish_photos(&mut self, photos: Vec<PhotoSource>) -> Vec<Command> {
        if photos.is_empty() {
            return Vec::new();
        }
        self.place = Place::Feel;
        self.feeling.photo_shown = None;
        let energy = 0.0;
        vec![self.feeling.ask(Wish::Photos { photos, energy })]
    }
}

impl Feeling {
    /// Calmer or livelier than the photos are.
    pub(super) fn set_energy(&mut self, energy: f32, now_secs: f64) {
        if let Some(Wish::Photos { energy: kept, .. }) = &mut self.wish {
            *kept = energy.clamp(-1.0, 1.0);
            // A drag never rests, so the question is not pushed back by each movement.
            self.due_secs.get_or_insert(now_secs + DRAG_SECS);
        }
    }

    /// How far the photos of a question are read.
    pub(super) fn reading(&mut self, generation: u64, done: usize, of: usize) {
        if generation == self.generation {
            self.photos_read = Some((done, of));
        }
    }

    /// Calmer −1 … livelier 1 than the photos that are asked for; `None` when none are.
    #[must_use]
    pub fn energy(&self) -> Option<f32> {
        match &self.wish {
            Some(Wish::Photos { energy, .. }) => Some(*energy),
            _ => None,
        }
    }

    /// What was understood of the photos, while photos are the wish.
    #[must_use]
    pub fn photos(&self) -> Option<&Arc<PhotoAnswer>> {
        self.energy()?;
        self.answer.as_ref()?.photos.as_ref()
    }

    /// The photo whose reading is shown: the chosen one, or the first.
    #[must_use]
    pub fn photo(&self) -> Option<&Arc<ReadPhoto>> {
        let photos = &self.photos()?.photos;
        // At the end of a journey, another photo may stand at its beginning.
        if self.from.is_some()
            && let Some(Wish::Photos { photos: wished, .. }) = &self.wish
        {
            return photos.iter().find(|photo| wished.contains(&photo.source));
        }
        let chosen = self.photo_shown.unwrap_or(0);
        photos.get(chosen).or_else(|| photos.first())
    }

    /// How many photos are read, of how many, while that takes time.
    #[must_use]
    pub fn reading_photos(&self) -> Option<(usize, usize)> {
        self.photos_read
            .filter(|_| self.waiting && self.energy().is_some())
    }

    /// Whether photos were given of which none could be read.
    #[must_use]
    pub fn no_photo(&self) -> bool {
        self.photos().is_some_and(|answer| answer.photos.is_empty())
    }
}
