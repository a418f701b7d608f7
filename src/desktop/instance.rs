//! One window a library: a second start finds the first by a lock in the data folder and
//! tells it what to open. Works without any desktop.

#[cfg(any(not(unix), test))]
mod mailbox;
mod message;
#[cfg(unix)]
mod socket;

use super::{Ask, Opening};
#[cfg(not(unix))]
use mailbox as line;
#[cfg(unix)]
use socket as line;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

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
    listener: Option<line::Listener>,
}

/// The window that is open already.
pub struct Running {
    address: PathBuf,
}

/// Finds out whether a window is open on this data folder already. Where that cannot be
/// found out (a folder that cannot be written, a drive without locks), this is the first.
#[must_use]
pub fn claim(data: &Path) -> Claim {
    match lock(data) {
        Ok(Some(lock)) => Claim::First(Instance {
            lock: Some(lock),
            listener: listen(&line::address(data)),
        }),
        Ok(None) => Claim::Second(Running {
            address: line::address(data),
        }),
        Err(error) => {
            tracing::debug!("{} cannot be locked: {error}", data.display());
            Claim::First(Instance {
                lock: None,
                listener: None,
            })
        }
    }
}

/// Where later starts reach this one; without it they open nothing here.
fn listen(address: &Path) -> Option<line::Listener> {
    let listener = line::Listener::bind(address);
    listener
        .inspect_err(|error| {
            tracing::warn!(
                "a second start will not reach this window: {}: {error}",
                address.display()
            );
        })
        .ok()
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
    pub(super) fn serve(self, ask: Ask) -> io::Result<Option<Serving>> {
        let Some(listener) = self.listener else {
            return Ok(None);
        };
        Ok(Some(Serving {
            _server: listener.serve(ask)?,
            _lock: self.lock,
        }))
    }
}

/// Held while later starts are answered.
pub(super) struct Serving {
    _server: line::Server,
    /// After the server: whoever finds the lock free finds nobody answering either.
    _lock: Option<File>,
}

impl Running {
    /// Has the open window open this and come to the front. An error when it does not answer.
    pub fn hand_over(&self, opening: &Opening) -> io::Result<()> {
        line::hand_over(&self.address, opening)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::Request;
    use crossbeam_channel::unbounded;
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
            files: vec![data.path().join("a.flac")],
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
