//! What the listener is told once.

use super::{AppState, Toast, ToastKind};
use crate::engine::Notice;
use crate::ui::action::{Action, Place};
use crate::ui::edit_tags::TagAction;
use crate::ui::playlists::PlaylistAction;
use crate::ui::strings;

impl AppState {
    /// Shows a notice of the window's own.
    pub fn say(&mut self, kind: ToastKind, text: String, now_secs: f64) {
        self.toasts.push(kind, text, now_secs);
    }

    /// The notices to show.
    #[must_use]
    pub fn toasts(&self) -> &[Toast] {
        self.toasts.shown()
    }

    /// What Ctrl+Z takes back: what a notice offers to, the last one first; else the last
    /// edit of the queue, or of tags.
    #[must_use]
    pub fn undoable(&self) -> Option<Action> {
        let offered = self
            .toasts()
            .iter()
            .rev()
            .find_map(|toast| match toast.kind {
                ToastKind::Edited => Some(Action::Tags(TagAction::Undo)),
                ToastKind::Rearranged => Some(Action::UndoSuggestions),
                ToastKind::Undo => Some(Action::Playlist(PlaylistAction::Undo)),
                _ if toast.undo > 0 => Some(Action::UndoQueue { edits: toast.undo }),
                _ => None,
            });
        let rearranged = self.place == Place::Feel && self.feeling.rearranged();
        let queue = self.player.undoable.is_some();
        offered
            .or_else(|| rearranged.then_some(Action::UndoSuggestions))
            .or_else(|| queue.then_some(Action::UndoQueue { edits: 1 }))
            .or_else(|| self.may_undo_edit.then_some(Action::Tags(TagAction::Undo)))
    }

    pub(super) fn notice_text(&self, notice: Notice) -> (ToastKind, String) {
        match notice {
            Notice::Exported(path) => (
                ToastKind::Good,
                strings::exported(self.language, &path.display().to_string()),
            ),
            Notice::InTheWay(path) => (
                ToastKind::InTheWay,
                strings::in_the_way(self.language, &path),
            ),
            Notice::Imported {
                name,
                matched,
                unmatched,
            } => (
                ToastKind::Good,
                strings::imported(self.language, &name, matched, unmatched),
            ),
            Notice::HistoryErased => (ToastKind::Good, self.text().erased.to_owned()),
            Notice::Failed(reason) => {
                // The system's own words, for whoever looks further.
                tracing::warn!("{reason}");
                (ToastKind::Problem, strings::reason(self.language, &reason))
            }
            Notice::NotThere(path) => (
                ToastKind::Problem,
                strings::not_there(self.language, &path.display().to_string()),
            ),
            Notice::NoTextModel(reason) => {
                tracing::warn!("{reason}");
                (ToastKind::Problem, self.text().no_text_model.to_owned())
            }
            Notice::NoPhotoModel(reason) => {
                tracing::warn!("{reason}");
                (ToastKind::Problem, self.text().no_photo_model.to_owned())
            }
            Notice::Polled(folder) => (
                ToastKind::Problem,
                strings::polled(self.language, &folder.display().to_string()),
            ),
            Notice::NotShown(folder) => (
                ToastKind::Problem,
                strings::not_shown(self.language, &folder.display().to_string()),
            ),
            Notice::Trashed(file) => (ToastKind::Good, strings::trashed(self.language, &file)),
            Notice::Forgotten(tracks) => {
                (ToastKind::Good, strings::forgotten(self.language, tracks))
            }
            Notice::NotTrashed(file, cause) => (
                ToastKind::Problem,
                strings::not_trashed(
                    self.language,
                    &file,
                    &strings::reason(self.language, &cause),
                ),
            ),
            Notice::NotPlayed {
                first,
                reason,
                files,
            } => (
                ToastKind::Problem,
                strings::not_played(self.language, files, &first, &reason),
            ),
            Notice::NothingToAdd => (ToastKind::Problem, self.text().nothing_to_add.to_owned()),
        }
    }
}
