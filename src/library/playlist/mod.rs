//! Saved playlists: [`Playlist`] is one, [`Playlists`] all of them in the listener's order,
//! [`PlaylistChange`] is what can be done to them. Pure: the store keeps them, the window
//! shows them.

mod change;
mod matching;
mod smart;

pub use change::{Changed, PlaylistChange, PlaylistEdit};
pub use matching::{M3uEntry, Matcher};
pub use smart::{Rule, SmartLimit, SmartOrder, SmartRules};

use super::TrackId;
use crate::mood::Mood;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;

/// A playlist's identity in one data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlaylistId(pub i64);

/// A saved playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct Playlist {
    /// Identity.
    pub id: PlaylistId,
    /// What the listener calls it; empty for one that came along and was not renamed.
    pub name: String,
    /// Which of those that came along it is.
    pub builtin: Option<Builtin>,
    /// What stands for it.
    pub cover: PlaylistCover,
    /// What is in it.
    pub content: PlaylistContent,
}

/// What is in a playlist.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaylistContent {
    /// Just these, in this order.
    Tracks(Vec<PlaylistEntry>),
    /// Whatever fits.
    Smart(SmartRules),
}

/// One place of a playlist.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaylistEntry {
    /// A track of the library.
    Track(TrackId),
    /// An imported line that no track of the library fits; kept, so that nothing is lost.
    Unmatched(M3uEntry),
}

impl PlaylistEntry {
    /// The track, if there is one.
    #[must_use]
    pub const fn track(&self) -> Option<TrackId> {
        match self {
            Self::Track(id) => Some(*id),
            Self::Unmatched(_) => None,
        }
    }
}

/// What stands for a playlist.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaylistCover {
    /// The covers of its first tracks.
    #[default]
    Mosaic,
    /// The colours of a mood.
    Mood(Mood),
    /// A picture file.
    Image(PathBuf),
}

/// Smart playlists that come along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Builtin {
    /// Added in the last weeks, newest first.
    RecentlyAdded,
    /// Heard most often.
    MostPlayed,
    /// Heard once, but not for a year.
    NotHeardForAYear,
    /// Peaceful and tender.
    CalmEvening,
}

impl Builtin {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::RecentlyAdded,
        Self::MostPlayed,
        Self::NotHeardForAYear,
        Self::CalmEvening,
    ];

    /// Its name in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::RecentlyAdded => "recently_added",
            Self::MostPlayed => "most_played",
            Self::NotHeardForAYear => "not_heard_for_a_year",
            Self::CalmEvening => "calm_evening",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|builtin| builtin.key() == key)
    }

    /// What it is called, in English.
    #[must_use]
    pub const fn english(self) -> &'static str {
        match self {
            Self::RecentlyAdded => "Recently added",
            Self::MostPlayed => "Most played",
            Self::NotHeardForAYear => "Not heard for a year",
            Self::CalmEvening => "Calm evening",
        }
    }

    /// What it is called, in Korean.
    #[must_use]
    pub const fn korean(self) -> &'static str {
        match self {
            Self::RecentlyAdded => "최근에 들어온 곡",
            Self::MostPlayed => "많이 들은 곡",
            Self::NotHeardForAYear => "일 년 동안 듣지 않은 곡",
            Self::CalmEvening => "고요한 저녁",
        }
    }

    /// Its rules as they come along.
    #[must_use]
    pub fn rules(self) -> SmartRules {
        let days = |days| Rule::AddedWithin { days, not: false };
        let heard_once = Rule::Plays {
            at_least: Some(1),
            at_most: None,
        };
        let mood = |mood| Rule::Mood { mood, not: false };
        let (all, rules, order, tracks) = match self {
            Self::RecentlyAdded => (true, vec![days(60)], SmartOrder::AddedLast, 200),
            Self::MostPlayed => (true, vec![heard_once], SmartOrder::MostPlayed, 100),
            Self::NotHeardForAYear => {
                let lately = Rule::HeardWithin {
                    days: 365,
                    not: true,
                };
                (true, vec![heard_once, lately], SmartOrder::HeardFirst, 200)
            }
            Self::CalmEvening => (
                false,
                vec![mood(Mood::Peaceful), mood(Mood::Romantic)],
                SmartOrder::Calmest,
                40,
            ),
        };
        SmartRules {
            all,
            rules,
            order,
            limit: Some(SmartLimit::Tracks(tracks)),
        }
    }
}

impl Playlist {
    /// The tracks of a playlist that is no smart one; those of a smart one are found by
    /// [`SmartRules::tracks`].
    #[must_use]
    pub fn track_ids(&self) -> Vec<TrackId> {
        self.entries()
            .iter()
            .filter_map(PlaylistEntry::track)
            .collect()
    }

    /// The places of a playlist that is no smart one.
    #[must_use]
    pub fn entries(&self) -> &[PlaylistEntry] {
        match &self.content {
            PlaylistContent::Tracks(entries) => entries,
            PlaylistContent::Smart(_) => &[],
        }
    }

    /// The rules of a smart playlist.
    #[must_use]
    pub const fn rules(&self) -> Option<&SmartRules> {
        match &self.content {
            PlaylistContent::Tracks(_) => None,
            PlaylistContent::Smart(rules) => Some(rules),
        }
    }
}

/// All playlists, in the listener's order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Playlists(pub Vec<Arc<Playlist>>);

impl Playlists {
    /// Those that come along with a new library.
    #[must_use]
    pub fn builtin() -> Self {
        let playlists = (1..).zip(Builtin::ALL).map(|(id, builtin)| {
            Arc::new(Playlist {
                id: PlaylistId(id),
                name: String::new(),
                builtin: Some(builtin),
                cover: match builtin {
                    Builtin::CalmEvening => PlaylistCover::Mood(Mood::Peaceful),
                    _ => PlaylistCover::Mosaic,
                },
                content: PlaylistContent::Smart(builtin.rules()),
            })
        });
        Self(playlists.collect())
    }

    /// The playlist with this id.
    #[must_use]
    pub fn get(&self, id: PlaylistId) -> Option<&Arc<Playlist>> {
        self.0.iter().find(|playlist| playlist.id == id)
    }

    /// One track turned out to be another; tells the playlists that had it.
    pub fn fold(&mut self, folded: TrackId, into: TrackId) -> Vec<PlaylistId> {
        let old = PlaylistEntry::Track(folded);
        let mut changed = Vec::new();
        for playlist in &mut self.0 {
            if playlist.entries().contains(&old)
                && let PlaylistContent::Tracks(entries) = &mut Arc::make_mut(playlist).content
            {
                for entry in entries.iter_mut().filter(|entry| **entry == old) {
                    *entry = PlaylistEntry::Track(into);
                }
                changed.push(playlist.id);
            }
        }
        changed
    }
}
