//! The model's rows in and out of SQL.

use super::model::{Dirty, Model, Row};
use super::{audio_readings, feedback, history, lyric_moods, playlists, whole};
use crate::library::{
    Analysis, ContentId, FileStamp, Folder, Lyrics, LyricsKind, ScanFailure, Track, TrackId,
};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads everything but lyrics and history, which are read when asked for.
pub fn load(connection: &Connection) -> rusqlite::Result<Model> {
    let mut statement = connection.prepare(
        "SELECT id, path, size_bytes, mtime_unix_ns, beside, content, tags, duration_secs, codec,
                has_cover, lyrics, missing, removed, added, play_count, skip_count, last_played,
                problem_version, problem, analyses.version, features, mood, tracks.lyrics_hash,
                lyric_moods.version, lyric_moods.lyrics_hash, language, lines,
                whole_tracks.version, lufs, true_peak, rating, audio_readings.version, reading,
                rated
         FROM tracks
         LEFT JOIN analyses ON analyses.track = tracks.id
         LEFT JOIN audio_readings ON audio_readings.track = tracks.id
         LEFT JOIN lyric_moods ON lyric_moods.track = tracks.id
         LEFT JOIN whole_tracks ON whole_tracks.track = tracks.id",
    )?;
    let rows = statement
        .query_map([], read_row)?
        .collect::<rusqlite::Result<Vec<Row>>>()?;
    let mut statement = connection.prepare("SELECT path, reachable FROM folders ORDER BY path")?;
    let folders = statement
        .query_map([], |row| {
            Ok(Folder {
                path: path_of(row.get(0)?),
                reachable: row.get(1)?,
            })
        })?
        .collect::<rusqlite::Result<Vec<Folder>>>()?;
    let mut statement = connection.prepare(
        "SELECT path, reason, unsupported, size_bytes, mtime_unix_ns, beside FROM problems",
    )?;
    let problems = statement
        .query_map([], |row| {
            let size: Option<i64> = row.get(3)?;
            let stamp = |size: i64| -> rusqlite::Result<FileStamp> {
                Ok(FileStamp {
                    size_bytes: size as u64,
                    mtime_unix_ns: row.get(4)?,
                    beside: row.get(5)?,
                })
            };
            Ok(ScanFailure {
                path: path_of(row.get(0)?),
                reason: row.get(1)?,
                unsupported: row.get(2)?,
                stamp: size.map(stamp).transpose()?,
            })
        })?
        .collect::<rusqlite::Result<Vec<ScanFailure>>>()?;
    let mut model = Model::new(rows, folders, problems);
    model.take_playlists(playlists::load(connection)?);
    Ok(model)
}

fn read_row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let content: Vec<u8> = row.get(5)?;
    let mut id = [0; 16];
    let len = content.len().min(16);
    id[..len].copy_from_slice(&content[..len]);
    let features_version = version(row.get(19)?);
    // An analysis that cannot be read any more is made again.
    let analysis = match (json(row.get(20)?), json(row.get(21)?)) {
        (Some(features), Some(mood)) => Some(Arc::new(Analysis { features, mood })),
        _ => None,
    };
    let problem_version = version(row.get(17)?);
    let problem: Option<String> = row.get(18)?;
    let lyrics: String = row.get(10)?;
    let (lyric_source, lyric_mood) = lyric_moods::of_sql(row, 23)?.unzip();
    let (audio_version, audio) = audio_readings::of_sql(row, 31)?.unzip();
    let (whole_version, loudness) = whole::of_sql(row, 27)?.unzip();
    Ok(Row {
        features_version: features_version.filter(|_| analysis.is_some()),
        track: Arc::new(Track {
            id: TrackId(row.get(0)?),
            path: path_of(row.get(1)?),
            tags: json(row.get(6)?).unwrap_or_default(),
            duration_secs: row.get(7)?,
            codec: row.get(8)?,
            has_cover: row.get(9)?,
            lyrics: lyrics_kind(&lyrics),
            missing: row.get(11)?,
            added_unix_secs: row.get(13)?,
            play_count: count(row.get(14)?),
            skip_count: count(row.get(15)?),
            last_played_unix_secs: row.get(16)?,
            rating: row.get::<_, i64>(30)?.clamp(0, Track::MOST_STARS.into()) as u8,
            analysis,
            audio,
            lyric_mood,
            loudness,
        }),
        stamp: FileStamp {
            size_bytes: row.get::<_, i64>(2)? as u64,
            mtime_unix_ns: row.get(3)?,
            beside: row.get(4)?,
        },
        content: ContentId(id),
        rated: row.get(33)?,
        removed: row.get(12)?,
        analysis_problem: problem_version.zip(problem),
        doubtful: false,
        lyrics_hash: row.get(22)?,
        audio_version,
        lyric_source,
        whole_version,
    })
}

/// A number that other hands have written may be anything.
fn count(number: i64) -> u32 {
    number.clamp(0, u32::MAX.into()) as u32
}

/// No version of ours is out of range.
fn version(number: Option<i64>) -> Option<u32> {
    u32::try_from(number?).ok()
}

/// Writes all that differs, in one transaction. Repeating it is harmless until it succeeds.
pub fn write(connection: &mut Connection, model: &Model, dirty: &Dirty) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for (folded, into) in &dirty.folded {
        let ids = params![folded.0, into.0];
        transaction
            .prepare_cached("DELETE FROM lyrics WHERE track = ?1")?
            .execute([into.0])?;
        for table in ["lyrics", "history", "feedback"] {
            transaction
                .prepare_cached(&format!("UPDATE {table} SET track = ?2 WHERE track = ?1"))?
                .execute(ids)?;
        }
        transaction
            .prepare_cached("DELETE FROM tracks WHERE id = ?1")?
            .execute([folded.0])?;
    }
    for id in &dirty.tracks {
        write_track(&transaction, model, *id)?;
    }
    for id in &dirty.analyses {
        write_analysis(&transaction, model, *id)?;
    }
    for id in &dirty.audio_readings {
        audio_readings::write(&transaction, model, *id)?;
    }
    for (id, lyrics) in &dirty.lyrics {
        match lyrics {
            Some(lyrics) => transaction
                .prepare_cached(
                    "INSERT INTO lyrics (track, lines) VALUES (?1, ?2)
                     ON CONFLICT (track) DO UPDATE SET lines = excluded.lines",
                )?
                .execute(params![id.0, to_json(lyrics)])?,
            None => transaction
                .prepare_cached("DELETE FROM lyrics WHERE track = ?1")?
                .execute([id.0])?,
        };
    }
    for id in &dirty.lyric_moods {
        lyric_moods::write(&transaction, model, *id)?;
    }
    for (id, whole) in &dirty.whole {
        whole::write(&transaction, model, *id, whole.as_deref())?;
    }
    for path in &dirty.problems {
        write_problem(&transaction, model, path)?;
    }
    history::write(&transaction, &dirty.plays)?;
    if dirty.feedback_cleared {
        transaction.execute("DELETE FROM feedback", [])?;
    }
    feedback::write(&transaction, &dirty.feedback)?;
    playlists::write(&transaction, model, dirty)?;
    if dirty.folders {
        transaction.execute("DELETE FROM folders", [])?;
        let mut statement =
            transaction.prepare_cached("INSERT INTO folders (path, reachable) VALUES (?1, ?2)")?;
        for folder in model.folders() {
            statement.execute(params![path_bytes(&folder.path), folder.reachable])?;
        }
    }
    transaction.commit()
}

fn write_track(connection: &Connection, model: &Model, id: TrackId) -> rusqlite::Result<()> {
    let Some(row) = model.row(id) else {
        return Ok(());
    };
    let track = &row.track;
    let (problem_version, problem) = row.analysis_problem.clone().unzip();
    connection
        .prepare_cached(
            "INSERT INTO tracks (id, path, size_bytes, mtime_unix_ns, beside, content, tags,
                    duration_secs, codec, has_cover, lyrics, missing, removed, added, play_count,
                    skip_count, last_played, problem_version, problem, lyrics_hash, rating,
                    rated)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                    ?18, ?19, ?20, ?21, ?22)
             ON CONFLICT (id) DO UPDATE SET path = ?2, size_bytes = ?3, mtime_unix_ns = ?4,
                    beside = ?5, content = ?6, tags = ?7, duration_secs = ?8, codec = ?9,
                    has_cover = ?10, lyrics = ?11, missing = ?12, removed = ?13, added = ?14,
                    play_count = ?15, skip_count = ?16, last_played = ?17,
                    problem_version = ?18, problem = ?19, lyrics_hash = ?20, rating = ?21,
                    rated = ?22",
        )?
        .execute(params![
            id.0,
            path_bytes(&track.path),
            row.stamp.size_bytes as i64,
            row.stamp.mtime_unix_ns,
            row.stamp.beside,
            row.content.0,
            to_json(&track.tags),
            track.duration_secs,
            track.codec,
            track.has_cover,
            lyrics_key(track.lyrics),
            track.missing,
            row.removed,
            track.added_unix_secs,
            track.play_count,
            track.skip_count,
            track.last_played_unix_secs,
            problem_version,
            problem,
            row.lyrics_hash,
            track.rating,
            row.rated,
        ])?;
    Ok(())
}

fn write_analysis(connection: &Connection, model: &Model, id: TrackId) -> rusqlite::Result<()> {
    let row = model.row(id);
    let known = row.and_then(|row| Some((row.features_version?, row.track.analysis.as_ref()?)));
    match known {
        Some((version, analysis)) => connection
            .prepare_cached(
                "INSERT INTO analyses (track, version, features, mood) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (track) DO UPDATE SET version = ?2, features = ?3, mood = ?4",
            )?
            .execute(params![
                id.0,
                version,
                to_json(&analysis.features),
                to_json(&analysis.mood)
            ])?,
        None => connection
            .prepare_cached("DELETE FROM analyses WHERE track = ?1")?
            .execute([id.0])?,
    };
    Ok(())
}

fn write_problem(connection: &Connection, model: &Model, path: &Path) -> rusqlite::Result<()> {
    let bytes = path_bytes(path);
    match model.failure(path) {
        Some(failure) => connection
            .prepare_cached(
                "INSERT OR REPLACE INTO problems
                        (path, reason, unsupported, size_bytes, mtime_unix_ns, beside)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                bytes,
                failure.reason,
                failure.unsupported,
                failure.stamp.map(|stamp| stamp.size_bytes as i64),
                failure.stamp.map(|stamp| stamp.mtime_unix_ns),
                failure.stamp.map(|stamp| stamp.beside),
            ])?,
        None => connection
            .prepare_cached("DELETE FROM problems WHERE path = ?1")?
            .execute([bytes])?,
    };
    Ok(())
}

/// The lyrics of a track, as written.
pub fn read_lyrics(connection: &Connection, id: TrackId) -> rusqlite::Result<Option<Lyrics>> {
    let lines: Option<String> = connection
        .prepare_cached("SELECT lines FROM lyrics WHERE track = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    Ok(json(lines))
}

pub(super) fn json<T: DeserializeOwned>(text: Option<String>) -> Option<T> {
    serde_json::from_str(&text?).ok()
}

/// Numbers, strings and lists of them always have a JSON form.
pub(super) fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn lyrics_key(kind: LyricsKind) -> &'static str {
    match kind {
        LyricsKind::None => "none",
        LyricsKind::Plain => "plain",
        LyricsKind::Synced => "synced",
    }
}

fn lyrics_kind(key: &str) -> LyricsKind {
    match key {
        "plain" => LyricsKind::Plain,
        "synced" => LyricsKind::Synced,
        _ => LyricsKind::None,
    }
}

/// A path as it is, whatever its encoding.
#[cfg(unix)]
pub(super) fn path_bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
pub(super) fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(OsString::from_vec(bytes))
}

/// A path as it is, in UTF-16 units that need not be valid.
#[cfg(windows)]
pub(super) fn path_bytes(path: &Path) -> Vec<u8> {
    use std::os::windows::ffi::OsStrExt;
    path.as_os_str()
        .encode_wide()
        .flat_map(u16::to_le_bytes)
        .collect()
}

#[cfg(windows)]
#[expect(clippy::needless_pass_by_value, reason = "on Unix it is the path")]
pub(super) fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::windows::ffi::OsStringExt;
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    PathBuf::from(OsString::from_wide(&units))
}
