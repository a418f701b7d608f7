//! The store thread: the only holder of the connection. Answers requests from memory,
//! writes what has changed a few times a second, and publishes snapshots.

use super::lyric_moods::PendingLyrics;
use super::model::{Dirty, Model, PendingAnalysis};
use super::saved_queue::{self, QueueWriter};
use super::schema::Database;
use super::whole::{self, PendingWhole};
use super::{StoreError, StoreEvent, feedback, history, rows};
use crate::library::{
    Analysis, AudioReading, ContentId, Folder, Heard, KnownFiles, Library, LyricMood, Lyrics,
    PlaylistChange, PlaylistId, Playlists, Problem, SavedQueue, ScanEvent, ScanSummary, TrackFiles,
    TrackId, WholeTrack,
};
use crate::recommend::Feedback;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What is finished is written at most this late: long enough to write a scan's files by
/// the hundred, short enough that a kill costs no analysis worth speaking of.
const WRITE_AFTER: Duration = Duration::from_millis(150);

/// How long to wait after a failed write, such as on a full disk.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// Least time between two snapshots.
const PUBLISH_EVERY: Duration = Duration::from_millis(250);

/// Snapshots may take this share of the thread's time: one part in so many.
const PUBLISH_SHARE: u32 = 8;

/// Where an answer goes.
pub type Reply<T> = Sender<T>;

/// What the thread can be asked.
pub enum Request {
    AddFolder(PathBuf, Reply<Result<(), StoreError>>),
    RemoveFolder(PathBuf, Reply<Result<(), StoreError>>),
    Folders(Reply<Vec<Folder>>),
    KnownFiles(Reply<KnownFiles>),
    SingleFiles(Reply<Vec<PathBuf>>),
    Files(Reply<TrackFiles>),
    ApplyScan(ScanEvent),
    FinishScan(bool, Reply<ScanSummary>),
    PendingAnalyses(u32, Option<Arc<str>>, Reply<Vec<PendingAnalysis>>),
    SaveAnalysis(ContentId, u32, Box<Analysis>),
    SaveAudioReading(ContentId, Arc<str>, Box<AudioReading>),
    SaveAnalysisProblem(ContentId, u32, String),
    Problems(Reply<Vec<Problem>>),
    RecordPlay(Heard),
    Rate(Vec<TrackId>, u8),
    Forget(Vec<TrackId>),
    History(usize, Reply<Result<Vec<Heard>, StoreError>>),
    EraseHistory(i64, i64, Reply<Result<(), StoreError>>),
    RecordFeedback(Feedback),
    ClearFeedback,
    ChangePlaylists(
        Box<PlaylistChange>,
        Reply<Result<Option<PlaylistId>, StoreError>>,
    ),
    Playlists(Reply<Arc<Playlists>>),
    Feedback(Reply<Result<Vec<Feedback>, StoreError>>),
    Lyrics(TrackId, Reply<Result<Option<Lyrics>, StoreError>>),
    PendingLyrics(Arc<str>, Reply<Vec<PendingLyrics>>),
    SaveLyricMood(PendingLyrics, Arc<str>, Box<LyricMood>),
    PendingWhole(Option<TrackId>, Arc<str>, Reply<Vec<PendingWhole>>),
    SaveWhole(ContentId, Arc<str>, Arc<WholeTrack>),
    Whole(TrackId, Reply<Result<Option<Arc<WholeTrack>>, StoreError>>),
    SaveQueue(Box<SavedQueue>),
    SavedQueue(Reply<Result<Option<SavedQueue>, StoreError>>),
    Library(Reply<Arc<Library>>),
    Flush(Reply<Result<(), StoreError>>),
    Shutdown,
}

/// The thread's state.
pub struct StoreThread {
    path: PathBuf,
    database: Database,
    model: Model,
    library: Arc<Library>,
    queue: QueueWriter,
    on_event: Box<dyn Fn(StoreEvent) + Send>,
    write_at: Option<Instant>,
    publish_at: Instant,
    failing: bool,
}

impl StoreThread {
    pub fn new(
        path: PathBuf,
        database: Database,
        mut model: Model,
        on_event: Box<dyn Fn(StoreEvent) + Send>,
    ) -> Self {
        model.stale.library = true;
        model.stale.folders = true;
        model.stale.problems = true;
        model.stale.playlists = true;
        Self {
            path,
            database,
            model,
            library: Arc::default(),
            queue: QueueWriter::default(),
            on_event,
            write_at: None,
            publish_at: Instant::now(),
            failing: false,
        }
    }

    /// Works until told to shut down, or until nobody can ask any more.
    pub fn run(mut self, requests: &Receiver<Request>) {
        if let Some(aside) = &self.database.set_aside {
            (self.on_event)(StoreEvent::Failed(format!(
                "the library was damaged; it is kept as {} and a new one was begun",
                aside.display()
            )));
        }
        self.publish();
        loop {
            match self.next(requests) {
                Ok(Request::Shutdown) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(request) => self.answer(request),
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.note_changes();
            if self.write_at.is_some_and(|at| at <= Instant::now()) {
                // Told by `write`; what was not written stays to be written.
                let _ = self.write();
            }
            if self.is_stale() && self.publish_at <= Instant::now() {
                self.publish();
            }
        }
        if self.write().is_err() {
            tracing::error!("the library's last changes could not be saved");
        }
        self.publish();
    }

    fn next(&self, requests: &Receiver<Request>) -> Result<Request, RecvTimeoutError> {
        let publish_at = self.is_stale().then_some(self.publish_at);
        match self.write_at.into_iter().chain(publish_at).min() {
            Some(at) => requests.recv_deadline(at),
            None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    fn answer(&mut self, request: Request) {
        // An asker who has gone away needs no answer.
        match request {
            Request::AddFolder(path, reply) => {
                self.model.add_folder(path);
                let _ = reply.send(self.write());
            }
            Request::RemoveFolder(path, reply) => {
                self.model.remove_folder(&path);
                let _ = reply.send(self.write());
            }
            Request::Folders(reply) => {
                let _ = reply.send(self.model.folders().to_vec());
            }
            Request::KnownFiles(reply) => {
                let _ = reply.send(self.model.known_files());
            }
            Request::SingleFiles(reply) => {
                let _ = reply.send(self.model.single_files());
            }
            Request::Files(reply) => {
                let _ = reply.send(self.model.files());
            }
            Request::ApplyScan(event) => self.model.apply(event, now_unix_secs()),
            Request::FinishScan(completed, reply) => {
                let _ = reply.send(self.model.finish_scan(completed));
            }
            Request::PendingAnalyses(version, reading, reply) => {
                let reading = reading.as_deref();
                let _ = reply.send(self.model.pending_analyses(version, reading));
            }
            Request::SaveAnalysis(content, version, analysis) => {
                self.model.save_analysis(content, version, *analysis);
            }
            Request::SaveAudioReading(content, version, reading) => {
                self.model.save_audio_reading(content, &version, *reading);
            }
            Request::SaveAnalysisProblem(content, version, reason) => {
                self.model.save_analysis_problem(content, version, &reason);
            }
            Request::Problems(reply) => {
                let _ = reply.send(self.model.problems());
            }
            Request::RecordPlay(heard) => self.model.record_play(heard),
            Request::Rate(tracks, stars) => self.model.rate(&tracks, stars),
            Request::Forget(tracks) => self.model.forget(&tracks),
            Request::History(limit, reply) => {
                let _ = reply.send(self.history(limit));
            }
            Request::EraseHistory(first, last, reply) => {
                let _ = reply.send(self.erase_history(first, last));
            }
            Request::RecordFeedback(feedback) => self.model.record_feedback(feedback),
            Request::ClearFeedback => self.model.clear_feedback(),
            Request::ChangePlaylists(change, reply) => {
                let id = self.model.change_playlists(*change);
                let _ = reply.send(self.write().map(|()| id));
            }
            Request::Playlists(reply) => {
                let _ = reply.send(Arc::new(self.model.playlists.clone()));
            }
            Request::Feedback(reply) => {
                let _ = reply.send(self.feedback());
            }
            Request::Lyrics(id, reply) => {
                let _ = reply.send(self.lyrics(id));
            }
            Request::PendingLyrics(version, reply) => {
                let _ = reply.send(self.model.pending_lyrics(&version));
            }
            Request::SaveLyricMood(of, version, mood) => {
                self.model.save_lyric_mood(of, version, *mood);
            }
            Request::PendingWhole(only, version, reply) => {
                let _ = reply.send(self.model.pending_whole(only, &version));
            }
            Request::SaveWhole(content, version, whole) => {
                self.model.save_whole(content, &version, &whole);
            }
            Request::Whole(id, reply) => {
                let _ = reply.send(self.whole(id));
            }
            Request::SaveQueue(queue) => self.queue.save(*queue),
            Request::SavedQueue(reply) => {
                if self.model.stale.library {
                    self.publish();
                }
                let read = saved_queue::read(&self.database.connection, &self.library);
                let _ = reply.send(read.map_err(|source| self.read_error(source)));
            }
            Request::Library(reply) => {
                if self.model.stale.library {
                    self.publish();
                }
                let _ = reply.send(Arc::clone(&self.library));
            }
            Request::Flush(reply) => {
                let _ = reply.send(self.write());
            }
            Request::Shutdown => {}
        }
    }

    fn note_changes(&mut self) {
        if self.has_work() && self.write_at.is_none() {
            self.write_at = Some(Instant::now() + WRITE_AFTER);
        }
    }

    fn has_work(&self) -> bool {
        !self.model.dirty.is_empty() || self.queue.has_work()
    }

    fn write(&mut self) -> Result<(), StoreError> {
        self.write_at = None;
        if !self.has_work() {
            return Ok(());
        }
        let Err(source) = self.write_all() else {
            self.failing = false;
            return Ok(());
        };
        self.write_at = Some(Instant::now() + RETRY_AFTER);
        let path = self.path.clone();
        let error = StoreError::Write { path, source };
        if !self.failing {
            self.failing = true;
            (self.on_event)(StoreEvent::Failed(format!("{error}; it is tried again")));
        }
        Err(error)
    }

    fn write_all(&mut self) -> rusqlite::Result<()> {
        if !self.model.dirty.is_empty() {
            let dirty = std::mem::take(&mut self.model.dirty);
            let written = rows::write(&mut self.database.connection, &self.model, &dirty);
            if written.is_err() {
                self.model.dirty = dirty;
                return written;
            }
        }
        self.queue.write(&mut self.database.connection)
    }

    fn is_stale(&self) -> bool {
        let stale = self.model.stale;
        stale.library || stale.folders || stale.problems || stale.playlists
    }

    fn publish(&mut self) {
        let started = Instant::now();
        let stale = std::mem::take(&mut self.model.stale);
        if stale.library {
            self.library = Arc::new(self.model.library());
            (self.on_event)(StoreEvent::Library(Arc::clone(&self.library)));
        }
        if stale.folders {
            (self.on_event)(StoreEvent::Folders(self.model.folders().into()));
        }
        if stale.problems {
            (self.on_event)(StoreEvent::Problems(self.model.problems().into()));
        }
        if stale.playlists {
            let playlists = Arc::new(self.model.playlists.clone());
            (self.on_event)(StoreEvent::Playlists(playlists));
        }
        let pause = PUBLISH_EVERY.max(started.elapsed() * PUBLISH_SHARE);
        self.publish_at = Instant::now() + pause;
    }

    fn lyrics(&self, id: TrackId) -> Result<Option<Lyrics>, StoreError> {
        if let Some(unwritten) = self.model.dirty.lyrics.get(&id) {
            return Ok(unwritten.clone());
        }
        let read = rows::read_lyrics(&self.database.connection, id);
        read.map_err(|source| self.read_error(source))
    }

    fn whole(&self, id: TrackId) -> Result<Option<Arc<WholeTrack>>, StoreError> {
        if let Some(unwritten) = self.model.dirty.whole.get(&id) {
            return Ok(unwritten.clone());
        }
        let read = whole::read(&self.database.connection, id);
        read.map(|whole| whole.map(Arc::new))
            .map_err(|source| self.read_error(source))
    }

    fn history(&self, limit: usize) -> Result<Vec<Heard>, StoreError> {
        let Dirty { plays, .. } = &self.model.dirty;
        let mut heard: Vec<Heard> = plays.iter().rev().cloned().collect();
        let written = history::read(&self.database.connection, limit);
        heard.extend(written.map_err(|source| self.read_error(source))?);
        heard.sort_by_key(|heard| std::cmp::Reverse(heard.play.at_unix_secs));
        heard.truncate(limit);
        Ok(heard)
    }

    /// What is not written yet is written first, so that it is erased like the rest.
    fn erase_history(&mut self, first: i64, last: i64) -> Result<(), StoreError> {
        self.write()?;
        let erased = history::erase(&mut self.database.connection, first, last);
        let last_heard = erased.map_err(|source| {
            let path = self.path.clone();
            StoreError::Write { path, source }
        })?;
        self.model.last_heard(&last_heard);
        Ok(())
    }

    /// All reactions, also those not written yet, oldest first.
    fn feedback(&self) -> Result<Vec<Feedback>, StoreError> {
        let dirty = &self.model.dirty;
        let mut all = Vec::new();
        if !dirty.feedback_cleared {
            let written = feedback::read(&self.database.connection);
            all = written.map_err(|source| self.read_error(source))?;
        }
        all.extend(&dirty.feedback);
        Ok(all)
    }

    fn read_error(&self, source: rusqlite::Error) -> StoreError {
        let path = self.path.clone();
        StoreError::Read { path, source }
    }
}

fn now_unix_secs() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{FileStamp, ScannedFile, Tags};
    use crate::store::schema;
    use std::sync::Mutex;

    fn file(number: u8) -> ScanEvent {
        ScanEvent::File(Box::new(ScannedFile {
            path: PathBuf::from(format!("/music/{number}")),
            stamp: FileStamp::default(),
            content: ContentId([number; 16]),
            duration_secs: 1.0,
            codec: "FLAC".to_owned(),
            tags: Tags {
                title: "long ".repeat(2000),
                ..Tags::default()
            },
            has_cover: false,
            lyrics: None,
            stars: 0,
        }))
    }

    #[test]
    fn a_full_disk_is_told_once_and_loses_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        let (database, model) = schema::open(&path, rows::load).expect("a new library");
        let told = Arc::new(Mutex::new(Vec::new()));
        let telling = Arc::clone(&told);
        let mut store = StoreThread::new(
            path.clone(),
            database,
            model,
            Box::new(move |event| {
                if let StoreEvent::Failed(why) = event {
                    telling.lock().expect("one thread").push(why);
                }
            }),
        );
        store.answer(Request::ApplyScan(file(1)));
        store.write().expect("room for one");
        let full = |store: &StoreThread, pages: i64| {
            let connection = &store.database.connection;
            connection
                .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
                .expect("a limit");
        };
        full(&store, 1);
        for number in 2..40 {
            store.answer(Request::ApplyScan(file(number)));
        }
        let error = store.write().expect_err("no room");
        assert!(error.to_string().contains("full"), "{error}");
        assert!(store.write().is_err());
        assert_eq!(told.lock().expect("one thread").len(), 1);
        assert!(store.write_at.is_some(), "tried again later");
        full(&store, 1_000_000);
        store.write().expect("room again");
        drop(store);
        let (_, model) = schema::open(&path, rows::load).expect("the library");
        assert_eq!(model.library().len(), 39);
    }
}
