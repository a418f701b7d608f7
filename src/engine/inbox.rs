//! The way in for the engine's own threads: everything they tell lands in one queue.

use super::editor::EditReport;
use super::files::Opened;
use super::hub::Imported;
use super::lyrics::LyricNews;
use super::photo::Dropped;
use super::scanner::ScanNews;
use super::whole::WholeNews;
use crate::desktop;
use crate::playback::PlayerEvent;
use crate::scan::WatchNews;
use crate::store::StoreEvent;
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::path::PathBuf;

/// What a thread of the engine tells. The number is that of the opened library that it
/// belongs to, so that late news of a closed one are not mistaken for news of the next.
pub(super) enum News {
    Store(u64, StoreEvent),
    Scan(u64, ScanNews),
    Lyrics(u64, LyricNews),
    Watch(u64, WatchNews),
    Whole(u64, WholeNews),
    Player(PlayerEvent),
    /// What came of an edit of tags, and the files it has changed.
    Edited(EditReport, Vec<PathBuf>),
    /// Dropped paths, sorted into photos and music.
    Dropped(Dropped),
    Desktop(desktop::Request),
    Imported(u64, Imported),
    /// Files that were to be played.
    Files(u64, Opened),
}

/// One thread's end of the queue.
#[derive(Clone)]
pub(super) struct Inbox {
    sender: Sender<News>,
    session: u64,
}

impl Inbox {
    /// The queue: the senders' end and the engine's end. Not bounded: what comes here is a
    /// few messages a second (scanned files go to the store directly), and a full queue
    /// could close a circle of threads that wait for each other.
    pub(super) fn new() -> (Self, Receiver<News>) {
        let (sender, receiver) = unbounded();
        (Self { sender, session: 0 }, receiver)
    }

    /// The same queue for the threads of another opened library.
    pub(super) fn of_session(&self, session: u64) -> Self {
        Self {
            sender: self.sender.clone(),
            session,
        }
    }

    pub(super) fn store(&self, event: StoreEvent) {
        self.send(News::Store(self.session, event));
    }

    pub(super) fn scan(&self, news: ScanNews) {
        self.send(News::Scan(self.session, news));
    }

    pub(super) fn lyrics(&self, news: LyricNews) {
        self.send(News::Lyrics(self.session, news));
    }

    pub(super) fn whole(&self, news: WholeNews) {
        self.send(News::Whole(self.session, news));
    }

    pub(super) fn watch(&self, news: WatchNews) {
        self.send(News::Watch(self.session, news));
    }

    pub(super) fn edited(&self, report: EditReport, touched: Vec<PathBuf>) {
        self.send(News::Edited(report, touched));
    }

    pub(super) fn player(&self, event: PlayerEvent) {
        self.send(News::Player(event));
    }

    pub(super) fn desktop(&self, request: desktop::Request) {
        self.send(News::Desktop(request));
    }

    pub(super) fn imported(&self, imported: Imported) {
        self.send(News::Imported(self.session, imported));
    }

    pub(super) fn files(&self, opened: Opened) {
        self.send(News::Files(self.session, opened));
    }

    pub(super) fn dropped(&self, dropped: Dropped) {
        self.send(News::Dropped(dropped));
    }

    /// Puts news back to be taken in later.
    pub(super) fn send(&self, news: News) {
        // A failed send means that the engine is gone; the thread is about to be stopped.
        let _ = self.sender.send(news);
    }
}
