//! A window on a made-up engine, without a display.

use crate::fake::Fake;
use crossbeam_channel::{Receiver, Sender, bounded};
use eframe::egui::{self, Pos2, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use maeum::config::Settings;
use maeum::engine::{Command, CoverOf, CoverSize, Event, Handle};
use maeum::language::Language;
use maeum::library::TrackId;
use maeum::ui::{AppState, StartOptions, Window};
use std::path::PathBuf;

/// A window with the engine's end of the channels in hand.
pub struct Fixture {
    pub harness: Harness<'static, Window>,
    pub fake: Fake,
    /// Whose words were asked for.
    pub words_asked: Vec<TrackId>,
    pub covers_asked: Vec<(CoverOf, CoverSize)>,
    commands: Receiver<Command>,
    events: Sender<Event>,
}

impl Fixture {
    /// A window on a library of this many tracks, all analyzed.
    pub fn with(tracks: usize) -> Self {
        Self::on(Fake::new(tracks, tracks), Language::English)
    }

    /// A window on this engine.
    pub fn on(fake: Fake, language: Language) -> Self {
        let (command_sender, commands) = bounded(256);
        let (events, event_receiver) = bounded(256);
        let engine = Handle::of_channels(command_sender, event_receiver);
        let start = StartOptions {
            settings: Settings {
                language: Some(language),
                motion: false,
                ..Settings::default()
            },
            data_folder: PathBuf::from("/data"),
        };
        let harness = Harness::builder()
            .with_size(Vec2::new(1_280.0, 800.0))
            .with_step_dt(1.0 / 30.0)
            .build_eframe(|creation| Window::new(&creation.egui_ctx, engine, start));
        let mut fixture = Self {
            harness,
            fake,
            words_asked: Vec::new(),
            covers_asked: Vec::new(),
            commands,
            events,
        };
        for event in fixture.fake.opening() {
            fixture.tell(event);
        }
        fixture.settle();
        fixture
    }

    pub fn tell(&self, event: Event) {
        self.events.send(event).unwrap();
    }

    pub fn state(&self) -> &AppState {
        self.harness.state().state()
    }

    /// Lets the window take in and paint everything, without answering its commands.
    pub fn run(&mut self) {
        self.harness.run_steps(6);
    }

    /// The commands sent since the last look, those for covers and words aside.
    pub fn sent(&mut self) -> Vec<Command> {
        self.run();
        self.commands
            .try_iter()
            .filter(|command| !loads(command))
            .collect()
    }

    /// Answers commands until the window has no more; returns them all.
    pub fn settle(&mut self) -> Vec<Command> {
        let mut all = Vec::new();
        loop {
            self.run();
            let commands: Vec<_> = self.commands.try_iter().collect();
            if commands.is_empty() {
                return all;
            }
            for command in commands {
                for event in self.fake.answer(&command) {
                    self.tell(event);
                }
                if let Command::LoadLyrics(track) = command {
                    self.words_asked.push(track);
                }
                if let Command::LoadCover { of, size } = &command {
                    self.covers_asked.push((of.clone(), *size));
                }
                if !loads(&command) {
                    all.push(command);
                }
            }
        }
    }

    /// Types into the field with this name.
    pub fn type_into(&mut self, name: &str, text: &str) {
        self.harness.get_by_label(name).focus();
        self.harness.step();
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.run();
    }

    /// Takes what is at `from` along to `to`, with the button held down.
    pub fn take_along(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.harness.step();
        self.harness.drag_at(from);
        self.harness.step();
        for step in 1..=8 {
            let at = from + (to - from) * (step as f32 / 8.0);
            self.harness.hover_at(at);
            self.harness.step();
        }
    }

    /// Drags what is at `from` to `to`, and answers commands.
    pub fn drag(&mut self, from: Pos2, to: Pos2) -> Vec<Command> {
        self.take_along(from, to);
        self.harness.drop_at(to);
        self.settle()
    }

    pub fn key(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }
}

/// Whether the window only fetches what it shows.
fn loads(command: &Command) -> bool {
    matches!(
        command,
        Command::LoadCover { .. } | Command::LoadLyrics(_) | Command::LoadWholeTrack(_)
    )
}

/// The last question for a playlist among these commands.
pub fn last_feel(commands: &[Command]) -> Option<(u64, maeum::engine::FeelRequest)> {
    commands.iter().rev().find_map(|command| match command {
        Command::Feel {
            generation,
            request,
        } => Some((*generation, request.clone())),
        _ => None,
    })
}
