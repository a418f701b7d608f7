//! What was heard, with what led to it, in the model and in SQL.

use super::feedback;
use super::model::Model;
use super::rows::{json, to_json};
use crate::library::{Heard, Play, Sitting, TrackId};
use rusqlite::{Connection, params};
use std::collections::HashMap;
use std::sync::Arc;

impl Model {
    /// Counts a play.
    pub fn record_play(&mut self, heard: Heard) {
        let Play {
            track,
            finished,
            at_unix_secs,
            ..
        } = heard.play;
        let Some(row) = self.rows.get_mut(&track) else {
            return;
        };
        let known = Arc::make_mut(&mut row.track);
        if finished {
            known.play_count += 1;
            known.last_played_unix_secs = Some(at_unix_secs);
        } else {
            known.skip_count += 1;
        }
        self.dirty.tracks.insert(track);
        self.dirty.plays.push(heard);
        self.stale.library = true;
    }

    /// Takes in when tracks were heard last, as far as that is still kept.
    pub fn last_heard(&mut self, tracks: &[(TrackId, Option<i64>)]) {
        for (id, at) in tracks {
            if let Some(row) = self.rows.get_mut(id) {
                Arc::make_mut(&mut row.track).last_played_unix_secs = *at;
                self.stale.library = true;
            }
        }
    }
}

/// Adds plays.
pub(super) fn write(connection: &Connection, plays: &[Heard]) -> rusqlite::Result<()> {
    for Heard { play, sitting } in plays {
        if let Some(sitting) = sitting {
            connection
                .prepare_cached("INSERT OR IGNORE INTO sittings (id, occasion) VALUES (?1, ?2)")?
                .execute(params![sitting.began_unix_us, to_json(&sitting.occasion)])?;
        }
        connection
            .prepare_cached(
                "INSERT INTO history (track, at, played_secs, finished, sitting)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                play.track.0,
                play.at_unix_secs,
                play.played_secs,
                play.finished,
                sitting.as_ref().map(|sitting| sitting.began_unix_us)
            ])?;
    }
    Ok(())
}

/// The last plays, newest first, as written.
pub(super) fn read(connection: &Connection, limit: usize) -> rusqlite::Result<Vec<Heard>> {
    let mut sittings: HashMap<i64, Arc<Sitting>> = HashMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT track, at, played_secs, finished, sitting, occasion FROM history
         LEFT JOIN sittings ON sittings.id = history.sitting
         ORDER BY at DESC, history.id DESC LIMIT ?1",
    )?;
    let rows = statement.query_map([limit as i64], |row| {
        let began: Option<i64> = row.get(4)?;
        let occasion: Option<String> = row.get(5)?;
        let sitting = began.map(|began_unix_us| {
            let known = sittings.entry(began_unix_us).or_insert_with(|| {
                Arc::new(Sitting {
                    began_unix_us,
                    occasion: json(occasion).unwrap_or_default(),
                })
            });
            Arc::clone(known)
        });
        Ok(Heard {
            play: Play {
                track: TrackId(row.get(0)?),
                at_unix_secs: row.get(1)?,
                played_secs: row.get(2)?,
                finished: row.get(3)?,
            },
            sitting,
        })
    })?;
    rows.collect()
}

/// Erases the plays that began from `first` to `last`, seconds since 1970, and what led to
/// nothing else; overwritten, not only unlinked. What was learned from them does not tell any
/// more when that was and what for. Tells of the tracks that were heard last in this span when
/// they were heard last before or after it.
pub(super) fn erase(
    connection: &mut Connection,
    first: i64,
    last: i64,
) -> rusqlite::Result<Vec<(TrackId, Option<i64>)>> {
    connection.pragma_update(None, "secure_delete", true)?;
    let transaction = connection.transaction()?;
    // What a play teaches is written when it ends.
    let ended: Option<i64> = transaction.query_row(
        "SELECT max(at + CAST(played_secs AS INTEGER)) FROM history WHERE at BETWEEN ?1 AND ?2",
        params![first, last],
        |row| row.get(0),
    )?;
    feedback::forget_when(&transaction, first, ended.map_or(last, |at| at.max(last)))?;
    transaction.execute(
        "DELETE FROM history WHERE at BETWEEN ?1 AND ?2",
        params![first, last],
    )?;
    let left = last_heard(&transaction, first, last)?;
    transaction.execute(
        "DELETE FROM sittings
         WHERE id NOT IN (SELECT sitting FROM history WHERE sitting IS NOT NULL)",
        [],
    )?;
    transaction.commit()?;
    // What the log still holds goes with it.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(left)
}

/// Works out anew when those tracks were heard last of which it is told that it was in this
/// span.
fn last_heard(
    connection: &Connection,
    first: i64,
    last: i64,
) -> rusqlite::Result<Vec<(TrackId, Option<i64>)>> {
    let kept: HashMap<i64, i64> = connection
        .prepare("SELECT track, max(at) FROM history WHERE finished GROUP BY track")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let tracks: Vec<i64> = connection
        .prepare("SELECT id FROM tracks WHERE last_played BETWEEN ?1 AND ?2")?
        .query_map(params![first, last], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut update = connection.prepare("UPDATE tracks SET last_played = ?2 WHERE id = ?1")?;
    let mut told = Vec::with_capacity(tracks.len());
    for id in tracks {
        let at = kept.get(&id).copied();
        update.execute(params![id, at])?;
        told.push((TrackId(id), at));
    }
    Ok(told)
}
