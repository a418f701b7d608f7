//! The listener's reactions in the model and in SQL. Each is kept as it happened; what is
//! learned from them is worked out anew.

use super::model::Model;
use crate::library::TrackId;
use crate::recommend::{Feedback, Reaction};
use rusqlite::{Connection, params};

impl Model {
    /// Keeps a reaction to a track that is known here.
    pub fn record_feedback(&mut self, feedback: Feedback) {
        if self.rows.contains_key(&feedback.track) {
            self.dirty.feedback.push(feedback);
        }
    }

    /// Forgets all reactions.
    pub fn clear_feedback(&mut self) {
        self.dirty.feedback.clear();
        self.dirty.feedback_cleared = true;
    }
}

/// Adds reactions.
pub(super) fn write(connection: &Connection, feedback: &[Feedback]) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO feedback (track, at, reaction, setting) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for each in feedback {
        let setting = each
            .setting
            .and_then(|setting| serde_json::to_string(&setting).ok());
        statement.execute(params![
            each.track.0,
            each.at_unix_secs,
            each.reaction.key(),
            setting
        ])?;
    }
    Ok(())
}

/// What was learned from plays is kept without when it was learned and for which feeling:
/// reactions by listening from `first` to `last`, seconds since 1970.
pub(super) fn forget_when(connection: &Connection, first: i64, last: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "UPDATE feedback SET at = 0, setting = NULL
         WHERE reaction = ?1 AND at BETWEEN ?2 AND ?3",
    )?;
    for reaction in [
        Reaction::Finished,
        Reaction::Replayed,
        Reaction::Skipped,
        Reaction::SkipTaken,
    ] {
        statement.execute(params![reaction.key(), first, last])?;
    }
    Ok(())
}

/// All reactions as written, oldest first. Those of a kind that is not known here are
/// passed over.
pub(super) fn read(connection: &Connection) -> rusqlite::Result<Vec<Feedback>> {
    let mut statement = connection
        .prepare_cached("SELECT track, at, reaction, setting FROM feedback ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        let reaction: String = row.get(2)?;
        let setting: Option<String> = row.get(3)?;
        let (track, at_unix_secs) = (TrackId(row.get(0)?), row.get(1)?);
        Ok(Reaction::from_key(&reaction).map(|reaction| Feedback {
            track,
            reaction,
            at_unix_secs,
            setting: setting.and_then(|setting| serde_json::from_str(&setting).ok()),
        }))
    })?;
    rows.filter_map(Result::transpose).collect()
}
