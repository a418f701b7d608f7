//! The way out: [`Event`]s to the caller, without ever waiting for it.

use super::{Event, Wake};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::{Arc, Mutex, PoisonError};

/// Far more than a window leaves between two frames.
const CAPACITY: usize = 1024;

/// Sends events from any thread. While the caller does not fetch them (a hidden window
/// draws no frames), events that tell a state replace their elders, so that nothing piles up.
#[derive(Clone)]
pub(super) struct Emitter {
    shared: Arc<Shared>,
}

struct Shared {
    sender: Sender<Event>,
    waiting: Mutex<VecDeque<Event>>,
    wake: Wake,
}

impl Emitter {
    /// An emitter and the caller's end of it.
    pub(super) fn new(wake: Wake) -> (Self, Receiver<Event>) {
        let (sender, receiver) = bounded(CAPACITY);
        let shared = Shared {
            sender,
            waiting: Mutex::default(),
            wake,
        };
        (
            Self {
                shared: Arc::new(shared),
            },
            receiver,
        )
    }

    /// Sends, in order, whatever was still waiting and then this.
    pub(super) fn send(&self, event: Event) {
        {
            let mut waiting = self.waiting();
            if tells_a_state(&event) {
                waiting.retain(|elder| discriminant(elder) != discriminant(&event));
            }
            waiting.push_back(event);
        }
        self.flush();
    }

    /// Sends what waits, as far as there is room.
    pub(super) fn flush(&self) {
        let mut waiting = self.waiting();
        let mut sent = false;
        while let Some(event) = waiting.pop_front() {
            match self.shared.sender.try_send(event) {
                Ok(()) => sent = true,
                Err(TrySendError::Full(event)) => {
                    waiting.push_front(event);
                    break;
                }
                // The caller has gone; the engine is about to notice.
                Err(TrySendError::Disconnected(_)) => waiting.clear(),
            }
        }
        drop(waiting);
        if sent {
            (self.shared.wake)();
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, VecDeque<Event>> {
        // Every change of the queue is whole, so a panic elsewhere leaves it usable.
        self.shared
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Of such events only the latest counts.
fn tells_a_state(event: &Event) -> bool {
    match event {
        Event::Library(_)
        | Event::Folders(_)
        | Event::Progress(_)
        | Event::Playlist { .. }
        | Event::ReadingPhotos { .. }
        | Event::Browsed { .. }
        | Event::Grouped { .. }
        | Event::Player(_)
        | Event::Listener(_)
        | Event::History(_)
        | Event::Diary(_)
        | Event::WholeTrack { .. }
        | Event::Lyrics { .. }
        | Event::Playlists(_)
        | Event::SmartTracks(_)
        | Event::Problems(_)
        | Event::Outputs(_)
        | Event::Duplicates(_)
        | Event::Models(_)
        | Event::Settings(_) => true,
        Event::Edited(_)
        | Event::Cover { .. }
        | Event::DroppedPhotos(_)
        | Event::Finished(_)
        | Event::Unusable(_)
        | Event::Notice(_)
        | Event::PlaylistMade(_)
        | Event::Raise
        | Event::Quit => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Notice, Progress};

    fn progress(analyzed: usize) -> Event {
        Event::Progress(Progress {
            analyzed,
            ..Progress::default()
        })
    }

    #[test]
    fn a_caller_that_sleeps_finds_the_latest_state_and_every_notice() {
        let (emitter, events) = Emitter::new(Arc::new(|| {}));
        for analyzed in 0..CAPACITY * 3 {
            emitter.send(progress(analyzed));
        }
        emitter.send(Event::Notice(Notice::NothingToAdd));
        let mut last = 0;
        let mut notices = 0;
        loop {
            while let Ok(event) = events.try_recv() {
                match event {
                    Event::Progress(progress) => last = progress.analyzed,
                    Event::Notice(_) => notices += 1,
                    other => panic!("{other:?}"),
                }
            }
            emitter.flush();
            if events.is_empty() {
                break;
            }
        }
        assert_eq!((last, notices), (CAPACITY * 3 - 1, 1));
    }

    #[test]
    fn the_caller_is_woken() {
        let (woken, wakes) = bounded(8);
        let (emitter, _events) = Emitter::new(Arc::new(move || {
            let _ = woken.try_send(());
        }));
        emitter.send(progress(1));
        assert_eq!(wakes.len(), 1);
    }
}
