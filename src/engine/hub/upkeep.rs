//! What the listener does to files.

use super::Hub;
use crate::engine::Event;
use crate::engine::editor::{Edit, EditReport};
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

    /// Takes in what came of an edit.
    pub(super) fn edited(&mut self, report: EditReport, touched: Vec<PathBuf>) {
        // Sooner than the watcher tells, which then finds nothing new.
        self.with_session(|session| session.places_changed(touched));
        self.emitter.send(Event::Edited(Arc::new(report)));
    }
}
