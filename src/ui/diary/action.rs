//! What the listener did about the diary.

use crate::library::{HistoryFormat, Occasion, TrackId};
use crate::ui::typed_path::NamedFile;

/// What the listener did about the diary.
#[derive(Debug, Clone)]
pub enum DiaryAction {
    /// Unfold the sitting that began then (seconds since 1970), or fold it.
    Unfold(i64),
    /// Play this again.
    Play(Vec<TrackId>, Occasion),
    /// Show older days.
    Older,
    /// Ask whether to erase this, or no longer.
    AskErase(Option<Erasing>),
    /// Erase it.
    Erase(Erasing),
    /// Open or close the line that asks where to write it.
    AskFile(Option<HistoryFormat>),
    /// Open the desktop's dialog for it.
    FileDialog(HistoryFormat),
    /// Write it there.
    File(HistoryFormat, NamedFile),
}

/// What is to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasing {
    /// Everything.
    All,
    /// The plays that began from here to there, seconds since 1970.
    Span(i64, i64),
}
