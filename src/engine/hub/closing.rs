//! Leaving a library, for another or for good: whatever was heard of it and how its queue
//! stands is kept before it closes.

use super::{Hub, News, Query};
use crate::engine::listener::is_played;
use crate::playback::{PlayerCommand, PlayerEvent};
use crossbeam_channel::bounded;

impl Hub {
    /// Closes the library that is open: the player leaves its tracks first, because their ids
    /// mean other tracks in the next one.
    pub(super) fn leave_library(&mut self) {
        let (left, told) = bounded(1);
        self.player.send(PlayerCommand::Leave(left));
        // An error means that the player has ended.
        let _ = told.recv();
        self.hear_last_words();
        self.settle();
        self.guests.leave();
        if let Some(session) = self.session.take() {
            session.close();
        }
    }

    /// Ends every thread, after everything is kept.
    pub(super) fn close(mut self) {
        self.save_settings();
        // First, so that nothing is asked of a player that is on its way out.
        drop(self.desktop.take());
        self.player.shutdown();
        self.hear_last_words();
        drop(self.editor);
        // They ask the store, so it closes last.
        drop((self.queries, self.covers));
        for thread in self.threads {
            if thread.join().is_err() {
                tracing::error!("a thread of the engine panicked");
            }
        }
        if let Some(session) = self.session {
            session.close();
        }
    }

    /// Takes in what the player told before it left the library. What was left with it was
    /// not skipped: nobody wanted another track.
    fn hear_last_words(&mut self) {
        let mut others = Vec::new();
        while let Ok(news) = self.news.try_recv() {
            match news {
                News::Player(PlayerEvent::Heard {
                    played_secs,
                    duration_secs,
                    finished: false,
                    ..
                }) if !is_played(played_secs, duration_secs) => {}
                News::Player(_) => self.news(news),
                other => others.push(other),
            }
        }
        for news in others {
            self.inbox.send(news);
        }
    }

    /// Waits until the query thread has kept all that it was told.
    fn settle(&self) {
        let (done, settled) = bounded(1);
        if self.queries.send(Query::Settle(done)).is_ok() {
            // An error means that the thread has ended, and with it what it was told.
            let _ = settled.recv();
        }
    }
}
