//! The way from a second start to the first on Unix: a local socket, over which go eight bytes
//! that tell how many follow, and a message.

use super::message::{say, understand};
use crate::desktop::{Ask, Opening, Request};
use std::io::{self, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const DONE: [u8; 5] = *b"done\n";
/// More than any command line holds.
const MOST_BYTES: u64 = 8 << 20;
/// Longest that one side waits for the other.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest path a socket may have on every Unix.
const MOST_ADDRESS: usize = 100;

/// Where the window of this data folder listens: the user's runtime folder, or the data
/// folder itself.
pub fn address(data: &Path) -> PathBuf {
    let real = std::fs::canonicalize(data).unwrap_or_else(|_| data.to_path_buf());
    let hash = blake3::hash(real.as_os_str().as_bytes()).to_hex();
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let in_runtime = runtime
        .filter(|folder| folder.is_absolute() && folder.is_dir())
        .map(|folder| folder.join(format!("maeum-{}.socket", &hash[..16])));
    match in_runtime {
        Some(address) if address.as_os_str().len() <= MOST_ADDRESS => address,
        _ => real.join("window.socket"),
    }
}

/// A bound socket.
pub struct Listener {
    listener: UnixListener,
    address: PathBuf,
}

impl Listener {
    /// Listens there. Only whoever holds the lock may do this: what lies there already
    /// was left by a killed one.
    pub fn bind(address: &Path) -> io::Result<Self> {
        let _ = std::fs::remove_file(address);
        Ok(Self {
            listener: UnixListener::bind(address)?,
            address: address.to_path_buf(),
        })
    }

    pub fn serve(self, ask: Ask) -> io::Result<Server> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let Self { listener, address } = self;
        let thread = std::thread::Builder::new()
            .name("instance".into())
            .spawn(move || {
                while let Ok((stream, _)) = listener.accept() {
                    if stopped.load(Ordering::Acquire) {
                        return;
                    }
                    match answer(stream) {
                        Ok(opening) => ask(Request::Open(opening)),
                        Err(error) => tracing::debug!("a start was not understood: {error}"),
                    }
                }
            })?;
        Ok(Server {
            stop,
            address,
            thread: Some(thread),
        })
    }
}

/// The thread that answers later starts.
pub struct Server {
    stop: Arc<AtomicBool>,
    address: PathBuf,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        // Wakes the thread from waiting for the next start.
        let woken = UnixStream::connect(&self.address).is_ok();
        let _ = std::fs::remove_file(&self.address);
        if woken && let Some(thread) = self.thread.take() {
            // One that panicked has nothing left to say.
            let _ = thread.join();
        }
    }
}

fn answer(mut stream: UnixStream) -> io::Result<Opening> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut len = [0; 8];
    stream.read_exact(&mut len)?;
    let len = u64::from_le_bytes(len).min(MOST_BYTES);
    let mut bytes = Vec::new();
    (&stream).take(len).read_to_end(&mut bytes)?;
    let opening = understand(&bytes).ok_or(io::ErrorKind::InvalidData)?;
    stream.write_all(&DONE)?;
    Ok(opening)
}

/// Says what to open and waits for the answer; a window that is only just starting is
/// given time to.
pub fn hand_over(address: &Path, opening: &Opening) -> io::Result<()> {
    let end = Instant::now() + PATIENCE;
    let mut stream = loop {
        match UnixStream::connect(address) {
            Ok(stream) => break stream,
            Err(error) if Instant::now() > end => return Err(error),
            Err(_) => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let said = say(opening).ok_or(io::ErrorKind::InvalidInput)?;
    stream.write_all(&(said.len() as u64).to_le_bytes())?;
    stream.write_all(&said)?;
    let mut answer = [0; DONE.len()];
    stream.read_exact(&mut answer)?;
    if answer == DONE {
        Ok(())
    } else {
        Err(io::ErrorKind::InvalidData.into())
    }
}
