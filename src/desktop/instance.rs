//! One window a library: a second start finds the first by a lock in the data folder and
//! tells it, over a local socket, what to open. Works without any desktop.

use super::{Ask, Opening};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

#[cfg(unix)]
use socket::{Listener, address};

/// Who a start of the program turned out to be.
pub enum Claim {
    /// The only one with this data folder.
    First(Instance),
    /// Another has its window open.
    Second(Running),
}

/// The right to be the one window of a data folder; given back on drop.
pub struct Instance {
    lock: Option<File>,
    #[cfg(unix)]
    listener: Option<Listener>,
}

/// The window that is open already.
pub struct Running {
    #[cfg(unix)]
    address: std::path::PathBuf,
}

/// Finds out whether a window is open on this data folder already. Where that cannot be
/// found out (a folder that cannot be written, a drive without locks), this is the first.
#[must_use]
pub fn claim(data: &Path) -> Claim {
    match lock(data) {
        Ok(Some(lock)) => Claim::First(Instance {
            lock: Some(lock),
            #[cfg(unix)]
            listener: Listener::bind(&address(data)),
        }),
        #[cfg(unix)]
        Ok(None) => Claim::Second(Running {
            address: address(data),
        }),
        // Without sockets a second window may at least read the library.
        #[cfg(not(unix))]
        Ok(None) => Claim::First(Instance { lock: None }),
        Err(error) => {
            tracing::debug!("{} cannot be locked: {error}", data.display());
            Claim::First(Instance {
                lock: None,
                #[cfg(unix)]
                listener: None,
            })
        }
    }
}

/// The lock of this data folder's window; `None` when another holds it. It is let go even by
/// a killed one.
fn lock(data: &Path) -> io::Result<Option<File>> {
    fs::create_dir_all(data)?;
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(data.join("window.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl Instance {
    /// Asks for whatever later starts of the program want to open, until dropped.
    #[cfg(unix)]
    pub(super) fn serve(self, ask: Ask) -> io::Result<Option<Serving>> {
        let Some(listener) = self.listener else {
            return Ok(None);
        };
        Ok(Some(Serving {
            _server: listener.serve(ask)?,
            _lock: self.lock,
        }))
    }

    #[cfg(not(unix))]
    pub(super) fn serve(self, _ask: Ask) -> io::Result<Option<Serving>> {
        Ok(Some(Serving { _lock: self.lock }))
    }
}

/// Held while later starts are answered.
pub(super) struct Serving {
    #[cfg(unix)]
    _server: socket::Server,
    /// After the server: whoever finds the lock free finds no socket either.
    _lock: Option<File>,
}

impl Running {
    /// Has the open window open this and come to the front. An error when it does not answer.
    #[cfg(unix)]
    pub fn hand_over(&self, opening: &Opening) -> io::Result<()> {
        socket::hand_over(&self.address, opening)
    }

    /// Never called: there is no second where there are no sockets.
    #[cfg(not(unix))]
    pub fn hand_over(&self, _opening: &Opening) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The local socket and what is said there: eight bytes that tell how many follow, a line with
/// the protocol's version, a line that is `demo` or empty, and the paths, each ended by a zero
/// byte.
#[cfg(unix)]
mod socket {
    use crate::desktop::{Ask, Opening, Request};
    use std::io::{self, Read, Write};
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::{Path, PathBuf};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread::JoinHandle;
    use std::time::{Duration, Instant};

    const VERSION: &[u8] = b"maeum 1\n";
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
        pub fn bind(address: &Path) -> Option<Self> {
            let _ = std::fs::remove_file(address);
            match UnixListener::bind(address) {
                Ok(listener) => Some(Self {
                    listener,
                    address: address.to_path_buf(),
                }),
                Err(error) => {
                    tracing::warn!(
                        "a second start will not reach this window: {}: {error}",
                        address.display()
                    );
                    None
                }
            }
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
        let said = say(opening);
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

    fn say(opening: &Opening) -> Vec<u8> {
        let mut bytes = VERSION.to_vec();
        bytes.extend_from_slice(if opening.demo { b"demo\n" } else { b"\n" });
        for file in &opening.files {
            bytes.extend_from_slice(file.as_os_str().as_bytes());
            bytes.push(0);
        }
        bytes
    }

    fn understand(bytes: &[u8]) -> Option<Opening> {
        let rest = bytes.strip_prefix(VERSION)?;
        let (demo, rest) = match rest.strip_prefix(b"demo\n") {
            Some(rest) => (true, rest),
            None => (false, rest.strip_prefix(b"\n")?),
        };
        let paths = match rest {
            [] => &[],
            [paths @ .., 0] => paths,
            _ => return None,
        };
        let path = |bytes: &[u8]| PathBuf::from(std::ffi::OsString::from_vec(bytes.to_vec()));
        let files: Vec<PathBuf> = paths
            .split(|byte| *byte == 0)
            .filter(|bytes| !bytes.is_empty())
            .map(path)
            .collect();
        files
            .iter()
            .all(|file| file.is_absolute())
            .then_some(Opening { files, demo })
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn any_path_is_understood_as_it_was_said() {
            let odd = PathBuf::from(std::ffi::OsString::from_vec(b"/m/\xff\n x.mp3".to_vec()));
            for (files, demo) in [
                (vec![], false),
                (vec![], true),
                (vec![odd, PathBuf::from("/음악/비.flac")], false),
            ] {
                let opening = Opening { files, demo };
                assert_eq!(understand(&say(&opening)), Some(opening));
            }
        }

        #[test]
        fn what_is_cut_off_or_from_another_version_is_not_understood() {
            for bytes in [
                &b""[..],
                b"maeum 2\n\n",
                b"maeum 1\n",
                b"maeum 1\n\n/cut",
                b"maeum 1\n\nrelative\0",
            ] {
                assert_eq!(understand(bytes), None, "{bytes:?}");
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::desktop::Request;
    use crossbeam_channel::unbounded;
    use std::path::PathBuf;
    use std::sync::Arc;

    #[test]
    fn the_second_start_hands_over_and_the_place_is_free_again_after_the_first() {
        let data = tempfile::tempdir().unwrap();
        let Claim::First(first) = claim(data.path()) else {
            panic!("nobody else is there");
        };
        let (sender, asked) = unbounded();
        let ask: Ask = Arc::new(move |request| drop(sender.send(request)));
        let serving = first.serve(ask).unwrap();
        let Claim::Second(second) = claim(data.path()) else {
            panic!("the first one is there");
        };
        let opening = Opening {
            files: vec![PathBuf::from("/m/a.flac")],
            demo: false,
        };
        second.hand_over(&opening).unwrap();
        let Request::Open(heard) = asked.recv().unwrap() else {
            panic!("something else");
        };
        assert_eq!(heard, opening);
        drop(serving);
        assert!(matches!(claim(data.path()), Claim::First(_)));
    }
}
