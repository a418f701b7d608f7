//! [`Action`]: what the listener did, inside the window.

use super::diary::DiaryAction;
use super::edit_tags::TagAction;
use super::library::{DuplicateAction, LibraryAction};
use super::playlists::PlaylistAction;
use super::typed_path::NamedFile;
use crate::config::Settings;
use crate::engine::{CoverOf, CoverSize, JourneyEnd, Length, PhotoSource};
use crate::library::{SortKey, TrackId};
use crate::mood::Mood;
use crate::playback::PlayerCommand;
use crate::recommend::{Filter, Mode, Reaction};
use std::path::PathBuf;

/// A place of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Place {
    /// Home: a feeling becomes a playlist.
    #[default]
    Feel,
    /// All tracks.
    Library,
    /// The track that plays.
    NowPlaying,
    /// Saved and smart playlists.
    Playlists,
    /// What was heard, day by day.
    Diary,
    /// Folders, language, theme …
    Settings,
}

impl Place {
    /// All places, in the order of the rail and of their keys, Ctrl+1 and on.
    pub const ALL: [Self; 6] = [
        Self::Feel,
        Self::Library,
        Self::NowPlaying,
        Self::Playlists,
        Self::Diary,
        Self::Settings,
    ];
}

/// What the listener did. Screens collect these while painting; [`AppState`](super::AppState)
/// turns them into new state and commands.
#[derive(Debug, Clone)]
pub enum Action {
    /// Go to a place.
    Go(Place),
    /// The feeling field now holds this.
    Feel(String),
    /// A mood button.
    PickMood(Mood),
    /// The target of the mood plane was moved here (valence, arousal).
    PickPoint(f32, f32),
    /// More like these tracks.
    Like(Vec<TrackId>),
    /// Like what was heard lately.
    Lately,
    /// Photos are the wish.
    Photos(Vec<PhotoSource>),
    /// Calmer −1 … livelier 1 than the photos.
    SetEnergy(f32),
    /// Show how this one of the photos was read.
    ShowPhoto(usize),
    /// Forget the wish.
    ClearFeeling,
    /// Another selection for the same wish.
    AnotherMix,
    /// How long playlists should be.
    SetLength(Length),
    /// Something unexpected.
    Surprise,
    /// What may be suggested.
    SetFilter(Filter),
    /// Only what was hardly played, or everything again; asks for it when nothing is asked.
    ToggleHiddenGems,
    /// How the kinds of likeness are joined.
    SetMode(Mode),
    /// Begin a walk here, or take none.
    JourneyFrom(Option<JourneyEnd>),
    /// A journey is wanted; where it begins is still to be said.
    AskJourney,
    /// The field of a journey's beginning now holds this.
    TypeJourney(String),
    /// A journey's beginning was put here on the mood plane (valence, arousal).
    MoveJourneyStart(f32, f32),
    /// Open the dialog for the photo that a journey begins with.
    ChooseJourneyPhoto,
    /// A way was drawn on the mood plane: points of valence and arousal.
    DrawWay(Vec<(f32, f32)>),
    /// Show why this track was suggested, or no longer.
    Explain(Option<TrackId>),
    /// The listener's reaction to a track.
    React(TrackId, Reaction),
    /// Give tracks stars, 1…5, or take them away (0).
    Rate(Vec<TrackId>, u8),
    /// Something about duplicates.
    Duplicates(DuplicateAction),
    /// Show a file in the desktop's file manager.
    ShowInFolder(PathBuf),
    /// Take those of these tracks whose files are gone out of the library.
    Forget(Vec<TrackId>),
    /// Something about changing tags.
    Tags(TagAction),
    /// Ask whether all reactions are really to be forgotten, or no longer.
    AskForget(bool),
    /// Forget all reactions.
    ForgetReactions,
    /// A suggestion was moved to another place of its list.
    MoveSuggestion {
        /// From where.
        from: usize,
        /// To where.
        to: usize,
    },
    /// A suggestion was taken out of its list.
    TakeOutSuggestion(usize),
    /// Take back the last change of the suggestions.
    UndoSuggestions,
    /// A track of the queue was dragged to another place.
    MoveInQueue {
        /// From where.
        from: usize,
        /// To where.
        to: usize,
    },
    /// A track was taken out of the queue.
    TakeOut(usize),
    /// Take back the last edits of the queue.
    UndoQueue {
        /// How many.
        edits: u32,
    },
    /// Only this genre.
    SetGenre(String),
    /// Play the suggested playlist, as soon as it is there.
    PlaySuggestions,
    /// Play the suggestions shown from this one on.
    PlaySuggestion(usize),
    /// Play the suggested playlist in random order, as soon as it is there.
    ShuffleSuggestions,
    /// Open or close the line that asks where to save the playlist.
    AskExport(bool),
    /// Open the save dialog.
    ExportDialog,
    /// Write the suggested playlist there, once it is there.
    Export(NamedFile),
    /// Write the last file in place of the one that is there.
    ReplaceFile,
    /// The search field now holds this.
    Search(String),
    /// A column head was clicked.
    SortBy(SortKey),
    /// Only tracks of this mood.
    FilterMood(Option<Mood>),
    /// Something about the library's views.
    Library(LibraryAction),
    /// A row of the library was clicked.
    SelectRow {
        /// Which row.
        row: usize,
        /// Ctrl: add or take away.
        toggle: bool,
        /// Shift: everything from the last clicked row.
        extend: bool,
    },
    /// Choose all rows.
    SelectAll,
    /// Choose nothing.
    SelectNone,
    /// Play the library's rows from here.
    PlayRows {
        /// First row.
        start: usize,
    },
    /// Play just these.
    Play(Vec<TrackId>),
    /// Put tracks into the queue.
    Enqueue {
        /// What.
        tracks: Vec<TrackId>,
        /// Right after the current one.
        next: bool,
    },
    /// Anything else the player can do.
    Player(PlayerCommand),
    /// Sound off, or back to what it was.
    ToggleMute,
    /// Something about the diary.
    Diary(DiaryAction),
    /// Something about playlists.
    Playlist(PlaylistAction),
    /// Show or fold the queue.
    ToggleQueue,
    /// The folder path field now holds this.
    TypePath(String),
    /// Add what the path field holds.
    AddTypedPath,
    /// Open the folder dialog.
    ChooseFolder,
    /// Open the dialog for photos.
    ChoosePhotos,
    /// Files and folders were dropped: photos or music.
    Drop(Vec<PathBuf>),
    /// Add these files and folders.
    AddPaths(Vec<PathBuf>),
    /// Forget a folder.
    RemoveFolder(PathBuf),
    /// Look at all folders again.
    Rescan,
    /// Hold or go on with the analysis.
    PauseAnalysis(bool),
    /// Open the demo library or leave it.
    OpenDemo(bool),
    /// New settings; kept at once.
    Change(Settings),
    /// Take a notice away.
    Dismiss(u64),
    /// A cover is visible and not loaded yet.
    NeedCover(CoverOf, CoverSize),
}
