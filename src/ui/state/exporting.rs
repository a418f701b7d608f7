//! Writing playlists and the diary to files.

use super::{AppState, ToastKind};
use crate::engine::Command;

impl AppState {
    /// Has a file written; when one is there already, the notice about it offers to replace it.
    pub(super) fn write(&mut self, command: Command) -> Vec<Command> {
        self.toasts.withdraw(ToastKind::InTheWay);
        self.written = Some(command.clone());
        vec![command]
    }

    /// Has the last file written in place of the one that is there.
    pub(super) fn replace_file(&mut self) -> Vec<Command> {
        self.toasts.withdraw(ToastKind::InTheWay);
        let mut again = self.written.take();
        if let Some(
            Command::ExportM3u { replace, .. }
            | Command::ExportPlaylist { replace, .. }
            | Command::ExportHistory { replace, .. },
        ) = &mut again
        {
            *replace = true;
        }
        again.into_iter().collect()
    }
}
