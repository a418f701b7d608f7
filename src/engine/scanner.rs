//! The scanner thread: one scan, from the first folder to the last new file.

use super::inbox::Inbox;
use crate::library::KnownFiles;
use crate::scan::{ScanControl, ScanRequest, after_changes, scan};
use crate::store::StoreHandle;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

/// Walking finds thousands of files a second; the window is told of every so many.
const TELL_EVERY: usize = 100;

/// What a scan looks at.
pub(super) enum Places {
    /// All folders and single files.
    All(ScanRequest),
    /// Only places that were changed.
    Changed(Vec<PathBuf>),
}

/// A scan under way.
pub(super) struct Scanner {
    /// Whether it looks at changed places only.
    pub changes_only: bool,
    control: Arc<ScanControl>,
    thread: JoinHandle<()>,
}

/// What a scan tells the engine. The files themselves go to the store.
#[derive(Debug, Clone, Copy)]
pub(super) enum ScanNews {
    /// So many audio files were found so far.
    Found(usize),
    /// The scan came to its end (`true`) or was cut short.
    Ended(bool),
}

impl Scanner {
    /// Starts a scan. `known` holds the files of earlier scans.
    pub(super) fn start(
        places: Places,
        known: KnownFiles,
        paused: bool,
        store: StoreHandle,
        inbox: Inbox,
    ) -> std::io::Result<Self> {
        let control = Arc::new(ScanControl::default());
        control.set_paused(paused);
        let steering = Arc::clone(&control);
        let changes_only = matches!(places, Places::Changed(_));
        let thread = std::thread::Builder::new()
            .name("scanner".into())
            .spawn(move || {
                let request = match places {
                    Places::All(request) => request,
                    Places::Changed(places) => after_changes(&places),
                };
                let mut told = 0;
                let whole = scan(
                    &request,
                    &known,
                    &steering,
                    &mut |progress| {
                        let walked = progress.to_read > 0;
                        if progress.files_found >= told + TELL_EVERY
                            || (walked && progress.files_found > told)
                        {
                            told = progress.files_found;
                            inbox.scan(ScanNews::Found(told));
                        }
                    },
                    &mut |event| store.apply_scan(event),
                );
                inbox.scan(ScanNews::Ended(whole));
            })?;
        Ok(Self {
            changes_only,
            control,
            thread,
        })
    }

    /// Holds the scan, or lets it go on.
    pub(super) fn pause(&self, paused: bool) {
        self.control.set_paused(paused);
    }

    /// Ends the scan and waits until its thread is done.
    pub(super) fn stop(self) {
        self.control.cancel();
        if self.thread.join().is_err() {
            tracing::error!("the scanner thread panicked");
        }
    }
}
