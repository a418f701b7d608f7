//! [`AppState`]: everything the window knows, and how events and actions change it. Pure:
//! no egui, no clock of its own, so that it is tested without a window.

mod browsing;
mod diary;
mod due;
mod duplicates;
mod editing;
mod exporting;
mod feeling;
mod grouping;
mod journeys;
mod listing;
mod notices;
mod photos;
mod playing;
mod playlists;
mod queueing;
mod reacting;
mod rearranging;
mod toasts;
mod typing;

pub use browsing::Browsing;
pub use diary::DiaryPages;
pub use duplicates::{DuplicateLine, DuplicatesPage};
pub use editing::{Editing, TagField};
pub use feeling::Feeling;
pub use playing::{NowPlaying, Words};
pub use playlists::Lists;
pub use toasts::{Toast, ToastKind};

use super::action::{Action, Place};
use super::strings::{Strings, strings};
use super::typed_path::typed_path;
use crate::config::Settings;
use crate::engine::{
    Command, Event, Folder, Notice, PhotoSource, Problem, Progress, ShippedModel, Snapshot, Wish,
};
use crate::language::Language;
use crate::library::{Library, Track, TrackId};
use crate::mood::{Mood, MoodVector};
use crate::playback::{DeviceState, OutputDevice, PlayerCommand, PlayerState, Status};
use crate::recommend::ListenerModel;
use std::path::PathBuf;
use std::sync::Arc;
use toasts::Toasts;

/// At most so many dots on the mood plane; more would neither be seen nor be quick.
const MAX_DOTS: usize = 3_000;
/// At most so many tracks go into the queue when one row of the library is played.
const MAX_QUEUE: usize = 5_000;

/// One track on the mood plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// −1…1.
    pub valence: f32,
    /// −1…1.
    pub arousal: f32,
    /// Its strongest mood.
    pub mood: Mood,
}

/// Everything the window knows.
#[derive(Debug)]
pub struct AppState {
    /// Where the listener is.
    pub place: Place,
    /// The settings in force.
    pub settings: Settings,
    /// The language shown.
    pub language: Language,
    /// Where the library is kept, to show.
    pub data_folder: PathBuf,
    /// Music folders; `None` until the engine has told.
    pub folders: Option<Arc<[Folder]>>,
    /// The library; `None` until the engine has told.
    pub snapshot: Option<Snapshot>,
    /// Grows with each snapshot.
    pub snapshot_number: u64,
    /// How many tracks have a mood.
    pub ready: usize,
    /// How many tracks are strongest in each mood, in the order of [`Mood::ALL`].
    pub mood_counts: [usize; Mood::COUNT],
    /// Whether anything of it was ever heard.
    pub heard: bool,
    /// The library on the mood plane, thinned out.
    pub dots: Arc<[Dot]>,
    /// Scanning and analysis.
    pub progress: Progress,
    /// The player.
    pub player: Arc<PlayerState>,
    /// How long the queue is from the current track to its end, seconds.
    pub queue_left_secs: f32,
    /// When the player's state arrived, seconds.
    player_at_secs: f64,
    /// The volume before muting.
    unmuted_volume: Option<f32>,
    /// What was learned from the listener's reactions.
    pub listener: Arc<ListenerModel>,
    /// Whether the listener is asked if all of that is really to be forgotten.
    pub forgetting: bool,
    /// The dialog that changes tags, when it is open.
    pub editing: Option<Editing>,
    /// Whether a change of tags can be taken back.
    pub may_undo_edit: bool,
    /// How often that dialog was opened.
    edits: u64,
    /// The words of the track that plays.
    pub playing: NowPlaying,
    /// The Feel screen.
    pub feeling: Feeling,
    /// The Library screen.
    pub browsing: Browsing,
    /// The page of duplicates.
    pub duplicates: DuplicatesPage,
    /// The Playlists screen.
    pub lists: Lists,
    /// The Diary screen.
    pub pages: DiaryPages,
    /// Files that could not be used.
    pub problems: Arc<[Problem]>,
    /// The shipped models.
    pub models: Arc<[ShippedModel]>,
    /// Why the library cannot be used at all, if so.
    pub unusable: Option<String>,
    toasts: Toasts,
    /// The file that was last asked to be written.
    written: Option<Command>,
    /// Whether the notice shown tells of tracks taken out one by one.
    removing: bool,
    /// The devices that music can come out of, when they were asked for.
    pub outputs: Arc<[OutputDevice]>,
    /// Whether the queue is shown.
    pub queue_open: bool,
    /// The path field of first start and settings.
    pub path_entry: String,
}

impl AppState {
    /// The window before the engine has said anything.
    #[must_use]
    pub fn new(settings: Settings, data_folder: PathBuf) -> Self {
        Self {
            place: Place::Feel,
            language: settings.language(),
            settings,
            data_folder,
            folders: None,
            snapshot: None,
            snapshot_number: 0,
            ready: 0,
            mood_counts: [0; Mood::COUNT],
            heard: false,
            dots: Arc::new([]),
            progress: Progress::default(),
            player: Arc::default(),
            queue_left_secs: 0.0,
            player_at_secs: 0.0,
            unmuted_volume: None,
            listener: Arc::default(),
            forgetting: false,
            editing: None,
            may_undo_edit: false,
            edits: 0,
            playing: NowPlaying::default(),
            feeling: Feeling::default(),
            browsing: Browsing::default(),
            duplicates: DuplicatesPage::default(),
            lists: Lists::default(),
            pages: DiaryPages::default(),
            problems: Arc::new([]),
            models: Arc::new([]),
            unusable: None,
            toasts: Toasts::default(),
            written: None,
            removing: false,
            outputs: Arc::new([]),
            queue_open: false,
            path_entry: String::new(),
        }
    }

    /// The texts in the language shown.
    #[must_use]
    pub const fn text(&self) -> &'static Strings {
        strings(self.language)
    }

    /// Takes in what the engine says.
    pub fn apply(&mut self, event: Event, now_secs: f64) -> Vec<Command> {
        match event {
            Event::Library(snapshot) => return self.take_snapshot(snapshot, now_secs),
            Event::Folders(folders) => self.folders = Some(folders),
            Event::Progress(progress) => return self.take_progress(progress, now_secs),
            Event::Playlist { generation, answer } => {
                if self.feeling.take(generation, answer, self.language) {
                    return self.list_came(now_secs);
                }
            }
            Event::Browsed {
                generation,
                library,
                rows,
            } => self.browsing.take(generation, library, rows),
            Event::Grouped { generation, groups } => self.browsing.take_groups(generation, groups),
            Event::Player(player) => return self.take_player(player, now_secs),
            Event::ReadingPhotos {
                generation,
                done,
                of,
            } => self.feeling.reading(generation, done, of),
            Event::DroppedPhotos(paths) => {
                return self.take_photos(paths.into_iter().map(PhotoSource::File).collect());
            }
            Event::Lyrics { track, lyrics } => self.playing.take_lyrics(track, lyrics),
            Event::WholeTrack { track, whole } => self.playing.take_whole(track, whole),
            Event::Problems(problems) => self.problems = problems,
            Event::Models(models) => self.models = models,
            Event::Outputs(outputs) => self.outputs = outputs,
            Event::Settings(settings) => self.take_settings((*settings).clone()),
            Event::Notice(notice) => {
                if let Notice::NotThere(path) = &notice
                    && self.path_entry.is_empty()
                {
                    // Mending a letter is easier than typing it all again.
                    self.path_entry = path.display().to_string();
                }
                let (kind, text) = self.notice_text(notice);
                self.toasts.push(kind, text, now_secs);
            }
            Event::Duplicates(found) => self.duplicates.take(found),
            Event::Edited(report) => self.take_edit(&report, now_secs),
            Event::Listener(listener) => self.listener = listener,
            Event::Playlists(playlists) => return self.take_playlists(playlists),
            Event::Diary(diary) => self.pages.diary = Some(diary),
            Event::PlaylistMade(id) => return self.playlist_made(id),
            Event::SmartTracks(found) => self.take_smart_tracks(found),
            Event::Unusable(reason) => self.unusable = Some(reason),
            // The rail's progress has said it already; pixels belong to the window's texture
            // cache, and raising to the window itself.
            Event::Finished(_)
            | Event::Cover { .. }
            | Event::History(_)
            | Event::Raise
            | Event::Quit => {}
        }
        Vec::new()
    }

    fn take_snapshot(&mut self, snapshot: Snapshot, now_secs: f64) -> Vec<Command> {
        let other_library = self
            .snapshot
            .as_ref()
            .is_some_and(|old| old.demo != snapshot.demo);
        self.mood_counts = snapshot.mood_counts;
        self.ready = self.mood_counts.iter().sum();
        self.heard = snapshot.heard;
        self.dots = thinned(&snapshot.moods);
        self.snapshot = Some(snapshot);
        self.snapshot_number += 1;
        if other_library {
            self.feeling = Feeling::default();
            self.browsing = Browsing::default();
            self.duplicates = DuplicatesPage::default();
            self.lists.leave();
            self.pages = DiaryPages::default();
            self.place = Place::Feel;
        }
        self.summarize();
        self.duplicates.find_soon(now_secs);
        match self.place {
            Place::Playlists => self.lists.find_soon(now_secs),
            Place::Diary => self.pages.read_soon(now_secs),
            _ => {}
        }
        self.browsing.refresh(now_secs);
        let words = self.follow_playing();
        let again = self.feeling.library_changed(self.ready, now_secs);
        words.into_iter().chain(again).collect()
    }

    fn take_progress(&mut self, progress: Progress, now_secs: f64) -> Vec<Command> {
        let was_busy = self.analyzing();
        self.progress = progress;
        if was_busy && !self.analyzing() && !self.feeling.rearranged() {
            // Everything is ready now: the list shown may have been made from a part.
            return self.feeling.ask_again(now_secs).into_iter().collect();
        }
        Vec::new()
    }

    fn take_settings(&mut self, settings: Settings) {
        let language = settings.language();
        self.settings = settings;
        if language != self.language {
            self.language = language;
            self.feeling.retell(language);
        }
    }

    /// Takes in what the listener did.
    pub fn act(&mut self, action: Action, now_secs: f64) -> Vec<Command> {
        match action {
            Action::Go(place) => return self.enter(place),
            Action::Feel(text) => {
                self.feeling.type_text(text, now_secs);
                self.offer_no_lost_edits();
            }
            Action::PickMood(mood) => return vec![self.feeling.ask(Wish::Mood(mood))],
            Action::PickPoint(valence, arousal) => {
                self.feeling.move_point(valence, arousal, now_secs);
            }
            Action::Like(tracks) => {
                self.place = Place::Feel;
                let title = tracks
                    .first()
                    .and_then(|id| self.track(*id))
                    .map(|track| track.title().to_owned());
                let command = self.feeling.ask(Wish::Like(tracks));
                self.feeling.like_title = title;
                return vec![command];
            }
            Action::Lately => return vec![self.feeling.ask(Wish::Lately)],
            Action::ClearFeeling => {
                self.feeling.clear();
                self.offer_no_lost_edits();
            }
            Action::AnotherMix => {
                self.feeling.seed = self.feeling.seed.wrapping_add(1);
                return self.feeling.ask_again(now_secs).into_iter().collect();
            }
            Action::SetLength(length) => {
                self.feeling.length = length;
                return self.feeling.ask_again(now_secs).into_iter().collect();
            }
            Action::SetGenre(genre) => self.feeling.type_genre(genre, now_secs),
            other => return self.act_on_list(other, now_secs),
        }
        Vec::new()
    }

    /// Actions of the other places.
    fn act_elsewhere(&mut self, action: Action, now_secs: f64) -> Vec<Command> {
        match action {
            Action::Search(text) => self.browsing.search(text, now_secs),
            Action::SortBy(key) => return self.browsing.sort_by(key),
            Action::FilterMood(mood) => return self.browsing.filter_mood(mood),
            Action::Library(action) => return self.act_on_library(action, now_secs),
            Action::SelectRow {
                row,
                toggle,
                extend,
            } => self.browsing.select(row, toggle, extend),
            Action::SelectAll => self.browsing.select_all(),
            Action::SelectNone => self.browsing.select_none(),
            Action::PlayRows { start } => {
                let (tracks, start) = self.browsing.around(start, MAX_QUEUE);
                if !tracks.is_empty() {
                    return vec![Command::Play { tracks, start }];
                }
            }
            Action::Play(tracks) if !tracks.is_empty() => {
                return vec![Command::Play { tracks, start: 0 }];
            }
            Action::Rate(tracks, stars) => return vec![Command::Rate { tracks, stars }],
            Action::Enqueue { tracks, next } => return self.enqueue(tracks, next, now_secs),
            Action::Player(PlayerCommand::Clear) => return self.clear_queue(now_secs),
            Action::Player(PlayerCommand::Toggle) if self.player.queue.is_empty() => {
                return self.play_anything(now_secs);
            }
            Action::Player(command) => return self.tell_player(command, now_secs),
            Action::ToggleMute => {
                let volume = if self.player.volume > 0.0 {
                    self.unmuted_volume = Some(self.player.volume);
                    0.0
                } else {
                    self.unmuted_volume.take().unwrap_or(0.8)
                };
                return self.tell_player(PlayerCommand::Volume(volume), now_secs);
            }
            Action::Duplicates(action) => return self.act_on_duplicates(&action),
            Action::ShowInFolder(file) => return vec![Command::ShowInFolder(file)],
            Action::Forget(tracks) => return vec![Command::Forget(tracks)],
            Action::Tags(action) => return self.act_on_tags(action),
            Action::Diary(action) => return self.act_on_diary(action),
            Action::Playlist(action) => return self.act_on_playlists(action, now_secs),
            Action::ToggleQueue => self.queue_open = !self.queue_open,
            Action::TypePath(text) => self.path_entry = text,
            Action::AddTypedPath => {
                let path = self.path_entry.trim().to_owned();
                self.path_entry.clear();
                if !path.is_empty() {
                    return vec![Command::AddPaths(vec![typed_path(&path)])];
                }
            }
            Action::AddPaths(mut paths) => {
                paths.retain(|path| !path.as_os_str().is_empty());
                if !paths.is_empty() {
                    return vec![Command::AddPaths(paths)];
                }
            }
            Action::RemoveFolder(path) => return vec![Command::RemoveFolder(path)],
            Action::Rescan => return vec![Command::Rescan],
            Action::PauseAnalysis(paused) => {
                self.progress.paused = paused;
                return vec![Command::PauseAnalysis(paused)];
            }
            Action::OpenDemo(open) => return vec![Command::OpenDemo(open)],
            Action::Change(settings) => {
                self.take_settings(settings.clone());
                return vec![Command::ChangeSettings(settings)];
            }
            Action::Dismiss(id) => self.toasts.dismiss(id),
            // Dialogs and covers are the window's own business; the rest was done before.
            _ => {}
        }
        Vec::new()
    }

    /// Tells the player, and shows at once what it will do, so that controls feel immediate.
    fn tell_player(&mut self, command: PlayerCommand, now_secs: f64) -> Vec<Command> {
        let position_secs = self.position_secs(now_secs);
        let player = Arc::make_mut(&mut self.player);
        match &command {
            PlayerCommand::Volume(volume) => player.volume = *volume,
            PlayerCommand::Seek { position_secs } => {
                player.position_secs = *position_secs;
                self.player_at_secs = now_secs;
            }
            PlayerCommand::Toggle => {
                player.position_secs = position_secs;
                self.player_at_secs = now_secs;
                player.status = match player.status {
                    Status::Playing => Status::Paused,
                    Status::Paused => Status::Playing,
                    Status::Stopped => Status::Stopped,
                };
            }
            PlayerCommand::Repeat(repeat) => player.repeat = *repeat,
            PlayerCommand::Shuffle(shuffled) => player.shuffled = *shuffled,
            PlayerCommand::Sleep(wish) => player.sleep = *wish,
            _ => {}
        }
        vec![Command::Player(command)]
    }

    /// What became due by `now_secs`: debounced questions, notices that fade.
    pub fn tick(&mut self, now_secs: f64) -> Vec<Command> {
        self.toasts.tick(now_secs);
        let feel = self.feeling.due(now_secs);
        let browse = self.browsing.due(now_secs);
        let smart = self.lists.due(now_secs);
        let words = self.lists.words_due(now_secs);
        let diary = self.pages.due(now_secs);
        let duplicates = self.duplicates.due(now_secs);
        let due = [feel, words, smart, diary, duplicates];
        browse
            .into_iter()
            .chain(due.into_iter().flatten())
            .collect()
    }

    /// When [`tick`](Self::tick) has something to do next, if ever; seconds.
    #[must_use]
    pub fn next_tick_secs(&self) -> Option<f64> {
        [
            self.feeling.due_at(),
            self.browsing.due_at(),
            self.lists.due_at(),
            self.lists.words_due_at(),
            self.duplicates.due_at(),
            self.pages.due_at(),
            self.toasts.due_at(),
        ]
        .into_iter()
        .flatten()
        .min_by(f64::total_cmp)
    }

    /// The library's tracks, if it is known.
    #[must_use]
    pub fn library(&self) -> Option<&Arc<Library>> {
        self.snapshot.as_ref().map(|snapshot| &snapshot.library)
    }

    /// The track with this id.
    #[must_use]
    pub fn track(&self, id: TrackId) -> Option<&Arc<Track>> {
        self.library()?.get(id)
    }

    /// A track's mood as matched to the library, once analyzed.
    #[must_use]
    pub fn mood(&self, id: TrackId) -> Option<MoodVector> {
        let snapshot = self.snapshot.as_ref()?;
        let position = snapshot.library.position(id)?;
        snapshot.moods.get(position).copied().flatten()
    }

    /// The mood that tints the window: of what was asked, else of what plays.
    #[must_use]
    pub fn accent_mood(&self) -> Option<Mood> {
        let asked = (self.place == Place::Feel)
            .then(|| self.feeling.target())
            .flatten();
        asked
            .or_else(|| self.player.current().and_then(|track| self.mood(track.id)))
            .or_else(|| self.feeling.target())
            .map(|mood| mood.top())
    }

    /// The track whose cover is the room's backdrop.
    #[must_use]
    pub fn backdrop(&self) -> Option<&Arc<Track>> {
        self.player.current().or_else(|| {
            self.feeling
                .answer
                .as_ref()
                .and_then(|answer| answer.tracks.first())
                .map(|suggestion| &suggestion.track)
        })
    }

    /// Where the player is now: its last word plus the time since.
    #[must_use]
    pub fn position_secs(&self, now_secs: f64) -> f32 {
        let since = match self.player.status {
            Status::Playing if !matches!(self.player.device, DeviceState::Missing(_)) => {
                (now_secs - self.player_at_secs).max(0.0) as f32
            }
            _ => 0.0,
        };
        (self.player.position_secs + since).clamp(0.0, self.player.duration_secs.max(0.0))
    }

    /// Whether tracks are still to be analyzed.
    #[must_use]
    pub fn analyzing(&self) -> bool {
        self.progress.analyzed < self.progress.to_analyze
    }

    /// Whether the one question of the first start should be asked.
    #[must_use]
    pub fn first_start(&self) -> bool {
        let empty = self
            .library()
            .is_some_and(|library| library.is_empty() && !self.progress.scanning);
        // Opened with a file, it plays that and asks later.
        let empty = empty && self.player.queue.is_empty();
        empty
            && self
                .folders
                .as_ref()
                .is_none_or(|folders| folders.is_empty())
    }
}

/// At most [`MAX_DOTS`] moods, evenly taken from the library.
fn thinned(moods: &[Option<MoodVector>]) -> Arc<[Dot]> {
    let step = moods.len().div_ceil(MAX_DOTS).max(1);
    moods
        .iter()
        .step_by(step)
        .flatten()
        .map(|mood| Dot {
            valence: mood.valence,
            arousal: mood.arousal,
            mood: mood.top(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
