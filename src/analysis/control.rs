//! [`Control`]: how an analysis under way is held or called off.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

const RUN: u8 = 0;
const PAUSED: u8 = 1;
const CANCELLED: u8 = 2;

/// The work was called off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// Holds, resumes or calls off work that asks [`checkpoint`](Self::checkpoint) now and then.
#[derive(Debug, Default)]
pub struct Control {
    state: AtomicU8,
    held: Mutex<Held>,
    changed: Condvar,
}

/// How long work was held.
#[derive(Debug, Default)]
struct Held {
    before: Duration,
    since: Option<Instant>,
}

impl Control {
    /// A control that lets work run.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Holds work at its next checkpoint, or lets it go on. Does nothing once cancelled.
    pub fn pause(&self, paused: bool) {
        let (from, to) = if paused { (RUN, PAUSED) } else { (PAUSED, RUN) };
        self.change(|state| if state == from { to } else { state });
    }

    /// Calls work off, held or not. For good.
    pub fn cancel(&self) {
        self.change(|_| CANCELLED);
    }

    /// Whether the work was called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.state.load(Ordering::Acquire) == CANCELLED
    }

    /// Whether work is held.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.state.load(Ordering::Acquire) == PAUSED
    }

    /// How long work was held so far, all pauses together.
    #[must_use]
    pub fn held(&self) -> Duration {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.before + held.since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// Waits while held. `Err` when called off. One atomic read when nothing is asked for.
    pub fn checkpoint(&self) -> Result<(), Cancelled> {
        if self.state.load(Ordering::Acquire) == RUN {
            return Ok(());
        }
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let released = self.changed.wait_while(held, |_| self.is_paused());
        drop(released.unwrap_or_else(PoisonError::into_inner));
        if self.is_cancelled() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }

    fn change(&self, next: impl Fn(u8) -> u8) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let state = next(self.state.load(Ordering::Acquire));
        self.state.store(state, Ordering::Release);
        if state == PAUSED {
            held.since.get_or_insert_with(Instant::now);
        } else if let Some(since) = held.since.take() {
            held.before += since.elapsed();
        }
        drop(held);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn held_work_goes_on_when_released_and_ends_when_cancelled() {
        for cancel in [false, true] {
            let control = Arc::new(Control::new());
            control.pause(true);
            let worker = std::thread::spawn({
                let control = Arc::clone(&control);
                move || control.checkpoint()
            });
            assert!(control.is_paused());
            if cancel {
                control.cancel();
                assert_eq!(worker.join().unwrap(), Err(Cancelled));
                control.pause(false);
                assert!(control.is_cancelled());
            } else {
                assert!(control.held() > Duration::ZERO);
                control.pause(false);
                assert_eq!(worker.join().unwrap(), Ok(()));
            }
        }
    }
}
