//! What the listener did about playlists.

use crate::library::{PlaylistChange, PlaylistId, TrackId};
use crate::ui::typed_path::NamedFile;

/// What the listener did about playlists.
#[derive(Debug, Clone)]
pub enum PlaylistAction {
    /// Look at one.
    Open(PlaylistId),
    /// Change them; nothing that needs to be taken back.
    Change(PlaylistChange),
    /// A new empty one, or a smart one without rules.
    New {
        /// Found by rules.
        smart: bool,
    },
    /// A new one of these tracks.
    NewOf(Vec<TrackId>),
    /// Put tracks at the end of one.
    Add(PlaylistId, Vec<TrackId>),
    /// Take one away; can be undone.
    Delete(PlaylistId),
    /// Take one place out of one; can be undone.
    TakeOut(PlaylistId, usize),
    /// Take the last such thing back.
    Undo,
    /// Keep what was suggested for the feeling.
    SaveSuggestions,
    /// Play one from here.
    Play {
        /// Which.
        id: PlaylistId,
        /// From this place on.
        start: usize,
        /// In random order.
        shuffled: bool,
    },
    /// The words of a smart playlist's rule are these now.
    TypeWords {
        /// Which playlist.
        id: PlaylistId,
        /// Which of its rules.
        index: usize,
        /// The words.
        words: String,
    },
    /// The name field now holds this; `None` closes it.
    TypeName(Option<String>),
    /// Keep what the name field holds.
    Rename(PlaylistId),
    /// Open or close the line that asks for a file.
    AskFile(Option<FileLine>),
    /// Open the desktop's dialog for it.
    FileDialog(FileLine),
    /// Read or write this file.
    File(FileLine, NamedFile),
}

/// What a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileLine {
    /// A playlist to read.
    Import,
    /// Where to write one.
    Export(PlaylistId),
}
