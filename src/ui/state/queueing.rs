//! Editing the queue, and taking that back.

use super::AppState;
use crate::engine::Command;
use crate::library::TrackId;
use crate::playback::{PlayerCommand, QueueEdit};
use crate::ui::strings;

impl AppState {
    pub(super) fn move_in_queue(&mut self, from: usize, to: usize) -> Vec<Command> {
        self.toasts.withdraw_undo();
        vec![Command::Player(PlayerCommand::Move { from, to })]
    }

    pub(super) fn take_out(&mut self, index: usize, now_secs: f64) -> Vec<Command> {
        // Several in a row are one notice, and are taken back together.
        let edits = if self.removing {
            self.toasts.offered_undo() + 1
        } else {
            1
        };
        let text = strings::removed(self.language, edits as usize);
        self.toasts.offer_undo(text, edits, now_secs);
        self.removing = true;
        vec![Command::Player(PlayerCommand::Remove(index))]
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

    /// What the player would take back is something else now. With another queue, or another
    /// order, that is no longer what a notice offers.
    pub(super) fn queue_edited(&mut self) {
        let edit = self.player.undoable;
        if matches!(edit, Some(QueueEdit::Replaced(_) | QueueEdit::Shuffled)) {
            self.removing = false;
            self.toasts.withdraw_undo();
        }
    }

    fn offer_undo(&mut self, text: String, now_secs: f64) {
        self.removing = false;
        self.toasts.offer_undo(text, 1, now_secs);
    }
}
