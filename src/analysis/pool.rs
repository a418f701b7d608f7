//! [`Pool`]: many tracks on a few quiet threads.

use super::analyzer::{AnalysisError, Analyzer, Look, Wanted};
use super::control::Control;
use crate::library::TrackId;
use crossbeam_channel::{Receiver, Sender, TrySendError, after, bounded, never, select};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use thread_priority::{ThreadPriority, ThreadPriorityValue, set_current_thread_priority};

/// Jobs that may wait a worker, so that none runs dry while the store is asked for more.
const WAITING_PER_WORKER: usize = 4;

/// The audio model is kept so long after its last use.
const KEEP_MODEL: Duration = Duration::from_secs(10);

/// A track to analyze.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Whose result this becomes.
    pub id: TrackId,
    /// The file.
    pub path: PathBuf,
    /// Length, where the file does not tell it; 0 when unknown.
    pub duration_secs: f32,
    /// What is wanted of it.
    pub wanted: Wanted,
}

/// A track that was analyzed, or failed.
#[derive(Debug)]
pub struct Analyzed {
    /// What was asked for.
    pub job: Job,
    /// What it told, or why it cannot; never [`AnalysisError::Cancelled`].
    pub result: Result<Look, AnalysisError>,
    /// How long the worker took, pauses not included.
    pub elapsed: Duration,
}

/// A fixed number of threads, "analyzer-1" to "analyzer-N", at a low priority. Idle workers
/// take jobs one by one from a bounded queue, so one slow track stalls nobody. A change of
/// the number means a new pool; the tracks under way at that moment start again.
pub struct Pool {
    shared: Arc<Shared>,
    jobs: Sender<(Job, Arc<Control>)>,
    queue: Receiver<(Job, Arc<Control>)>,
    /// Dropped to end the workers.
    alive: Option<Sender<()>>,
    workers: Vec<JoinHandle<()>>,
}

struct Shared {
    /// Control of everything submitted since the last [`Pool::cancel_all`].
    control: Mutex<Arc<Control>>,
}

impl Shared {
    fn control(&self) -> Arc<Control> {
        Arc::clone(&self.control.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Pool {
    /// Starts the workers (at least one), each with an audio model of its own from the models
    /// folder. Results go to `results`; a full channel holds the workers back, a closed one
    /// ends them.
    #[must_use]
    pub fn start(workers: usize, models: &Path, results: &Sender<Analyzed>) -> Self {
        let models = models.to_path_buf();
        Self::start_with(workers, results, move || {
            let mut analyzer = Analyzer::new(&models);
            move |job: &Job, control: &Control| {
                analyzer.look(&job.path, job.duration_secs, job.wanted, control)
            }
        })
    }

    /// The same with other work than decoding files: each worker makes its own, and lets go
    /// of it when there is nothing to do for a while.
    fn start_with<W>(
        workers: usize,
        results: &Sender<Analyzed>,
        make: impl Fn() -> W + Clone + Send + 'static,
    ) -> Self
    where
        W: FnMut(&Job, &Control) -> Result<Look, AnalysisError>,
    {
        let workers = workers.max(1);
        let (jobs, queue) = bounded(workers * WAITING_PER_WORKER);
        let (alive, ended) = bounded(0);
        let workers = (1..=workers)
            .filter_map(|number| {
                let worker = Worker {
                    queue: queue.clone(),
                    ended: ended.clone(),
                    results: results.clone(),
                };
                let make = make.clone();
                std::thread::Builder::new()
                    .name(format!("analyzer-{number}"))
                    .spawn(move || worker.run(make))
                    .inspect_err(|error| tracing::warn!("no thread for analyzer-{number}: {error}"))
                    .ok()
            })
            .collect();
        Self {
            shared: Arc::new(Shared {
                control: Mutex::new(Arc::new(Control::new())),
            }),
            jobs,
            queue,
            alive: Some(alive),
            workers,
        }
    }

    /// Queues a job; gives it back when the queue is full. Never waits.
    pub fn submit(&self, job: Job) -> Result<(), Job> {
        match self.jobs.try_send((job, self.shared.control())) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full((job, _)) | TrySendError::Disconnected((job, _))) => Err(job),
        }
    }

    /// How many more jobs the queue takes at this moment.
    #[must_use]
    pub fn room(&self) -> usize {
        let capacity = self.jobs.capacity().unwrap_or(0);
        capacity.saturating_sub(self.jobs.len())
    }

    /// How many threads work.
    #[must_use]
    pub fn workers(&self) -> usize {
        self.workers.len()
    }

    /// Holds all work within a block of audio, or lets it go on where it was.
    pub fn pause(&self, paused: bool) {
        self.shared.control().pause(paused);
    }

    /// Calls off what waits and what is under way, without results. The pool takes new jobs,
    /// paused if it was.
    pub fn cancel_all(&self) {
        let fresh = Control::new();
        let mut current = self
            .shared
            .control
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        fresh.pause(current.is_paused());
        current.cancel();
        *current = Arc::new(fresh);
        drop(current);
        while self.queue.try_recv().is_ok() {}
    }

    /// Calls everything off and waits for the threads to end, which is a matter of
    /// milliseconds. Dropping the pool does the same.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.cancel_all();
        self.alive = None;
        for worker in self.workers.drain(..) {
            // A worker catches its tracks' panics; one of its own has been shown already.
            let _ = worker.join();
        }
    }
}

/// Gives this thread a low priority (0…100), as background work should have. Not the lowest:
/// beside a program that fills the machine a scan would then hardly move for hours. On Linux
/// this is a nice value of 9, an eighth of what such a program gets.
pub fn work_quietly() {
    let quiet = ThreadPriorityValue::try_from(25).map(ThreadPriority::Crossplatform);
    // Not every system lets a thread lower itself; it only works less quietly then.
    if let Err(error) = set_current_thread_priority(quiet.unwrap_or(ThreadPriority::Min)) {
        tracing::debug!("a worker runs at normal priority: {error:?}");
    }
}

struct Worker {
    queue: Receiver<(Job, Arc<Control>)>,
    ended: Receiver<()>,
    results: Sender<Analyzed>,
}

impl Worker {
    fn run<W>(self, make: impl Fn() -> W)
    where
        W: FnMut(&Job, &Control) -> Result<Look, AnalysisError>,
    {
        work_quietly();
        let mut work = None;
        loop {
            let idle = if work.is_some() {
                after(KEEP_MODEL)
            } else {
                never()
            };
            let (job, control) = select! {
                recv(self.queue) -> job => match job {
                    Ok(job) => job,
                    Err(_) => return,
                },
                recv(self.ended) -> _ => return,
                recv(idle) -> _ => {
                    work = None;
                    continue;
                }
            };
            let work = work.get_or_insert_with(&make);
            if control.checkpoint().is_err() {
                continue;
            }
            let (started, held) = (Instant::now(), control.held());
            let result = work(&job, &control);
            // What finished in the moment of cancelling is not waited for any more.
            if control.is_cancelled() {
                continue;
            }
            let analyzed = Analyzed {
                job,
                result,
                elapsed: (started.elapsed() + held).saturating_sub(control.held()),
            };
            select! {
                send(self.results, analyzed) -> sent => if sent.is_err() {
                    return;
                },
                recv(self.ended) -> _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossbeam_channel::unbounded;

    const PATIENCE: Duration = Duration::from_secs(20);

    fn job(id: i64) -> Job {
        Job {
            id: TrackId(id),
            path: PathBuf::from(format!("{id}.flac")),
            duration_secs: 1.0,
            wanted: Wanted {
                rule: None,
                reading: false,
            },
        }
    }

    type Work = Box<dyn FnMut(&Job, &Control) -> Result<Look, AnalysisError>>;

    /// The same work for every worker.
    fn each(
        work: impl Fn(&Job, &Control) -> Result<Look, AnalysisError> + Send + Sync + 'static,
    ) -> impl Fn() -> Work + Clone + Send + 'static {
        let work = Arc::new(work);
        move || {
            let work = Arc::clone(&work);
            Box::new(move |job, control| work(job, control))
        }
    }

    fn too_short(job: &Job) -> Result<Look, AnalysisError> {
        Err(AnalysisError::TooShort {
            path: job.path.clone(),
        })
    }

    #[test]
    fn a_slow_track_does_not_stall_the_others() {
        let (results, finished) = unbounded();
        let (release, released) = bounded::<()>(0);
        let pool = Pool::start_with(
            2,
            &results,
            each(move |job, _| {
                if job.id == TrackId(0) {
                    let _ = released.recv();
                }
                too_short(job)
            }),
        );
        for id in 0..6 {
            pool.submit(job(id)).unwrap();
        }
        let mut ids: Vec<i64> = (0..5)
            .map(|_| finished.recv_timeout(PATIENCE).unwrap().job.id.0)
            .collect();
        ids.sort_unstable();
        assert_eq!(ids, [1, 2, 3, 4, 5]);
        drop(release);
        assert_eq!(finished.recv_timeout(PATIENCE).unwrap().job.id.0, 0);
    }

    #[test]
    fn a_full_queue_gives_the_job_back() {
        let (results, _finished) = unbounded();
        let pool = Pool::start_with(
            1,
            &results,
            each(|job, control| {
                while control.checkpoint().is_ok() {
                    std::thread::yield_now();
                }
                too_short(job)
            }),
        );
        let mut id = 0;
        while pool.submit(job(id)).is_ok() {
            id += 1;
        }
        assert!(id as usize >= WAITING_PER_WORKER);
        assert_eq!(pool.submit(job(id)), Err(job(id)));
        pool.stop();
    }

    #[test]
    fn paused_work_waits_and_goes_on() {
        let (results, finished) = unbounded();
        let pool = Pool::start_with(
            1,
            &results,
            each(|job, control| {
                control.checkpoint()?;
                too_short(job)
            }),
        );
        pool.pause(true);
        pool.submit(job(1)).unwrap();
        assert!(finished.recv_timeout(Duration::from_millis(50)).is_err());
        pool.pause(false);
        assert_eq!(finished.recv_timeout(PATIENCE).unwrap().job.id.0, 1);
    }

    #[test]
    fn cancelled_work_ends_without_results_and_the_pool_goes_on() {
        let (results, finished) = unbounded();
        let (begun, has_begun) = unbounded();
        let pool = Pool::start_with(
            1,
            &results,
            each(move |job, control| {
                let _ = begun.send(());
                while job.id == TrackId(0) {
                    control.checkpoint()?;
                    std::thread::yield_now();
                }
                too_short(job)
            }),
        );
        pool.submit(job(0)).unwrap();
        pool.submit(job(1)).unwrap();
        has_begun.recv_timeout(PATIENCE).unwrap();
        pool.cancel_all();
        pool.submit(job(2)).unwrap();
        assert_eq!(finished.recv_timeout(PATIENCE).unwrap().job.id.0, 2);
    }

    #[test]
    fn a_pool_stops_while_paused_or_with_nobody_taking_results() {
        let (results, _finished) = bounded(0);
        let pool = Pool::start_with(2, &results, each(|job, _| too_short(job)));
        for id in 0..4 {
            pool.submit(job(id)).unwrap();
        }
        pool.pause(true);
        pool.stop();
    }

    #[test]
    fn threads_are_named() {
        let (results, finished) = unbounded();
        let (name, names) = unbounded();
        let pool = Pool::start_with(
            1,
            &results,
            each(move |job, _| {
                let _ = name.send(std::thread::current().name().map(str::to_owned));
                too_short(job)
            }),
        );
        pool.submit(job(1)).unwrap();
        finished.recv_timeout(PATIENCE).unwrap();
        assert_eq!(names.recv().unwrap().as_deref(), Some("analyzer-1"));
    }
}
