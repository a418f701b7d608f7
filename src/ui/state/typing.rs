//! The words of a smart playlist's rule while they are typed: shown at once, kept when the
//! typing rests.

use super::Lists;
use crate::engine::Command;
use crate::library::{PlaylistChange, PlaylistEdit, PlaylistId, Rule, SmartRules};
use std::borrow::Cow;

/// A rest of this length ends the typing, seconds.
const REST_SECS: f64 = 0.4;

/// Words that are typed into a rule.
#[derive(Debug)]
pub(super) struct TypedWords {
    playlist: PlaylistId,
    /// Which of its rules.
    index: usize,
    words: String,
    /// When they are to be kept, seconds; `None` once they were handed on.
    due_secs: Option<f64>,
}

impl Lists {
    /// The rules of a playlist, with the words that are being typed.
    #[must_use]
    pub fn rules<'a>(&self, id: PlaylistId, told: &'a SmartRules) -> Cow<'a, SmartRules> {
        let Some(typed) = self.typed.as_ref().filter(|typed| typed.playlist == id) else {
            return Cow::Borrowed(told);
        };
        let mut rules = told.clone();
        match rules.rules.get_mut(typed.index) {
            Some(Rule::Genre { contains, .. } | Rule::Artist { contains, .. }) => {
                contains.clone_from(&typed.words);
                Cow::Owned(rules)
            }
            _ => Cow::Borrowed(told),
        }
    }

    pub(super) fn type_words(
        &mut self,
        playlist: PlaylistId,
        index: usize,
        words: String,
        now_secs: f64,
    ) -> Option<Command> {
        let other = |typed: &TypedWords| (typed.playlist, typed.index) != (playlist, index);
        let before = if self.typed.as_ref().is_some_and(other) {
            self.keep_words()
        } else {
            None
        };
        self.typed = Some(TypedWords {
            playlist,
            index,
            words,
            due_secs: Some(now_secs + REST_SECS),
        });
        before
    }

    pub(super) fn words_due_at(&self) -> Option<f64> {
        self.typed.as_ref()?.due_secs
    }

    pub(super) fn words_due(&mut self, now_secs: f64) -> Option<Command> {
        let due = self.words_due_at().is_some_and(|due| due <= now_secs);
        due.then(|| self.keep_words()).flatten()
    }

    /// Has the words kept, unless they were handed on or are no others.
    fn keep_words(&mut self) -> Option<Command> {
        let typed = self.typed.as_mut()?;
        typed.due_secs.take()?;
        let id = typed.playlist;
        let told = self.all.get(id)?.rules()?;
        let rules = self.rules(id, told).into_owned();
        if rules == *told {
            self.typed = None;
            return None;
        }
        let edit = PlaylistEdit::Rules(rules);
        Some(Command::ChangePlaylists(PlaylistChange::Edit(id, edit)))
    }

    /// The playlists were told anew: what was typed is forgotten once it stands there.
    pub(super) fn words_told(&mut self) {
        let Some(typed) = self.typed.as_ref().filter(|typed| typed.due_secs.is_none()) else {
            return;
        };
        let id = typed.playlist;
        let told = self.all.get(id).and_then(|playlist| playlist.rules());
        if told.is_none_or(|told| *self.rules(id, told) == *told) {
            self.typed = None;
        }
    }

    /// A change of a playlist is on its way, with the words typed into its rules.
    pub(super) fn words_sent(&mut self, change: &PlaylistChange) {
        let PlaylistChange::Edit(id, PlaylistEdit::Rules(_)) = change else {
            return;
        };
        if self
            .typed
            .as_ref()
            .is_some_and(|typed| typed.playlist == *id)
        {
            self.typed = None;
        }
    }
}
