//! A sound server of one's own, with a sink that only the test hears, and a player in a
//! process of its own that plays there. Environment variables belong to a whole process,
//! and killing servers is best done away from other tests.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Rate of the sink and of recordings.
pub const RATE_HZ: u32 = 44_100;

/// Longest that anything here may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_secs(30);

/// Folder, socket and ALSA configuration; servers come and go on it.
pub struct SoundHost {
    folder: tempfile::TempDir,
}

/// A running server; killed when dropped.
pub struct SoundServer {
    process: Child,
}

/// A recording of the sink, two channels interleaved; ended when dropped.
pub struct Recording {
    process: Child,
    samples: Arc<Mutex<Vec<f32>>>,
}

impl SoundHost {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = Self { folder };
        let alsa = format!(
            "</usr/share/alsa/alsa.conf>\n\
             pcm.!default {{ type pulse server \"{server}\" }}\n\
             ctl.!default {{ type pulse server \"{server}\" }}\n",
            server = host.server_address(),
        );
        std::fs::write(host.alsa_config(), alsa).unwrap();
        host
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    fn server_address(&self) -> String {
        format!("unix:{}", self.socket().display())
    }

    fn alsa_config(&self) -> PathBuf {
        self.folder.path().join("asound.conf")
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        self.sound_for(&mut command);
        command
    }

    /// Has a program play here.
    pub fn sound_for(&self, command: &mut Command) {
        let folder = self.folder.path();
        command
            .env("HOME", folder)
            .env("XDG_RUNTIME_DIR", folder)
            .env("XDG_CONFIG_HOME", folder)
            .env("PULSE_RUNTIME_PATH", folder)
            .env("PULSE_SERVER", self.server_address())
            .env("ALSA_CONFIG_PATH", self.alsa_config())
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdin(Stdio::null())
            .stderr(Stdio::null());
    }

    /// Starts a server with a silent sink and waits until it answers.
    pub fn serve(&self) -> SoundServer {
        let _ = std::fs::remove_file(self.socket());
        let process = self
            .command("pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1"])
            .args(["--use-pid-file=no", "--disallow-exit"])
            .arg("-L")
            .arg(format!(
                "module-null-sink sink_name=maeum rate={RATE_HZ} channels=2 format=s16le"
            ))
            .arg("-L")
            .arg(format!(
                "module-native-protocol-unix auth-anonymous=1 socket={}",
                self.socket().display()
            ))
            .stdout(Stdio::null())
            .spawn()
            .expect("pulseaudio is installed (packaging/test does it)");
        let server = SoundServer { process };
        let patience = Instant::now() + PATIENCE;
        while UnixStream::connect(self.socket()).is_err() {
            assert!(Instant::now() < patience, "pulseaudio does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// Records what the sink plays, from now on.
    pub fn record(&self) -> Recording {
        let mut process = self
            .command("parec")
            .args(["-d", "maeum.monitor", "--raw", "--format=float32le"])
            .args(["--rate=44100", "--channels=2", "--latency-msec=20"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("parec is installed (packaging/test does it)");
        let mut sound = process.stdout.take().unwrap();
        let samples = Arc::new(Mutex::new(Vec::new()));
        let recording = Recording {
            process,
            samples: Arc::clone(&samples),
        };
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            let mut rest = Vec::new();
            while let Ok(read @ 1..) = sound.read(&mut bytes) {
                rest.extend_from_slice(&bytes[..read]);
                let whole = rest.len() / 4 * 4;
                let values = rest[..whole].chunks_exact(4);
                let values = values.map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
                samples.lock().unwrap().extend(values);
                rest.drain(..whole);
            }
        });
        // The null sink plays silence all the time: when that arrives, nothing is missed.
        recording.wait("the recorder", |samples| samples.len() > 1000);
        recording
    }

    /// A player in a process of its own that plays on this host's server.
    pub fn player(&self) -> PlayerProcess {
        let mut process = self
            .command(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", PLAYER_TEST, "--nocapture"])
            .env(PLAYER_VARIABLE, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let output = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if let Some((_, state)) = line.split_once("STATE ") {
                    let _ = sender.send(state.to_owned());
                }
            }
        });
        PlayerProcess {
            commands: process.stdin.take(),
            process,
            lines,
        }
    }
}

/// The ignored test that is the player's process.
const PLAYER_TEST: &str = "playback_device::player_process";

/// Set in the player's process only.
pub const PLAYER_VARIABLE: &str = "MAEUM_TEST_PLAYER";

/// A player in a process of its own.
pub struct PlayerProcess {
    process: Child,
    commands: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl PlayerProcess {
    /// `play FILE…`, `next`, `seek SECS`, `toggle`, one word or argument a tab.
    pub fn send(&mut self, command: &str) {
        let commands = self.commands.as_mut().unwrap();
        writeln!(commands, "{command}").unwrap();
    }

    pub fn play(&mut self, files: &[&Path]) {
        let files: Vec<_> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        self.send(&format!("play\t{}", files.join("\t")));
    }

    /// Waits for a state, told as `status index position device`; returns its position.
    pub fn wait(&mut self, what: &str, wish: impl Fn(&[&str], f32) -> bool) -> f32 {
        let mut last = String::new();
        let patience = Instant::now() + PATIENCE;
        loop {
            let left = patience.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                panic!("{what} never came; last was {last}");
            };
            let words: Vec<&str> = line.splitn(4, ' ').collect();
            let position_secs = words[2].parse().unwrap();
            if wish(&words, position_secs) {
                return position_secs;
            }
            last = line;
        }
    }
}

impl Recording {
    /// Waits until what was recorded is as wished.
    pub fn wait(&self, what: &str, wish: impl Fn(&[f32]) -> bool) {
        let patience = Instant::now() + PATIENCE;
        while !wish(&self.samples.lock().unwrap()) {
            assert!(Instant::now() < patience, "never recorded: {what}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// One channel of everything so far.
    pub fn left(&self) -> Vec<f32> {
        self.samples
            .lock()
            .unwrap()
            .iter()
            .step_by(2)
            .copied()
            .collect()
    }
}

impl Drop for SoundServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for PlayerProcess {
    fn drop(&mut self) {
        // Its input ends, and with that it ends.
        self.commands = None;
        let patience = Instant::now() + Duration::from_secs(5);
        while matches!(self.process.try_wait(), Ok(None)) && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
