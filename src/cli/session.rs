//! The engine, opened for one command.

use super::Context;
use crate::engine::{self, Command, Event, Folder, Handle, Notice, Options, Problem, Snapshot};
use crate::library::Playlists;
use crate::recommend::ListenerModel;
use anyhow::{Result, anyhow, bail};
use crossbeam_channel::RecvTimeoutError;
use std::sync::Arc;
use std::time::Instant;

/// An open engine whose library has been loaded.
pub(super) struct Session {
    handle: Handle,
    /// The library as it was when the engine opened it.
    pub snapshot: Snapshot,
    /// The music folders, as last told.
    pub folders: Arc<[Folder]>,
    /// The saved playlists, as last told.
    pub playlists: Arc<Playlists>,
    /// Files that cannot be used, as last told.
    pub problems: Arc<[Problem]>,
    /// What was learned about the listener, as it was when the engine opened the library.
    pub listener: Arc<ListenerModel>,
}

impl Session {
    /// Opens the library. Nothing is scanned unless asked for.
    pub(super) fn open(context: &Context<'_>) -> Result<Self> {
        let options = Options {
            folders: context.folders.clone(),
            demo: context.demo,
            scan_at_start: false,
            keep_queue: false,
        };
        let handle = engine::start(options, Arc::new(|| {}))?;
        let (mut snapshot, mut folders, mut problems) = (None, None, None);
        let mut playlists = None;
        let mut listener = Arc::default();
        loop {
            match next(&handle, None)? {
                Some(Event::Library(now)) => snapshot = Some(now),
                Some(Event::Folders(now)) => folders = Some(now),
                Some(Event::Problems(now)) => problems = Some(now),
                Some(Event::Playlists(now)) => playlists = Some(now),
                Some(Event::Listener(now)) => listener = now,
                Some(Event::Notice(Notice::Failed(reason) | Notice::NoTextModel(reason))) => {
                    tracing::warn!("{reason}");
                }
                _ => {}
            }
            if let (Some(snapshot), Some(folders), Some(problems), Some(playlists)) =
                (&snapshot, &folders, &problems, &playlists)
            {
                return Ok(Self {
                    snapshot: snapshot.clone(),
                    folders: Arc::clone(folders),
                    problems: Arc::clone(problems),
                    playlists: Arc::clone(playlists),
                    listener,
                    handle,
                });
            }
        }
    }

    /// Asks the engine for something.
    pub(super) fn send(&self, command: Command) -> Result<()> {
        self.handle
            .commands
            .send(command)
            .map_err(|_| anyhow!("the engine has stopped"))
    }

    /// Waits until `answer` finds what it looks for among the events.
    pub(super) fn wait_for<T>(&mut self, mut answer: impl FnMut(Event) -> Option<T>) -> Result<T> {
        loop {
            if let Some(found) = self.step(None, &mut answer)? {
                return Ok(found);
            }
        }
    }

    /// Like [`wait_for`](Self::wait_for), but what fails meanwhile is the answer.
    pub(super) fn wait_or_fail<T>(
        &mut self,
        mut answer: impl FnMut(Event) -> Option<T>,
    ) -> Result<T> {
        self.wait_for(|event| match event {
            Event::Notice(Notice::Failed(reason)) => Some(Err(anyhow!(reason))),
            event => answer(event).map(Ok),
        })?
    }

    /// Waits until the file that was asked for is written.
    pub(super) fn wait_for_export(&mut self) -> Result<()> {
        self.wait_or_fail(|event| matches!(event, Event::Notice(Notice::Exported(_))).then_some(()))
    }

    /// Like [`wait_for`](Self::wait_for), but gives up with `None` at a moment.
    pub(super) fn wait_until<T>(
        &mut self,
        end: Instant,
        mut answer: impl FnMut(Event) -> Option<T>,
    ) -> Result<Option<T>> {
        while Instant::now() < end {
            if let Some(found) = self.step(Some(end), &mut answer)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn step<T>(
        &mut self,
        end: Option<Instant>,
        answer: &mut impl FnMut(Event) -> Option<T>,
    ) -> Result<Option<T>> {
        let Some(event) = next(&self.handle, end)? else {
            return Ok(None);
        };
        match &event {
            Event::Folders(now) => self.folders = Arc::clone(now),
            Event::Problems(now) => self.problems = Arc::clone(now),
            Event::Playlists(now) => self.playlists = Arc::clone(now),
            Event::Notice(Notice::NoTextModel(reason)) => tracing::warn!("{reason}"),
            Event::Notice(Notice::NoPhotoModel(reason)) => {
                tracing::warn!("{reason}; photos are read by their colours alone");
            }
            _ => {}
        }
        Ok(answer(event))
    }

    /// Stops the engine and waits until everything is kept.
    pub(super) fn close(self) {
        self.handle.close();
    }
}

/// The next event, or `None` when `end` comes first. A library that cannot be used ends
/// every command.
fn next(handle: &Handle, end: Option<Instant>) -> Result<Option<Event>> {
    let received = match end {
        Some(end) => handle.events.recv_deadline(end),
        None => handle.events.recv().map_err(RecvTimeoutError::from),
    };
    match received {
        Ok(Event::Unusable(reason)) => bail!(reason),
        Ok(event) => Ok(Some(event)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => bail!("the engine has stopped"),
    }
}
