//! Arguments in, window or headless command out.

use anyhow::{Context as _, Result};
use maeum::cli::{self, Arguments};
use maeum::config::{Folders, Settings};
use maeum::desktop::{self, Claim};
use maeum::engine::{self, Command, Options};
use maeum::ui::{self, StartOptions};
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let arguments = Arguments::read();
    tell(arguments.verbose);
    run(arguments).unwrap_or_else(|error| {
        tracing::debug!("{error:?}");
        #[expect(
            clippy::print_stderr,
            reason = "the one place where a failed command says why"
        )]
        {
            eprintln!("maeum: {error:#}");
        }
        ExitCode::FAILURE
    })
}

fn run(mut arguments: Arguments) -> Result<ExitCode> {
    let command = arguments.take_command();
    let opening = arguments.opening()?;
    let folders = Folders::find(arguments.data_dir, arguments.models_dir);
    if let Some(command) = command {
        return cli::run(command, &folders, arguments.demo);
    }
    let instance = match desktop::claim(&folders.data) {
        Claim::First(instance) => instance,
        Claim::Second(running) => {
            running
                .hand_over(&opening)
                .context("Maeum is running already, but its window does not answer")?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let start = StartOptions {
        settings: Settings::load(&folders.settings_file()).unwrap_or_default(),
        data_folder: folders.data.clone(),
    };
    let options = Options {
        folders,
        demo: arguments.demo,
        scan_at_start: true,
        keep_queue: true,
    };
    // The window library's error cannot cross threads; its words can.
    let open = move |wake, window| {
        let engine = engine::start_on_desktop(options, instance, window, wake)?;
        if !opening.files.is_empty() {
            // An engine that is gone already is told by the window.
            let _ = engine.commands.send(Command::PlayFiles(opening.files));
        }
        Ok(engine)
    };
    ui::run(open, start).map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(ExitCode::SUCCESS)
}

/// Warnings by default; `-v` adds what the player does, `-vv` everything of ours.
/// `RUST_LOG` overrides.
fn tell(verbose: u8) {
    let default = match verbose {
        0 => "warn,maeum=warn",
        1 => "warn,maeum=info",
        _ => "info,maeum=trace",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .without_time()
        .init();
}
