//! `maeum play`

use super::args::PlayArguments;
use super::session::Session;
use super::{Context, output};
use crate::engine::{Command, Event};
use crate::playback::{DeviceState, PlayerState, Status};
use anyhow::{Context as _, Result, bail};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a device may be away before a command without a window gives up.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) fn run(context: &Context<'_>, arguments: &PlayArguments) -> Result<ExitCode> {
    let paths = super::existing(&arguments.paths)?;
    let length = match arguments.seconds {
        Some(secs) => Some(
            Duration::try_from_secs_f32(secs)
                .with_context(|| format!("{secs} is no number of seconds to play"))?,
        ),
        None => None,
    };
    let mut session = Session::open(context)?;
    session.send(Command::PlayFiles(paths))?;
    until_the_end(&mut session, length)?;
    session.close();
    Ok(ExitCode::SUCCESS)
}

/// Names each track as it begins, until the queue ends, `length` has been played or Ctrl+C.
pub(super) fn until_the_end(session: &mut Session, length: Option<Duration>) -> Result<()> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed))
        .context("cannot listen for Ctrl+C")?;
    let mut follower = Follower::default();
    while !interrupted.load(Ordering::Relaxed) {
        let step = Instant::now() + Duration::from_millis(200);
        let state = session.wait_until(step, |event| match event {
            Event::Player(state) => Some(Ok(state)),
            Event::Notice(crate::engine::Notice::Failed(reason)) => Some(Err(reason)),
            Event::Notice(crate::engine::Notice::NothingToAdd) => {
                Some(Err("there is nothing here that can be played".to_owned()))
            }
            _ => None,
        })?;
        if let Some(state) = state {
            let state = state.map_err(anyhow::Error::msg)?;
            if !follower.follow(&state)? {
                return Ok(());
            }
        }
        if length.is_some_and(|length| follower.played() >= length) {
            return Ok(());
        }
    }
    Ok(())
}

/// What was told and seen so far.
#[derive(Default)]
struct Follower {
    named: Option<usize>,
    failed: Option<String>,
    started: Option<Instant>,
    missing_since: Option<Instant>,
}

impl Follower {
    /// How long sound has been coming out.
    fn played(&self) -> Duration {
        self.started
            .map_or(Duration::ZERO, |started| started.elapsed())
    }

    /// Takes in a new state; false when playing has come to its end.
    fn follow(&mut self, state: &PlayerState) -> Result<bool> {
        if let Some((_, reason)) = &state.failed
            && self.failed.as_ref() != Some(reason)
        {
            tracing::warn!("{reason}");
            self.failed = Some(reason.clone());
        }
        match (&state.device, state.status) {
            (DeviceState::Missing(reason), _) => {
                let since = *self.missing_since.get_or_insert_with(Instant::now);
                if since.elapsed() > PATIENCE {
                    bail!("no sound: {reason}");
                }
            }
            (DeviceState::Ready, Status::Playing) => {
                self.missing_since = None;
                self.started.get_or_insert_with(Instant::now);
            }
            _ => {}
        }
        if state.status == Status::Playing && self.named != state.index {
            self.named = state.index;
            if let Some(track) = state.current() {
                output::line(&format!(
                    "{} · {}  {}",
                    track.title(),
                    track.artist(),
                    output::clock(track.duration_secs)
                ))?;
            }
        }
        let ended =
            state.status == Status::Stopped && (self.named.is_some() || self.failed.is_some());
        if ended && self.named.is_none() {
            bail!(self.failed.clone().unwrap_or_default());
        }
        Ok(!ended)
    }
}
