//! What the listener did about the library's views.

use crate::library::{Group, GroupKind, TrackId};
use std::sync::Arc;

/// A way to look at the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LibraryView {
    /// All tracks in a table.
    #[default]
    Tracks,
    /// Covers of albums.
    Albums,
    /// Names of artists.
    Artists,
    /// Folders, one in the other.
    Folders,
}

impl LibraryView {
    /// All views, in their order.
    pub const ALL: [Self; 4] = [Self::Tracks, Self::Albums, Self::Artists, Self::Folders];

    /// What it groups tracks by, if it does.
    #[must_use]
    pub const fn kind(self) -> Option<GroupKind> {
        match self {
            Self::Tracks => None,
            Self::Albums => Some(GroupKind::Albums),
            Self::Artists => Some(GroupKind::Artists),
            Self::Folders => Some(GroupKind::Folders),
        }
    }

    /// The view `steps` further on, round and round.
    #[must_use]
    pub fn beside(self, steps: isize) -> Self {
        let at = Self::ALL.iter().position(|view| *view == self);
        let count = Self::ALL.len() as isize;
        let next = (at.unwrap_or_default() as isize + steps).rem_euclid(count);
        Self::ALL[next as usize]
    }
}

/// What the listener did about the library's views.
#[derive(Debug, Clone)]
pub enum LibraryAction {
    /// Look at it this way.
    View(LibraryView),
    /// Look into an album, artist or folder.
    Open(Arc<Group>),
    /// Out of what is open, so many steps.
    Back(usize),
    /// Play these, perhaps in random order.
    Play {
        /// What.
        tracks: Vec<TrackId>,
        /// In random order.
        shuffled: bool,
    },
    /// More like an album, artist or folder.
    Like(Arc<Group>),
}
