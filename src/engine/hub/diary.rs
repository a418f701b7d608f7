//! What led to music, and what was heard: told, written to files, erased.

use super::{Hub, Query};
use crate::engine::files::write_file;
use crate::engine::local_time::LocalClock;
use crate::engine::{Event, Notice, now_unix_us};
use crate::library::{Diary, EVERY_PLAY, HistoryFormat, Occasion, Sitting, write_history};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

/// So many sittings may have tracks that still play.
const MOST_SITTINGS: usize = 16;
/// What led to the music that plays now or played a moment ago.
#[derive(Default)]
pub(super) struct Occasions {
    /// Of the next music.
    next: Option<Occasion>,
    /// Oldest first.
    sittings: VecDeque<Arc<Sitting>>,
}

impl Occasions {
    /// The next music will have been led to by this.
    pub(super) fn expect(&mut self, occasion: Occasion) {
        self.next = Some(occasion);
    }

    /// Other music begins now; `otherwise` led to it if nothing was expected.
    pub(super) fn begin(&mut self, otherwise: Occasion) {
        self.begin_at(now_unix_us(), otherwise);
    }

    fn begin_at(&mut self, began_unix_us: i64, otherwise: Occasion) {
        if self.sittings.len() == MOST_SITTINGS {
            self.sittings.pop_front();
        }
        self.sittings.push_back(Arc::new(Sitting {
            began_unix_us,
            occasion: self.next.take().unwrap_or(otherwise),
        }));
    }

    /// What led to a track that was left just now and sounded for so long. It began at the
    /// latest so long ago, and whatever was asked for later did not lead to it.
    pub(super) fn led_to(&self, played_secs: f32) -> Option<Arc<Sitting>> {
        self.led_to_at(now_unix_us(), played_secs)
    }

    fn led_to_at(&self, now_unix_us: i64, played_secs: f32) -> Option<Arc<Sitting>> {
        let began_unix_us = now_unix_us - (f64::from(played_secs) * 1e6) as i64;
        let before = |sitting: &&Arc<Sitting>| sitting.began_unix_us <= began_unix_us;
        let led = self.sittings.iter().rev().find(before);
        // Rounding may put the very first track a hair before its sitting.
        led.or(self.sittings.front()).cloned()
    }
}

impl Hub {
    pub(super) fn tell_history(&self, limit: usize) {
        let Some(session) = &self.session else {
            return;
        };
        match session.store().heard(limit) {
            Ok(heard) => self.emitter.send(Event::History(heard.into())),
            Err(error) => self.failed(&error),
        }
    }

    pub(super) fn tell_diary(&self, limit: usize) {
        let Some(session) = &self.session else {
            return;
        };
        match session.store().heard(limit) {
            Ok(heard) => {
                let clock = LocalClock::of_system();
                let diary = Diary::of(&heard, heard.len() == limit, &|at| clock.time(at), &|at| {
                    clock.day(at)
                });
                self.emitter.send(Event::Diary(Arc::new(diary)));
            }
            Err(error) => self.failed(&error),
        }
    }

    /// Writes all that was heard, on a thread of its own: years of it are a large file.
    pub(super) fn export_history(&self, format: HistoryFormat, path: PathBuf, replace: bool) {
        let Some(session) = &self.session else {
            return;
        };
        let (store, library) = (session.store().clone(), Arc::clone(&session.library));
        let emitter = self.emitter.clone();
        let export = move || {
            let written = store.heard(EVERY_PLAY).map_err(|error| error.to_string());
            let written = written.map(|heard| {
                let clock = LocalClock::of_system();
                let text = write_history(&heard, &library, format, &|at| clock.iso(at));
                write_file(&path, &text, replace)
            });
            emitter.send(Event::Notice(written.unwrap_or_else(Notice::Failed)));
        };
        let started = std::thread::Builder::new()
            .name("export".into())
            .spawn(export);
        if let Err(error) = started {
            self.failed(&error);
        }
    }

    /// Erases the plays that began in this span, seconds since 1970.
    pub(super) fn erase_history(&self, first: i64, last: i64) {
        let Some(session) = &self.session else {
            return;
        };
        match session.store().erase_history(first, last) {
            Ok(()) => {
                self.query(Query::PlaysErased);
                self.emitter.send(Event::Notice(Notice::HistoryErased));
            }
            Err(error) => self.failed(&error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::OccasionKind;

    fn occasion(kind: OccasionKind) -> Occasion {
        Occasion {
            kind,
            ..Occasion::default()
        }
    }

    const SECOND: i64 = 1_000_000;

    #[test]
    fn a_track_belongs_to_what_was_asked_for_before_it_began() {
        let mut occasions = Occasions::default();
        assert!(occasions.led_to_at(0, 1.0).is_none());
        occasions.expect(occasion(OccasionKind::Feeling));
        occasions.begin_at(0, Occasion::default());
        occasions.begin_at(100 * SECOND, occasion(OccasionKind::Playlist));
        let kind = |now: i64, played_secs| {
            let sitting = occasions.led_to_at(now, played_secs).unwrap();
            sitting.occasion.kind
        };
        // The track that was left for the playlist is told a moment after that began.
        assert_eq!(kind(100 * SECOND + 5_000, 30.0), OccasionKind::Feeling);
        assert_eq!(kind(160 * SECOND, 59.0), OccasionKind::Playlist);
        assert_eq!(kind(50 * SECOND, 50.01), OccasionKind::Feeling);
    }
}
