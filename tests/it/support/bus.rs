//! A session bus of one's own, with playerctl and a monitor on it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

/// A running bus; killed when dropped.
pub struct SessionBus {
    daemon: Child,
    /// For the `DBUS_SESSION_BUS_ADDRESS` variable.
    pub address: String,
    /// Holds the socket.
    _folder: tempfile::TempDir,
}

impl SessionBus {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--address=unix:dir={}", folder.path().display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon, which packaging/test installs");
        let mut address = String::new();
        let stdout = daemon.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut address).unwrap();
        Self {
            daemon,
            address: address.trim().to_owned(),
            _folder: folder,
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .stdin(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// What `playerctl ARGUMENTS` says about the player; empty when it fails.
    pub fn playerctl(&self, arguments: &[&str]) -> String {
        let output = self
            .command("playerctl")
            .args(["-p", "maeum"])
            .args(arguments)
            .output()
            .expect("playerctl, which packaging/test installs");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Calls a method of the player's object that takes nothing.
    pub fn call(&self, method: &str) {
        let status = self
            .command("dbus-send")
            .args(["--print-reply", "--dest=org.mpris.MediaPlayer2.maeum"])
            .args(["/org/mpris/MediaPlayer2", method])
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "{method}");
    }

    /// Watches the player's signals from now on.
    pub fn monitor(&self) -> Monitor {
        let mut process = self
            .command("dbus-monitor")
            .arg("type='signal',path='/org/mpris/MediaPlayer2'")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let seen = Arc::new(Mutex::new(String::new()));
        let writing = Arc::clone(&seen);
        let output = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let mut seen = writing.lock().unwrap();
                seen.push_str(line.trim());
                seen.push('\n');
            }
        });
        Monitor { process, seen }
    }
}

impl Drop for SessionBus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// What was signalled so far.
pub struct Monitor {
    process: Child,
    seen: Arc<Mutex<String>>,
}

impl Monitor {
    /// Whether all these lines came, in this order.
    pub fn saw(&self, lines: &[&str]) -> bool {
        let seen = self.seen.lock().unwrap();
        let mut left = seen.lines();
        lines
            .iter()
            .all(|line| left.any(|seen| seen.contains(line)))
    }

    pub fn all(&self) -> String {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Monitor {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
