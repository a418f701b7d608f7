//! Saved playlists: changed in the store, brought in from files and written to them.

use super::{Hub, Query};
use crate::engine::files::write_file;
use crate::engine::inbox::Inbox;
use crate::engine::{Event, Notice};
use crate::library::{
    CoverImage, Library, M3uLine, Matcher, PlaylistChange, PlaylistContent, PlaylistCover,
    PlaylistEntry, PlaylistId, Playlists, TrackId, write_m3u, write_m3u_lines,
};
use crate::scan::{keep_picture, read_playlist};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A playlist file, read and matched to the library; or why not (English).
pub(in crate::engine) type Imported = Result<(String, Vec<PlaylistEntry>), String>;

impl Hub {
    pub(super) fn change_playlists(&mut self, change: PlaylistChange) {
        let Some(session) = &self.session else {
            return;
        };
        let store = session.store();
        let new = matches!(change, PlaylistChange::Create { .. });
        let changed = store
            .change_playlists(change)
            .and_then(|id| Ok((id, store.playlists()?)));
        match changed {
            Ok((id, playlists)) => {
                // Told at once, and before it is said which one is new.
                self.take_playlists(playlists);
                if let Some(id) = id.filter(|_| new) {
                    self.emitter.send(Event::PlaylistMade(id));
                }
            }
            Err(error) => self.failed(&error),
        }
    }

    /// Makes a playlist with a picture as its cover. It is small and written at once: what
    /// is asked for before the door closes is kept with it.
    pub(super) fn create_of_photo(
        &mut self,
        name: String,
        picture: &CoverImage,
        otherwise: PlaylistCover,
        tracks: Vec<TrackId>,
    ) {
        if self.session.is_none() {
            return;
        }
        let folder = self.folders().pictures_folder();
        let kept = std::path::absolute(&folder).and_then(|folder| keep_picture(picture, &folder));
        let cover = match kept {
            // The store keeps paths as text.
            Ok(file) if file.to_str().is_some() => PlaylistCover::Image(file),
            Ok(_) => otherwise,
            Err(error) => {
                let reason = format!("cannot write {}: {error}", folder.display());
                self.emitter.send(Event::Notice(Notice::Failed(reason)));
                otherwise
            }
        };
        let entries = tracks.into_iter().map(PlaylistEntry::Track).collect();
        self.change_playlists(PlaylistChange::Create {
            name,
            cover,
            content: PlaylistContent::Tracks(entries),
        });
    }

    pub(super) fn take_playlists(&mut self, playlists: Arc<Playlists>) {
        self.playlists = Arc::clone(&playlists);
        self.emitter.send(Event::Playlists(playlists));
    }

    pub(super) fn find_smart_tracks(&self) {
        self.query(Query::SmartTracks(Arc::clone(&self.playlists)));
    }

    /// Reads a playlist file on a thread of its own: the library is laid out for it.
    pub(super) fn import_playlist(&self, path: PathBuf) {
        let Some(session) = &self.session else {
            return;
        };
        let library = Arc::clone(&session.library);
        let inbox = self.inbox.of_session(self.session_number);
        let started = std::thread::Builder::new()
            .name("import".into())
            .spawn(move || import(&path, &library, &inbox));
        if let Err(error) = started {
            self.failed(&error);
        }
    }

    pub(super) fn imported(&mut self, imported: Imported) {
        let (name, entries) = match imported {
            Ok(imported) => imported,
            Err(reason) => {
                self.emitter.send(Event::Notice(Notice::Failed(reason)));
                return;
            }
        };
        let matched = entries.iter().filter_map(PlaylistEntry::track).count();
        let unmatched = entries.len() - matched;
        self.change_playlists(PlaylistChange::Create {
            name: name.clone(),
            cover: PlaylistCover::Mosaic,
            content: PlaylistContent::Tracks(entries),
        });
        self.emitter.send(Event::Notice(Notice::Imported {
            name,
            matched,
            unmatched,
        }));
    }

    pub(super) fn export(&self, path: &Path, ids: &[TrackId], replace: bool) {
        let Some(session) = &self.session else {
            return;
        };
        let text = write_m3u(&session.tracks(ids), path.parent());
        self.emitter
            .send(Event::Notice(write_file(path, &text, replace)));
    }

    /// Writes a playlist that is no smart one, with the lines that no track fits.
    pub(super) fn export_playlist(&self, path: &Path, id: PlaylistId, replace: bool) {
        let (Some(session), Some(playlist)) = (&self.session, self.playlists.get(id)) else {
            return;
        };
        let lines: Vec<(PathBuf, String, Option<f32>)> = playlist
            .entries()
            .iter()
            .filter_map(|entry| match entry {
                PlaylistEntry::Track(id) => session.library.get(*id).map(|track| {
                    let path = track.path.clone();
                    (path, track.full_title(), Some(track.duration_secs))
                }),
                PlaylistEntry::Unmatched(entry) => {
                    let name = entry.name.clone();
                    Some((entry.path.clone(), name, entry.duration_secs))
                }
            })
            .collect();
        let lines = lines.iter().map(|(path, name, duration_secs)| M3uLine {
            path,
            name,
            duration_secs: *duration_secs,
        });
        let text = write_m3u_lines(lines, path.parent());
        self.emitter
            .send(Event::Notice(write_file(path, &text, replace)));
    }
}

fn import(path: &Path, library: &Library, inbox: &Inbox) {
    let shown = path.display();
    let imported = match std::path::absolute(path).and_then(|path| read_playlist(&path)) {
        Ok(entries) if entries.is_empty() => Err(format!("{shown} lists no files")),
        Ok(entries) => {
            let name = path.file_stem().unwrap_or(path.as_os_str());
            let matcher = Matcher::new(library);
            let entries = entries.into_iter().map(|entry| matcher.entry(entry));
            Ok((name.to_string_lossy().into_owned(), entries.collect()))
        }
        Err(error) => Err(format!("cannot read {shown}: {error}")),
    };
    inbox.imported(imported);
}
