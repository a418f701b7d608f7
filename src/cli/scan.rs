//! `maeum scan`

use super::args::ScanArguments;
use super::session::Session;
use super::{Context, existing, output};
use crate::engine::{Command, Event, Problem, Progress, ScanReport};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::process::ExitCode;
use std::sync::Arc;

pub(super) fn run(context: &Context<'_>, arguments: &ScanArguments) -> Result<ExitCode> {
    let paths = existing(&arguments.folders)?;
    let mut session = Session::open(context)?;
    session.send(if paths.is_empty() {
        Command::Rescan
    } else {
        Command::AddPaths(paths)
    })?;
    let bar = Bar::new();
    let report = session.wait_or_fail(|event| match event {
        Event::Progress(progress) => {
            bar.show(&progress);
            None
        }
        Event::Finished(report) => Some(report),
        _ => None,
    });
    bar.0.finish_and_clear();
    let problems = Arc::clone(&session.problems);
    session.close();
    let report = report?;
    if arguments.json {
        output::line(&summary_json(&report, &problems).to_string())?;
    } else {
        print_summary(&report, &problems)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn summary_json(report: &ScanReport, problems: &[Problem]) -> serde_json::Value {
    let failed: Vec<_> = problems
        .iter()
        .map(|problem| json!({"path": problem.path.to_string_lossy(), "error": problem.reason}))
        .collect();
    json!({
        "files": report.scan.files,
        "analyzed": report.analyzed,
        "unchanged": report.scan.unchanged,
        "moved": report.scan.moved,
        "missing": report.scan.missing,
        "failed": failed,
        "seconds": output::rounded(report.secs),
    })
}

fn print_summary(report: &ScanReport, problems: &[Problem]) -> Result<()> {
    let scan = &report.scan;
    output::line(&format!(
        "{} files: {} new, {} changed, {} moved, {} unchanged, {} missing; {} analyzed in {}",
        scan.files,
        scan.added,
        scan.changed,
        scan.moved,
        scan.unchanged,
        scan.missing,
        report.analyzed,
        output::clock(report.secs),
    ))?;
    let unsupported = problems.iter().filter(|problem| problem.unsupported);
    let unsupported = unsupported.count();
    if unsupported > 0 {
        output::line(&format!(
            "{unsupported} files are in formats that are not supported yet"
        ))?;
    }
    for problem in problems {
        output::line(&format!("  {}: {}", problem.path.display(), problem.reason))?;
    }
    Ok(())
}

/// The bar on standard error; nothing where that is not a terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        Self(bar)
    }

    fn show(&self, progress: &Progress) {
        if progress.to_analyze == 0 {
            self.0.set_style(ProgressStyle::default_spinner());
            self.0
                .set_message(format!("{} files found", progress.files_found));
            self.0.tick();
            return;
        }
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} analyzed {msg}") {
            self.0.set_style(style);
        }
        if progress.lyrics_left > 0 && progress.analyzed == progress.to_analyze {
            self.0
                .set_message(format!("{} lyrics to read", progress.lyrics_left));
            self.0.tick();
            return;
        }
        self.0.set_length(progress.to_analyze as u64);
        self.0.set_position(progress.analyzed as u64);
        self.0.set_message(
            progress
                .secs_left
                .map(|secs| format!("{} left", output::clock(secs)))
                .unwrap_or_default(),
        );
    }
}
