//! Notices that appear once and fade.

/// How long a notice stays, seconds.
const GOOD_SECS: f64 = 3.5;
const PROBLEM_SECS: f64 = 8.0;
/// One that offers to undo something.
const UNDO_SECS: f64 = 7.0;
/// More than this many at once nobody reads.
const MAX_SHOWN: usize = 3;

/// What kind of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    /// Something was done.
    Good,
    /// Something did not work.
    Problem,
    /// Something was taken away that can be brought back.
    Undo,
    /// Tags were changed, which can be taken back.
    Edited,
    /// The suggestions were rearranged, which can be taken back.
    Rearranged,
    /// A file was not written because one is there, which can be replaced.
    InTheWay,
}

/// One notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    /// To dismiss it by.
    pub id: u64,
    /// What kind.
    pub kind: ToastKind,
    /// What it says.
    pub text: String,
    /// How many edits of the queue it offers to take back.
    pub undo: u32,
    /// When it goes, seconds.
    pub until_secs: f64,
}

#[derive(Debug, Default)]
pub(super) struct Toasts {
    shown: Vec<Toast>,
    last_id: u64,
}

impl Toasts {
    pub(super) fn push(&mut self, kind: ToastKind, text: String, now_secs: f64) {
        let secs = match kind {
            ToastKind::Good => GOOD_SECS,
            ToastKind::Problem
            | ToastKind::Undo
            | ToastKind::Edited
            | ToastKind::Rearranged
            | ToastKind::InTheWay => PROBLEM_SECS,
        };
        self.show(kind, text, 0, now_secs + secs);
    }

    /// Tells of edits of the queue that can be taken back. Only the last such notice stays:
    /// the queue's edits are taken back in their order.
    pub(super) fn offer_undo(&mut self, text: String, edits: u32, now_secs: f64) {
        self.withdraw_undo();
        self.show(ToastKind::Good, text, edits, now_secs + UNDO_SECS);
    }

    /// Nothing is offered to be undone any more.
    pub(super) fn withdraw_undo(&mut self) {
        self.shown.retain(|toast| toast.undo == 0);
    }

    /// How many edits can be taken back by the notice shown now.
    pub(super) fn offered_undo(&self) -> u32 {
        self.shown.iter().map(|toast| toast.undo).sum()
    }

    fn show(&mut self, kind: ToastKind, text: String, undo: u32, until_secs: f64) {
        // Only the last thing can be brought back.
        let undoable = matches!(
            kind,
            ToastKind::Undo | ToastKind::Edited | ToastKind::Rearranged
        );
        self.shown
            .retain(|toast| toast.text != text && !(kind == toast.kind && undoable));
        if self.shown.len() == MAX_SHOWN {
            self.shown.remove(0);
        }
        self.last_id += 1;
        self.shown.push(Toast {
            id: self.last_id,
            kind,
            text,
            undo,
            until_secs,
        });
    }

    pub(super) fn dismiss(&mut self, id: u64) {
        self.shown.retain(|toast| toast.id != id);
    }

    /// What notices of this kind offer is offered no more.
    pub(super) fn withdraw(&mut self, kind: ToastKind) {
        self.shown.retain(|toast| toast.kind != kind);
    }

    pub(super) fn tick(&mut self, now_secs: f64) {
        self.shown.retain(|toast| toast.until_secs > now_secs);
    }

    pub(super) fn due_at(&self) -> Option<f64> {
        self.shown
            .iter()
            .map(|toast| toast.until_secs)
            .min_by(f64::total_cmp)
    }

    pub(super) fn shown(&self) -> &[Toast] {
        &self.shown
    }
}
