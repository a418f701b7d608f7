//! Where the player meets the desktop: media keys and widgets (MPRIS2 on Linux, the system's
//! own controls on Windows and macOS), a word when the track changes, the file manager, the
//! trash, and one window a library: a second start hands its files to the first.
//!
//! [`Desktop`] is fed with what the player does and tells through a callback what was asked
//! of it. Without a bus the player works as before. Nothing here reaches beyond the machine:
//! the bus and the socket are local files.
//!
//! The bus is spoken with zbus itself, which the window library brings along for screen
//! readers: souvlaki, which serves elsewhere, knows neither `Seeked`, `Shuffle` nor
//! `LoopStatus` there and takes `SetPosition` for any track, and mpris-server would bring a
//! second zbus.

#[cfg(any(target_os = "linux", windows, target_os = "macos"))]
mod art;
#[cfg(target_os = "linux")]
mod bus;
#[cfg(any(target_os = "linux", windows, target_os = "macos"))]
mod facts;
mod instance;
#[cfg(any(windows, target_os = "macos"))]
mod keys;
#[cfg(target_os = "linux")]
mod notification;
#[cfg(any(target_os = "linux", windows, target_os = "macos"))]
mod now;
mod reveal;
mod trash;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod uri;

pub use instance::{Claim, Instance, Running, claim};
pub use reveal::show_in_folder;
pub use trash::{HAS_TRASH, move_to_trash};

use crate::playback::{PlayerCommand, PlayerState};
use crossbeam_channel::{Receiver, Sender, unbounded};
use instance::Serving;
use std::num::NonZeroIsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

/// Whether the desktop can be told here when the track changes. Where it cannot, its media
/// controls show that by themselves.
pub const HAS_NOTIFICATIONS: bool = cfg!(target_os = "linux");

/// The window, as Windows calls it (an `HWND`): it ties the media keys to one.
#[derive(Debug, Clone, Copy)]
pub struct NativeWindow(pub NonZeroIsize);

/// What the desktop asks of the player.
#[derive(Debug, Clone)]
pub enum Request {
    /// Something the player can do.
    Player(PlayerCommand),
    /// Another start of the program, or a file manager, wants this.
    Open(Opening),
    /// Bring the window to the front.
    Raise,
    /// Close the window.
    Quit,
}

/// What a start of the program is to open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opening {
    /// Files and folders to play, absolute; none leaves alone what plays.
    pub files: Vec<PathBuf>,
    /// The demo library.
    pub demo: bool,
}

/// Called with each request, from the desktop's own threads; must not wait.
pub type Ask = Arc<dyn Fn(Request) + Send + Sync>;

/// What the desktop's thread is told.
enum News {
    Player(Arc<PlayerState>),
    Notify(bool),
}

/// The desktop's thread and socket. Ends, and gives its name on the bus back, on drop.
pub struct Desktop {
    news: Option<Sender<News>>,
    thread: Option<JoinHandle<()>>,
    /// Only held.
    _serving: Option<Serving>,
}

impl Desktop {
    /// Meets the desktop. Covers that live inside audio files are laid into `art_folder` as
    /// files, because the desktop takes nothing else.
    pub fn start(
        instance: Instance,
        window: Option<NativeWindow>,
        art_folder: PathBuf,
        ask: Ask,
    ) -> std::io::Result<Self> {
        let serving = instance.serve(Arc::clone(&ask))?;
        let (news, told) = unbounded();
        let thread = std::thread::Builder::new()
            .name("desktop".into())
            .spawn(move || run(&told, window, art_folder, ask))?;
        Ok(Self {
            news: Some(news),
            thread: Some(thread),
            _serving: serving,
        })
    }

    /// Shows what the player does.
    pub fn player(&self, state: Arc<PlayerState>) {
        self.tell(News::Player(state));
    }

    /// Whether to say so when the track changes.
    pub fn notify(&self, notify: bool) {
        self.tell(News::Notify(notify));
    }

    fn tell(&self, news: News) {
        if let Some(sender) = &self.news {
            // A thread that has ended shows nothing more.
            let _ = sender.send(news);
        }
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        drop(self.news.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the desktop thread panicked");
        }
    }
}

#[cfg(any(target_os = "linux", windows, target_os = "macos"))]
fn run(told: &Receiver<News>, window: Option<NativeWindow>, art_folder: PathBuf, ask: Ask) {
    #[cfg(target_os = "linux")]
    let (opened, _) = (bus::Bus::open(ask, art_folder), window);
    #[cfg(not(target_os = "linux"))]
    let opened = keys::Keys::open(ask, art_folder, window);
    let mut controls = match opened {
        Ok(controls) => controls,
        Err(error) => {
            tracing::info!("no media keys: the desktop cannot be reached ({error})");
            return;
        }
    };
    while let Ok(first) = told.recv() {
        let mut player = None;
        for news in std::iter::once(first).chain(told.try_iter()) {
            match news {
                // Only the latest counts.
                News::Player(state) => player = Some(state),
                #[cfg(target_os = "linux")]
                News::Notify(notify) => controls.set_notify(notify),
                // There the controls themselves show what plays.
                #[cfg(not(target_os = "linux"))]
                News::Notify(notify) => tracing::trace!("notifications wanted: {notify}"),
            }
        }
        if let Some(state) = player
            && let Err(error) = controls.show(&state)
        {
            tracing::info!("no media keys from here: the desktop is gone ({error})");
            return;
        }
    }
    controls.close();
}

/// Elsewhere there is nothing to show it to.
#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
fn run(told: &Receiver<News>, _: Option<NativeWindow>, _: PathBuf, _: Ask) {
    while told.recv().is_ok() {}
}
