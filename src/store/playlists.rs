//! Playlists in the model and in SQL. A changed playlist is written whole: even the longest
//! is a few thousand small rows.

use super::model::{Dirty, Model};
use crate::library::{
    Builtin, Changed, M3uEntry, Playlist, PlaylistChange, PlaylistContent, PlaylistEntry,
    PlaylistId, Playlists, SmartRules, TrackId,
};
use rusqlite::{Connection, params};
use std::sync::Arc;

impl Model {
    /// Does it; the id of the playlist that was changed or made.
    pub fn change_playlists(&mut self, change: PlaylistChange) -> Option<PlaylistId> {
        let new_id = PlaylistId(self.last_playlist + 1);
        let changed = self.playlists.apply(change, new_id);
        let id = match changed {
            Changed::Nothing => return None,
            Changed::One(id) => {
                self.last_playlist = self.last_playlist.max(id.0);
                Some(id)
            }
            Changed::Gone(id) => Some(id),
            Changed::Order => None,
        };
        self.dirty.playlists.extend(id);
        self.dirty.playlist_order = true;
        self.stale.playlists = true;
        id
    }

    /// One track turned out to be another.
    pub(super) fn fold_in_playlists(&mut self, folded: TrackId, into: TrackId) {
        let changed = self.playlists.fold(folded, into);
        self.stale.playlists |= !changed.is_empty();
        self.dirty.playlists.extend(changed);
    }

    pub(super) fn take_playlists(&mut self, playlists: Playlists) {
        let ids = playlists.0.iter().map(|playlist| playlist.id.0);
        self.last_playlist = ids.max().unwrap_or(0);
        self.playlists = playlists;
    }
}

/// Reads all playlists, in their order.
pub(super) fn load(connection: &Connection) -> rusqlite::Result<Playlists> {
    let mut statement = connection.prepare(
        "SELECT id, name, builtin, cover, smart, rules FROM playlists ORDER BY place, id",
    )?;
    let mut entries = connection.prepare(
        "SELECT track, unmatched FROM playlist_entries WHERE playlist = ?1 ORDER BY place",
    )?;
    let mut playlists = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let builtin: Option<String> = row.get(2)?;
        let builtin = builtin.as_deref().and_then(Builtin::from_key);
        let cover: String = row.get(3)?;
        let rules: Option<String> = row.get(5)?;
        let content = if row.get(4)? {
            // Rules of a newer version that cannot be read leave a list to begin anew with.
            let rules = rules.and_then(|rules| serde_json::from_str(&rules).ok());
            let own = || builtin.map_or_else(SmartRules::default, Builtin::rules);
            PlaylistContent::Smart(rules.unwrap_or_else(own))
        } else {
            let places = entries.query_map([id], read_entry)?;
            let places = places.collect::<rusqlite::Result<Vec<_>>>()?;
            PlaylistContent::Tracks(places.into_iter().flatten().collect())
        };
        playlists.push(Arc::new(Playlist {
            id: PlaylistId(id),
            name: row.get(1)?,
            builtin,
            cover: serde_json::from_str(&cover).unwrap_or_default(),
            content,
        }));
    }
    Ok(Playlists(playlists))
}

fn read_entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<PlaylistEntry>> {
    let track: Option<i64> = row.get(0)?;
    let unmatched: Option<String> = row.get(1)?;
    let unmatched = || serde_json::from_str::<M3uEntry>(&unmatched?).ok();
    Ok(match track {
        Some(id) => Some(PlaylistEntry::Track(TrackId(id))),
        None => unmatched().map(PlaylistEntry::Unmatched),
    })
}

/// Writes the playlists that differ, and the order of all.
pub(super) fn write(connection: &Connection, model: &Model, dirty: &Dirty) -> rusqlite::Result<()> {
    for id in &dirty.playlists {
        connection
            .prepare_cached("DELETE FROM playlists WHERE id = ?1")?
            .execute([id.0])?;
        if let Some(playlist) = model.playlists.get(*id) {
            write_one(connection, model, playlist)?;
        }
    }
    if dirty.playlist_order {
        let mut place =
            connection.prepare_cached("UPDATE playlists SET place = ?2 WHERE id = ?1")?;
        for (index, playlist) in model.playlists.0.iter().enumerate() {
            place.execute(params![playlist.id.0, index as i64])?;
        }
    }
    Ok(())
}

fn write_one(connection: &Connection, model: &Model, playlist: &Playlist) -> rusqlite::Result<()> {
    let mut all = model.playlists.0.iter();
    let place = all.position(|each| each.id == playlist.id).unwrap_or(0);
    // Rules that came along are not written: a later version may know better ones.
    let own = playlist.builtin.map(Builtin::rules);
    let rules = playlist
        .rules()
        .filter(|rules| own.as_ref() != Some(*rules))
        .and_then(|rules| serde_json::to_string(rules).ok());
    connection
        .prepare_cached(
            "INSERT INTO playlists (id, place, name, builtin, cover, smart, rules)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            playlist.id.0,
            place as i64,
            playlist.name,
            playlist.builtin.map(Builtin::key),
            serde_json::to_string(&playlist.cover).unwrap_or_default(),
            playlist.rules().is_some(),
            rules,
        ])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO playlist_entries (playlist, place, track, unmatched)
         VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (place, entry) in playlist.entries().iter().enumerate() {
        let (track, unmatched) = match entry {
            // A track that the database does not have any more would fail for ever.
            PlaylistEntry::Track(id) if model.row(*id).is_none() => continue,
            PlaylistEntry::Track(id) => (Some(id.0), None),
            PlaylistEntry::Unmatched(entry) => (None, serde_json::to_string(entry).ok()),
        };
        insert.execute(params![playlist.id.0, place as i64, track, unmatched])?;
    }
    Ok(())
}
