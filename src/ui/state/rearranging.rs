//! Rearranging the suggestions: what is moved up or taken out says something about it.

use super::feeling::Feeling;
use super::{AppState, ToastKind};
use crate::engine::{Command, FeelAnswer};
use crate::library::TrackId;
use crate::recommend::{Reaction, Suggestion};
use std::sync::Arc;

/// One change of the suggestions.
#[derive(Debug, Clone)]
pub enum ListEdit {
    /// Moved to another place.
    Moved {
        /// From where.
        from: usize,
        /// To where.
        to: usize,
    },
    /// Taken out of this place.
    TakenOut(usize, Box<Suggestion>),
}

impl Feeling {
    /// Whether the suggestions are not as they came.
    #[must_use]
    pub fn rearranged(&self) -> bool {
        !self.edits.is_empty()
    }

    /// The suggestions, to be changed; `None` when there is no such place among them.
    fn places(&mut self, last: usize) -> Option<&mut FeelAnswer> {
        let answer = Arc::make_mut(self.answer.as_mut()?);
        (last < answer.tracks.len()).then_some(answer)
    }

    fn shift(&mut self, from: usize, to: usize) -> Option<TrackId> {
        let answer = self.places(from.max(to))?;
        let moved = answer.tracks.remove(from);
        let track = moved.track.id;
        answer.tracks.insert(to, moved);
        Some(track)
    }
}

impl AppState {
    /// Moving a suggestion up says that it is wanted.
    pub(super) fn move_suggestion(
        &mut self,
        from: usize,
        to: usize,
        now_secs: f64,
    ) -> Vec<Command> {
        let Some(track) = self.feeling.shift(from, to) else {
            return Vec::new();
        };
        self.feeling.edits.push(ListEdit::Moved { from, to });
        self.feeling.retell(self.language);
        if to >= from {
            self.toasts.withdraw(ToastKind::Rearranged);
            return Vec::new();
        }
        let said = self.text().moved_up_said.to_owned();
        self.toasts.push(ToastKind::Rearranged, said, now_secs);
        vec![about(track, Reaction::DraggedUp)]
    }

    /// Taking one out says that it is not wanted, here at least.
    pub(super) fn take_out_suggestion(&mut self, index: usize, now_secs: f64) -> Vec<Command> {
        let Some(answer) = self.feeling.places(index) else {
            return Vec::new();
        };
        let taken = answer.tracks.remove(index);
        let track = taken.track.id;
        let edit = ListEdit::TakenOut(index, Box::new(taken));
        self.feeling.edits.push(edit);
        self.feeling.retell(self.language);
        let said = self.text().taken_out_said.to_owned();
        self.toasts.push(ToastKind::Rearranged, said, now_secs);
        vec![about(track, Reaction::DraggedOut)]
    }

    /// Takes the last change back, and what it said.
    pub(super) fn undo_suggestions(&mut self) -> Vec<Command> {
        self.toasts.withdraw(ToastKind::Rearranged);
        let taken_back = match self.feeling.edits.pop() {
            Some(ListEdit::Moved { from, to }) => {
                let track = self.feeling.shift(to, from);
                track.filter(|_| to < from)
            }
            Some(ListEdit::TakenOut(index, suggestion)) => {
                let track = suggestion.track.id;
                if let Some(answer) = &mut self.feeling.answer {
                    let tracks = &mut Arc::make_mut(answer).tracks;
                    tracks.insert(index.min(tracks.len()), *suggestion);
                }
                Some(track)
            }
            None => None,
        };
        self.feeling.retell(self.language);
        let command = taken_back.map(|track| about(track, Reaction::DragTaken));
        command.into_iter().collect()
    }
}

fn about(track: TrackId, reaction: Reaction) -> Command {
    Command::React {
        track,
        reaction,
        mood: None,
    }
}
