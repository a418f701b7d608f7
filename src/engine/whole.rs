//! The thread that reads whole tracks: first the one that is asked for, then, while nothing
//! else is to be done, all the others. One track is finished or not begun; killed in the
//! middle, it begins with that one again.

use super::inbox::Inbox;
use crate::analysis::{AnalysisError, Analyzer, Control, whole_version, work_quietly};
use crate::library::{ContentId, TrackId, WholeTrack};
use crate::store::{PendingWhole, StoreError, StoreHandle};
use crossbeam_channel::{Receiver, Sender, select, unbounded};
use std::collections::{HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

/// A track was read from end to end.
#[derive(Debug, Clone)]
pub(super) struct WholeNews {
    /// Which.
    pub track: TrackId,
    /// What it told.
    pub whole: Arc<WholeTrack>,
}

/// The thread; dropping it calls its work off and waits for it.
pub(super) struct WholeReader {
    control: Arc<Control>,
    /// Tracks to read now.
    tracks: Option<Sender<TrackId>>,
    /// Whether it may read the rest.
    idle: Option<Sender<bool>>,
    thread: Option<JoinHandle<()>>,
}

impl WholeReader {
    /// Starts the thread; it waits until it has something to read.
    pub(super) fn start(
        models: PathBuf,
        store: StoreHandle,
        inbox: Inbox,
    ) -> std::io::Result<Self> {
        let (tracks, asked) = unbounded();
        let (idle, told) = unbounded();
        let control = Arc::new(Control::new());
        let work = Work {
            models,
            store,
            inbox,
            control: Arc::clone(&control),
            asked,
            told,
            rest: VecDeque::new(),
            analyzer: None,
            failed: HashSet::new(),
        };
        let thread = std::thread::Builder::new()
            .name("whole".into())
            .spawn(move || work.run())?;
        Ok(Self {
            control,
            tracks: Some(tracks),
            idle: Some(idle),
            thread: Some(thread),
        })
    }

    /// Reads this track next, if it was not read yet; what is under way makes room.
    pub(super) fn read(&self, track: TrackId) {
        if let Some(tracks) = &self.tracks {
            // An error means that the thread has ended; its panic was told.
            let _ = tracks.send(track);
        }
    }

    /// Lets it read all that was not read yet, or keeps it from that.
    pub(super) fn read_rest(&self, may: bool) {
        if let Some(idle) = &self.idle {
            let _ = idle.send(may);
        }
    }

    /// Holds the work, or lets it go on.
    pub(super) fn pause(&self, paused: bool) {
        self.control.pause(paused);
    }
}

impl Drop for WholeReader {
    fn drop(&mut self) {
        self.control.cancel();
        self.tracks = None;
        self.idle = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that reads whole tracks panicked");
        }
    }
}

struct Work {
    models: PathBuf,
    store: StoreHandle,
    inbox: Inbox,
    control: Arc<Control>,
    asked: Receiver<TrackId>,
    told: Receiver<bool>,
    rest: VecDeque<PendingWhole>,
    /// With its audio model; let go of when there is nothing to read.
    analyzer: Option<Analyzer>,
    /// Audio that could not be read; not tried again before the next start.
    failed: HashSet<ContentId>,
}

impl Work {
    fn run(mut self) {
        work_quietly();
        // What another process owns cannot be kept here.
        if self.store.is_read_only() {
            return;
        }
        loop {
            let next = if self.rest.is_empty() {
                select! {
                    recv(self.asked) -> track => track.map(Next::Track),
                    recv(self.told) -> may => may.map(Next::Rest),
                }
            } else if let Ok(track) = self.asked.try_recv() {
                Ok(Next::Track(track))
            } else if let Ok(may) = self.told.try_recv() {
                Ok(Next::Rest(may))
            } else {
                Ok(Next::OfRest)
            };
            let Ok(next) = next else { return };
            // The player may have been updated since the last one.
            let version = whole_version(&self.models);
            let done = match next {
                Next::Track(track) => self.read_asked(track, &version),
                Next::Rest(true) => self.store.pending_whole(None, &version).map(|all| {
                    self.rest = all.into();
                }),
                Next::Rest(false) => {
                    self.rest.clear();
                    Ok(())
                }
                Next::OfRest => {
                    self.read_of_rest(&version);
                    Ok(())
                }
            };
            if self.rest.is_empty() {
                self.analyzer = None;
            }
            // When the store has gone, the library is being closed.
            if done.is_err() || self.control.is_cancelled() {
                return;
            }
        }
    }

    fn read_asked(&mut self, track: TrackId, version: &Arc<str>) -> Result<(), StoreError> {
        for pending in self.store.pending_whole(Some(track), version)? {
            let asked = self.asked.clone();
            self.read(&pending, version, || !asked.is_empty());
        }
        Ok(())
    }

    fn read_of_rest(&mut self, version: &Arc<str>) {
        if let Some(pending) = self.rest.pop_front() {
            let (asked, told) = (self.asked.clone(), self.told.clone());
            let wanted = || !asked.is_empty() || !told.is_empty();
            if !self.read(&pending, version, wanted) {
                self.rest.push_front(pending);
            }
        }
    }

    /// Reads a track and keeps what it told; false when that was given up.
    fn read(
        &mut self,
        pending: &PendingWhole,
        version: &Arc<str>,
        give_up: impl Fn() -> bool,
    ) -> bool {
        let PendingWhole {
            track,
            path,
            content,
        } = pending;
        if self.failed.contains(content) {
            return true;
        }
        let models = &self.models;
        let analyzer = (self.analyzer).get_or_insert_with(|| Analyzer::new(models));
        match analyzer.read_whole(path, &self.control, give_up) {
            Ok(whole) => {
                let whole = Arc::new(whole);
                self.store
                    .save_whole(*content, Arc::clone(version), Arc::clone(&whole));
                self.inbox.whole(WholeNews {
                    track: *track,
                    whole,
                });
                true
            }
            Err(AnalysisError::Cancelled(_)) => false,
            Err(error) => {
                tracing::info!("not read to its end: {error}");
                self.failed.insert(*content);
                true
            }
        }
    }
}

enum Next {
    Track(TrackId),
    Rest(bool),
    OfRest,
}
