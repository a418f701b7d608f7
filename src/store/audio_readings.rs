//! What the audio model heard, in the model and in SQL. It is kept apart from the features:
//! each is made anew without the other.

use super::model::Model;
use crate::library::{AudioReading, ContentId, TrackId};
use rusqlite::{Connection, Row as SqlRow, params};
use std::sync::Arc;

impl Model {
    /// Keeps a reading for all tracks of this audio.
    pub fn save_audio_reading(
        &mut self,
        content: ContentId,
        version: &Arc<str>,
        reading: AudioReading,
    ) {
        let reading = Arc::new(reading);
        for id in self.by_content.get(&content).into_iter().flatten() {
            if let Some(row) = self.rows.get_mut(id) {
                Arc::make_mut(&mut row.track).audio = Some(Arc::clone(&reading));
                row.audio_version = Some(Arc::clone(version));
                self.dirty.audio_readings.insert(*id);
                self.stale.library = true;
            }
        }
    }
}

/// Reads version and reading from the columns at `first`. A reading that this version
/// cannot understand is made again.
pub(super) fn of_sql(
    row: &SqlRow<'_>,
    first: usize,
) -> rusqlite::Result<Option<(Arc<str>, Arc<AudioReading>)>> {
    let Some(version) = row.get::<_, Option<Arc<str>>>(first)? else {
        return Ok(None);
    };
    let bytes: Vec<u8> = row.get(first + 1)?;
    Ok(AudioReading::from_bytes(&bytes).map(|reading| (version, Arc::new(reading))))
}

/// Writes or deletes the reading of a track.
pub(super) fn write(connection: &Connection, model: &Model, id: TrackId) -> rusqlite::Result<()> {
    let row = model.row(id);
    match row.and_then(|row| Some((row.audio_version.as_ref()?, row.track.audio.as_ref()?))) {
        Some((version, reading)) => connection
            .prepare_cached(
                "INSERT INTO audio_readings (track, version, reading) VALUES (?1, ?2, ?3)
                 ON CONFLICT (track) DO UPDATE SET version = ?2, reading = ?3",
            )?
            .execute(params![id.0, version, reading.to_bytes()])?,
        None => connection
            .prepare_cached("DELETE FROM audio_readings WHERE track = ?1")?
            .execute([id.0])?,
    };
    Ok(())
}
