//! Playlists of the made-up engine.

use super::Fake;
use maeum::engine::{Command, Event, Notice};
use maeum::library::{
    Date, PlaylistChange, PlaylistContent, PlaylistCover, PlaylistEntry, PlaylistId,
};
use std::path::Path;
use std::sync::Arc;

/// Where it keeps pictures of photos.
pub const PICTURES: &str = "/data/pictures";

/// The day on which the made-up engine lives.
const NOW: i64 = 1_760_000_000;
const TODAY: Date = Date {
    year: 2025,
    month: 10,
    day: 9,
    weekday: 3,
};

impl Fake {
    /// What the engine says to a command about playlists.
    pub fn answer_about_playlists(&mut self, command: &Command) -> Vec<Event> {
        match command {
            Command::ChangePlaylists(change) => self.change(change.clone()),
            Command::CreateOfPhoto { name, tracks, .. } => {
                let entries = tracks.iter().copied().map(PlaylistEntry::Track);
                self.change(PlaylistChange::Create {
                    name: name.clone(),
                    cover: PlaylistCover::Image(Path::new(PICTURES).join("photo.png")),
                    content: PlaylistContent::Tracks(entries.collect()),
                })
            }
            Command::FindSmartTracks => self.says_smart_tracks(),
            Command::ExportPlaylist { path, .. } => {
                vec![Event::Notice(Notice::Exported(path.clone()))]
            }
            _ => Vec::new(),
        }
    }

    fn change(&mut self, change: PlaylistChange) -> Vec<Event> {
        let new = matches!(change, PlaylistChange::Create { .. });
        self.last_playlist += 1;
        let id = PlaylistId(self.last_playlist);
        self.playlists.apply(change, id);
        let mut events = self.says_playlists();
        if new {
            events.push(Event::PlaylistMade(id));
        }
        events
    }

    pub fn says_playlists(&self) -> Vec<Event> {
        vec![Event::Playlists(Arc::new(self.playlists.clone()))]
    }

    fn says_smart_tracks(&self) -> Vec<Event> {
        let found = self.playlists.0.iter().filter_map(|playlist| {
            let rules = playlist.rules()?;
            let tracks = rules.tracks(&self.library, &self.moods, NOW, TODAY);
            Some((playlist.id, tracks.into()))
        });
        vec![Event::SmartTracks(Arc::new(found.collect()))]
    }

    /// Keeps a playlist of the library's first tracks.
    pub fn new_playlist(&mut self, name: &str, tracks: usize) -> PlaylistId {
        let tracks = self.library.tracks().iter().take(tracks);
        let entries = tracks.map(|track| PlaylistEntry::Track(track.id)).collect();
        self.change(PlaylistChange::Create {
            name: name.to_owned(),
            cover: PlaylistCover::Mosaic,
            content: PlaylistContent::Tracks(entries),
        });
        PlaylistId(self.last_playlist)
    }
}
