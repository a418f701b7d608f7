//! [`Track`]: one audio file, what its tags say and what was learned about it.

use super::{Analysis, AudioReading, Loudness, LyricMood, LyricsKind};
use crate::mood::MoodVector;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;

/// A track's identity in one data folder. It survives renames, moves and new tags.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct TrackId(pub i64);

/// What the file's tags say. Empty strings and `None` mean "not there".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tags {
    /// Title.
    pub title: String,
    /// Performing artist.
    pub artist: String,
    /// Artist the album is filed under.
    pub album_artist: String,
    /// Album.
    pub album: String,
    /// Genre, as written in the file.
    pub genre: String,
    /// Number on the disc.
    pub track_number: Option<u32>,
    /// Disc number.
    pub disc_number: Option<u32>,
    /// Year of release.
    pub year: Option<i32>,
    /// Loudness hints.
    pub replay_gain: ReplayGain,
}

/// ReplayGain 2.0 values from the tags (R128 gains of Opus files are converted on reading).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplayGain {
    /// Gain that brings the track to −18 LUFS.
    pub track_gain_db: Option<f32>,
    /// Highest sample of the track, 1.0 = full scale.
    pub track_peak: Option<f32>,
    /// Gain that brings the album to −18 LUFS.
    pub album_gain_db: Option<f32>,
    /// Highest sample of the album, 1.0 = full scale.
    pub album_peak: Option<f32>,
}

/// One audio file of the library. The default is one of which nothing is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Track {
    /// Identity.
    pub id: TrackId,
    /// Where the file is, or was when last seen.
    pub path: PathBuf,
    /// What its tags say.
    pub tags: Tags,
    /// Length of the audio.
    pub duration_secs: f32,
    /// Short name of the codec, such as `FLAC` or `Opus`.
    pub codec: String,
    /// Whether a cover was found, embedded or beside the file.
    pub has_cover: bool,
    /// Which lyrics were found, embedded or beside the file.
    pub lyrics: LyricsKind,
    /// The file was gone at the last scan. Its history is kept.
    pub missing: bool,
    /// When the track was first seen, seconds since 1970.
    pub added_unix_secs: i64,
    /// How often it was heard to the end (or nearly).
    pub play_count: u32,
    /// How often it was skipped early.
    pub skip_count: u32,
    /// When it was last heard, seconds since 1970.
    pub last_played_unix_secs: Option<i64>,
    /// Stars, 1…5: those that the listener gave here, or else those in the file's tags; 0
    /// when none.
    pub rating: u8,
    /// What was computed from the sound; `None` until it has been analyzed.
    pub analysis: Option<Arc<Analysis>>,
    /// What the audio model heard; `None` until it has, and without one.
    pub audio: Option<Arc<AudioReading>>,
    /// What was read from the lyrics; `None` without lyrics, and until they have been read.
    pub lyric_mood: Option<Arc<LyricMood>>,
    /// How loud the whole track is; `None` until it was heard from end to end.
    pub loudness: Option<Loudness>,
}

impl Track {
    /// The most stars a track can have.
    pub const MOST_STARS: u8 = 5;

    /// The title to show: the tag, or the file's name without its extension.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.tags.title.is_empty() {
            self.path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or("?")
        } else {
            &self.tags.title
        }
    }

    /// The mood of its sound: as the audio model and the rule read it together, or the rule
    /// alone; `None` until it has been analyzed.
    #[must_use]
    pub fn sound_mood(&self) -> Option<&MoodVector> {
        let by_rule = self.analysis.as_deref().map(|analysis| &analysis.mood);
        let by_model = self.audio.as_deref().map(|audio| &audio.mood);
        by_rule.and(by_model.or(by_rule))
    }

    /// The artist to show; the album artist when the track names none; may be empty.
    #[must_use]
    pub fn artist(&self) -> &str {
        if self.tags.artist.is_empty() {
            &self.tags.album_artist
        } else {
            &self.tags.artist
        }
    }

    /// "Artist - Title", or the title alone.
    #[must_use]
    pub fn full_title(&self) -> String {
        if self.artist().is_empty() {
            self.title().to_owned()
        } else {
            format!("{} - {}", self.artist(), self.title())
        }
    }

    /// The artist the track is filed under; the artist when no album artist is named.
    #[must_use]
    pub fn album_artist(&self) -> &str {
        if self.tags.album_artist.is_empty() {
            &self.tags.artist
        } else {
            &self.tags.album_artist
        }
    }
}
