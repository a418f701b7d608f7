//! The Feel screen's state: one wish, one answer. Typing, the mood buttons and the mood
//! plane all lead to the same wish, the last touched wins.

use super::listing::Then;
use super::rearranging::ListEdit;
use crate::engine::{Command, FeelAnswer, FeelRequest, JourneyEnd, Length, Wish};
use crate::language::Language;
use crate::library::TrackId;
use crate::mood::MoodVector;
use crate::recommend::{Filter, Mode};
use std::sync::Arc;

/// How long the listener must rest between two keys before the engine is asked. Long enough
/// to skip the middle of a fast word, short enough to feel live.
pub(super) const DEBOUNCE_SECS: f64 = 0.05;
/// While dragging over the mood plane, so often at most.
pub(super) const DRAG_SECS: f64 = 0.05;

/// The Feel screen's state.
#[derive(Debug)]
pub struct Feeling {
    /// What the text field holds.
    pub text: String,
    /// What is asked, if anything.
    pub wish: Option<Wish>,
    /// Title of the track that more is asked of.
    pub like_title: Option<String>,
    /// How long playlists should be.
    pub length: Length,
    /// What may be suggested.
    pub filter: Filter,
    /// How the kinds of likeness are joined.
    pub mode: Mode,
    /// Where a journey to what is asked begins, if it is one.
    pub from: Option<JourneyEnd>,
    /// Whether a journey is wanted: its beginning may still have to be given.
    pub from_open: bool,
    /// What the field of a journey's beginning holds.
    pub from_text: String,
    /// The track whose reason is shown in detail.
    pub explained: Option<TrackId>,
    /// Which of the equal selections.
    pub seed: u64,
    /// The last answer; an older one stays while a new one is made.
    pub answer: Option<Arc<FeelAnswer>>,
    /// The reason of each track of the answer, in the language shown.
    pub reasons: Vec<String>,
    /// Whether the line that asks where to save the playlist is open.
    pub exporting: bool,
    /// Which of the photos is shown in detail.
    pub photo_shown: Option<usize>,
    /// How many photos are read, and of how many.
    pub(super) photos_read: Option<(usize, usize)>,
    pub(super) generation: u64,
    /// When the wish is to be asked, seconds.
    pub(super) due_secs: Option<f64>,
    /// Whether an answer is on its way.
    pub(super) waiting: bool,
    /// What the listener changed about the answer, the last thing last.
    pub(super) edits: Vec<ListEdit>,
    /// What is to be done when the answer comes.
    pub(super) put_off: Vec<Then>,
}

impl Default for Feeling {
    fn default() -> Self {
        Self {
            text: String::new(),
            wish: None,
            like_title: None,
            length: Length::Tracks(20),
            filter: Filter::default(),
            mode: Mode::default(),
            from: None,
            from_open: false,
            from_text: String::new(),
            explained: None,
            seed: 0,
            answer: None,
            reasons: Vec::new(),
            exporting: false,
            photo_shown: None,
            photos_read: None,
            generation: 0,
            due_secs: None,
            waiting: false,
            edits: Vec::new(),
            put_off: Vec::new(),
        }
    }
}

impl Feeling {
    pub(super) fn type_text(&mut self, text: String, now_secs: f64) {
        let empty = text.trim().is_empty();
        self.text = text;
        self.like_title = None;
        if empty {
            self.forget();
        } else {
            self.wish = Some(Wish::Text(self.text.trim().to_owned()));
            self.due_secs = Some(now_secs + DEBOUNCE_SECS);
        }
    }

    pub(super) fn type_genre(&mut self, genre: String, now_secs: f64) {
        self.filter.genre = genre;
        if self.wish.is_some() {
            self.due_secs = Some(now_secs + DEBOUNCE_SECS);
        }
    }

    pub(super) fn move_point(&mut self, valence: f32, arousal: f32, now_secs: f64) {
        self.text.clear();
        self.like_title = None;
        self.wish = Some(Wish::Point {
            valence: valence.clamp(-1.0, 1.0),
            arousal: arousal.clamp(-1.0, 1.0),
        });
        // A drag never rests, so the question is not pushed back by each movement.
        self.due_secs.get_or_insert(now_secs + DRAG_SECS);
    }

    /// Asks at once, with the field emptied: the wish did not come from there.
    pub(super) fn ask(&mut self, wish: Wish) -> Command {
        self.text.clear();
        self.like_title = None;
        self.wish = Some(wish.clone());
        self.send(wish)
    }

    /// Asks the same wish again, if there is one.
    pub(super) fn ask_again(&mut self, _now_secs: f64) -> Option<Command> {
        let wish = self.wish.clone()?;
        Some(self.send(wish))
    }

    /// More tracks are ready: worth asking again only when there was next to nothing before.
    pub(super) fn library_changed(&mut self, ready: usize, now_secs: f64) -> Option<Command> {
        let considered = self.answer.as_ref()?.considered;
        (ready > considered && considered < 20 && !self.rearranged())
            .then(|| self.ask_again(now_secs))
            .flatten()
    }

    pub(super) fn send(&mut self, wish: Wish) -> Command {
        self.generation += 1;
        self.due_secs = None;
        self.waiting = true;
        self.photos_read = None;
        Command::Feel {
            generation: self.generation,
            request: FeelRequest {
                wish: self.walked_to(wish),
                length: self.length,
                seed: self.seed,
                filter: Filter {
                    genre: self.filter.genre.trim().to_owned(),
                    ..self.filter.clone()
                },
                mode: self.mode,
                patient: false,
            },
        }
    }

    pub(super) fn due_at(&self) -> Option<f64> {
        self.due_secs
    }

    pub(super) fn due(&mut self, now_secs: f64) -> Option<Command> {
        if self.due_secs? > now_secs {
            return None;
        }
        self.ask_again(now_secs)
    }

    /// Takes in an answer; whether it is to what is asked.
    pub(super) fn take(
        &mut self,
        generation: u64,
        answer: Arc<FeelAnswer>,
        language: Language,
    ) -> bool {
        if generation != self.generation || self.wish.is_none() {
            return false;
        }
        self.waiting = false;
        self.edits.clear();
        self.answer = Some(answer);
        self.retell(language);
        true
    }

    /// Says the reasons in another language.
    pub(super) fn retell(&mut self, language: Language) {
        self.reasons = self.answer.as_ref().map_or_else(Vec::new, |answer| {
            answer
                .tracks
                .iter()
                .map(|suggestion| suggestion.why.line(language))
                .collect()
        });
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.forget();
    }

    fn forget(&mut self) {
        self.wish = None;
        self.like_title = None;
        self.due_secs = None;
        self.waiting = false;
        self.put_off.clear();
        self.answer = None;
        self.edits.clear();
        self.explained = None;
        self.photo_shown = None;
        self.reasons.clear();
        self.exporting = false;
        // Answers still on their way belong to no wish any more.
        self.generation += 1;
    }

    /// The suggested tracks.
    #[must_use]
    pub fn track_ids(&self) -> Vec<TrackId> {
        if self.unknown() {
            return Vec::new();
        }
        self.answer.as_ref().map_or_else(Vec::new, |answer| {
            answer.tracks.iter().map(|s| s.track.id).collect()
        })
    }

    /// Whether a text was typed, for one end of a journey or as the wish, of which no word is
    /// known.
    #[must_use]
    pub fn unknown(&self) -> bool {
        let typed = matches!(self.wish, Some(Wish::Text(_)))
            || (self.leads_somewhere() && matches!(self.from, Some(JourneyEnd::Text(_))));
        typed
            && !self.end_unread()
            && self
                .answer
                .as_ref()
                .is_some_and(|answer| answer.target.mood.confidence <= 0.0)
    }

    /// What is asked, as a mood: at once for a point or a mood, else from the answer.
    #[must_use]
    pub fn target(&self) -> Option<MoodVector> {
        match &self.wish {
            Some(Wish::Point { valence, arousal }) => {
                Some(MoodVector::from_point(*valence, *arousal, 1.0))
            }
            Some(Wish::Mood(mood)) => Some(MoodVector::of_mood(*mood)),
            Some(_) if self.unknown() || self.no_photo() => None,
            Some(_) => self.answer.as_ref().map(|answer| answer.target.mood),
            None => None,
        }
    }
}
