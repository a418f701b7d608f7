//! Something to be done once, a moment from now.

/// When it is due, if it is to be done at all.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Due(Option<f64>);

impl Due {
    /// It is to be done at this time, seconds, or sooner if that was settled before.
    pub(super) fn by(&mut self, at_secs: f64) {
        self.0.get_or_insert(at_secs);
    }

    /// When it is due, seconds.
    pub(super) fn at(self) -> Option<f64> {
        self.0
    }

    /// Whether it is due by now; then it counts as done.
    pub(super) fn take(&mut self, now_secs: f64) -> bool {
        let due = self.0.is_some_and(|at_secs| at_secs <= now_secs);
        if due {
            self.0 = None;
        }
        due
    }
}
