//! Learning from listening, on a thread of its own: seconds of work that no question waits
//! for.

use crate::library::{Library, Play, TrackId};
use crate::recommend::{Learned, Material};
use crate::scan::playlists;
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

/// The same listening always teaches the same.
const SEED: u64 = 20;

/// What to learn from.
pub(super) struct Lessons {
    /// The library.
    pub material: Material,
    /// What was heard of it.
    pub plays: Vec<Play>,
    /// Folders that may hold playlists.
    pub folders: Vec<PathBuf>,
}

/// The learner's other end. Dropping it calls off what is under way and waits for the end.
pub(super) struct Learner {
    lessons: Option<Sender<(u64, Lessons)>>,
    /// What was learned; `None` when there was nothing to learn from.
    pub learned: Receiver<(u64, Option<Arc<Learned>>)>,
    latest: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

/// What takes in lessons; gives up once they are outdated.
type Learn = fn(&Lessons, &dyn Fn() -> bool) -> Option<Learned>;

impl Learner {
    pub(super) fn start() -> std::io::Result<Self> {
        Self::start_with(learn)
    }

    fn start_with(learn: Learn) -> std::io::Result<Self> {
        let (lessons, incoming) = unbounded::<(u64, Lessons)>();
        let (outgoing, learned) = bounded(4);
        let latest = Arc::new(AtomicU64::new(0));
        let newest = Arc::clone(&latest);
        let thread = std::thread::Builder::new()
            .name("learner".into())
            .spawn(move || {
                for (number, lessons) in incoming {
                    let outdated = || newest.load(Ordering::Relaxed) != number;
                    if outdated() {
                        continue;
                    }
                    // A panic over one library must not leave a question waiting for ever.
                    let work = AssertUnwindSafe(|| learn(&lessons, &outdated));
                    let learned = catch_unwind(work).ok().flatten().map(Arc::new);
                    if !outdated() && outgoing.send((number, learned)).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self {
            lessons: Some(lessons),
            learned,
            latest,
            thread: Some(thread),
        })
    }

    /// Learns anew; what is under way is called off.
    pub(super) fn learn(&self, lessons: Lessons) {
        let number = self.latest.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(sender) = &self.lessons
            && sender.send((number, lessons)).is_err()
        {
            tracing::error!("the learner has ended");
        }
    }

    /// Whether an answer belongs to the last lessons given.
    pub(super) fn is_latest(&self, number: u64) -> bool {
        self.latest.load(Ordering::Relaxed) == number
    }

    /// Calls off what is under way.
    pub(super) fn call_off(&self) {
        self.latest.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Learner {
    fn drop(&mut self) {
        self.call_off();
        self.lessons = None;
        // A learner that waits to hand its result over finds nobody there.
        while self.learned.try_recv().is_ok() {}
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the learner panicked");
        }
    }
}

fn learn(lessons: &Lessons, outdated: &dyn Fn() -> bool) -> Option<Learned> {
    let library = lessons.material.library();
    let lists = known_tracks(library, &playlists(&lessons.folders));
    Learned::from_listening(&lessons.material, &lessons.plays, &lists, SEED, outdated)
}

/// Playlists as tracks of the library; files that are not in it are passed over.
fn known_tracks(library: &Library, lists: &[Vec<PathBuf>]) -> Vec<Vec<TrackId>> {
    if lists.is_empty() {
        return Vec::new();
    }
    let by_path: HashMap<&Path, TrackId> = library
        .tracks()
        .iter()
        .map(|track| (track.path.as_path(), track.id))
        .collect();
    lists
        .iter()
        .map(|list| {
            let ids = list.iter().filter_map(|path| by_path.get(path.as_path()));
            ids.copied().collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::view::View;
    use std::time::Duration;

    #[test]
    fn lessons_that_cannot_be_learned_are_answered_and_so_are_the_next() {
        let hopeless = Learner::start_with(|_, _| panic!("these are too much")).unwrap();
        for number in 1..=2 {
            hopeless.learn(Lessons {
                material: View::default().index().material(),
                plays: Vec::new(),
                folders: Vec::new(),
            });
            let answer = hopeless.learned.recv_timeout(Duration::from_mins(1));
            assert!(matches!(answer, Ok((told, None)) if told == number));
        }
    }
}
