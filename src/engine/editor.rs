//! The editor thread: changes the tags of files, one after another, and takes changes back.
//! Stars wait until the listener has settled on them: a file is not rewritten at each click.

use super::inbox::Inbox;
use crate::library::{EditError, TagEdit, TrackId};
use crate::scan::{Undo, edit_tags, rate_file, undo_edit};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// So many edits can be taken back.
const MOST_UNDONE: usize = 20;
/// So much memory the covers of edits before the last may take, bytes.
const MOST_PICTURE_BYTES: usize = 256 * 1024 * 1024;

/// How long stars wait for others to take their place.
const SETTLED: Duration = Duration::from_secs(1);

/// What the editor is asked.
pub(super) enum Edit {
    /// Change the tags of these tracks' files.
    Tags {
        /// Whose.
        files: Vec<(TrackId, PathBuf)>,
        /// How.
        edit: TagEdit,
    },
    /// Write stars into these files, once no others have come for a while. Only told when it
    /// fails, and not to be taken back: the library has the stars.
    Rate {
        /// Which.
        files: Vec<PathBuf>,
        /// How many.
        stars: u8,
    },
    /// Take the last edit back.
    Undo,
}

/// What an edit came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EditReport {
    /// Tracks whose files were changed.
    pub changed: Vec<TrackId>,
    /// Files that were left alone, and why.
    pub failed: Vec<(PathBuf, EditError)>,
    /// Whether an earlier edit was taken back.
    pub undone: bool,
    /// Whether there is an edit that can be taken back.
    pub may_undo: bool,
}

/// What takes one edit back: of each file that it changed.
type Undos = Vec<(TrackId, Undo)>;

/// The thread; what it was asked for before it is dropped is still done.
pub(super) struct Editor {
    edits: Option<Sender<Edit>>,
    thread: Option<JoinHandle<()>>,
}

impl Editor {
    pub(super) fn start(inbox: Inbox) -> std::io::Result<Self> {
        let (edits, asked) = unbounded();
        let thread = std::thread::Builder::new()
            .name("editor".into())
            .spawn(move || run(&asked, &inbox))?;
        Ok(Self {
            edits: Some(edits),
            thread: Some(thread),
        })
    }

    pub(super) fn ask(&self, edit: Edit) {
        if let Some(edits) = &self.edits
            && edits.send(edit).is_err()
        {
            tracing::error!("the editor thread has ended");
        }
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.edits = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the editor thread panicked");
        }
    }
}

fn run(asked: &Receiver<Edit>, inbox: &Inbox) {
    let mut editing = Editing {
        inbox,
        done: Vec::new(),
        stars: Stars::default(),
    };
    loop {
        let edit = match editing.stars.since {
            Some(since) => asked.recv_deadline(since + SETTLED),
            None => asked.recv().map_err(RecvTimeoutError::from),
        };
        match edit {
            Ok(Edit::Rate { files, stars }) => editing.stars.take(files, stars),
            Ok(Edit::Tags { files, edit }) => editing.change(files, &edit),
            Ok(Edit::Undo) => editing.undo(),
            Err(RecvTimeoutError::Timeout) => editing.write_stars(),
            Err(RecvTimeoutError::Disconnected) => return editing.write_stars(),
        }
    }
}

struct Editing<'a> {
    inbox: &'a Inbox,
    done: Vec<Undos>,
    stars: Stars,
}

impl Editing<'_> {
    fn change(&mut self, files: Vec<(TrackId, PathBuf)>, edit: &TagEdit) {
        self.write_stars();
        let (mut report, mut touched) = (EditReport::default(), Vec::new());
        let undos = change(files, edit, &mut report, &mut touched);
        self.finish(undos, report, touched);
    }

    fn undo(&mut self) {
        self.write_stars();
        let (mut report, mut touched) = (EditReport::default(), Vec::new());
        report.undone = true;
        let undos = self.done.pop().unwrap_or_default();
        let left = take_back(undos, &mut report, &mut touched);
        self.finish(left, report, touched);
    }

    /// Writes the stars that wait.
    fn write_stars(&mut self) {
        if self.stars.since.is_some() {
            let (mut report, mut touched) = (EditReport::default(), Vec::new());
            self.stars.write(&mut report, &mut touched);
            self.finish(Undos::new(), report, touched);
        }
    }

    fn finish(&mut self, undos: Undos, mut report: EditReport, touched: Vec<PathBuf>) {
        if !undos.is_empty() {
            self.done.push(undos);
            forget_oldest(&mut self.done);
        }
        report.may_undo = !self.done.is_empty();
        self.inbox.edited(report, touched);
    }
}

/// Stars that are to be written.
#[derive(Default)]
struct Stars {
    of: BTreeMap<PathBuf, u8>,
    /// When the last came; `None` when there are none.
    since: Option<Instant>,
}

impl Stars {
    fn take(&mut self, files: Vec<PathBuf>, stars: u8) {
        self.of.extend(files.into_iter().map(|file| (file, stars)));
        self.since = Some(Instant::now());
    }

    fn write(&mut self, report: &mut EditReport, touched: &mut Vec<PathBuf>) {
        self.since = None;
        for (path, stars) in std::mem::take(&mut self.of) {
            match rate_file(&path, stars) {
                Ok(()) => touched.push(path),
                Err(error) => report.failed.push((path, error)),
            }
        }
    }
}

/// Changes files; what takes that back.
fn change(
    files: Vec<(TrackId, PathBuf)>,
    edit: &TagEdit,
    report: &mut EditReport,
    touched: &mut Vec<PathBuf>,
) -> Undos {
    let mut undos: Undos = Vec::new();
    for (track, path) in files {
        match edit_tags(&path, edit) {
            Ok(mut undo) => {
                if let Some((_, last)) = undos.last() {
                    undo.share_pictures(last);
                }
                undos.push((track, undo));
                report.changed.push(track);
                touched.push(path);
            }
            Err(error) => report.failed.push((path, error)),
        }
    }
    undos
}

/// Takes an edit back; what is left of it to be tried again.
fn take_back(undos: Undos, report: &mut EditReport, touched: &mut Vec<PathBuf>) -> Undos {
    let mut left = Vec::new();
    for (track, undo) in undos {
        let path = undo.path().to_path_buf();
        match undo_edit(&undo) {
            Ok(()) => {
                report.changed.push(track);
                touched.push(path);
            }
            Err(error) => {
                // Room can be made and a lock can go; another file stays what it is.
                if !matches!(error, EditError::Changed | EditError::Gone) {
                    left.push((track, undo));
                }
                report.failed.push((path, error));
            }
        }
    }
    left
}

fn forget_oldest(done: &mut Vec<Undos>) {
    let bytes = |edits: &[Undos]| -> usize {
        let undos = edits.iter().flatten();
        undos.map(|(_, undo)| undo.picture_bytes()).sum()
    };
    while done.len() > MOST_UNDONE || (done.len() > 1 && bytes(done) > MOST_PICTURE_BYTES) {
        done.remove(0);
    }
}
