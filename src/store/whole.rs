//! What reading whole tracks told, in the model and in SQL. Memory holds only how loud each
//! is; the rest is read when asked for.

use super::model::{Model, Row};
use crate::library::{ContentId, EmotionArc, Loudness, TrackId, Waveform, WholeTrack};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// A track that waits to be read from end to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingWhole {
    /// Which.
    pub track: TrackId,
    /// Its file.
    pub path: PathBuf,
    /// The audio that is to be read; a result for other audio is dropped.
    pub content: ContentId,
}

impl Model {
    /// Analyzed tracks, or this one, that were not read from end to end by this version;
    /// equal audio once.
    pub fn pending_whole(&self, only: Option<TrackId>, version: &str) -> Vec<PendingWhole> {
        let of = |row: &Row| {
            let waits = row.track.analysis.is_some()
                && !row.removed
                && !row.track.missing
                && row.whole_version.as_deref() != Some(version);
            waits.then(|| PendingWhole {
                track: row.track.id,
                path: row.track.path.clone(),
                content: row.content,
            })
        };
        if let Some(id) = only {
            return self.rows.get(&id).and_then(of).into_iter().collect();
        }
        let mut asked = BTreeSet::new();
        let waiting = self.rows.values().filter_map(of);
        waiting.filter(|each| asked.insert(each.content)).collect()
    }

    /// Keeps what was read for all tracks of this audio.
    pub fn save_whole(&mut self, content: ContentId, version: &Arc<str>, whole: &Arc<WholeTrack>) {
        for id in self.by_content.get(&content).into_iter().flatten() {
            if let Some(row) = self.rows.get_mut(id) {
                Arc::make_mut(&mut row.track).loudness = Some(whole.loudness);
                row.whole_version = Some(Arc::clone(version));
                self.dirty.whole.insert(*id, Some(Arc::clone(whole)));
                self.stale.library = true;
            }
        }
    }
}

/// Reads version and loudness from the columns at `first`.
pub(super) fn of_sql(
    row: &SqlRow<'_>,
    first: usize,
) -> rusqlite::Result<Option<(Arc<str>, Loudness)>> {
    let Some(version) = row.get::<_, Option<Arc<str>>>(first)? else {
        return Ok(None);
    };
    let loudness = Loudness {
        lufs: row.get(first + 1)?,
        true_peak_dbtp: row.get(first + 2)?,
    };
    Ok(Some((version, loudness)))
}

/// Writes or deletes what was read from a whole track.
pub(super) fn write(
    connection: &Connection,
    model: &Model,
    id: TrackId,
    whole: Option<&WholeTrack>,
) -> rusqlite::Result<()> {
    let version = model.row(id).and_then(|row| row.whole_version.as_ref());
    match version.zip(whole) {
        Some((version, whole)) => connection
            .prepare_cached(
                "INSERT INTO whole_tracks (track, version, lufs, true_peak, waveform, arc)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (track) DO UPDATE SET version = ?2, lufs = ?3, true_peak = ?4,
                        waveform = ?5, arc = ?6",
            )?
            .execute(params![
                id.0,
                version,
                whole.loudness.lufs,
                whole.loudness.true_peak_dbtp,
                whole.waveform.to_bytes(),
                whole.arc.to_bytes(),
            ])?,
        None => connection
            .prepare_cached("DELETE FROM whole_tracks WHERE track = ?1")?
            .execute([id.0])?,
    };
    Ok(())
}

/// What was read from a whole track, as written.
pub(super) fn read(connection: &Connection, id: TrackId) -> rusqlite::Result<Option<WholeTrack>> {
    let read = connection
        .prepare_cached("SELECT lufs, true_peak, waveform, arc FROM whole_tracks WHERE track = ?1")?
        .query_row([id.0], |row| {
            let waveform: Vec<u8> = row.get(2)?;
            let arc: Vec<u8> = row.get(3)?;
            let loudness = Loudness {
                lufs: row.get(0)?,
                true_peak_dbtp: row.get(1)?,
            };
            Ok(Waveform::from_bytes(&waveform).map(|waveform| WholeTrack {
                loudness,
                waveform,
                arc: EmotionArc::from_bytes(&arc),
            }))
        })
        .optional()?;
    Ok(read.flatten())
}
