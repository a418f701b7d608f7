//! The door's two sides: [`Command`]s from the window or the command line, [`Event`]s back.

use super::photo::{PhotoAnswer, PhotoSource, ReadPhoto};
use super::{EditReport, ShippedModel};
use crate::config::Settings;
use crate::library::{
    BrowseQuery, Diary, Group, GroupQuery, Heard, HistoryFormat, Library, Lyrics, Occasion,
    PlaylistChange, PlaylistCover, PlaylistId, Playlists, TagEdit, TrackId, WholeTrack,
};
pub use crate::library::{CoverImage, CoverSize, Folder, Problem, ScanSummary};
use crate::mood::{Mood, MoodVector};
use crate::playback::{OutputDevice, PlayerCommand, PlayerState};
use crate::recommend::{
    Duplicates, Filter, Lesson, ListenerModel, Mode, Reaction, Suggestion, Target,
};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// What the window or the command line asks of the engine. Never waits for an answer;
/// answers come as [`Event`]s.
#[derive(Debug, Clone)]
pub enum Command {
    /// Add folders (kept and rescanned) and single files.
    AddPaths(Vec<PathBuf>),
    /// Files and folders were dropped: music is added, and photos come back as
    /// [`Event::DroppedPhotos`] to be wished for.
    Drop(Vec<PathBuf>),
    /// Forget a folder; its tracks leave the library, the files stay where they are.
    RemoveFolder(PathBuf),
    /// Look at all folders again.
    Rescan,
    /// Hold or go on with scanning and analysis.
    PauseAnalysis(bool),
    /// A playlist for a feeling. Answered by [`Event::Playlist`] with the same generation;
    /// an older request still under way is dropped.
    Feel {
        /// Grows with each request.
        generation: u64,
        /// What is asked.
        request: FeelRequest,
    },
    /// Rows of the Library screen. Answered by [`Event::Browsed`].
    Browse {
        /// Grows with each request.
        generation: u64,
        /// What is asked.
        query: BrowseQuery,
    },
    /// Albums, artists or folders of the Library screen. Answered by [`Event::Grouped`].
    Group {
        /// Grows with each request.
        generation: u64,
        /// What is asked.
        query: GroupQuery,
    },
    /// Replace the queue with these tracks and play from the one at `start`.
    Play {
        /// The new queue.
        tracks: Vec<TrackId>,
        /// Index into `tracks`.
        start: usize,
    },
    /// What led to the music that is played next; kept for the diary.
    LedBy(Occasion),
    /// Put tracks into the queue.
    Enqueue {
        /// What.
        tracks: Vec<TrackId>,
        /// Right after the current track instead of at the end.
        next: bool,
    },
    /// Replace the queue with these files and folders, in the library or not, and play.
    PlayFiles(Vec<PathBuf>),
    /// Anything else the player can do.
    Player(PlayerCommand),
    /// Load a cover. Answered by [`Event::Cover`], also when there is none.
    LoadCover {
        /// Whose.
        of: CoverOf,
        /// For which use.
        size: CoverSize,
    },
    /// What a track told when it was read from end to end. Answered by
    /// [`Event::WholeTrack`] at once; when it was not read yet, it is read before all
    /// others and told again.
    LoadWholeTrack(TrackId),
    /// The lyrics of a track of the library or of the queue. Answered by [`Event::Lyrics`],
    /// also when there are none.
    LoadLyrics(TrackId),
    /// Give tracks stars, 1…5, or take them away (0).
    Rate {
        /// Which.
        tracks: Vec<TrackId>,
        /// How many.
        stars: u8,
    },
    /// Change the tags of files. Answered by [`Event::Edited`].
    EditTags {
        /// Whose.
        tracks: Vec<TrackId>,
        /// How.
        edit: TagEdit,
    },
    /// Take the last change of tags back. Answered by [`Event::Edited`].
    UndoEdit,
    /// Look for the same recording in more than one file. Answered by [`Event::Duplicates`].
    FindDuplicates,
    /// Move a track's file to the desktop's trash, and take the track out of the library.
    /// Answered by a notice.
    MoveToTrash(TrackId),
    /// Take those of these tracks whose files are gone out of the library; they come back with
    /// their files. Answered by a notice.
    Forget(Vec<TrackId>),
    /// Show a file in the desktop's file manager. Answered by a notice where there is none.
    ShowInFolder(PathBuf),
    /// The listener's reaction to a track; kept and learned from. Answered by
    /// [`Event::Listener`], or by a notice when it cannot be kept.
    React {
        /// To which track.
        track: TrackId,
        /// What it is.
        reaction: Reaction,
        /// In which mood; by default that of the playlist that suggested the track last,
        /// or the track's own.
        mood: Option<Mood>,
    },
    /// Forget all reactions and what was learned from them; plays are kept. Answered by
    /// [`Event::Listener`].
    ForgetReactions,
    /// The last plays. Answered by [`Event::History`].
    History {
        /// At most so many.
        limit: usize,
    },
    /// The last plays by days and by what led to them. Answered by [`Event::Diary`].
    Diary {
        /// At most so many plays.
        limit: usize,
    },
    /// Write all plays to a file.
    ExportHistory {
        /// How.
        format: HistoryFormat,
        /// Where to.
        path: PathBuf,
        /// Also over a file that is there; else that is told as [`Notice::InTheWay`].
        replace: bool,
    },
    /// Erase the plays that began in this span, seconds since 1970, both ends included; how
    /// often tracks were heard is kept. Answered by [`Notice::HistoryErased`].
    EraseHistory {
        /// From here.
        first: i64,
        /// To here.
        last: i64,
    },
    /// Write a playlist file.
    ExportM3u {
        /// Where to.
        path: PathBuf,
        /// What.
        tracks: Vec<TrackId>,
        /// As for [`ExportHistory`](Self::ExportHistory).
        replace: bool,
    },
    /// The devices that music can come out of. Answered by [`Event::Outputs`].
    ListOutputs,
    /// Change the saved playlists. Answered by [`Event::Playlists`], and a new one by
    /// [`Event::PlaylistMade`] as well.
    ChangePlaylists(PlaylistChange),
    /// Make a playlist of these tracks with a photo as its cover. Answered as
    /// [`ChangePlaylists`](Self::ChangePlaylists); that the photo cannot be kept is told by
    /// a notice.
    CreateOfPhoto {
        /// What it is called.
        name: String,
        /// The photo; its small picture is kept in the data folder.
        photo: Arc<ReadPhoto>,
        /// The cover if the photo cannot be kept.
        otherwise: PlaylistCover,
        /// What.
        tracks: Vec<TrackId>,
    },
    /// Find what is in the smart playlists now. Answered by [`Event::SmartTracks`].
    FindSmartTracks,
    /// Make a playlist of an M3U file. Lines that no track fits are kept. Answered by
    /// [`Event::PlaylistMade`] and [`Notice::Imported`].
    ImportPlaylist(PathBuf),
    /// Write a playlist that is no smart one, with the lines that no track fits.
    ExportPlaylist {
        /// Where to.
        path: PathBuf,
        /// Which.
        id: PlaylistId,
        /// As for [`ExportHistory`](Self::ExportHistory).
        replace: bool,
    },
    /// Replace the settings; they are saved. The volume is not changed: that is
    /// [`PlayerCommand::Volume`]'s.
    ChangeSettings(Settings),
    /// Close this library and open the demo library (`true`) or the listener's own (`false`).
    OpenDemo(bool),
}

/// Whose cover it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CoverOf {
    /// A track's, of the library or of the queue.
    Track(TrackId),
    /// A picture file.
    File(PathBuf),
}

/// A wish for a playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct FeelRequest {
    /// What to match.
    pub wish: Wish,
    /// How long it should be.
    pub length: Length,
    /// Decides between equals: the same seed gives the same list.
    pub seed: u64,
    /// What may be suggested. Christmas music is let through in its season and when the
    /// wish names it.
    pub filter: Filter,
    /// How the kinds of likeness are joined.
    pub mode: Mode,
    /// Wait for what is being learned from listening rather than answer at once.
    pub patient: bool,
}

/// What a playlist should match.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// A typed feeling, English or Korean.
    Text(String),
    /// A mood picked by name.
    Mood(Mood),
    /// A point of the mood plane.
    Point {
        /// Valence, −1…1.
        valence: f32,
        /// Arousal, −1…1.
        arousal: f32,
    },
    /// More like these tracks.
    Like(Vec<TrackId>),
    /// Like what was heard lately.
    Lately,
    /// Something unexpected; the seed decides what.
    Surprise,
    /// A walk from one mood to another.
    Journey {
        /// Where it begins.
        from: JourneyEnd,
        /// Where it leads.
        to: JourneyEnd,
    },
    /// Photos, or folders of them: one is a mood, several are followed as a journey in the
    /// order they were taken. Answered with [`FeelAnswer::photos`].
    Photos {
        /// Where they are.
        photos: Vec<PhotoSource>,
        /// Calmer −1 … livelier 1 than the photos are.
        energy: f32,
    },
    /// A walk along a way drawn on the mood plane: points of valence and arousal, −1…1.
    Way(Vec<(f32, f32)>),
}

/// One end of a journey.
#[derive(Debug, Clone, PartialEq)]
pub enum JourneyEnd {
    /// Where the listener is: the mood of what was heard last.
    Here,
    /// A feeling in words.
    Text(String),
    /// A mood picked by name.
    Mood(Mood),
    /// A point of the mood plane.
    Point {
        /// Valence, −1…1.
        valence: f32,
        /// Arousal, −1…1.
        arousal: f32,
    },
    /// The mood of a photo.
    Photo(PhotoSource),
}

/// How long a playlist should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    /// So many tracks.
    Tracks(usize),
    /// About so many minutes.
    Minutes(f32),
}

/// What the engine tells. Progress is coalesced: the latest wins.
#[derive(Debug, Clone)]
pub enum Event {
    /// The library as it is now.
    Library(Snapshot),
    /// Music folders, as kept.
    Folders(Arc<[Folder]>),
    /// How far scanning and analysis are.
    Progress(Progress),
    /// The answer to [`Command::Feel`].
    Playlist {
        /// Of the request.
        generation: u64,
        /// The answer.
        answer: Arc<FeelAnswer>,
    },
    /// The answer to [`Command::Browse`]: positions in the snapshot's tracks.
    Browsed {
        /// Of the request.
        generation: u64,
        /// The snapshot these positions belong to.
        library: Arc<Library>,
        /// The rows, in order.
        rows: Arc<[u32]>,
    },
    /// The answer to [`Command::Group`].
    Grouped {
        /// Of the request.
        generation: u64,
        /// The groups, in order.
        groups: Arc<[Arc<Group>]>,
    },
    /// What the player does. Sent on every change, and about four times a second in play.
    Player(Arc<PlayerState>),
    /// The answer to [`Command::LoadCover`].
    Cover {
        /// Whose.
        of: CoverOf,
        /// As asked.
        size: CoverSize,
        /// RGBA pixels, or `None` when there is no readable cover.
        image: Option<Arc<CoverImage>>,
    },
    /// The answer to [`Command::LoadWholeTrack`], and again when it was read anew.
    WholeTrack {
        /// Which.
        track: TrackId,
        /// Its outline and the way of its moods; `None` until it was read from end to end.
        whole: Option<Arc<WholeTrack>>,
    },
    /// The answer to [`Command::LoadLyrics`].
    Lyrics {
        /// Whose.
        track: TrackId,
        /// The words, or `None` when there are none.
        lyrics: Option<Arc<Lyrics>>,
    },
    /// Tags were changed, or could not be.
    Edited(Arc<EditReport>),
    /// The answer to [`Command::FindDuplicates`], by artist and title.
    Duplicates(Arc<[Duplicates]>),
    /// A scan with its analysis came to its end.
    Finished(Arc<ScanReport>),
    /// The library cannot be opened or kept; a plain sentence with the cause (English).
    /// Nothing but settings and quitting works from here.
    Unusable(String),
    /// How far the photos of a wish are read.
    ReadingPhotos {
        /// Of the request.
        generation: u64,
        /// Photos read.
        done: usize,
        /// Photos to read.
        of: usize,
    },
    /// Photos were dropped; the answer to [`Command::Drop`] when there were some.
    DroppedPhotos(Vec<PathBuf>),
    /// Files that could not be read or analyzed, with the reason.
    Problems(Arc<[Problem]>),
    /// The shipped models; told once.
    Models(Arc<[ShippedModel]>),
    /// The answer to [`Command::ListOutputs`].
    Outputs(Arc<[OutputDevice]>),
    /// The settings now in force.
    Settings(Arc<Settings>),
    /// What was learned from the listener's reactions; the answer to [`Command::React`] and
    /// [`Command::ForgetReactions`], and told when a library was opened.
    Listener(Arc<ListenerModel>),
    /// The saved playlists, in their order.
    Playlists(Arc<Playlists>),
    /// A playlist was made.
    PlaylistMade(PlaylistId),
    /// What is in the smart playlists; the answer to [`Command::FindSmartTracks`].
    SmartTracks(Arc<HashMap<PlaylistId, Arc<[TrackId]>>>),
    /// The answer to [`Command::History`]: newest first.
    History(Arc<[Heard]>),
    /// The answer to [`Command::Diary`].
    Diary(Arc<Diary>),
    /// Something the listener should be told once.
    Notice(Notice),
    /// The desktop, or another start of the program, wants the window in front.
    Raise,
    /// The desktop wants the window closed.
    Quit,
}

/// The library with the moods matched to it.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The tracks.
    pub library: Arc<Library>,
    /// For each track, its mood matched to this library's own distribution; `None` until
    /// it has been analyzed.
    pub moods: Arc<[Option<MoodVector>]>,
    /// How many tracks are strongest in each mood, in the order of [`Mood::ALL`].
    pub mood_counts: [usize; Mood::COUNT],
    /// Whether anything of it was ever heard.
    pub heard: bool,
    /// Whether this is the demo library.
    pub demo: bool,
}

impl Snapshot {
    /// Counts what a frame must not: O(n) in the tracks. `moods` is aligned with them.
    #[must_use]
    pub fn of(library: Arc<Library>, moods: Arc<[Option<MoodVector>]>, demo: bool) -> Self {
        let mut mood_counts = [0; Mood::COUNT];
        for mood in moods.iter().flatten() {
            mood_counts[mood.top().index()] += 1;
        }
        let mut tracks = library.tracks().iter();
        Self {
            mood_counts,
            heard: tracks.any(|track| track.last_played_unix_secs.is_some()),
            library,
            moods,
            demo,
        }
    }
}

/// How far scanning and analysis are.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Progress {
    /// Folders are being walked.
    pub scanning: bool,
    /// Audio files found so far in this scan.
    pub files_found: usize,
    /// Tracks analyzed, of `to_analyze`.
    pub analyzed: usize,
    /// Tracks to analyze in this run.
    pub to_analyze: usize,
    /// Tracks whose lyrics are still to be read.
    pub lyrics_left: usize,
    /// Held by the listener.
    pub paused: bool,
    /// Estimated time left for the analysis.
    pub secs_left: Option<f32>,
}

/// What a scan with its analysis did.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanReport {
    /// What was found.
    pub scan: ScanSummary,
    /// Tracks analyzed.
    pub analyzed: usize,
    /// How long it took.
    pub secs: f32,
}

/// The answer to a feeling.
#[derive(Debug, Clone)]
pub struct FeelAnswer {
    /// What was understood.
    pub target: Target,
    /// The playlist, in the order to play it.
    pub tracks: Vec<Suggestion>,
    /// What the listener's reactions changed about it.
    pub lessons: Vec<Lesson>,
    /// How many analyzed tracks were considered.
    pub considered: usize,
    /// What was understood of the photos, when the wish was for photos.
    pub photos: Option<Arc<PhotoAnswer>>,
}

/// Something to tell the listener once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Playlist written.
    Exported(PathBuf),
    /// Nothing was written: a file is there already.
    InTheWay(PathBuf),
    /// A playlist file became a playlist.
    Imported {
        /// What it is called.
        name: String,
        /// Lines that a track fits.
        matched: usize,
        /// Lines that none does.
        unmatched: usize,
    },
    /// What the listener wanted erased from the history is erased.
    HistoryErased,
    /// Something failed; a plain sentence with the cause (English).
    Failed(String),
    /// There is no such file or folder to add.
    NotThere(PathBuf),
    /// The text model cannot be used, and why (English): feelings are read with a table of
    /// words, lyrics not at all.
    NoTextModel(String),
    /// The photo model cannot be used, and why (English): photos are read by their colours.
    NoPhotoModel(String),
    /// The system can watch no more folders, so this one is gone through every 20 seconds.
    Polled(PathBuf),
    /// No program of this desktop shows folders; a file that was to be shown is in this one.
    NotShown(PathBuf),
    /// A file is in the trash now.
    Trashed(PathBuf),
    /// So many tracks whose files are gone were taken out of the library.
    Forgotten(usize),
    /// A file could not be moved to the trash and is where it was; the cause (English).
    NotTrashed(PathBuf, String),
    /// Of files that were opened, the others play.
    NotPlayed {
        /// The first that does not.
        first: PathBuf,
        /// Why (English).
        reason: String,
        /// How many do not.
        files: usize,
    },
    /// Dropped or chosen paths held no music we can play.
    NothingToAdd,
}
