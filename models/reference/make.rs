//! Makes `statistics.json`: analyzes a folder of music and prints the spread of every term
//! of the rule in `src/analysis/reading.rs`. With `--each`, prints one JSON line a track
//! instead: its path, mood and features, for checking the rule against rated music.

// Its output is what it is for.
#![allow(clippy::print_stdout)]

use maeum::analysis::reading::Reference;
use maeum::analysis::{Analyzed, Job, Look, Pool, Wanted};
use maeum::library::TrackId;
use std::path::{Path, PathBuf};

fn main() -> anyhow::Result<()> {
    // `cargo bench` adds an argument of its own.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let each = arguments.iter().any(|argument| argument == "--each");
    let mut files: Vec<PathBuf> = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"))
        .flat_map(walkdir::WalkDir::new)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    // The sums must not depend on the order that a file system lists files in.
    files.sort();

    let mut done = analyze(&files);
    done.sort_by(|a, b| a.job.path.cmp(&b.job.path));
    let mut all = Vec::new();
    for Analyzed { job, result, .. } in done {
        let analysis = match result {
            Ok(Look { analysis, .. }) => analysis,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        let Some(analysis) = analysis else { continue };
        if each {
            let line = serde_json::json!({
                "path": job.path,
                "mood": analysis.mood,
                "features": analysis.features,
            });
            println!("{line}");
        }
        all.push(analysis.features);
    }
    if !each {
        let reference = Reference::of(&all)
            .ok_or_else(|| anyhow::anyhow!("too few tracks, or all of them alike"))?;
        println!("{}", serde_json::to_string_pretty(&reference)?);
    }
    Ok(())
}

fn analyze(files: &[PathBuf]) -> Vec<Analyzed> {
    let (results, finished) = crossbeam_channel::unbounded();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    // The statistics are the rule's: the audio model is not asked.
    let pool = Pool::start(workers, Path::new(""), &results);
    let mut done = Vec::new();
    for (id, path) in (0..).zip(files) {
        let mut job = Job {
            id: TrackId(id),
            path: path.clone(),
            duration_secs: 0.0,
            wanted: Wanted {
                rule: None,
                reading: false,
            },
        };
        while let Err(given_back) = pool.submit(job) {
            job = given_back;
            done.extend(finished.recv());
        }
    }
    while done.len() < files.len() {
        done.extend(finished.recv());
    }
    done
}
