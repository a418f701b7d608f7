//! Shows a file in the desktop's file manager.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Opens the folder of `file`, with the file chosen where the file manager can do that; for
/// a file that is gone, the nearest folder that is left. On a thread of its own, because
/// programs take their time to start; `nobody` is called there with the folder when there is
/// none that shows folders.
pub fn show_in_folder(
    file: PathBuf,
    nobody: impl FnOnce(PathBuf) + Send + 'static,
) -> std::io::Result<()> {
    let show = move || {
        let there = file.ancestors().find(|place| place.exists());
        let place = there.unwrap_or(Path::new("/"));
        let folder = if place.is_dir() {
            place
        } else {
            place.parent().unwrap_or(place)
        };
        if !choose(place) && !succeeds(&mut opener(place, folder)) {
            tracing::warn!("no program shows {}", folder.display());
            nobody(folder.to_path_buf());
        }
    };
    std::thread::Builder::new()
        .name("reveal".into())
        .spawn(show)
        .map(drop)
}

/// Asks whoever answers for files on the session bus
/// (<https://www.freedesktop.org/wiki/Specifications/file-manager-interface/>).
#[cfg(target_os = "linux")]
fn choose(place: &Path) -> bool {
    use std::time::Duration;
    use zbus::blocking::connection;
    const SERVICE: &str = "org.freedesktop.FileManager1";
    /// It may have to be started first.
    const PATIENCE: Duration = Duration::from_secs(10);
    let method = if place.is_dir() {
        "ShowFolders"
    } else {
        "ShowItems"
    };
    let addresses = vec![super::uri::of_path(place)];
    // A connection of its own: the player's is not kept waiting.
    let shown = connection::Builder::session()
        .and_then(|bus| bus.method_timeout(PATIENCE).build())
        .and_then(|bus| {
            let path = "/org/freedesktop/FileManager1";
            bus.call_method(Some(SERVICE), path, Some(SERVICE), method, &(addresses, ""))
        });
    shown
        .inspect_err(|error| tracing::debug!("no file manager on the bus: {error}"))
        .is_ok()
}

#[cfg(not(target_os = "linux"))]
fn choose(_place: &Path) -> bool {
    false
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn opener(_place: &Path, folder: &Path) -> Command {
    let mut open = Command::new("xdg-open");
    open.arg(folder);
    open
}

#[cfg(target_os = "macos")]
fn opener(place: &Path, _folder: &Path) -> Command {
    let mut open = Command::new("open");
    open.arg("-R").arg(place);
    open
}

#[cfg(target_os = "windows")]
fn opener(place: &Path, _folder: &Path) -> Command {
    use std::os::windows::process::CommandExt;
    let mut explorer = Command::new("explorer");
    // It reads its line in a way of its own, in which the path alone stands in quotes.
    explorer.raw_arg(format!("/select,\"{}\"", place.display()));
    explorer
}

/// Runs a program to its end. Explorer fails whatever it has done.
fn succeeds(command: &mut Command) -> bool {
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    quiet
        .status()
        .is_ok_and(|status| status.success() || cfg!(windows))
}
