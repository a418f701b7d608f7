//! What the listener does to files.

use super::Hub;
use crate::desktop::{move_to_trash, show_in_folder};
use crate::engine::editor::{Edit, EditReport};
use crate::engine::session::Session;
use crate::engine::{Event, LocalClock, Notice, duplicates, now_unix_secs};
use crate::library::{TagEdit, TrackId};
use crate::scan::WatchNews;
use std::path::PathBuf;
use std::sync::Arc;

impl Hub {
    pub(super) fn edit_tags(&self, ids: &[TrackId], edit: TagEdit) {
        if let Some(session) = &self.session {
            let files = files(session, ids);
            self.editor.ask(Edit::Tags { files, edit });
        }
    }

    pub(super) fn rate(&mut self, tracks: Vec<TrackId>, stars: u8) {
        if self.settings.ratings_in_tags
            && let Some(session) = &self.session
        {
            let files = files(session, &tracks).into_iter();
            let files = files.map(|(_, path)| path).collect();
            self.editor.ask(Edit::Rate { files, stars });
        }
        self.with_session(|session| Ok(session.store().rate(tracks, stars)?));
    }

    pub(super) fn show_in_folder(&self, file: PathBuf) {
        let emitter = self.emitter.clone();
        let nobody = move |folder| emitter.send(Event::Notice(Notice::NotShown(folder)));
        if let Err(error) = show_in_folder(file, nobody) {
            self.failed(&error);
        }
    }

    pub(super) fn find_duplicates(&self) {
        if let Some(session) = &self.session {
            let (store, library) = (session.store().clone(), Arc::clone(&session.library));
            if let Err(error) = duplicates::find(self.emitter.clone(), store, library) {
                self.failed(&error);
            }
        }
    }

    /// Disks may take their time, so it is done on a thread of its own.
    pub(super) fn move_to_trash(&self, track: TrackId) {
        let Some(session) = &self.session else {
            return;
        };
        let Some(track) = session.library.get(track) else {
            return;
        };
        let (id, path) = (track.id, track.path.clone());
        let store = session.store().clone();
        let inbox = self.inbox.of_session(self.session_number);
        let emitter = self.emitter.clone();
        let now = LocalClock::of_system().iso(now_unix_secs());
        let work = move || {
            // The trash knows no offset from Greenwich.
            let now = now.get(..19).unwrap_or(&now);
            emitter.send(Event::Notice(match move_to_trash(&path, now) {
                Ok(()) => {
                    // It is no loss that a track would wait for. Where another process keeps
                    // the library, that one sees the file go.
                    if let Err(error) = store.forget(vec![id]) {
                        tracing::info!("{error}");
                    }
                    // Nobody watches a file outside of all folders.
                    inbox.watch(WatchNews::Changed(vec![path.clone()]));
                    Notice::Trashed(path)
                }
                Err(error) => Notice::NotTrashed(path, error.to_string()),
            }));
        };
        let started = std::thread::Builder::new().name("trash".into()).spawn(work);
        if let Err(error) = started {
            self.failed(&error);
        }
    }

    /// Takes tracks out of the library whose files are gone.
    pub(super) fn forget(&mut self, ids: &[TrackId]) {
        let Some(session) = &self.session else {
            return;
        };
        let tracks = session.tracks(ids);
        let gone = tracks.iter().filter(|track| track.missing);
        let gone: Vec<TrackId> = gone.map(|track| track.id).collect();
        let number = gone.len();
        match session.store().forget(gone) {
            Ok(()) => self.emitter.send(Event::Notice(Notice::Forgotten(number))),
            Err(error) => self.failed(&error),
        }
    }

    /// Takes in what came of an edit.
    pub(super) fn edited(&mut self, report: EditReport, touched: Vec<PathBuf>) {
        // Sooner than the watcher tells, which then finds nothing new.
        self.with_session(|session| session.places_changed(touched));
        self.emitter.send(Event::Edited(Arc::new(report)));
    }
}

/// The files of these tracks.
fn files(session: &Session, ids: &[TrackId]) -> Vec<(TrackId, PathBuf)> {
    let tracks = session.tracks(ids);
    let files = tracks.iter().map(|track| (track.id, track.path.clone()));
    files.collect()
}
