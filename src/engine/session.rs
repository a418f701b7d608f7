//! One opened library: its store, its scans, its analyzers.

use super::inbox::Inbox;
use super::lyrics::{LyricNews, LyricReader};
use super::progress::Accounts;
use super::scanner::{Places, ScanNews, Scanner};
use super::whole::WholeReader;
use super::{Progress, ScanReport, now_unix_secs};
use crate::analysis::{
    AnalysisError, Analyzed, FEATURES_VERSION, Job, Look, Pool, TimeLeft, Wanted, first_look_secs,
};
use crate::config::Folders;
use crate::inference::audio::audio_version;
use crate::library::{ContentId, Folder, Heard, Library, Play, Sitting, Track, TrackId};
use crate::scan::{FolderWatcher, ScanRequest};
use crate::store::{PendingAnalysis, Store, StoreError, StoreHandle};
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// The threads and accounts of one opened library.
pub(super) struct Session {
    store: Store,
    /// The library as last published.
    pub library: Arc<Library>,
    /// What the analyzers return.
    pub analyzed: Receiver<Analyzed>,
    inbox: Inbox,
    scanner: Option<Scanner>,
    /// Another scan was asked for while one was under way.
    scan_again: bool,
    /// Single files to look for in the next scan.
    new_files: Vec<PathBuf>,
    /// Places that have changed while a scan was under way.
    changed: Vec<PathBuf>,
    /// `None` where another process owns the library.
    watcher: Option<FolderWatcher>,
    /// Nothing is analyzed before the first scan was asked for.
    analyzing: bool,
    models: PathBuf,
    /// Version of the audio model, while there is one that works.
    reading: Option<Arc<str>>,
    pool: Pool,
    results: Sender<Analyzed>,
    lyrics: LyricReader,
    whole: WholeReader,
    /// Tracks to analyze, as the store last told.
    pending: VecDeque<PendingAnalysis>,
    /// With the analyzers now.
    under_way: HashMap<TrackId, PendingAnalysis>,
    /// The reader of whole tracks goes on with the rest once what is new was analyzed.
    rest_waits: bool,
    time_left: TimeLeft,
    accounts: Accounts,
}

impl Session {
    /// Opens the library kept in `folders.data`.
    pub(super) fn open(
        folders: &Folders,
        workers: usize,
        inbox: Inbox,
    ) -> Result<Self, SessionError> {
        let for_store = inbox.clone();
        let store = Store::open(&folders.database_file(), move |event| {
            for_store.store(event);
        })?;
        // Known from the start: what is asked for first may come before it is published.
        let library = store.handle().library()?;
        let for_watcher = inbox.clone();
        let watcher = (!store.handle().is_read_only())
            .then(|| FolderWatcher::start(move |news| for_watcher.watch(news)))
            .transpose()?;
        let models = folders.models.clone();
        let lyrics = LyricReader::start(models.clone(), store.handle().clone(), inbox.clone())?;
        let whole = WholeReader::start(models.clone(), store.handle().clone(), inbox.clone())?;
        // Not bounded: the engine is the only reader, and it joins the analyzers when it
        // closes; a full channel would let both wait for each other.
        let (results, analyzed) = unbounded();
        Ok(Self {
            store,
            library,
            analyzed,
            inbox,
            scanner: None,
            scan_again: false,
            new_files: Vec::new(),
            changed: Vec::new(),
            watcher,
            analyzing: false,
            pool: Pool::start(workers, &models, &results),
            reading: None,
            models,
            results,
            lyrics,
            whole,
            pending: VecDeque::new(),
            under_way: HashMap::new(),
            rest_waits: false,
            time_left: TimeLeft::default(),
            accounts: Accounts::default(),
        })
    }

    /// Where to ask for what is kept.
    pub(super) fn store(&self) -> &StoreHandle {
        self.store.handle()
    }

    /// How far the work is.
    pub(super) fn progress(&self) -> Progress {
        self.accounts.progress()
    }

    /// The report of a finished scan with its analysis, once.
    pub(super) fn finished(&mut self) -> Option<ScanReport> {
        let report = self.accounts.finish(Instant::now())?;
        self.whole.read_rest(true);
        Some(report)
    }

    /// Adds folders and single files, and scans.
    pub(super) fn add(&mut self, paths: Vec<PathBuf>) -> Result<(), SessionError> {
        for path in paths {
            if path.is_dir() {
                self.store().add_folder(path)?;
            } else {
                self.new_files.push(path);
            }
        }
        self.scan()
    }

    /// Scans this folder and lets go of all others: the demo's music lies elsewhere once
    /// the program was moved or updated.
    pub(super) fn show_only(&mut self, folder: PathBuf) -> Result<(), SessionError> {
        for other in self.store().folders()? {
            if other.path != folder {
                self.store().remove_folder(other.path)?;
            }
        }
        self.add(vec![folder])
    }

    /// Looks at all folders again; when a scan is under way, once more after it.
    pub(super) fn scan(&mut self) -> Result<(), SessionError> {
        if self.scanner.is_some() {
            self.scan_again = true;
            return Ok(());
        }
        let store = self.store();
        let mut request = ScanRequest {
            folders: store
                .folders()?
                .into_iter()
                .map(|folder| folder.path)
                .collect(),
            files: store.single_files()?,
        };
        let known = store.known_files()?;
        request.files.append(&mut self.new_files);
        let paused = self.accounts.progress().paused;
        self.accounts.scan_begins(Instant::now());
        self.reading = audio_version(&self.models)
            .inspect_err(|problem| tracing::info!("the rule reads alone: {problem}"))
            .ok();
        self.analyzing = true;
        // What new tracks need first comes first; the report of this scan is the end of it.
        self.whole.read_rest(false);
        self.rest_waits = false;
        // It looks everywhere.
        self.changed.clear();
        self.scanner = Some(Scanner::start(
            Places::All(request),
            known,
            paused,
            self.store().clone(),
            self.inbox.clone(),
        )?);
        Ok(())
    }

    /// Watches these folders, and no others.
    pub(super) fn watch(&self, folders: &[Folder]) {
        if let Some(watcher) = &self.watcher {
            watcher.follow(folders.iter().map(|folder| folder.path.clone()).collect());
        }
    }

    /// Looks at places that have changed, after the scan that is under way.
    pub(super) fn places_changed(&mut self, places: Vec<PathBuf>) -> Result<(), SessionError> {
        // Nobody has asked this process to look at files.
        if !self.analyzing {
            return Ok(());
        }
        self.changed.extend(places);
        self.scan_changes()
    }

    fn scan_changes(&mut self) -> Result<(), SessionError> {
        if self.scanner.is_some() || self.changed.is_empty() {
            return Ok(());
        }
        let known = self.store().known_files()?;
        self.scanner = Some(Scanner::start(
            Places::Changed(std::mem::take(&mut self.changed)),
            known,
            self.accounts.progress().paused,
            self.store().clone(),
            self.inbox.clone(),
        )?);
        Ok(())
    }

    /// Takes in what the scanner tells.
    pub(super) fn scan_news(&mut self, news: ScanNews) -> Result<(), SessionError> {
        match news {
            ScanNews::Found(files) => {
                // A few changed files are no event to report.
                let scan = self.scanner.as_ref();
                if !scan.is_some_and(|scan| scan.changes_only) {
                    self.accounts.found(files);
                }
            }
            ScanNews::Ended(whole) => {
                let changes_only = self.scanner.take().is_some_and(|scanner| {
                    let changes_only = scanner.changes_only;
                    scanner.stop();
                    changes_only
                });
                let summary = self.store().finish_scan(whole)?;
                if changes_only {
                    self.accounts.rest();
                    // What new tracks need first comes first.
                    self.whole.read_rest(false);
                    self.rest_waits = true;
                } else if whole {
                    self.accounts.found(summary.files);
                    self.accounts.scan_ends(summary);
                } else {
                    self.accounts.scan_stops();
                }
                if std::mem::take(&mut self.scan_again) {
                    self.scan()?;
                } else {
                    self.scan_changes()?;
                }
                self.refill()?;
                self.ask_for_lyrics();
            }
        }
        Ok(())
    }

    /// Holds or goes on with scanning and analysis.
    pub(super) fn pause(&mut self, paused: bool) {
        self.accounts.pause(paused);
        self.pool.pause(paused);
        self.lyrics.pause(paused);
        self.whole.pause(paused);
        if let Some(scanner) = &self.scanner {
            scanner.pause(paused);
        }
    }

    /// Works with so many analyzers from now on.
    pub(super) fn set_workers(&mut self, workers: usize) -> Result<(), SessionError> {
        if workers == self.pool.workers() {
            return Ok(());
        }
        self.pool = Pool::start(workers, &self.models, &self.results);
        self.pool.pause(self.accounts.progress().paused);
        // Those under way were called off and start again.
        self.under_way.clear();
        self.refill()
    }

    /// Takes in a finished analysis and hands out the next track.
    pub(super) fn analyzed(&mut self, analyzed: Analyzed) {
        let Analyzed {
            job,
            result,
            elapsed,
        } = analyzed;
        let Some(pending) = self.under_way.remove(&job.id) else {
            return;
        };
        let read_secs = first_look_secs(pending.duration_secs);
        self.time_left.record(read_secs, elapsed);
        // A model that cannot be used has made nothing of a track that was analyzed before.
        let made = result.as_ref().is_ok_and(|look| {
            look.analysis.is_some() || look.reading.as_ref().is_some_and(Result::is_ok)
        });
        self.accounts.done(made);
        let store = self.store();
        match result {
            Ok(Look { analysis, reading }) => {
                if let Some(analysis) = analysis {
                    store.save_analysis(pending.content, FEATURES_VERSION, analysis);
                }
                match reading {
                    Some(Ok((reading, version))) => {
                        store.save_audio_reading(pending.content, version, reading);
                    }
                    // Nothing is asked of it again before the next scan.
                    Some(Err(problem)) => {
                        tracing::warn!("the rule reads alone: {problem}");
                        self.reading = None;
                    }
                    None => {}
                }
            }
            Err(error) => {
                store.save_analysis_problem(pending.content, FEATURES_VERSION, reason(&error));
            }
        }
        self.feed();
    }

    /// The library has changed: new tracks may wait for their analysis.
    pub(super) fn library_changed(&mut self, library: Arc<Library>) -> Result<(), SessionError> {
        self.library = library;
        // Asking costs the store a walk over all tracks; while work is at hand it can wait
        // for the end of the scan.
        if self.pending.is_empty() && self.scanner.is_some() {
            self.refill()?;
        }
        if self.scanner.is_some() && !self.accounts.reads_lyrics() {
            self.ask_for_lyrics();
        }
        Ok(())
    }

    /// Lets the lyrics thread look for words that are not read yet.
    fn ask_for_lyrics(&mut self) {
        if self.analyzing && self.lyrics.ask() {
            self.accounts.lyrics_asked();
        }
    }

    /// Takes in what the lyrics thread tells.
    pub(super) fn lyric_news(&mut self, news: LyricNews) {
        self.accounts.lyrics(news);
    }

    /// Asks the store anew what is to be analyzed.
    fn refill(&mut self) -> Result<(), SessionError> {
        if !self.analyzing {
            return Ok(());
        }
        let under_way: Vec<ContentId> =
            self.under_way.values().map(|track| track.content).collect();
        let pending = self
            .store()
            .pending_analyses(FEATURES_VERSION, self.reading.as_deref())?;
        self.pending = pending
            .into_iter()
            .filter(|track| !under_way.contains(&track.content))
            .collect();
        self.feed();
        Ok(())
    }

    /// Keeps the analyzers busy, and the accounts up to date.
    fn feed(&mut self) {
        while self.pool.room() > 0
            && let Some(track) = self.pending.pop_front()
        {
            let job = Job {
                id: track.id,
                path: track.path.clone(),
                duration_secs: track.duration_secs,
                wanted: Wanted {
                    rule: track.rule,
                    reading: track.reading && self.reading.is_some(),
                },
            };
            if self.pool.submit(job).is_err() {
                self.pending.push_front(track);
                break;
            }
            self.under_way.insert(track.id, track);
        }
        let waiting = || self.pending.iter().chain(self.under_way.values());
        let left = self.time_left.estimate(
            waiting()
                .map(|track| first_look_secs(track.duration_secs))
                .sum(),
            self.pool.workers(),
        );
        let waiting = waiting().count();
        self.accounts
            .waiting(waiting, left.map(|left| left.as_secs_f32()));
        if waiting == 0 && std::mem::take(&mut self.rest_waits) {
            self.whole.read_rest(true);
        }
    }

    /// Reads a track from end to end before all others, if that was not done yet.
    pub(super) fn read_whole(&self, track: TrackId) {
        self.whole.read(track);
    }

    /// Keeps a play of one of the library's own tracks; `None` for others.
    pub(super) fn heard(
        &self,
        track: TrackId,
        played_secs: f32,
        finished: bool,
        sitting: Option<Arc<Sitting>>,
    ) -> Option<Play> {
        self.library.get(track)?;
        let play = Play {
            track,
            at_unix_secs: now_unix_secs() - played_secs as i64,
            played_secs,
            finished,
        };
        self.store().record_heard(Heard { play, sitting });
        Some(play)
    }

    /// The tracks with these ids, in order; unknown ones are passed over.
    pub(super) fn tracks(&self, ids: &[TrackId]) -> Vec<Arc<Track>> {
        ids.iter()
            .filter_map(|id| self.library.get(*id))
            .cloned()
            .collect()
    }

    /// Ends all work and waits until everything is kept.
    pub(super) fn close(mut self) {
        drop(self.watcher.take());
        if let Some(scanner) = self.scanner.take() {
            scanner.stop();
        }
        self.pool.stop();
        drop(self.lyrics);
        drop(self.whole);
        drop(self.store);
    }
}

/// Why a file has no analysis, without the path that stands beside it.
fn reason(error: &AnalysisError) -> String {
    match error {
        AnalysisError::Decode(error) => error.reason(),
        other => other.to_string(),
    }
}

/// Why the library cannot go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum SessionError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("cannot start a thread: {0}")]
    Thread(#[from] std::io::Error),
}
