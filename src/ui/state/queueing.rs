//! Editing the queue, and taking that back.

use super::AppState;
use crate::engine::Command;
use crate::library::TrackId;
use crate::playback::PlayerCommand;
use crate::recommend::Reaction;
use crate::ui::strings;

impl AppState {
    /// Moving a track up says that it is wanted.
    pub(super) fn move_in_queue(&mut self, from: usize, to: usize) -> Vec<Command> {
        self.toasts.withdraw_undo();
        let mut commands = vec![Command::Player(PlayerCommand::Move { from, to })];
        if to < from {
            commands.extend(self.about_queued(from, Reaction::DraggedUp));
        }
        commands
    }

    /// Taking out what has not played yet says that it is not wanted.
    pub(super) fn take_out(&mut self, index: usize, now_secs: f64) -> Vec<Command> {
        let to_come = self.player.index.is_none_or(|current| index > current);
        let mut commands = Vec::new();
        if to_come {
            commands.extend(self.about_queued(index, Reaction::DraggedOut));
        }
        commands.push(Command::Player(PlayerCommand::Remove(index)));
        // Several in a row are one notice, and are taken back together.
        let edits = if self.removing {
            self.toasts.offered_undo() + 1
        } else {
            1
        };
        let text = strings::removed(self.language, edits as usize);
        self.toasts.offer_undo(text, edits, now_secs);
        self.removing = true;
        commands
    }

    pub(super) fn clear_queue(&mut self, now_secs: f64) -> Vec<Command> {
        let text = strings::removed(self.language, self.player.queue.len());
        self.offer_undo(text, now_secs);
        vec![Command::Player(PlayerCommand::Clear)]
    }

    pub(super) fn enqueue(
        &mut self,
        tracks: Vec<TrackId>,
        next: bool,
        now_secs: f64,
    ) -> Vec<Command> {
        let text = strings::enqueued(self.language, tracks.len());
        self.offer_undo(text, now_secs);
        vec![Command::Enqueue { tracks, next }]
    }

    pub(super) fn undo(&mut self, edits: u32) -> Vec<Command> {
        self.toasts.withdraw_undo();
        let undo = Command::Player(PlayerCommand::Undo);
        vec![undo; edits as usize]
    }

    fn offer_undo(&mut self, text: String, now_secs: f64) {
        self.removing = false;
        self.toasts.offer_undo(text, 1, now_secs);
    }

    fn about_queued(&self, index: usize, reaction: Reaction) -> Option<Command> {
        let track = self.player.queue.get(index)?.id;
        // Files played from outside the library teach nothing about it.
        self.track(track)?;
        Some(Command::React {
            track,
            reaction,
            mood: None,
        })
    }
}
