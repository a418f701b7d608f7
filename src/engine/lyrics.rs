//! The lyrics thread: reads the words of the tracks line by line, where this model has not
//! read them yet. Everything else about a track stays as it is.

use super::inbox::Inbox;
use crate::analysis::{Control, work_quietly};
use crate::inference::InferenceError;
use crate::inference::text::{TextModel, lyrics_version, open};
use crate::library::LyricMood;
use crate::store::{PendingLyrics, StoreError, StoreHandle};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// The model is kept so long after its last use: a scan finds lyrics again and again.
const KEEP_MODEL: Duration = Duration::from_secs(10);

/// What the lyrics thread tells the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LyricNews {
    /// So many tracks still wait for it.
    Left(usize),
    /// It has looked for lyrics and read what it could: once for each time it was asked.
    Done,
}

/// The thread; dropping it calls its work off and waits for it.
pub(super) struct LyricReader {
    control: Arc<Control>,
    asks: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl LyricReader {
    /// Starts the thread; it waits until it is [asked](Self::ask).
    pub(super) fn start(
        models: PathBuf,
        store: StoreHandle,
        inbox: Inbox,
    ) -> std::io::Result<Self> {
        let (asks, asked) = bounded(1);
        let control = Arc::new(Control::new());
        let work = Work {
            models,
            store,
            inbox,
            control: Arc::clone(&control),
        };
        let thread = std::thread::Builder::new()
            .name("lyrics".into())
            .spawn(move || work.run(&asked))?;
        Ok(Self {
            control,
            asks: Some(asks),
            thread: Some(thread),
        })
    }

    /// Asks it to look for lyrics; true when [`LyricNews::Done`] will answer. When it was
    /// asked already and has not begun, it will find everything anyway.
    pub(super) fn ask(&self) -> bool {
        self.asks
            .as_ref()
            .is_some_and(|asks| asks.try_send(()).is_ok())
    }

    /// Holds the work between two lines, or lets it go on.
    pub(super) fn pause(&self, paused: bool) {
        self.control.pause(paused);
    }
}

impl Drop for LyricReader {
    fn drop(&mut self) {
        self.control.cancel();
        self.asks = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the lyrics thread panicked");
        }
    }
}

struct Work {
    models: PathBuf,
    store: StoreHandle,
    inbox: Inbox,
    control: Arc<Control>,
}

impl Work {
    fn run(self, asked: &Receiver<()>) {
        work_quietly();
        let mut model = None;
        loop {
            let ask = if model.is_some() {
                asked.recv_timeout(KEEP_MODEL)
            } else {
                asked.recv().map_err(RecvTimeoutError::from)
            };
            match ask {
                Ok(()) => {
                    // A panic over one text must not leave the engine waiting for an answer.
                    let work = AssertUnwindSafe(|| self.read_all(&mut model));
                    match catch_unwind(work) {
                        Ok(Ok(())) => {}
                        // The query thread has told the listener about a missing model.
                        Ok(Err(error)) => tracing::info!("lyrics are not read: {error}"),
                        Err(_) => model = None,
                    }
                    self.inbox.lyrics(LyricNews::Done);
                }
                Err(RecvTimeoutError::Timeout) => model = None,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Reads whatever waits.
    fn read_all(&self, model: &mut Option<TextModel>) -> Result<(), LyricError> {
        // What another process owns cannot be kept here.
        if self.store.is_read_only() {
            return Ok(());
        }
        loop {
            let version = lyrics_version(&self.models)?;
            let pending = self.store.pending_lyrics(&version)?;
            if pending.is_empty() || self.control.is_cancelled() {
                return Ok(());
            }
            let model = loaded(model, &self.models, &version)?;
            for (done, track) in pending.iter().enumerate() {
                self.inbox.lyrics(LyricNews::Left(pending.len() - done));
                let Some(mood) = self.read(model, track)? else {
                    return Ok(());
                };
                self.store
                    .save_lyric_mood(*track, &model.lyrics_version(), mood);
            }
        }
    }

    /// Reads one track's words; `None` when the work was called off.
    fn read(
        &self,
        model: &mut TextModel,
        pending: &PendingLyrics,
    ) -> Result<Option<LyricMood>, LyricError> {
        // Lyrics that cannot be read back have no lines.
        let lyrics = self.store.lyrics(pending.track)?.unwrap_or_default();
        Ok(model.read_lyrics(&lyrics, || self.control.checkpoint().is_ok())?)
    }
}

fn loaded<'a>(
    model: &'a mut Option<TextModel>,
    models: &Path,
    version: &str,
) -> Result<&'a mut TextModel, InferenceError> {
    // The player may have been updated since the model was loaded.
    let current = model
        .take()
        .filter(|model| model.lyrics_version() == version);
    Ok(match current {
        Some(current) => model.insert(current),
        None => model.insert(open(models)?),
    })
}

/// Why lyrics are not read.
#[derive(Debug, thiserror::Error)]
enum LyricError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Model(#[from] InferenceError),
}
