//! The saved queue in SQL. Its place is written every few seconds while music plays, the
//! tracks only when they change.

use super::rows::{path_bytes, path_of};
use crate::library::{Library, Repeat, SavedQueue, Tags, Track, TrackId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;

/// What is kept of a track that is not the library's: enough to show and play it.
#[derive(Serialize, Deserialize)]
struct Outside {
    tags: Tags,
    duration_secs: f32,
    codec: String,
    has_cover: bool,
}

/// One place of a queue as written.
type Place = (TrackId, PathBuf, u32);

/// A queue on its way to the file.
#[derive(Default)]
pub(super) struct QueueWriter {
    unwritten: Option<SavedQueue>,
    /// The places as last written by this process.
    written: Option<Vec<Place>>,
}

impl QueueWriter {
    /// To be written next.
    pub(super) fn save(&mut self, queue: SavedQueue) {
        self.unwritten = Some(queue);
    }

    pub(super) fn has_work(&self) -> bool {
        self.unwritten.is_some()
    }

    /// Writes what was saved last. It stays to be written if that fails.
    pub(super) fn write(&mut self, connection: &mut Connection) -> rusqlite::Result<()> {
        let Some(queue) = &self.unwritten else {
            return Ok(());
        };
        // Everything else may lose its last moments in a power cut; where the listener was
        // should not.
        connection.pragma_update(None, "synchronous", "FULL")?;
        let places = places(queue);
        let same = self.written.as_ref() == Some(&places);
        let written = write(connection, queue, !same);
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        written?;
        self.written = Some(places);
        self.unwritten = None;
        Ok(())
    }
}

fn places(queue: &SavedQueue) -> Vec<Place> {
    let ranks = queue
        .ranks
        .iter()
        .copied()
        .chain(std::iter::repeat(u32::MAX));
    let places = queue.tracks.iter().zip(ranks);
    places
        .map(|(track, rank)| (track.id, track.path.clone(), rank))
        .collect()
}

fn write(connection: &mut Connection, queue: &SavedQueue, tracks: bool) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    if tracks {
        transaction.execute("DELETE FROM queue", [])?;
        let mut insert = transaction.prepare_cached(
            "INSERT INTO queue (place, track, path, rank, outside) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for ((place, track), (_, _, rank)) in (0_i64..).zip(queue.tracks.iter()).zip(places(queue))
        {
            // Ids below zero are not the library's.
            let known = (track.id.0 >= 0).then_some(track.id.0);
            let outside = match known {
                Some(_) => None,
                None => serde_json::to_string(&Outside {
                    tags: track.tags.clone(),
                    duration_secs: track.duration_secs,
                    codec: track.codec.clone(),
                    has_cover: track.has_cover,
                })
                .ok(),
            };
            insert.execute(params![
                place,
                known,
                path_bytes(&track.path),
                rank,
                outside
            ])?;
        }
    }
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO queue_state (id, current, position_secs, shuffled, repeat)
             VALUES (1, ?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            queue.current.map(|index| index as i64),
            queue.position_secs,
            queue.shuffled,
            key(queue.repeat)
        ])?;
    transaction.commit()
}

/// The queue as last saved, with the tracks as `library` knows them now; `None` when none
/// was ever saved.
pub(super) fn read(
    connection: &Connection,
    library: &Library,
) -> rusqlite::Result<Option<SavedQueue>> {
    let state = connection
        .prepare_cached("SELECT current, position_secs, shuffled, repeat FROM queue_state")?
        .query_row([], |row| {
            let current: Option<i64> = row.get(0)?;
            let repeat: String = row.get(3)?;
            Ok(SavedQueue {
                current: current.and_then(|index| usize::try_from(index).ok()),
                position_secs: row.get(1)?,
                shuffled: row.get(2)?,
                repeat: repeat_of(&repeat),
                ..SavedQueue::default()
            })
        })
        .optional()?;
    let Some(mut queue) = state else {
        return Ok(None);
    };
    let mut statement = connection
        .prepare_cached("SELECT place, track, path, rank, outside FROM queue ORDER BY place")?;
    let places = statement
        .query_map([], |row| {
            let known: Option<i64> = row.get(1)?;
            let path = path_of(row.get(2)?);
            let outside: Option<String> = row.get(4)?;
            let track = known
                .and_then(|id| library.get(TrackId(id)))
                .cloned()
                .unwrap_or_else(|| outside_track(row.get(0).unwrap_or(0), path, outside));
            Ok((track, row.get::<_, u32>(3)?))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let (tracks, ranks): (Vec<Arc<Track>>, Vec<u32>) = places.into_iter().unzip();
    queue.tracks = tracks.into();
    queue.ranks = ranks.into();
    Ok(Some(queue))
}

fn outside_track(place: i64, path: PathBuf, outside: Option<String>) -> Arc<Track> {
    let outside: Option<Outside> = outside.and_then(|text| serde_json::from_str(&text).ok());
    let outside = outside.unwrap_or(Outside {
        tags: Tags::default(),
        duration_secs: 0.0,
        codec: String::new(),
        has_cover: false,
    });
    Arc::new(Track {
        id: TrackId(-1 - place),
        path,
        tags: outside.tags,
        duration_secs: outside.duration_secs,
        codec: outside.codec,
        has_cover: outside.has_cover,
        ..Track::default()
    })
}

fn key(repeat: Repeat) -> &'static str {
    match repeat {
        Repeat::Off => "off",
        Repeat::All => "all",
        Repeat::One => "one",
    }
}

fn repeat_of(key: &str) -> Repeat {
    match key {
        "all" => Repeat::All,
        "one" => Repeat::One,
        _ => Repeat::Off,
    }
}
