//! The window: egui, the engine's messages and pure data; no files, no locks, no waiting.
//!
//! [`Window`] takes in [`Event`](crate::engine::Event)s without blocking and applies them to
//! [`AppState`], which is pure. Each frame paints from a `Scene` that only
//! reads; what the listener did is collected as [`Action`]s, which the state
//! turns into [`Command`](crate::engine::Command)s. One file per screen, all colours in
//! `theme`, all texts in `strings`.

mod action;
mod app;
mod art;
mod backdrop;
mod covers;
mod dialogs;
mod diary;
mod edit_tags;
mod feel;
mod file_field;
mod file_menu;
mod first_start;
mod fonts;
mod icons;
mod intake;
mod keys;
mod library;
mod mark;
mod now_playing;
mod overlays;
mod photos;
mod player_bar;
mod playlists;
mod question;
mod queue;
mod rail;
mod scene;
mod seek;
mod settings;
mod sleep;
mod state;
mod strings;
mod theme;
mod typed_path;
mod widgets;

pub use action::{Action, Place};
pub use app::Window;
pub use diary::{DiaryAction, Erasing};
pub use library::{LibraryAction, LibraryView};
pub use playlists::{FileLine, PlaylistAction};
pub use state::AppState;

use crate::config::Settings;
use crate::desktop::NativeWindow;
use crate::engine::{EngineError, Handle, Wake};
use eframe::CreationContext;
use eframe::egui::ViewportBuilder;
use std::path::PathBuf;
use std::sync::Arc;

/// How the window starts.
#[derive(Debug, Clone)]
pub struct StartOptions {
    /// The settings as kept, so that the very first frame has the right colours and language.
    pub settings: Settings,
    /// Where the library is kept, to show.
    pub data_folder: PathBuf,
}

/// The window could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("cannot open the window (is there a display?): {0}")]
pub struct UiError(#[from] eframe::Error);

/// Opens the window and stays until it is closed. `open` starts the engine; it is called
/// once, with what wakes the window when an event was sent, and the window.
pub fn run(
    open: impl FnOnce(Wake, Option<NativeWindow>) -> Result<Handle, EngineError> + 'static,
    start: StartOptions,
) -> Result<(), UiError> {
    let viewport = ViewportBuilder::default()
        .with_app_id("maeum")
        .with_title("Maeum")
        .with_icon(mark::icon(128))
        .with_inner_size([1_280.0, 800.0])
        .with_min_inner_size([960.0, 600.0]);
    let options = eframe::NativeOptions {
        viewport,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "Maeum",
        options,
        Box::new(|creation| {
            let ctx = creation.egui_ctx.clone();
            let wake: Wake = Arc::new(move || ctx.request_repaint());
            let engine = open(wake, native_window(creation))?;
            Ok(Box::new(Window::new(&creation.egui_ctx, engine, start)))
        }),
    )?;
    Ok(())
}

/// The window by the name that the system has for it, where media keys need to know.
#[cfg(windows)]
fn native_window(creation: &CreationContext<'_>) -> Option<NativeWindow> {
    use raw_window_handle::{HasWindowHandle, RawWindowHandle};
    match creation.window_handle().ok()?.as_raw() {
        RawWindowHandle::Win32(window) => Some(NativeWindow(window.hwnd)),
        _ => None,
    }
}

#[cfg(not(windows))]
fn native_window(_: &CreationContext<'_>) -> Option<NativeWindow> {
    None
}
