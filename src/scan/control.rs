//! Pausing and cancelling long work from another thread.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
struct State {
    paused: bool,
    cancelled: bool,
}

/// Holds or ends a scan. Shared between the thread that scans and those that steer it.
#[derive(Debug, Default)]
pub struct ScanControl {
    state: Mutex<State>,
    changed: Condvar,
}

impl ScanControl {
    /// Holds the scan, or lets it go on.
    pub fn set_paused(&self, paused: bool) {
        self.lock().paused = paused;
        self.changed.notify_all();
    }

    /// Ends the scan soon, for good, also while it is held.
    pub fn cancel(&self) {
        self.lock().cancelled = true;
        self.changed.notify_all();
    }

    /// Waits while held; `false` when cancelled.
    #[must_use]
    pub fn go_on(&self) -> bool {
        let mut state = self.lock();
        while state.paused && !state.cancelled {
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        !state.cancelled
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
