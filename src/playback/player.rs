//! The player thread and the handle to it.

use super::output::Output;
use super::session::Session;
use super::state::{PlayerCommand, PlayerEvent};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use std::io;
use std::thread::{self, JoinHandle};

/// The player; see [`Player::spawn`].
pub struct Player;

/// The end of the player that others hold. Dropping it ends the player.
pub struct PlayerHandle {
    commands: Option<Sender<PlayerCommand>>,
    thread: Option<JoinHandle<()>>,
}

impl Player {
    /// Starts the player thread. `open_output` runs on it, because a device belongs to the
    /// thread that opened it; `on_event` is called from it and must not wait.
    pub fn spawn<O: Output + 'static>(
        volume: f32,
        open_output: impl FnOnce() -> O + Send + 'static,
        on_event: impl FnMut(PlayerEvent) + Send + 'static,
    ) -> io::Result<PlayerHandle> {
        let (sender, receiver) = unbounded();
        let thread = thread::Builder::new()
            .name("player".to_owned())
            .spawn(move || {
                let output = Box::new(open_output());
                run(Session::new(output, volume, Box::new(on_event)), &receiver);
            })?;
        Ok(PlayerHandle {
            commands: Some(sender),
            thread: Some(thread),
        })
    }
}

impl PlayerHandle {
    /// Tells the player something. Never waits.
    pub fn send(&self, command: PlayerCommand) {
        if let Some(commands) = &self.commands {
            // It only fails when the thread is gone, and then there is nothing to tell.
            let _ = commands.send(command);
        }
    }

    /// Fades out, reports what was playing as heard, and waits for the thread to end. What
    /// it is told afterwards it does not hear.
    pub fn shutdown(&mut self) {
        self.commands = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for PlayerHandle {
    fn drop(&mut self) {
        self.shutdown();
    }
}

fn run(mut session: Session, commands: &Receiver<PlayerCommand>) {
    session.tick();
    loop {
        let received = match session.next_wake() {
            Some(wait) => commands.recv_timeout(wait),
            None => commands.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match received {
            Ok(command) => {
                session.handle(command);
                while let Ok(command) = commands.try_recv() {
                    session.handle(command);
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        session.tick();
    }
    session.close();
}
