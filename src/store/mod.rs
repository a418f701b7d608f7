//! The library on disk: SQLite, held by one thread named `store`.
//!
//! The thread keeps the whole library in memory, answers from there, writes what has
//! changed in one transaction a few times a second, and publishes immutable snapshots. One process owns a library; a second one that opens the same file may read.

mod audio_readings;
mod error;
mod feedback;
mod fold;
mod history;
mod lyric_moods;
mod merge;
mod model;
mod playlists;
mod rows;
mod saved_queue;
mod schema;
mod thread;
mod whole;

pub use error::StoreError;
pub use lyric_moods::PendingLyrics;
pub use model::PendingAnalysis;
pub use whole::PendingWhole;

use crate::library::{
    Analysis, AudioReading, ContentId, Folder, Heard, KnownFiles, Library, LyricMood, Lyrics, Play,
    PlaylistChange, PlaylistId, Playlists, Problem, SavedQueue, ScanEvent, ScanSummary, TrackFiles,
    TrackId, WholeTrack,
};
use crate::recommend::Feedback;
use crossbeam_channel::{Sender, bounded};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use thread::{Reply, Request, StoreThread};

/// Requests that may wait; who asks for more waits until some are done.
const MAX_WAITING: usize = 256;

/// What the store tells, from its own thread. All snapshots are told once at the
/// start, and again, at most about four times a second, after they have changed.
#[derive(Debug, Clone)]
pub enum StoreEvent {
    /// The tracks.
    Library(Arc<Library>),
    /// The music folders.
    Folders(Arc<[Folder]>),
    /// Files that cannot be used.
    Problems(Arc<[Problem]>),
    /// The saved playlists, in their order.
    Playlists(Arc<Playlists>),
    /// Something went wrong with the file; a plain sentence (English).
    Failed(String),
}

/// An open library. Dropping it writes what is left and closes the file.
#[derive(Debug)]
pub struct Store {
    handle: StoreHandle,
    thread: Option<JoinHandle<()>>,
}

/// Asks the store thread. Cheap to clone; goes to any thread.
///
/// Methods that return nothing only hand their data over; a failure to write it is told
/// as [`StoreEvent::Failed`] and tried again. In a process that may only read, they do nothing.
#[derive(Debug, Clone)]
pub struct StoreHandle {
    requests: Sender<Request>,
    path: Arc<Path>,
    read_only: bool,
}

impl Store {
    /// Opens the library at `path`, making it when it is not there, and reads it whole.
    /// A damaged file is set aside as `library.db.damaged-1` and a new one begun.
    /// `on_event` is called on the store thread: it must neither wait nor ask the store.
    pub fn open(
        path: &Path,
        on_event: impl Fn(StoreEvent) + Send + 'static,
    ) -> Result<Self, StoreError> {
        let (database, model) = schema::open(path, rows::load)?;
        let read_only = database.lock.is_none();
        let (requests, inbox) = bounded(MAX_WAITING);
        let store = StoreThread::new(path.to_path_buf(), database, model, Box::new(on_event));
        let thread = std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || store.run(&inbox))
            .map_err(StoreError::Thread)?;
        Ok(Self {
            handle: StoreHandle {
                requests,
                path: Arc::from(path),
                read_only,
            },
            thread: Some(thread),
        })
    }

    /// Where to ask.
    #[must_use]
    pub fn handle(&self) -> &StoreHandle {
        &self.handle
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // A thread that is gone already has nothing left to write.
        let _ = self.handle.requests.send(Request::Shutdown);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store thread panicked");
        }
    }
}

impl StoreHandle {
    /// Whether another running Maeum owns this library, or its folder cannot be written.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The library as it is now.
    pub fn library(&self) -> Result<Arc<Library>, StoreError> {
        self.ask(Request::Library)
    }

    /// Adds a music folder. Absolute paths only: the working folder changes.
    pub fn add_folder(&self, path: PathBuf) -> Result<(), StoreError> {
        self.writable()?;
        self.ask(|reply| Request::AddFolder(path, reply))?
    }

    /// Takes a folder and its tracks out of the library. They come back with their history
    /// when it is added again.
    pub fn remove_folder(&self, path: PathBuf) -> Result<(), StoreError> {
        self.writable()?;
        self.ask(|reply| Request::RemoveFolder(path, reply))?
    }

    /// The music folders.
    pub fn folders(&self) -> Result<Vec<Folder>, StoreError> {
        self.ask(Request::Folders)
    }

    /// The files of earlier scans, for the next one.
    pub fn known_files(&self) -> Result<KnownFiles, StoreError> {
        self.ask(Request::KnownFiles)
    }

    /// Known files outside all folders; a scan looks at them too.
    pub fn single_files(&self) -> Result<Vec<PathBuf>, StoreError> {
        self.ask(Request::SingleFiles)
    }

    /// What is known of the files of all tracks.
    pub fn files(&self) -> Result<TrackFiles, StoreError> {
        self.ask(Request::Files)
    }

    /// Takes in what a scan tells, in its order.
    pub fn apply_scan(&self, event: ScanEvent) {
        self.tell(Request::ApplyScan(event));
    }

    /// Ends a scan; `completed` is what [`scan`](crate::scan::scan) returned.
    pub fn finish_scan(&self, completed: bool) -> Result<ScanSummary, StoreError> {
        self.writable()?;
        self.ask(|reply| Request::FinishScan(completed, reply))
    }

    /// Tracks without an analysis by this version of the features, or not heard by this
    /// version of the audio model, if there is one. Tracks with equal audio are analyzed once.
    pub fn pending_analyses(
        &self,
        version: u32,
        reading: Option<&str>,
    ) -> Result<Vec<PendingAnalysis>, StoreError> {
        let reading = reading.map(Arc::from);
        self.ask(|reply| Request::PendingAnalyses(version, reading, reply))
    }

    /// Keeps the analysis of some audio.
    pub fn save_analysis(&self, content: ContentId, version: u32, analysis: Analysis) {
        self.tell(Request::SaveAnalysis(content, version, Box::new(analysis)));
    }

    /// Keeps what the audio model heard in some audio.
    pub fn save_audio_reading(&self, content: ContentId, version: Arc<str>, reading: AudioReading) {
        self.tell(Request::SaveAudioReading(
            content,
            version,
            Box::new(reading),
        ));
    }

    /// Notes why some audio cannot be analyzed; it is not tried again by this version of
    /// the features until its file changes.
    pub fn save_analysis_problem(&self, content: ContentId, version: u32, reason: String) {
        self.tell(Request::SaveAnalysisProblem(content, version, reason));
    }

    /// Files that cannot be used.
    pub fn problems(&self) -> Result<Vec<Problem>, StoreError> {
        self.ask(Request::Problems)
    }

    /// Counts a play: heard, or skipped.
    pub fn record_play(&self, play: Play) {
        self.record_heard(Heard {
            play,
            sitting: None,
        });
    }

    /// Counts a play with what led to it.
    pub fn record_heard(&self, heard: Heard) {
        self.tell(Request::RecordPlay(heard));
    }

    /// Gives tracks stars, 1…5, or takes them away (0).
    pub fn rate(&self, tracks: Vec<TrackId>, stars: u8) -> Result<(), StoreError> {
        self.writable()?;
        self.tell(Request::Rate(tracks, stars));
        Ok(())
    }

    /// Takes tracks whose files are gone out of the library. They come back with their
    /// history when a scan finds the files.
    pub fn forget(&self, tracks: Vec<TrackId>) -> Result<(), StoreError> {
        self.writable()?;
        self.tell(Request::Forget(tracks));
        Ok(())
    }

    /// The last plays, newest first.
    pub fn history(&self, limit: usize) -> Result<Vec<Play>, StoreError> {
        Ok(self.heard(limit)?.iter().map(|heard| heard.play).collect())
    }

    /// The last plays with what led to them, newest first.
    pub fn heard(&self, limit: usize) -> Result<Vec<Heard>, StoreError> {
        self.ask(|reply| Request::History(limit, reply))?
    }

    /// Erases the plays that began from `first` to `last`, seconds since 1970; how often
    /// tracks were heard is kept, and what was learned from it, without when and for which
    /// feeling that was. Written over before it returns.
    pub fn erase_history(&self, first: i64, last: i64) -> Result<(), StoreError> {
        self.writable()?;
        self.ask(|reply| Request::EraseHistory(first, last, reply))?
    }

    /// Keeps what the listener did about a track.
    pub fn record_feedback(&self, feedback: Feedback) -> Result<(), StoreError> {
        self.writable()?;
        self.tell(Request::RecordFeedback(feedback));
        Ok(())
    }

    /// Forgets everything the listener did about tracks; plays are kept.
    pub fn clear_feedback(&self) -> Result<(), StoreError> {
        self.writable()?;
        self.tell(Request::ClearFeedback);
        Ok(())
    }

    /// All that the listener did about tracks, oldest first.
    pub fn feedback(&self) -> Result<Vec<Feedback>, StoreError> {
        self.ask(Request::Feedback)?
    }

    /// Changes the playlists; the id of the one that was changed or made, `None` when there
    /// was nothing to change. Written before it returns.
    pub fn change_playlists(
        &self,
        change: PlaylistChange,
    ) -> Result<Option<PlaylistId>, StoreError> {
        self.writable()?;
        self.ask(|reply| Request::ChangePlaylists(Box::new(change), reply))?
    }

    /// The saved playlists, in their order.
    pub fn playlists(&self) -> Result<Arc<Playlists>, StoreError> {
        self.ask(Request::Playlists)
    }

    /// The lyrics of a track.
    pub fn lyrics(&self, track: TrackId) -> Result<Option<Lyrics>, StoreError> {
        self.ask(|reply| Request::Lyrics(track, reply))?
    }

    /// Tracks whose lyrics were not read by this version of the reading, or have changed
    /// since they were.
    pub fn pending_lyrics(&self, version: &str) -> Result<Vec<PendingLyrics>, StoreError> {
        let version = Arc::from(version);
        self.ask(|reply| Request::PendingLyrics(version, reply))
    }

    /// Keeps what was read from a track's lyrics; dropped when they have changed meanwhile.
    pub fn save_lyric_mood(&self, of: PendingLyrics, version: &str, mood: LyricMood) {
        let version = Arc::from(version);
        self.tell(Request::SaveLyricMood(of, version, Box::new(mood)));
    }

    /// Analyzed tracks, or this one, that were not read from end to end by this version.
    /// Tracks with equal audio are read once.
    pub fn pending_whole(
        &self,
        only: Option<TrackId>,
        version: &str,
    ) -> Result<Vec<PendingWhole>, StoreError> {
        let version = Arc::from(version);
        self.ask(|reply| Request::PendingWhole(only, version, reply))
    }

    /// Keeps what some audio told when it was read from end to end.
    pub fn save_whole(&self, content: ContentId, version: Arc<str>, whole: Arc<WholeTrack>) {
        self.tell(Request::SaveWhole(content, version, whole));
    }

    /// What a track told when it was read from end to end; `None` until it was.
    pub fn whole(&self, track: TrackId) -> Result<Option<Arc<WholeTrack>>, StoreError> {
        self.ask(|reply| Request::Whole(track, reply))?
    }

    /// Keeps the queue, in place of the one kept before.
    pub fn save_queue(&self, queue: SavedQueue) {
        self.tell(Request::SaveQueue(Box::new(queue)));
    }

    /// The queue as it was last kept; `None` when none ever was.
    pub fn saved_queue(&self) -> Result<Option<SavedQueue>, StoreError> {
        self.ask(Request::SavedQueue)?
    }

    /// Writes all that is not written yet.
    pub fn flush(&self) -> Result<(), StoreError> {
        if self.read_only {
            return Ok(());
        }
        self.ask(Request::Flush)?
    }

    fn writable(&self) -> Result<(), StoreError> {
        if self.read_only {
            let path = self.path.to_path_buf();
            return Err(StoreError::InUse { path });
        }
        Ok(())
    }

    fn tell(&self, request: Request) {
        // A closed store can keep nothing; whoever closed it knows.
        if !self.read_only {
            let _ = self.requests.send(request);
        }
    }

    fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Result<T, StoreError> {
        let (reply, answer) = bounded(1);
        self.requests
            .send(request(reply))
            .map_err(|_| StoreError::Closed)?;
        answer.recv().map_err(|_| StoreError::Closed)
    }
}
