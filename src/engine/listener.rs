//! What the listener did: plays and reactions, what was learned from them, and where new
//! ones are kept.

use super::now_unix_secs;
use crate::library::{Library, Play, TrackId, fold};
use crate::mood::{Mood, MoodVector};
use crate::recommend::{
    Feedback, ListenerModel, Reaction, Setting, Suggestion, settings, standing,
};
use crate::store::{StoreError, StoreHandle};
use std::collections::HashMap;
use std::sync::Arc;

/// So many of the last plays say what is listened to.
const MOST_PLAYS: usize = 20_000;
/// A track of which so much was heard was played; left before that, it was skipped.
const PLAYED_SHARE: f32 = 0.5;
/// Heard again within so long, a track was played again on purpose.
const AGAIN_SECS: i64 = 24 * 3_600;
/// Tracks suggested before so many others are forgotten: reactions to them come from
/// elsewhere.
const MOST_SETTINGS: usize = 2_000;

/// Whether a track of this length that was left after so long counts as played.
pub(super) fn is_played(played_secs: f32, duration_secs: f32) -> bool {
    played_secs >= PLAYED_SHARE * duration_secs
}

/// The tracks with their moods, as matched to the library.
pub(super) type Known<'a> = (&'a Library, &'a [Option<MoodVector>]);

/// The listener of one opened library.
#[derive(Default)]
pub(super) struct Listener {
    store: Option<StoreHandle>,
    /// What was heard, in no order.
    pub plays: Vec<Play>,
    feedback: Vec<Feedback>,
    /// What was learned from the feedback.
    pub model: Arc<ListenerModel>,
    /// In what each track was suggested last.
    settings: HashMap<TrackId, Setting>,
}

impl Listener {
    /// The listener of a library that was just opened.
    pub(super) fn open(store: StoreHandle) -> Result<Self, StoreError> {
        Ok(Self {
            plays: store.history(MOST_PLAYS)?,
            feedback: store.feedback()?,
            store: Some(store),
            ..Self::default()
        })
    }

    /// Plays were erased: forgets them too, and for which feelings they were heard.
    pub(super) fn forget_erased(&mut self, known: Known<'_>) -> Result<(), StoreError> {
        if let Some(store) = &self.store {
            self.plays = store.history(MOST_PLAYS)?;
            self.feedback = store.feedback()?;
            self.relearn(known);
        }
        Ok(())
    }

    /// Where the opened library is kept.
    pub(super) fn store(&self) -> Option<&StoreHandle> {
        self.store.as_ref()
    }

    /// Whether there is anything to learn from.
    pub(super) fn knows_anything(&self) -> bool {
        !self.feedback.is_empty()
    }

    /// Learns everything anew: tracks have their artists and moods from the library.
    pub(super) fn relearn(&mut self, known: Known<'_>) {
        let mut model = ListenerModel::default();
        for feedback in standing(&self.feedback) {
            teach(&mut model, &feedback, known);
        }
        self.model = Arc::new(model);
    }

    /// Remembers what a playlist suggested its tracks for.
    pub(super) fn suggested(&mut self, tracks: &[Suggestion], target: &MoodVector) {
        if self.settings.len() + tracks.len() > MOST_SETTINGS {
            self.settings.clear();
        }
        let ids = tracks.iter().map(|suggestion| suggestion.track.id);
        self.settings
            .extend(ids.zip(settings(tracks, target.top())));
    }

    /// Takes in a reaction. `mood` names the region when the listener did.
    pub(super) fn react(
        &mut self,
        track: TrackId,
        reaction: Reaction,
        mood: Option<Mood>,
        now_unix_secs: i64,
        known: Known<'_>,
    ) -> Result<(), StoreError> {
        let setting = match mood {
            Some(region) => Some(Setting {
                region,
                stood_out: Default::default(),
            }),
            None => self.settings.get(&track).copied(),
        };
        let feedback = Feedback {
            track,
            reaction,
            at_unix_secs: now_unix_secs,
            setting,
        };
        if let Some(store) = &self.store {
            store.record_feedback(feedback)?;
        }
        self.feedback.push(feedback);
        if self.model.unlearns(&feedback) {
            self.relearn(known);
            return Ok(());
        }
        teach(Arc::make_mut(&mut self.model), &feedback, known);
        Ok(())
    }

    /// Takes in a play, and what it says: heard to the end, heard again, or skipped. One that
    /// was left late says nothing.
    pub(super) fn heard(
        &mut self,
        play: Play,
        to_its_end: bool,
        known: Known<'_>,
    ) -> Result<(), StoreError> {
        let ended = play.at_unix_secs + play.played_secs as i64;
        let again = self.plays.iter().any(|other| {
            other.track == play.track
                && other.finished
                && (play.at_unix_secs - other.at_unix_secs).abs() < AGAIN_SECS
        });
        self.plays.push(play);
        let reaction = match (play.finished, again) {
            (false, _) => Reaction::Skipped,
            (true, _) if !to_its_end => return Ok(()),
            (true, true) => Reaction::Replayed,
            (true, false) => Reaction::Finished,
        };
        // A second window on the library plays too; only the first one keeps accounts.
        if self.store.as_ref().is_some_and(StoreHandle::is_read_only) {
            return Ok(());
        }
        self.react(play.track, reaction, None, ended, known)
    }

    /// A track that was left after so long, and is back now: its skip, if it was one, was none.
    /// That it was heard so long stays.
    pub(super) fn returned(
        &mut self,
        track: TrackId,
        played_secs: f32,
        duration_secs: f32,
        known: Known<'_>,
    ) -> Result<(), StoreError> {
        let counted = !self.store.as_ref().is_some_and(StoreHandle::is_read_only)
            && known.0.get(track).is_some();
        if !counted || is_played(played_secs, duration_secs) {
            return Ok(());
        }
        self.react(track, Reaction::SkipTaken, None, now_unix_secs(), known)
    }

    /// Forgets all reactions. Plays are kept: they are history.
    pub(super) fn forget(&mut self) -> Result<(), StoreError> {
        if let Some(store) = &self.store {
            store.clear_feedback()?;
        }
        self.feedback.clear();
        self.model = Arc::default();
        Ok(())
    }
}

fn teach(model: &mut ListenerModel, feedback: &Feedback, (library, moods): Known<'_>) {
    let Some(row) = library.position(feedback.track) else {
        return;
    };
    let artist = fold(library.tracks()[row].artist().trim());
    let mood = moods.get(row).copied().flatten();
    model.learn(feedback, &artist, mood.unwrap_or(MoodVector::UNKNOWN).top());
}
