//! The way from a second start to the first where there are no local sockets: a folder that
//! the first looks into. A letter that is gone was read; one that was not understood comes
//! back.

use super::message::{say, understand};
use crate::desktop::{Ask, Opening, Request};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const LETTER: &str = "letter";
const RETURNED: &str = "returned";
/// How often the first start looks: a glance into an empty folder costs next to nothing.
const GLANCE: Duration = Duration::from_millis(200);
/// Longest that the second waits for its letter to be read.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the window of this data folder looks for letters.
pub fn address(data: &Path) -> PathBuf {
    data.join("window.inbox")
}

/// An empty mailbox.
pub struct Listener {
    mailbox: PathBuf,
}

impl Listener {
    /// Puts the mailbox up. Only whoever holds the lock may do this: what lies there already
    /// was left by a killed one.
    pub fn bind(address: &Path) -> io::Result<Self> {
        let _ = fs::remove_dir_all(address);
        fs::create_dir(address)?;
        Ok(Self {
            mailbox: address.to_path_buf(),
        })
    }

    pub fn serve(self, ask: Ask) -> io::Result<Server> {
        let (stop, stopped) = bounded(0);
        let mailbox = self.mailbox.clone();
        let thread = std::thread::Builder::new()
            .name("instance".into())
            .spawn(move || look_until(&stopped, &mailbox, &ask))?;
        Ok(Server {
            stop: Some(stop),
            thread: Some(thread),
            mailbox: self.mailbox,
        })
    }
}

/// The thread that answers later starts.
pub struct Server {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
    mailbox: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // One that panicked has nothing left to say.
            let _ = thread.join();
        }
        let _ = fs::remove_dir_all(&self.mailbox);
    }
}

fn look_until(stopped: &Receiver<()>, mailbox: &Path, ask: &Ask) {
    while stopped.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
        for entry in fs::read_dir(mailbox).into_iter().flatten().flatten() {
            let letter = entry.path();
            if letter.extension().is_some_and(|kind| kind == LETTER) {
                read(&letter, ask);
            }
        }
    }
}

fn read(letter: &Path, ask: &Ask) {
    let opening = fs::read(letter).ok().and_then(|bytes| understand(&bytes));
    let answered = if opening.is_some() {
        fs::remove_file(letter)
    } else {
        fs::rename(letter, letter.with_extension(RETURNED))
    };
    match (answered, opening) {
        (Ok(()), Some(opening)) => ask(Request::Open(opening)),
        (Ok(()), None) => tracing::debug!("a start was not understood"),
        // Its writer has taken it back, or it is read at the next glance.
        (Err(error), _) => tracing::debug!("{}: {error}", letter.display()),
    }
}

/// Says what to open and waits until it is read; a window that is only just starting is
/// given time to put its mailbox up.
pub fn hand_over(address: &Path, opening: &Opening) -> io::Result<()> {
    let end = Instant::now() + PATIENCE;
    let said = say(opening).ok_or(io::ErrorKind::InvalidInput)?;
    let name = format!("{}-{:016x}", std::process::id(), fastrand::u64(..));
    let draft = address.join(name);
    while let Err(error) = fs::write(&draft, &said) {
        if Instant::now() > end {
            return Err(error);
        }
        std::thread::sleep(GLANCE / 4);
    }
    // Whoever looks finds the whole letter or none.
    let letter = draft.with_extension(LETTER);
    fs::rename(&draft, &letter)?;
    while letter.exists() {
        if Instant::now() > end {
            return match fs::remove_file(&letter) {
                Ok(()) => Err(io::ErrorKind::TimedOut.into()),
                // Read in the last moment.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                Err(error) => Err(error),
            };
        }
        std::thread::sleep(GLANCE / 4);
    }
    if fs::remove_file(draft.with_extension(RETURNED)).is_ok() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossbeam_channel::unbounded;
    use std::sync::Arc;

    #[test]
    fn letters_are_read_and_those_of_another_version_come_back() {
        let data = tempfile::tempdir().unwrap();
        let address = address(data.path());
        fs::create_dir(&address).unwrap();
        fs::write(address.join("old.letter"), "from before a crash").unwrap();
        let (sender, asked) = unbounded();
        let ask: Ask = Arc::new(move |request| drop(sender.send(request)));
        let server = Listener::bind(&address).unwrap().serve(ask).unwrap();
        let opening = Opening {
            files: vec![data.path().join("비.flac")],
            demo: true,
        };
        hand_over(&address, &opening).unwrap();
        let Request::Open(heard) = asked.recv().unwrap() else {
            panic!("something else");
        };
        assert_eq!(heard, opening);
        let strange = address.join("strange.letter");
        fs::write(&strange, "maeum 9\n").unwrap();
        let end = Instant::now() + PATIENCE;
        while strange.exists() && Instant::now() < end {
            std::thread::sleep(GLANCE / 4);
        }
        assert!(strange.with_extension(RETURNED).exists());
        assert!(asked.try_recv().is_err());
        drop(server);
        assert!(!address.exists());
    }
}
