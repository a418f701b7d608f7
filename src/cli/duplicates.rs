//! `maeum duplicates`: the same recording in more than one file.

use super::args::DuplicatesArguments;
use super::session::Session;
use super::{Context, output};
use crate::engine::{Command, Event};
use crate::language::Language;
use crate::library::{Library, Track};
use crate::recommend::{Better, Duplicates, FileCopy};
use anyhow::Result;
use serde_json::{Value, json};
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, arguments: &DuplicatesArguments) -> Result<ExitCode> {
    let mut session = Session::open(context)?;
    session.send(Command::FindDuplicates)?;
    let found = session.wait_or_fail(|event| match event {
        Event::Duplicates(found) => Some(found),
        _ => None,
    })?;
    let library = &session.snapshot.library;
    for group in found.iter() {
        if arguments.json {
            output::line(&in_json(group, library).to_string())?;
        } else {
            in_words(group, library, context.language)?;
        }
    }
    if found.is_empty() && !arguments.json {
        let text = context.language.pick("no duplicates", "겹치는 곡이 없어요");
        output::line(text)?;
    }
    session.close();
    Ok(ExitCode::SUCCESS)
}

fn in_json(group: &Duplicates, library: &Library) -> Value {
    let copies = copies(group, library).map(|(copy, track)| {
        json!({
            "path": track.path.to_string_lossy(),
            "title": track.title(),
            "artist": track.artist(),
            "album": track.tags.album,
            "codec": track.codec,
            "secs": output::rounded(track.duration_secs),
            "bit_rate_kbps": copy.bit_rate_kbps,
            "size_bytes": copy.size_bytes,
        })
    });
    json!({
        "same_audio": group.same_audio,
        "better": group.better.map(Better::key),
        "copies": copies.collect::<Vec<_>>(),
    })
}

fn copies<'a>(
    group: &'a Duplicates,
    library: &'a Library,
) -> impl Iterator<Item = (&'a FileCopy, &'a Track)> {
    let copies = group.copies.iter();
    copies.filter_map(|copy| Some((copy, &**library.get(copy.track)?)))
}

fn in_words(group: &Duplicates, library: &Library, language: Language) -> Result<()> {
    let kind = if group.same_audio {
        language.pick("same audio", "같은 소리")
    } else {
        language.pick("same recording", "같은 녹음")
    };
    let title = group
        .copies
        .first()
        .and_then(|copy| library.get(copy.track));
    let title = title.map_or_else(String::new, |track| track.full_title());
    output::line(&format!("{title} ({kind})"))?;
    for (index, (copy, track)) in copies(group, library).enumerate() {
        let better = group.better.filter(|_| index == 0);
        let better = better.map_or("", |better| match better {
            Better::Lossless => language.pick("  better: lossless", "  더 나음: 무손실"),
            Better::BitRate => language.pick("  better: bit rate", "  더 나음: 비트레이트"),
            Better::Tags => language.pick("  better: tags", "  더 나음: 태그"),
        });
        let mark = if better.is_empty() { ' ' } else { '*' };
        let megabytes = copy.size_bytes as f64 / 1e6;
        output::line(&format!(
            "  {mark} {}  {} {} kb/s, {megabytes:.1} MB{better}",
            track.path.display(),
            track.codec,
            copy.bit_rate_kbps,
        ))?;
    }
    Ok(())
}
