//! What is done with the list of suggestions. While another list is on its way it waits for
//! that: what is asked is what is meant.

use super::feeling::Feeling;
use super::grouping::play_shuffled;
use super::{AppState, MAX_QUEUE, ToastKind};
use crate::engine::Command;
use crate::ui::action::Action;
use crate::ui::typed_path::NamedFile;
use std::mem::discriminant;

/// What is to be done with a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Play it.
    Play,
    /// Play it in random order.
    Shuffle,
    /// Keep it as a playlist.
    Save,
    /// Write it there.
    Export(NamedFile),
}

impl Feeling {
    /// Whether another list than the one shown is on its way.
    #[must_use]
    pub fn pending(&self) -> bool {
        self.waiting || self.due_secs.is_some()
    }

    /// Does something once the list is there, which is asked for without delay.
    fn put_off(&mut self, then: Then) -> Vec<Command> {
        // Twice is once.
        self.put_off
            .retain(|each| discriminant(each) != discriminant(&then));
        self.put_off.push(then);
        // Do not make the listener wait for the rest of the debounce.
        let due = self.due_secs.is_some();
        let wish = self.wish.clone().filter(|_| due);
        wish.map(|wish| self.send(wish)).into_iter().collect()
    }

    /// Plays the list shown from this place on.
    fn play(&self, start: usize) -> Vec<Command> {
        let tracks = self.track_ids();
        if tracks.is_empty() {
            return Vec::new();
        }
        let start = start.min(tracks.len() - 1);
        vec![Command::Play { tracks, start }]
    }
}

impl AppState {
    /// Actions on the list; passes the others on.
    pub(super) fn act_on_list(&mut self, action: Action, now_secs: f64) -> Vec<Command> {
        match action {
            Action::PlaySuggestions => self.with_list(Then::Play, now_secs),
            Action::PlaySuggestion(index) => {
                let commands = self.feeling.play(index);
                // What one sees is played, but it is not what is asked now.
                if self.feeling.pending() {
                    commands
                } else {
                    self.led_by_feeling(commands)
                }
            }
            Action::ShuffleSuggestions => self.with_list(Then::Shuffle, now_secs),
            Action::AskExport(open) => {
                self.feeling.exporting = open;
                Vec::new()
            }
            Action::Export(file) => {
                self.feeling.exporting = false;
                if file.is_empty() {
                    return Vec::new();
                }
                self.with_list(Then::Export(file), now_secs)
            }
            Action::ReplaceFile => self.replace_file(),
            other => self.recommend(other, now_secs),
        }
    }

    /// Does something with the list that is asked for, at once when it is there.
    pub(super) fn with_list(&mut self, then: Then, now_secs: f64) -> Vec<Command> {
        if self.feeling.pending() {
            return self.feeling.put_off(then);
        }
        match then {
            Then::Play => self.led_by_feeling(self.feeling.play(0)),
            Then::Shuffle => self.led_by_feeling(play_shuffled(self.feeling.track_ids(), now_secs)),
            Then::Save => self.save_suggestions(now_secs),
            Then::Export(NamedFile { path, replace }) => {
                let tracks = self.feeling.track_ids();
                if tracks.is_empty() {
                    return Vec::new();
                }
                self.write(Command::ExportM3u {
                    path,
                    tracks,
                    replace,
                })
            }
        }
    }

    /// Another list is there: does what waited for it.
    pub(super) fn list_came(&mut self, now_secs: f64) -> Vec<Command> {
        self.offer_no_lost_edits();
        let waited = std::mem::take(&mut self.feeling.put_off);
        let done = waited.into_iter();
        done.flat_map(|then| self.with_list(then, now_secs))
            .collect()
    }

    /// Changes of a list that is gone cannot be taken back.
    pub(super) fn offer_no_lost_edits(&mut self) {
        if !self.feeling.rearranged() {
            self.toasts.withdraw(ToastKind::Rearranged);
        }
    }

    /// To play with nothing in hand: what is suggested, or else the library, shuffled.
    pub(super) fn play_anything(&mut self, now_secs: f64) -> Vec<Command> {
        if self.feeling.pending() || !self.feeling.track_ids().is_empty() {
            return self.with_list(Then::Play, now_secs);
        }
        let tracks = self.library().map_or(&[][..], |library| library.tracks());
        // Of a large library some from everywhere.
        let step = tracks.len().div_ceil(MAX_QUEUE).max(1);
        let there = tracks.iter().step_by(step).filter(|track| !track.missing);
        play_shuffled(there.map(|track| track.id).collect(), now_secs)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{answer_of, generation, state};
    use super::*;
    use crate::engine::{Event, Progress};
    use crate::library::{PlaylistChange, TrackId};
    use crate::mood::Mood;
    use crate::playback::PlayerCommand;
    use std::path::PathBuf;

    fn played(commands: &[Command]) -> Option<(Vec<TrackId>, usize)> {
        commands.iter().find_map(|command| match command {
            Command::Play { tracks, start } => Some((tracks.clone(), *start)),
            _ => None,
        })
    }

    fn ids(ids: impl IntoIterator<Item = i64>) -> Vec<TrackId> {
        ids.into_iter().map(TrackId).collect()
    }

    /// A list of five, while another one was asked for; with the number of that question.
    fn pending() -> (AppState, u64) {
        let mut state = state();
        let first = generation(&state.act(Action::PickMood(Mood::Sad), 0.0));
        state.apply(answer_of(first, Mood::Sad, 0..5), 0.1);
        let second = generation(&state.act(Action::PickMood(Mood::Happy), 1.0));
        (state, second)
    }

    #[test]
    fn what_is_done_while_a_list_is_on_its_way_is_done_with_that() {
        let file = NamedFile::chosen(PathBuf::from("/a.m3u8"));
        let save = Action::Playlist(crate::ui::playlists::PlaylistAction::SaveSuggestions);
        let toggle = Action::Player(PlayerCommand::Toggle);
        for action in [
            Action::PlaySuggestions,
            Action::ShuffleSuggestions,
            Action::Export(file),
            save,
            toggle,
        ] {
            let (mut state, second) = pending();
            let commands = state.act(action.clone(), 1.1);
            assert!(commands.is_empty(), "{action:?}: {commands:?}");
            let commands = state.apply(answer_of(second, Mood::Happy, 10..15), 1.2);
            let new = ids(10..15);
            let meant = commands.iter().any(|command| match command {
                Command::Play { tracks, .. } | Command::ExportM3u { tracks, .. } => *tracks == new,
                Command::ChangePlaylists(PlaylistChange::Create { content, .. }) => {
                    format!("{content:?}").contains("TrackId(14)")
                }
                _ => false,
            });
            assert!(meant, "{action:?}: {commands:?}");
            let commands = state.apply(answer_of(second, Mood::Happy, 10..15), 1.3);
            assert!(commands.is_empty(), "once");
        }
    }

    #[test]
    fn a_row_plays_as_one_sees_it() {
        let (mut state, second) = pending();
        let commands = state.act(Action::PlaySuggestion(3), 1.1);
        assert_eq!(played(&commands), Some((ids(0..5), 3)));
        let led = |command: &Command| matches!(command, Command::LedBy(_));
        assert!(!commands.iter().any(led), "it is not what is asked now");
        state.apply(answer_of(second, Mood::Happy, 10..15), 1.2);
        let commands = state.act(Action::PlaySuggestion(1), 1.3);
        assert_eq!(played(&commands), Some((ids(10..15), 1)));
        assert!(commands.iter().any(led));
    }

    #[test]
    fn a_list_that_was_rearranged_is_not_asked_for_again_by_itself() {
        let progress = |analyzed| {
            Event::Progress(Progress {
                analyzed,
                to_analyze: 10,
                ..Progress::default()
            })
        };
        let mut state = state();
        state.apply(progress(3), 0.0);
        let first = generation(&state.act(Action::PickMood(Mood::Sad), 0.0));
        state.apply(answer_of(first, Mood::Sad, 0..5), 0.1);
        state.act(Action::MoveSuggestion { from: 3, to: 0 }, 0.2);
        assert!(state.apply(progress(10), 1.0).is_empty());
        assert_eq!(state.feeling.track_ids(), ids([3, 0, 1, 2, 4]));
        assert_eq!(state.toasts().len(), 1);
        // Asked for by the listener, another list comes; nothing of this one is to be undone.
        let second = generation(&state.act(Action::AnotherMix, 1.1));
        state.apply(answer_of(second, Mood::Sad, 0..5), 1.2);
        assert!(state.toasts().is_empty() && !state.feeling.rearranged());
    }
}
