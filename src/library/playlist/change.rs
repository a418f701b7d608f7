//! What can be done to playlists.

use super::{
    Playlist, PlaylistContent, PlaylistCover, PlaylistEntry, PlaylistId, Playlists, SmartRules,
};
use crate::library::TrackId;
use std::sync::Arc;

/// Names longer than this are cut.
const MOST_NAME_CHARS: usize = 200;

/// What can be done to the playlists.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaylistChange {
    /// A new one, at the end.
    Create {
        /// What it is called.
        name: String,
        /// What stands for it.
        cover: PlaylistCover,
        /// What is in it.
        content: PlaylistContent,
    },
    /// Change one.
    Edit(PlaylistId, PlaylistEdit),
    /// Move one to another place in the listener's order.
    Move {
        /// Which.
        id: PlaylistId,
        /// Where to: its index afterwards.
        to: usize,
    },
    /// Take one away.
    Delete(PlaylistId),
    /// Put a deleted one back.
    Restore {
        /// As it was.
        playlist: Arc<Playlist>,
        /// Its index as it was.
        at: usize,
    },
}

/// What can be done to one playlist.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaylistEdit {
    /// Another name.
    Rename(String),
    /// Another cover.
    Cover(PlaylistCover),
    /// Tracks at the end.
    Add(Vec<TrackId>),
    /// Take one place out.
    Remove(usize),
    /// Put a place back that was taken out.
    Insert(usize, PlaylistEntry),
    /// Move one place to another.
    Move {
        /// From this index.
        from: usize,
        /// To this index.
        to: usize,
    },
    /// Other rules for a smart one.
    Rules(SmartRules),
}

/// What a change did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Nothing: there is no such playlist or place.
    Nothing,
    /// This one is new or not as it was.
    One(PlaylistId),
    /// Only the order.
    Order,
    /// This one is gone.
    Gone(PlaylistId),
}

impl Playlists {
    /// Does it, and tells what is to be written. `new_id` is used for a new playlist.
    pub fn apply(&mut self, change: PlaylistChange, new_id: PlaylistId) -> Changed {
        match change {
            PlaylistChange::Create {
                name,
                cover,
                content,
            } => {
                self.0.push(Arc::new(Playlist {
                    id: new_id,
                    name: tidy(&name),
                    builtin: None,
                    cover,
                    content,
                }));
                Changed::One(new_id)
            }
            PlaylistChange::Edit(id, edit) => {
                let found = self.0.iter_mut().find(|playlist| playlist.id == id);
                if found.is_some_and(|playlist| Arc::make_mut(playlist).edit(edit)) {
                    Changed::One(id)
                } else {
                    Changed::Nothing
                }
            }
            PlaylistChange::Move { id, to } => {
                let Some(from) = self.0.iter().position(|playlist| playlist.id == id) else {
                    return Changed::Nothing;
                };
                let moved = self.0.remove(from);
                self.0.insert(to.min(self.0.len()), moved);
                Changed::Order
            }
            PlaylistChange::Delete(id) => {
                let before = self.0.len();
                self.0.retain(|playlist| playlist.id != id);
                if self.0.len() < before {
                    Changed::Gone(id)
                } else {
                    Changed::Nothing
                }
            }
            PlaylistChange::Restore { playlist, at } => {
                if self.get(playlist.id).is_some() {
                    return Changed::Nothing;
                }
                let id = playlist.id;
                self.0.insert(at.min(self.0.len()), playlist);
                Changed::One(id)
            }
        }
    }
}

impl Playlist {
    /// Whether anything changed.
    fn edit(&mut self, edit: PlaylistEdit) -> bool {
        match (edit, &mut self.content) {
            (PlaylistEdit::Rename(name), _) => {
                let name = tidy(&name);
                // One that came along may go back to its own name, others need one.
                let fine = !name.is_empty() || self.builtin.is_some();
                if fine {
                    self.name = name;
                }
                fine
            }
            (PlaylistEdit::Cover(cover), _) => {
                self.cover = cover;
                true
            }
            (PlaylistEdit::Add(tracks), PlaylistContent::Tracks(entries)) => {
                entries.extend(tracks.into_iter().map(PlaylistEntry::Track));
                true
            }
            (PlaylistEdit::Remove(index), PlaylistContent::Tracks(entries)) => {
                let there = index < entries.len();
                if there {
                    entries.remove(index);
                }
                there
            }
            (PlaylistEdit::Insert(index, entry), PlaylistContent::Tracks(entries)) => {
                entries.insert(index.min(entries.len()), entry);
                true
            }
            (PlaylistEdit::Move { from, to }, PlaylistContent::Tracks(entries)) => {
                let there = from < entries.len() && to < entries.len() && from != to;
                if there {
                    let moved = entries.remove(from);
                    entries.insert(to, moved);
                }
                there
            }
            (PlaylistEdit::Rules(rules), PlaylistContent::Smart(old)) => {
                *old = rules;
                true
            }
            _ => false,
        }
    }
}

/// A name on one line, of a length that can be shown.
fn tidy(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(MOST_NAME_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn create(name: &str, tracks: &[i64]) -> PlaylistChange {
        let entries = tracks.iter().map(|id| PlaylistEntry::Track(TrackId(*id)));
        PlaylistChange::Create {
            name: name.to_owned(),
            cover: PlaylistCover::Mosaic,
            content: PlaylistContent::Tracks(entries.collect()),
        }
    }

    fn with(lists: &[(&str, &[i64])]) -> Playlists {
        let mut all = Playlists::default();
        for (id, (name, tracks)) in (1..).zip(lists) {
            all.apply(create(name, tracks), PlaylistId(id));
        }
        all
    }

    fn names(all: &Playlists) -> Vec<&str> {
        all.0.iter().map(|each| each.name.as_str()).collect()
    }

    fn ids(all: &Playlists, id: i64) -> Vec<i64> {
        let list = all.get(PlaylistId(id)).unwrap();
        list.track_ids().into_iter().map(|id| id.0).collect()
    }

    const FIRST: PlaylistId = PlaylistId(1);

    fn edit(all: &mut Playlists, edit: PlaylistEdit) -> Changed {
        all.apply(PlaylistChange::Edit(FIRST, edit), PlaylistId(99))
    }

    #[test]
    fn tracks_are_added_moved_and_taken_out() {
        let mut all = with(&[("a", &[1, 2, 3])]);
        edit(&mut all, PlaylistEdit::Add(vec![TrackId(1), TrackId(4)]));
        edit(&mut all, PlaylistEdit::Move { from: 0, to: 2 });
        assert_eq!(ids(&all, 1), [2, 3, 1, 1, 4]);
        assert_eq!(edit(&mut all, PlaylistEdit::Remove(3)), Changed::One(FIRST));
        assert_eq!(edit(&mut all, PlaylistEdit::Remove(9)), Changed::Nothing);
        edit(
            &mut all,
            PlaylistEdit::Insert(0, PlaylistEntry::Track(TrackId(7))),
        );
        assert_eq!(ids(&all, 1), [7, 2, 3, 1, 4]);
    }

    #[test]
    fn a_deleted_playlist_comes_back_where_it_was() {
        let mut all = with(&[("a", &[1]), ("b", &[2]), ("c", &[])]);
        let before = all.clone();
        let gone = Arc::clone(&all.0[1]);
        let deleted = all.apply(PlaylistChange::Delete(gone.id), PlaylistId(9));
        assert_eq!(deleted, Changed::Gone(gone.id));
        assert_eq!(names(&all), ["a", "c"]);
        let restore = PlaylistChange::Restore {
            playlist: gone,
            at: 1,
        };
        all.apply(restore.clone(), PlaylistId(9));
        assert_eq!(all, before);
        assert_eq!(all.apply(restore, PlaylistId(9)), Changed::Nothing);
    }

    #[test]
    fn playlists_stand_in_the_listeners_order() {
        let mut all = with(&[("a", &[]), ("b", &[]), ("c", &[])]);
        let id = FIRST;
        all.apply(PlaylistChange::Move { id, to: 2 }, PlaylistId(9));
        assert_eq!(names(&all), ["b", "c", "a"]);
        all.apply(PlaylistChange::Move { id, to: 1_000 }, PlaylistId(9));
        assert_eq!(names(&all), ["b", "c", "a"]);
    }

    #[test]
    fn names_are_one_line_and_never_lost() {
        let mut all = with(&[("rain\n  tonight ", &[])]);
        assert_eq!(names(&all), ["rain tonight"]);
        let emptied = edit(&mut all, PlaylistEdit::Rename("  ".to_owned()));
        assert_eq!(emptied, Changed::Nothing);
        let mut builtin = Playlists::builtin();
        edit(&mut builtin, PlaylistEdit::Rename("Mine".to_owned()));
        edit(&mut builtin, PlaylistEdit::Rename(String::new()));
        assert_eq!(builtin, Playlists::builtin());
    }

    #[test]
    fn a_smart_playlist_takes_rules_and_no_tracks() {
        let mut all = Playlists::builtin();
        let added = edit(&mut all, PlaylistEdit::Add(vec![TrackId(1)]));
        assert_eq!(added, Changed::Nothing);
        let rules = SmartRules::default();
        edit(&mut all, PlaylistEdit::Rules(rules.clone()));
        assert_eq!(all.get(FIRST).unwrap().rules(), Some(&rules));
    }

    #[test]
    fn a_track_that_is_another_is_that_one_everywhere() {
        let mut all = with(&[("a", &[1, 2, 1]), ("b", &[3])]);
        assert_eq!(all.fold(TrackId(1), TrackId(5)), [FIRST]);
        assert_eq!(ids(&all, 1), [5, 2, 5]);
    }
}
