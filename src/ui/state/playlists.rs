//! The Playlists screen's state.

use super::due::Due;
use super::listing::Then;
use super::typing::TypedWords;
use super::{AppState, ToastKind};
use crate::engine::Command;
use crate::library::{
    Occasion, OccasionKind, Playlist, PlaylistChange, PlaylistContent, PlaylistCover, PlaylistEdit,
    PlaylistEntry, PlaylistId, Playlists, SmartRules, TrackId,
};
use crate::playback::PlayerCommand;
use crate::ui::action::Place;
use crate::ui::feel::wish_name;
use crate::ui::playlists::{FileLine, PlaylistAction};
use crate::ui::strings;
use crate::ui::typed_path::NamedFile;
use std::collections::HashMap;
use std::sync::Arc;

/// While the library grows or rules are edited, smart playlists are found anew so often.
const FIND_SECS: f64 = 0.5;
/// So many tracks are looked at for covers to stand for a playlist.
const COVERS_FROM: usize = 60;

/// What is said of a playlist in a line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Tracks that the library has.
    pub tracks: usize,
    /// How long they are.
    pub secs: f32,
    /// Imported lines that no track fits.
    pub unmatched: usize,
    /// Up to four tracks with covers of different albums.
    pub covers: Vec<TrackId>,
}

/// What can be taken back.
#[derive(Debug, Clone)]
enum Undo {
    Deleted(Arc<Playlist>, usize),
    TakenOut(PlaylistId, usize, PlaylistEntry),
}

/// The Playlists screen's state.
#[derive(Debug, Default)]
pub struct Lists {
    /// All playlists, in the listener's order.
    pub all: Arc<Playlists>,
    /// What is said of each.
    pub summaries: HashMap<PlaylistId, Summary>,
    /// The one that is looked at.
    pub open: Option<PlaylistId>,
    /// What the name field holds while it is open.
    pub name: Option<String>,
    /// What a file is asked for.
    pub file: Option<FileLine>,
    smart: Arc<HashMap<PlaylistId, Arc<[TrackId]>>>,
    undo: Option<Undo>,
    /// When smart playlists are to be found anew, seconds.
    due: Due,
    pub(super) typed: Option<TypedWords>,
    /// A new one is to be looked at and named.
    name_when_made: bool,
}

impl Lists {
    /// The tracks of a playlist: known at once, or as last found for a smart one.
    #[must_use]
    pub fn tracks(&self, playlist: &Playlist) -> Vec<TrackId> {
        match &playlist.content {
            PlaylistContent::Tracks(_) => playlist.track_ids(),
            PlaylistContent::Smart(_) => self
                .smart
                .get(&playlist.id)
                .map_or_else(Vec::new, |tracks| tracks.to_vec()),
        }
    }

    /// The tracks found for a smart playlist.
    #[must_use]
    pub fn found(&self, id: PlaylistId) -> &[TrackId] {
        self.smart.get(&id).map_or(&[], |tracks| tracks)
    }

    /// The playlist that is looked at: the chosen one, or else the first.
    #[must_use]
    pub fn shown(&self) -> Option<&Arc<Playlist>> {
        let chosen = self.open.and_then(|id| self.all.get(id));
        chosen.or_else(|| self.all.0.first())
    }

    /// Playlists that take tracks.
    pub fn takers(&self) -> impl Iterator<Item = &Arc<Playlist>> {
        self.all.0.iter().filter(|each| each.rules().is_none())
    }

    /// Another library was opened; its playlists have been told already.
    pub(super) fn leave(&mut self) {
        *self = Self {
            all: Arc::clone(&self.all),
            ..Self::default()
        };
    }

    pub(super) fn find_soon(&mut self, now_secs: f64) {
        self.due.by(now_secs + FIND_SECS);
    }

    pub(super) fn due_at(&self) -> Option<f64> {
        self.due.at()
    }

    pub(super) fn due(&mut self, now_secs: f64) -> Option<Command> {
        self.due.take(now_secs).then_some(Command::FindSmartTracks)
    }
}

impl AppState {
    /// The playlists have changed.
    pub(super) fn take_playlists(&mut self, playlists: Arc<Playlists>) -> Vec<Command> {
        let rules = |all: &Playlists| -> Vec<SmartRules> {
            let smart = all.0.iter().filter_map(|each| each.rules().cloned());
            smart.collect()
        };
        let same = rules(&self.lists.all) == rules(&playlists);
        self.lists.all = playlists;
        self.lists.words_told();
        self.summarize();
        if same || self.place != Place::Playlists {
            Vec::new()
        } else {
            vec![Command::FindSmartTracks]
        }
    }

    pub(super) fn take_smart_tracks(&mut self, found: Arc<HashMap<PlaylistId, Arc<[TrackId]>>>) {
        self.lists.smart = found;
        self.summarize();
    }

    /// Looks at a playlist that was just made.
    pub(super) fn playlist_made(&mut self, id: PlaylistId) -> Vec<Command> {
        if std::mem::take(&mut self.lists.name_when_made) {
            self.lists.open = Some(id);
            let name = self.lists.all.get(id).map(|each| each.name.clone());
            self.lists.name = Some(name.unwrap_or_default());
            return self.enter(Place::Playlists);
        }
        Vec::new()
    }

    /// Says anew what is in each playlist.
    pub(super) fn summarize(&mut self) {
        let Some(library) = self.snapshot.as_ref().map(|now| Arc::clone(&now.library)) else {
            return;
        };
        let lists = &mut self.lists;
        let summary = |playlist: &Arc<Playlist>| {
            let ids = lists.tracks(playlist);
            let unmatched = playlist.entries().iter().filter(|e| e.track().is_none());
            let mut summary = Summary {
                unmatched: unmatched.count(),
                ..Summary::default()
            };
            let mut albums = Vec::new();
            for (index, track) in ids.iter().filter_map(|id| library.get(*id)).enumerate() {
                summary.tracks += 1;
                summary.secs += track.duration_secs;
                let room = summary.covers.len() < 4 && index < COVERS_FROM;
                let album = (track.album_artist(), track.tags.album.as_str());
                if room && track.has_cover && !albums.contains(&album) {
                    albums.push(album);
                    summary.covers.push(track.id);
                }
            }
            (playlist.id, summary)
        };
        let summaries = lists.all.0.iter().map(summary).collect();
        lists.summaries = summaries;
    }

    /// What a playlist is called in the language shown.
    #[must_use]
    pub fn playlist_name<'a>(&self, playlist: &'a Playlist) -> &'a str {
        match playlist.builtin {
            Some(builtin) if playlist.name.is_empty() => {
                self.language.pick(builtin.english(), builtin.korean())
            }
            _ => &playlist.name,
        }
    }

    pub(super) fn act_on_playlists(
        &mut self,
        action: PlaylistAction,
        now_secs: f64,
    ) -> Vec<Command> {
        match action {
            PlaylistAction::Open(id) => {
                self.lists.open = Some(id);
                self.lists.name = None;
            }
            PlaylistAction::Change(change) => {
                self.lists.words_sent(&change);
                return vec![Command::ChangePlaylists(change)];
            }
            PlaylistAction::New { smart } => return self.new_playlist(smart),
            PlaylistAction::NewOf(tracks) => {
                self.lists.name_when_made = true;
                let name = self.text().new_playlist.to_owned();
                return vec![create(name, PlaylistCover::Mosaic, tracks)];
            }
            PlaylistAction::Add(id, tracks) => return self.add(id, tracks, now_secs),
            PlaylistAction::Delete(id) => return self.delete(id, now_secs),
            PlaylistAction::TakeOut(id, index) => return self.take_out_of(id, index, now_secs),
            PlaylistAction::Undo => return self.undo_list(),
            PlaylistAction::SaveSuggestions => return self.with_list(Then::Save, now_secs),
            PlaylistAction::Play {
                id,
                start,
                shuffled,
            } => return self.play_playlist(id, start, shuffled, now_secs),
            PlaylistAction::TypeName(name) => self.lists.name = name,
            PlaylistAction::Rename(id) => {
                if let Some(name) = self.lists.name.take() {
                    return edit(id, PlaylistEdit::Rename(name));
                }
            }
            PlaylistAction::AskFile(line) => self.lists.file = line,
            // The dialog is the window's own business.
            PlaylistAction::FileDialog(_) => {}
            PlaylistAction::File(line, file) => {
                self.lists.file = None;
                return self.file(line, file);
            }
            PlaylistAction::TypeWords { id, index, words } => {
                let before = self.lists.type_words(id, index, words, now_secs);
                return before.into_iter().collect();
            }
        }
        Vec::new()
    }

    fn new_playlist(&mut self, smart: bool) -> Vec<Command> {
        self.lists.name_when_made = true;
        let (name, content) = if smart {
            let rules = SmartRules::default();
            (self.text().new_smart, PlaylistContent::Smart(rules))
        } else {
            (
                self.text().new_playlist,
                PlaylistContent::Tracks(Vec::new()),
            )
        };
        vec![Command::ChangePlaylists(PlaylistChange::Create {
            name: name.to_owned(),
            cover: PlaylistCover::Mosaic,
            content,
        })]
    }

    fn add(&mut self, id: PlaylistId, tracks: Vec<TrackId>, now_secs: f64) -> Vec<Command> {
        let Some(playlist) = self.lists.all.get(id) else {
            return Vec::new();
        };
        let name = self.playlist_name(playlist);
        let text = strings::added_to(self.language, tracks.len(), name);
        self.toasts.push(ToastKind::Good, text, now_secs);
        edit(id, PlaylistEdit::Add(tracks))
    }

    fn delete(&mut self, id: PlaylistId, now_secs: f64) -> Vec<Command> {
        let place = self.lists.all.0.iter().position(|each| each.id == id);
        let Some(index) = place else {
            return Vec::new();
        };
        let playlist = Arc::clone(&self.lists.all.0[index]);
        let text = strings::deleted(self.language, self.playlist_name(&playlist));
        self.toasts.push(ToastKind::Undo, text, now_secs);
        self.lists.undo = Some(Undo::Deleted(playlist, index));
        self.lists.name = None;
        // The one that takes its place, or the last.
        let all = &self.lists.all.0;
        let next = all.get(index + 1).or(all.get(index.wrapping_sub(1)));
        self.lists.open = next.map(|each| each.id);
        vec![Command::ChangePlaylists(PlaylistChange::Delete(id))]
    }

    fn take_out_of(&mut self, id: PlaylistId, index: usize, now_secs: f64) -> Vec<Command> {
        let playlist = self.lists.all.get(id);
        let Some(entry) = playlist.and_then(|each| each.entries().get(index)).cloned() else {
            return Vec::new();
        };
        let title = match &entry {
            PlaylistEntry::Track(id) => self.track(*id).map(|track| track.title().to_owned()),
            PlaylistEntry::Unmatched(entry) => Some(entry.title()),
        };
        let text = strings::taken_out(self.language, &title.unwrap_or_default());
        self.toasts.push(ToastKind::Undo, text, now_secs);
        self.lists.undo = Some(Undo::TakenOut(id, index, entry));
        edit(id, PlaylistEdit::Remove(index))
    }

    fn undo_list(&mut self) -> Vec<Command> {
        self.toasts.withdraw(ToastKind::Undo);
        match self.lists.undo.take() {
            Some(Undo::Deleted(playlist, at)) => {
                self.lists.open = Some(playlist.id);
                let restore = PlaylistChange::Restore { playlist, at };
                vec![Command::ChangePlaylists(restore)]
            }
            Some(Undo::TakenOut(id, index, entry)) => edit(id, PlaylistEdit::Insert(index, entry)),
            None => Vec::new(),
        }
    }

    pub(super) fn save_suggestions(&mut self, now_secs: f64) -> Vec<Command> {
        let tracks = self.feeling.track_ids();
        if tracks.is_empty() {
            return Vec::new();
        }
        let name = wish_name(self);
        let text = strings::saved_as(self.language, &name);
        self.toasts.push(ToastKind::Good, text, now_secs);
        let mood = self.feeling.target().map(|mood| mood.top());
        let cover = mood.map_or(PlaylistCover::Mosaic, PlaylistCover::Mood);
        vec![match self.feeling.photo() {
            Some(photo) => Command::CreateOfPhoto {
                name,
                photo: Arc::clone(photo),
                otherwise: cover,
                tracks,
            },
            None => create(name, cover, tracks),
        }]
    }

    fn play_playlist(
        &mut self,
        id: PlaylistId,
        start: usize,
        shuffled: bool,
        now_secs: f64,
    ) -> Vec<Command> {
        let Some(playlist) = self.lists.all.get(id) else {
            return Vec::new();
        };
        let tracks = self.lists.tracks(playlist);
        // Places that no track fits are not in the queue.
        let before = playlist.entries().iter().take(start);
        let gaps = before.filter(|entry| entry.track().is_none()).count();
        if tracks.is_empty() {
            return Vec::new();
        }
        let start = if shuffled {
            // Any start is as good as any other; the clock's milliseconds choose.
            (now_secs * 1000.0) as usize % tracks.len()
        } else {
            (start - gaps).min(tracks.len() - 1)
        };
        let led_by = Command::LedBy(Occasion {
            kind: OccasionKind::Playlist,
            text: self.playlist_name(playlist).to_owned(),
            ..Occasion::default()
        });
        let mut commands = vec![led_by, Command::Play { tracks, start }];
        if shuffled {
            commands.push(Command::Player(PlayerCommand::Shuffle(true)));
        }
        commands
    }

    fn file(&mut self, line: FileLine, file: NamedFile) -> Vec<Command> {
        if file.is_empty() {
            return Vec::new();
        }
        let NamedFile { path, replace } = file;
        match line {
            FileLine::Import => {
                self.lists.name_when_made = false;
                vec![Command::ImportPlaylist(path)]
            }
            FileLine::Export(id) => {
                let Some(playlist) = self.lists.all.get(id) else {
                    return Vec::new();
                };
                if playlist.rules().is_some() {
                    let tracks = self.lists.tracks(playlist);
                    return self.write(Command::ExportM3u {
                        path,
                        tracks,
                        replace,
                    });
                }
                self.write(Command::ExportPlaylist { path, id, replace })
            }
        }
    }
}

fn edit(id: PlaylistId, edit: PlaylistEdit) -> Vec<Command> {
    vec![Command::ChangePlaylists(PlaylistChange::Edit(id, edit))]
}

fn create(name: String, cover: PlaylistCover, tracks: Vec<TrackId>) -> Command {
    let entries = tracks.into_iter().map(PlaylistEntry::Track).collect();
    Command::ChangePlaylists(PlaylistChange::Create {
        name,
        cover,
        content: PlaylistContent::Tracks(entries),
    })
}
