//! What the desktop asks for.

use super::Hub;
use crate::desktop::Request;
use crate::engine::{Command, Event};

impl Hub {
    /// What the desktop asks for.
    pub(super) fn asked(&mut self, request: Request) {
        match request {
            Request::Player(command) => self.command(Command::Player(command)),
            Request::Open(opening) => {
                if opening.demo && !self.options.demo {
                    self.command(Command::OpenDemo(true));
                }
                if !opening.files.is_empty() {
                    self.command(Command::PlayFiles(opening.files));
                }
                self.emitter.send(Event::Raise);
            }
            Request::Raise => self.emitter.send(Event::Raise),
            Request::Quit => self.emitter.send(Event::Quit),
        }
    }
}
