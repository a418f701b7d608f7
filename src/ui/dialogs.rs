//! The desktop's own file dialogs. They block, so each lives in a thread of its own and
//! answers through a channel.

use super::playlists::FileLine;
use super::strings::Strings;
use crate::library::HistoryFormat;
use crate::scan::photo_extensions;
use crossbeam_channel::{Receiver, Sender, unbounded};
use eframe::egui::Context;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

/// A dialog that comes back without a choice sooner than this was never shown.
const QUICKEST_CANCEL: Duration = Duration::from_millis(400);

/// What a dialog came back with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Music folders to add.
    Folders(Vec<PathBuf>),
    /// Photos to make a playlist of.
    Photos(Vec<PathBuf>),
    /// A photo for a journey to begin with.
    JourneyPhoto(PathBuf),
    /// The picture of a new cover.
    Cover(PathBuf),
    /// Where to write the playlist.
    Export(PathBuf),
    /// Where to write the diary.
    DiaryFile(HistoryFormat, PathBuf),
    /// A playlist to read, or where to write one.
    PlaylistFile(FileLine, PathBuf),
    /// Closed without a choice.
    Nothing,
    /// There was no dialog: this desktop has no portal, or it failed.
    NoDialog,
}

/// The dialogs of one window; one is open at a time.
pub struct Dialogs {
    answers: Receiver<Chosen>,
    answer: Sender<Chosen>,
    open: bool,
}

impl Default for Dialogs {
    fn default() -> Self {
        let (answer, answers) = unbounded();
        Self {
            answers,
            answer,
            open: false,
        }
    }
}

impl Dialogs {
    /// Asks for music folders.
    pub fn choose_folders(&mut self, ctx: &Context, title: &'static str) {
        self.open(ctx, "folder dialog", move || {
            rfd::FileDialog::new()
                .set_title(title)
                .pick_folders()
                .map(Chosen::Folders)
        });
    }

    /// Asks for photos; `kind` is what they are called.
    pub fn choose_photos(&mut self, ctx: &Context, title: &'static str, kind: &'static str) {
        self.open(ctx, "photo dialog", move || {
            rfd::FileDialog::new()
                .set_title(title)
                .add_filter(kind, photo_extensions())
                .pick_files()
                .map(Chosen::Photos)
        });
    }

    /// Asks for the photo that a journey begins with; `kind` is what photos are called.
    pub fn choose_journey_photo(&mut self, ctx: &Context, title: &'static str, kind: &'static str) {
        self.open(ctx, "photo dialog", move || {
            rfd::FileDialog::new()
                .set_title(title)
                .add_filter(kind, photo_extensions())
                .pick_file()
                .map(Chosen::JourneyPhoto)
        });
    }

    /// Asks for the picture of a cover; `kind` is what pictures are called.
    pub fn choose_cover(&mut self, ctx: &Context, title: &'static str, kind: &'static str) {
        self.open(ctx, "cover dialog", move || {
            rfd::FileDialog::new()
                .set_title(title)
                .add_filter(kind, photo_extensions())
                .pick_file()
                .map(Chosen::Cover)
        });
    }

    /// Asks where to write a playlist.
    pub fn choose_export(&mut self, ctx: &Context, title: &'static str, name: String) {
        self.open(ctx, "save dialog", move || {
            rfd::FileDialog::new()
                .set_title(title)
                .set_file_name(name)
                .add_filter("M3U8", &["m3u8", "m3u"])
                .save_file()
                .map(Chosen::Export)
        });
    }

    /// Asks where to write the diary.
    pub fn choose_diary(&mut self, ctx: &Context, title: &'static str, format: HistoryFormat) {
        self.open(ctx, "diary dialog", move || {
            rfd::FileDialog::new()
                .set_title(title)
                .set_file_name(format!("maeum-diary.{}", format.extension()))
                .save_file()
                .map(|path| Chosen::DiaryFile(format, path))
        });
    }

    /// Asks for a playlist to read, or where to write one.
    pub fn choose_playlist(
        &mut self,
        ctx: &Context,
        text: &'static Strings,
        line: FileLine,
        name: String,
    ) {
        self.open(ctx, "playlist dialog", move || {
            let dialog = rfd::FileDialog::new().add_filter("M3U", &["m3u8", "m3u"]);
            let chosen = match line {
                FileLine::Import => dialog.set_title(text.import).pick_file(),
                FileLine::Export(_) => {
                    let dialog = dialog.set_title(text.export).set_file_name(name);
                    dialog.save_file()
                }
            };
            chosen.map(|path| Chosen::PlaylistFile(line, path))
        });
    }

    fn open(
        &mut self,
        ctx: &Context,
        thread_name: &str,
        ask: impl FnOnce() -> Option<Chosen> + Send + 'static,
    ) {
        if self.open {
            return;
        }
        let answer = self.answer.clone();
        let ctx = ctx.clone();
        let started = thread::Builder::new()
            .name(thread_name.to_owned())
            .spawn(move || {
                let asked = Instant::now();
                let chosen = ask().unwrap_or_else(|| {
                    // The dialog library does not tell why; nobody closes a window this fast.
                    if asked.elapsed() < QUICKEST_CANCEL {
                        Chosen::NoDialog
                    } else {
                        Chosen::Nothing
                    }
                });
                // The window may be gone by now; then nobody waits for the answer.
                let _ = answer.send(chosen);
                ctx.request_repaint();
            });
        match started {
            Ok(_) => self.open = true,
            Err(error) => tracing::error!(%error, "cannot start a thread for a dialog"),
        }
    }

    /// What the open dialog came back with, if it did.
    pub fn poll(&mut self) -> Option<Chosen> {
        let chosen = self.answers.try_recv().ok()?;
        self.open = false;
        Some(chosen)
    }
}
