//! A journey's two ends: it leads from what is given here to what is asked.

use super::feeling::{DEBOUNCE_SECS, DRAG_SECS, Feeling};
use crate::engine::{JourneyEnd, PhotoSource, Wish};

impl Feeling {
    /// Begins journeys there, or makes none.
    pub(super) fn begin(&mut self, from: Option<JourneyEnd>) {
        self.from_text = match &from {
            Some(JourneyEnd::Text(text)) => text.clone(),
            _ => String::new(),
        };
        self.from_open = from.is_some();
        self.from = from;
    }

    /// The field of a journey's beginning now holds this.
    pub(super) fn type_from(&mut self, text: String, now_secs: f64) {
        let words = text.trim();
        self.from = (!words.is_empty()).then(|| JourneyEnd::Text(words.to_owned()));
        self.from_text = text;
        self.from_open = true;
        if self.wish.is_some() {
            self.due_secs = Some(now_secs + DEBOUNCE_SECS);
        }
    }

    /// A journey's beginning was put on this point of the mood plane.
    pub(super) fn move_from(&mut self, valence: f32, arousal: f32, now_secs: f64) {
        let (valence, arousal) = (valence.clamp(-1.0, 1.0), arousal.clamp(-1.0, 1.0));
        self.begin(Some(JourneyEnd::Point { valence, arousal }));
        if self.wish.is_some() {
            // A drag never rests, so the question is not pushed back by each movement.
            self.due_secs.get_or_insert(now_secs + DRAG_SECS);
        }
    }

    /// Whether a journey is wanted of which the beginning is still to be given.
    #[must_use]
    pub fn beginning_awaited(&self) -> bool {
        self.from_open && self.from.is_none()
    }

    /// Whether what is asked can be the end of a journey.
    #[must_use]
    pub fn leads_somewhere(&self) -> bool {
        self.wish.as_ref().and_then(end).is_some()
    }

    /// The wish as the end of a journey, when one was asked for and it can be one.
    pub(super) fn walked_to(&self, wish: Wish) -> Wish {
        match (self.from.clone(), end(&wish)) {
            (Some(from), Some(to)) => Wish::Journey { from, to },
            _ => wish,
        }
    }

    /// The photo that a journey begins with, if it does.
    #[must_use]
    pub fn beginning_photo(&self) -> Option<&PhotoSource> {
        match &self.from {
            Some(JourneyEnd::Photo(source)) => Some(source),
            _ => None,
        }
    }

    /// Whether nothing was understood because a photo at an end could not be read.
    #[must_use]
    pub fn end_unread(&self) -> bool {
        self.from.is_some()
            && self.answer.as_ref().is_some_and(|answer| {
                let photos = answer.photos.as_ref();
                answer.target.mood.confidence <= 0.0
                    && photos.is_some_and(|photos| !photos.unread.is_empty())
            })
    }
}

/// What a wish is as an end; of several photos, none alone is it.
fn end(wish: &Wish) -> Option<JourneyEnd> {
    match wish {
        Wish::Text(text) => Some(JourneyEnd::Text(text.clone())),
        Wish::Mood(mood) => Some(JourneyEnd::Mood(*mood)),
        Wish::Point { valence, arousal } => Some(JourneyEnd::Point {
            valence: *valence,
            arousal: *arousal,
        }),
        Wish::Photos { photos, .. } => match &photos[..] {
            [photo] => Some(JourneyEnd::Photo(photo.clone())),
            _ => None,
        },
        _ => None,
    }
}
