//! The moods of lyrics in the model and in SQL. They are kept apart from the analyses: each
//! is made anew without the other.

use super::model::{LyricSource, Model};
use crate::language::Language;
use crate::library::{LineMood, LyricMood, LyricsKind, TrackId};
use rusqlite::{Connection, Row as SqlRow, params};
use std::sync::Arc;

/// A track whose lyrics wait to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingLyrics {
    /// Which.
    pub track: TrackId,
    /// Tells its lyrics from others.
    pub lyrics_hash: i64,
}

impl Model {
    /// Tracks whose lyrics were not read by this version, or have changed since.
    pub fn pending_lyrics(&self, version: &str) -> Vec<PendingLyrics> {
        self.rows
            .values()
            .filter(|row| {
                let is_read = row.lyric_source.as_ref().is_some_and(|source| {
                    *source.version == *version && source.lyrics_hash == row.lyrics_hash
                });
                row.track.lyrics != LyricsKind::None
                    && !row.removed
                    && !row.track.missing
                    && !is_read
            })
            .map(|row| PendingLyrics {
                track: row.track.id,
                lyrics_hash: row.lyrics_hash,
            })
            .collect()
    }

    /// Keeps what was read from a track's lyrics, unless they are others by now.
    pub fn save_lyric_mood(&mut self, of: PendingLyrics, version: Arc<str>, mood: LyricMood) {
        let Some(row) = self.rows.get_mut(&of.track) else {
            return;
        };
        if row.track.lyrics == LyricsKind::None || row.lyrics_hash != of.lyrics_hash {
            return;
        }
        Arc::make_mut(&mut row.track).lyric_mood = Some(Arc::new(mood));
        row.lyric_source = Some(LyricSource {
            version,
            lyrics_hash: of.lyrics_hash,
        });
        self.dirty.lyric_moods.insert(of.track);
        self.stale.library = true;
    }
}

/// Reads version, hash, language and lines from the columns at `first`.
pub(super) fn of_sql(
    row: &SqlRow<'_>,
    first: usize,
) -> rusqlite::Result<Option<(LyricSource, Arc<LyricMood>)>> {
    let Some(version) = row.get::<_, Option<Arc<str>>>(first)? else {
        return Ok(None);
    };
    let language: Option<String> = row.get(first + 2)?;
    let bytes: Vec<u8> = row.get(first + 3)?;
    let (lines, _) = bytes.as_chunks::<{ LineMood::BYTES }>();
    let lines = lines.iter().copied().map(LineMood::from_bytes).collect();
    let source = LyricSource {
        version,
        lyrics_hash: row.get(first + 1)?,
    };
    let mood = LyricMood::new(lines, language.as_deref().and_then(language_of));
    Ok(Some((source, Arc::new(mood))))
}

/// Writes or deletes the lyric mood of a track.
pub(super) fn write(connection: &Connection, model: &Model, id: TrackId) -> rusqlite::Result<()> {
    let row = model.row(id);
    let known = row.and_then(|row| Some((row.lyric_source.as_ref()?, &row.track)));
    match known.and_then(|(source, track)| Some((source, track.lyric_mood.as_ref()?))) {
        Some((source, mood)) => connection
            .prepare_cached(
                "INSERT INTO lyric_moods (track, version, lyrics_hash, language, lines)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (track) DO UPDATE SET version = ?2, lyrics_hash = ?3,
                        language = ?4, lines = ?5",
            )?
            .execute(params![
                id.0,
                source.version,
                source.lyrics_hash,
                mood.language.map(language_key),
                mood.lines
                    .iter()
                    .flat_map(|line| line.to_bytes())
                    .collect::<Vec<u8>>(),
            ])?,
        None => connection
            .prepare_cached("DELETE FROM lyric_moods WHERE track = ?1")?
            .execute([id.0])?,
    };
    Ok(())
}

fn language_key(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Korean => "ko",
    }
}

fn language_of(key: &str) -> Option<Language> {
    match key {
        "en" => Some(Language::English),
        "ko" => Some(Language::Korean),
        _ => None,
    }
}
