//! A screen nobody sees, with real windows and a real keyboard.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running X server.
pub struct Screen {
    server: Child,
    /// For the `DISPLAY` variable.
    pub display: String,
}

impl Screen {
    pub fn open() -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x800x24",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb, which packaging/test installs");
        let mut number = String::new();
        let stdout = server.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut number).unwrap();
        Self {
            server,
            display: format!(":{}", number.trim()),
        }
    }

    fn xdotool(&self, arguments: &[&str]) -> std::process::Output {
        Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.display)
            .output()
            .expect("xdotool, which packaging/test installs")
    }

    /// Lets a program show its window here.
    pub fn show(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.display)
            .env_remove("WAYLAND_DISPLAY")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stdout(Stdio::null());
    }

    /// Waits until a window with this title is shown, and gives it the keyboard.
    pub fn focus_window(&self, title: &str) {
        wait_for(Duration::from_mins(1), || {
            let found = self.xdotool(&["search", "--onlyvisible", "--name", title]);
            let window = String::from_utf8_lossy(&found.stdout).trim().to_owned();
            !window.is_empty()
                && self
                    .xdotool(&["windowfocus", "--sync", &window])
                    .status
                    .success()
        })
        .unwrap_or_else(|()| panic!("no window named {title} appeared"));
    }

    /// Types text, a key at a time.
    pub fn type_text(&self, text: &str) {
        assert!(
            self.xdotool(&["type", "--delay", "30", text])
                .status
                .success()
        );
    }

    /// Presses one key, such as `Return`.
    pub fn press(&self, key: &str) {
        assert!(self.xdotool(&["key", key]).status.success());
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A window of the real program; closed, however the test ends.
pub struct Window(pub Child);

impl Window {
    pub fn open(command: &mut Command) -> Self {
        Self(command.spawn().unwrap())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Asks again and again until `done` says yes; an error when it never does.
pub fn wait_for(patience: Duration, mut done: impl FnMut() -> bool) -> Result<(), ()> {
    let end = Instant::now() + patience;
    while Instant::now() < end {
        if done() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(())
}
