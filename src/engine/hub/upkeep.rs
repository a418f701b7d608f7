//! What the listener does to files.

use super::Hub;
use crate::desktop::show_in_folder;
use crate::engine::editor::{Edit, EditReport};
use crate::engine::{Event, Notice};
use crate::library::{TagEdit, TrackId};
use std::path::PathBuf;
use std::sync::Arc;

impl Hub {
    pub(super) fn edit_tags(&self, ids: &[TrackId], edit: TagEdit) {
        if let Some(session) = &self.session {
            let tracks = session.tracks(ids);
            let files = tracks.iter().map(|track| (track.id, track.path.clone()));
            let files = files.collect();
            self.editor.ask(Edit::Tags { files, edit });
        }
    }

    pub(super) fn show_in_folder(&self, file: PathBuf) {
        let emitter = self.emitter.clone();
        let nobody = move |folder| emitter.send(Event::Notice(Notice::NotShown(folder)));
        if let Err(error) = show_in_folder(file, nobody) {
            self.failed(&error);
        }
    }

    /// Takes in what came of an edit.
    pub(super) fn edited(&mut self, report: EditReport, touched: Vec<PathBuf>) {
        // Sooner than the watcher tells, which then finds nothing new.
        self.with_session(|session| session.places_changed(touched));
        self.emitter.send(Event::Edited(Arc::new(report)));
    }
}
