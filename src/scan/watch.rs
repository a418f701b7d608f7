//! Notices what changes under the music folders: by the system's word where it gives one,
//! by looking again and again on network drives and where the system's watches run out.
//!
//! A changed place is told once it has been quiet for a moment, so that a file that is
//! still being copied is not read half. Drives that come and go are noticed by a look at
//! the folders themselves, once a second.

use super::walk;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use notify::event::{AccessKind, AccessMode};
use notify::{
    Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode,
    Watcher as _,
};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A place that was quiet for so long has changed for now.
const QUIET: Duration = Duration::from_millis(400);
/// How often the folders themselves are looked at: drives come and go.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often folders are gone through whose changes nobody tells.
const POLL_EVERY: Duration = Duration::from_secs(20);

/// What the watcher tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WatchNews {
    /// Something was made, changed, moved or deleted at each of these places.
    Changed(Vec<PathBuf>),
    /// The system watches no more than it does; this folder is gone through every
    /// few seconds instead.
    Polled(PathBuf),
}

/// Watches folders until it is dropped.
#[derive(Debug)]
pub struct FolderWatcher {
    inputs: Option<Sender<Input>>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread works on.
enum Input {
    /// From now on these folders are watched.
    Folders(Vec<PathBuf>),
    /// What the system tells.
    Told(notify::Result<Event>),
    Stop,
}

impl FolderWatcher {
    /// Starts the thread; it watches nothing yet.
    pub fn start(on_news: impl Fn(WatchNews) + Send + 'static) -> std::io::Result<Self> {
        Self::start_with(POLL_EVERY, is_network, on_news)
    }

    fn start_with(
        poll_every: Duration,
        is_network: fn(&Path) -> bool,
        on_news: impl Fn(WatchNews) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (inputs, incoming) = unbounded();
        let watch = Watch {
            telling: inputs.clone(),
            poll_every,
            is_network,
            on_news: Box::new(on_news),
            roots: Vec::new(),
            system: None,
            poll: None,
            restless: HashMap::new(),
        };
        let thread = std::thread::Builder::new()
            .name("watch".into())
            .spawn(move || watch.run(&incoming))?;
        Ok(Self {
            inputs: Some(inputs),
            thread: Some(thread),
        })
    }

    /// Watches these folders from now on, and no others.
    pub fn follow(&self, folders: Vec<PathBuf>) {
        if let Some(inputs) = &self.inputs {
            // A thread that has ended watches nothing.
            let _ = inputs.send(Input::Folders(folders));
        }
    }
}

impl Drop for FolderWatcher {
    fn drop(&mut self) {
        if let Some(inputs) = self.inputs.take() {
            let _ = inputs.send(Input::Stop);
        }
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the watching thread panicked");
        }
    }
}

/// How a folder looked when it was last looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    /// Tells the folder from another at the same path; `None` when there is none.
    folder: Option<(u64, u64)>,
    /// Drives mounted inside of it.
    mounts: Vec<PathBuf>,
}

struct Root {
    path: PathBuf,
    look: Look,
    polled: bool,
}

/// The thread's state.
struct Watch {
    telling: Sender<Input>,
    poll_every: Duration,
    is_network: fn(&Path) -> bool,
    on_news: Box<dyn Fn(WatchNews) + Send>,
    roots: Vec<Root>,
    system: Option<RecommendedWatcher>,
    poll: Option<PollWatcher>,
    /// Places that have changed, and when they did so last.
    restless: HashMap<PathBuf, Instant>,
}

impl Watch {
    fn run(mut self, incoming: &Receiver<Input>) {
        let mut look_at = Instant::now() + LOOK_EVERY;
        loop {
            let due = self.restless.values().min().map(|at| *at + QUIET);
            let wake = due.map_or(look_at, |due| due.min(look_at));
            match incoming.recv_deadline(wake) {
                Ok(Input::Folders(folders)) => self.follow(folders),
                Ok(Input::Told(Ok(event))) => self.told(&event),
                Ok(Input::Told(Err(error))) => self.failed(&error),
                Ok(Input::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = Instant::now();
            if now >= look_at {
                self.look();
                look_at = now + LOOK_EVERY;
            }
            self.tell(now);
        }
    }

    /// Tells what has become quiet.
    fn tell(&mut self, now: Instant) {
        let mut quiet: Vec<PathBuf> = self
            .restless
            .extract_if(|_, at| *at + QUIET <= now)
            .map(|(path, _)| path)
            .collect();
        if !quiet.is_empty() {
            quiet.sort();
            (self.on_news)(WatchNews::Changed(quiet));
        }
    }

    fn follow(&mut self, folders: Vec<PathBuf>) {
        let (kept, gone): (Vec<Root>, Vec<Root>) = std::mem::take(&mut self.roots)
            .into_iter()
            .partition(|root| folders.contains(&root.path));
        self.roots = kept;
        for root in gone {
            self.unwatch(&root);
        }
        for path in folders {
            if !self.roots.iter().any(|root| root.path == path) {
                let root = self.watch(path);
                // What happened until now, since it was walked, nobody has told.
                self.restless.insert(root.path.clone(), Instant::now());
                self.roots.push(root);
            }
        }
    }

    fn watch(&mut self, path: PathBuf) -> Root {
        let look = look_at(&path);
        let mut polled = look.folder.is_some() && (self.is_network)(&path);
        if look.folder.is_some()
            && !polled
            && let Err(error) = self.watch_by_system(&path)
        {
            tracing::warn!("{}: {error}", path.display());
            polled = true;
            (self.on_news)(WatchNews::Polled(path.clone()));
        }
        if polled && let Err(error) = self.watch_by_polling(&path) {
            tracing::warn!("{}: {error}", path.display());
        }
        Root { path, look, polled }
    }

    fn watch_by_system(&mut self, path: &Path) -> notify::Result<()> {
        let telling = self.telling.clone();
        let watcher = match &mut self.system {
            Some(watcher) => watcher,
            system => system.insert(notify::recommended_watcher(move |told| {
                // The thread has ended: nobody wants to know.
                let _ = telling.send(Input::Told(told));
            })?),
        };
        watcher
            .watch(path, RecursiveMode::Recursive)
            .inspect_err(|_| {
                // The part that it took on before it gave up.
                let _ = watcher.unwatch(path);
            })
    }

    fn watch_by_polling(&mut self, path: &Path) -> notify::Result<()> {
        let telling = self.telling.clone();
        let every = Config::default().with_poll_interval(self.poll_every);
        let watcher = match &mut self.poll {
            Some(watcher) => watcher,
            poll => poll.insert(PollWatcher::new(
                move |told| {
                    let _ = telling.send(Input::Told(told));
                },
                every,
            )?),
        };
        watcher.watch(path, RecursiveMode::Recursive)
    }

    fn unwatch(&mut self, root: &Root) {
        // What is not watched any more, because it is gone, need not be given up.
        if root.polled {
            let _ = self.poll.as_mut().map(|poll| poll.unwatch(&root.path));
        } else {
            let _ = self
                .system
                .as_mut()
                .map(|system| system.unwatch(&root.path));
        }
    }

    /// Looks for drives that have come or gone.
    fn look(&mut self) {
        let changed: Vec<usize> = (0..self.roots.len())
            .filter(|index| look_at(&self.roots[*index].path) != self.roots[*index].look)
            .collect();
        for index in changed.into_iter().rev() {
            let root = self.roots.swap_remove(index);
            self.unwatch(&root);
            let anew = self.watch(root.path);
            self.restless.insert(anew.path.clone(), Instant::now());
            self.roots.push(anew);
        }
    }

    fn told(&mut self, event: &Event) {
        let now = Instant::now();
        if event.need_rescan() {
            let roots = self.roots.iter().map(|root| (root.path.clone(), now));
            self.restless.extend(roots);
        }
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Create(_)
            | EventKind::Modify(_)
            | EventKind::Remove(_)
            | EventKind::Any
            | EventKind::Other => {}
            // Reading changes nothing, and scanning reads.
            EventKind::Access(_) => return,
        }
        for path in &event.paths {
            let root = self.roots.iter().find(|root| path.starts_with(&root.path));
            if root.is_some_and(|root| walk::concerns(&root.path, path)) {
                self.restless.insert(path.clone(), now);
            }
        }
    }

    fn failed(&mut self, error: &notify::Error) {
        tracing::warn!("watching folders: {error}");
        // A folder made later may be one too many.
        if !matches!(error.kind, ErrorKind::MaxFilesWatch) {
            return;
        }
        let over: Vec<usize> = (0..self.roots.len())
            .filter(|index| {
                let root = &self.roots[*index];
                !root.polled && error.paths.iter().any(|path| path.starts_with(&root.path))
            })
            .collect();
        for index in over {
            let path = self.roots[index].path.clone();
            self.unwatch_at(index);
            self.roots[index].polled = true;
            if let Err(error) = self.watch_by_polling(&path) {
                tracing::warn!("{}: {error}", path.display());
            }
            (self.on_news)(WatchNews::Polled(path));
        }
    }

    fn unwatch_at(&mut self, index: usize) {
        if let Some(system) = &mut self.system {
            let _ = system.unwatch(&self.roots[index].path);
        }
    }
}

fn look_at(path: &Path) -> Look {
    let mounts = mounts();
    let inside = mounts
        .into_iter()
        .map(|mount| mount.at)
        .filter(|at| at != path && at.starts_with(path));
    Look {
        folder: std::fs::metadata(path).ok().map(|folder| identity(&folder)),
        mounts: inside.collect(),
    }
}

#[cfg(unix)]
fn identity(folder: &std::fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (folder.dev(), folder.ino())
}

#[cfg(not(unix))]
fn identity(_: &std::fs::Metadata) -> (u64, u64) {
    (0, 0)
}

/// A mounted drive.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mount {
    at: PathBuf,
    kind: String,
}

/// What is mounted where; empty on systems that have no such list.
fn mounts() -> Vec<Mount> {
    std::fs::read("/proc/self/mounts").map_or_else(|_| Vec::new(), |table| read_mounts(&table))
}

/// Lines of `device place type options …`, blanks in places written as `\040` (proc(5)).
fn read_mounts(table: &[u8]) -> Vec<Mount> {
    table
        .split(|byte| *byte == b'\n')
        .filter_map(|line| {
            let mut parts = line.split(|byte| *byte == b' ');
            let (at, kind) = (parts.nth(1)?, parts.next()?);
            Some(Mount {
                at: unescaped(at),
                kind: String::from_utf8_lossy(kind).into_owned(),
            })
        })
        .collect()
}

/// A path with its octal escapes resolved.
fn unescaped(text: &[u8]) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        let octal = after
            .get(..3)
            .filter(|_| *first == b'\\')
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok());
        if let Some(byte) = octal {
            bytes.push(byte);
            rest = &after[3..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    path_of(bytes)
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(not(unix))]
#[expect(clippy::needless_pass_by_value, reason = "on Unix it is the path")]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether the folder lies on a drive whose changes the system does not tell: others write
/// there too.
fn is_network(path: &Path) -> bool {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    kind_of(&mounts(), &real).is_some_and(is_network_kind)
}

fn kind_of<'a>(mounts: &'a [Mount], path: &Path) -> Option<&'a str> {
    mounts
        .iter()
        .filter(|mount| path.starts_with(&mount.at))
        // Of two mounted at one place the later is seen.
        .max_by_key(|mount| mount.at.components().count())
        .map(|mount| mount.kind.as_str())
}

fn is_network_kind(kind: &str) -> bool {
    const NETWORK: &[&str] = &[
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "davfs",
        "ncpfs",
        "virtiofs",
        "vboxsf",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.davfs2",
        "fuse.s3fs",
        "fuse.gvfsd-fuse",
        "fuse.glusterfs",
        "fuse.vmhgfs-fuse",
        "fuse.kio-fuse",
        "fuse.curlftpfs",
    ];
    NETWORK.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Longest that anything here may take; only reached when something is broken.
    const PATIENCE: Duration = Duration::from_secs(30);

    #[test]
    fn the_mount_table_tells_what_lies_on_a_network_drive() {
        let table = b"/dev/sda1 / ext4 rw 0 0\n\
            nas:/music /mnt/My\\040Music nfs4 rw 0 0\n\
            /dev/sdb1 /mnt/My\\040Music/local ext4 rw 0 0\n\
            me@pi: /home/me/pi fuse.sshfs rw 0 0\n\
            broken\n";
        let mounts = read_mounts(table);
        for (path, network) in [
            ("/home/me/Music", false),
            ("/mnt/My Music/album", true),
            ("/mnt/My Music/local/album", false),
            ("/mnt/My", false),
            ("/home/me/pi", true),
        ] {
            let kind = kind_of(&mounts, Path::new(path)).unwrap();
            assert_eq!(is_network_kind(kind), network, "{path} is {kind}");
        }
    }

    #[test]
    fn a_polled_folder_tells_its_changes_too() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("old.mp3"), "old").unwrap();
        let (news, told) = unbounded();
        let every = Duration::from_millis(50);
        let watcher = FolderWatcher::start_with(
            every,
            |_| true,
            move |each| {
                let _ = news.send(each);
            },
        )
        .unwrap();
        watcher.follow(vec![folder.path().to_path_buf()]);
        // The first look of a poll is what later ones are compared with.
        let is_file = |path: &PathBuf| path != folder.path();
        for tries in 1.. {
            let path = folder.path().join(format!("new {tries}.mp3"));
            fs::write(&path, "new").unwrap();
            match told.recv_timeout(Duration::from_secs(2)) {
                Ok(WatchNews::Changed(paths)) if paths.iter().any(is_file) => break,
                Ok(WatchNews::Changed(_)) => {}
                Ok(other) => panic!("{other:?}"),
                Err(_) => assert!(tries < 20, "never told"),
            }
        }
    }

    #[test]
    fn a_folder_that_comes_and_goes_is_told_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let drive = folder.path().join("drive");
        let (news, told) = unbounded();
        let watcher = FolderWatcher::start(move |each| {
            let _ = news.send(each);
        })
        .unwrap();
        watcher.follow(vec![drive.clone()]);
        let wait = || match told.recv_timeout(PATIENCE) {
            Ok(WatchNews::Changed(paths)) => assert!(paths.contains(&drive), "{paths:?}"),
            other => panic!("{other:?}"),
        };
        // That it is watched from now on.
        wait();
        fs::create_dir(&drive).unwrap();
        wait();
        fs::remove_dir(&drive).unwrap();
        wait();
    }
}
