//! Filters, journeys and reactions: what the listener does about suggestions.

use super::{AppState, ToastKind};
use crate::engine::{Command, Wish};
use crate::library::TrackId;
use crate::recommend::Reaction;
use crate::ui::action::{Action, Place};

impl AppState {
    /// Actions on suggestions; passes the others on.
    pub(super) fn recommend(&mut self, action: Action, now_secs: f64) -> Vec<Command> {
        let feeling = &mut self.feeling;
        match action {
            Action::Surprise => {
                self.place = Place::Feel;
                // Another surprise than the last.
                feeling.seed = feeling.seed.wrapping_add(1);
                return vec![feeling.ask(Wish::Surprise)];
            }
            Action::SetFilter(filter) => feeling.filter = filter,
            Action::ToggleHiddenGems => {
                feeling.filter.hidden_gems = !feeling.filter.hidden_gems;
                if feeling.wish.is_none() && feeling.filter.hidden_gems {
                    self.place = Place::Feel;
                    let wish = if self.heard {
                        Wish::Lately
                    } else {
                        Wish::Surprise
                    };
                    return vec![feeling.ask(wish)];
                }
            }
            Action::SetMode(mode) => feeling.mode = mode,
            Action::JourneyFrom(from) => feeling.begin(from),
            Action::AskJourney => {
                feeling.from_open = true;
                return Vec::new();
            }
            Action::TypeJourney(text) => {
                feeling.type_from(text, now_secs);
                return Vec::new();
            }
            Action::MoveJourneyStart(valence, arousal) => {
                feeling.move_from(valence, arousal, now_secs);
                return Vec::new();
            }
            Action::DrawWay(points) => return vec![feeling.ask(Wish::Way(points))],
            Action::Explain(track) => {
                feeling.explained = track;
                return Vec::new();
            }
            Action::React(track, reaction) => return self.react(track, reaction, now_secs),
            Action::AskForget(asked) => {
                self.forgetting = asked;
                return Vec::new();
            }
            Action::ForgetReactions => {
                self.forgetting = false;
                let text = self.text().taste_forgotten.to_owned();
                self.toasts.push(ToastKind::Good, text, now_secs);
                let again = self.feeling.ask_again(now_secs);
                return std::iter::once(Command::ForgetReactions)
                    .chain(again)
                    .collect();
            }
            Action::MoveSuggestion { from, to } => {
                return self.move_suggestion(from, to, now_secs);
            }
            Action::TakeOutSuggestion(index) => return self.take_out_suggestion(index, now_secs),
            Action::UndoSuggestions => return self.undo_suggestions(),
            Action::MoveInQueue { from, to } => return self.move_in_queue(from, to),
            Action::TakeOut(index) => return self.take_out(index, now_secs),
            Action::UndoQueue { edits } => return self.undo(edits),
            other => return self.act_on_photos(other, now_secs),
        }
        self.feeling.ask_again(now_secs).into_iter().collect()
    }

    fn react(&mut self, track: TrackId, reaction: Reaction, now_secs: f64) -> Vec<Command> {
        let text = self.text();
        let said = match reaction {
            Reaction::ThumbUp => text.thumb_up_said,
            Reaction::ThumbDown => text.thumb_down_said,
            Reaction::ThumbTaken => text.thumb_taken_said,
            Reaction::NeverTrack => text.never_track_said,
            Reaction::NeverArtist => text.never_artist_said,
            Reaction::NeverInMood => text.never_in_mood_said,
            Reaction::Allowed => text.allowed_said,
            _ => "",
        };
        if !said.is_empty() {
            self.toasts.push(ToastKind::Good, said.to_owned(), now_secs);
        }
        let mut commands = vec![Command::React {
            track,
            reaction,
            mood: None,
        }];
        // What is barred leaves the list at once; a thumb is heard in the next one.
        if matches!(
            reaction,
            Reaction::NeverTrack | Reaction::NeverArtist | Reaction::NeverInMood
        ) {
            commands.extend(self.feeling.ask_again(now_secs));
        }
        commands
    }
}
