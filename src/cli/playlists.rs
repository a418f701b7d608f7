//! `maeum playlist`

use super::args::{PlaylistCommand, PlaylistsArguments};
use super::session::Session;
use super::{Context, output};
use crate::engine::{Command, Event, Notice};
use crate::library::{Playlist, PlaylistEntry, PlaylistId, TrackId};
use anyhow::{Result, bail};
use serde_json::json;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

pub(super) fn run(context: &Context<'_>, arguments: &PlaylistsArguments) -> Result<ExitCode> {
    let mut session = Session::open(context)?;
    match &arguments.command {
        PlaylistCommand::List { json } => list(context, &mut session, *json)?,
        PlaylistCommand::Show { name, json } => show(context, &mut session, name, *json)?,
        PlaylistCommand::Export { name, file } => export(context, &mut session, name, file)?,
        PlaylistCommand::Import { files } => {
            for file in super::existing(files)? {
                import(&mut session, file)?;
            }
        }
    }
    session.close();
    Ok(ExitCode::SUCCESS)
}

type Found = Arc<HashMap<PlaylistId, Arc<[TrackId]>>>;

fn find(session: &mut Session) -> Result<Found> {
    session.send(Command::FindSmartTracks)?;
    session.wait_or_fail(|event| match event {
        Event::SmartTracks(found) => Some(found),
        _ => None,
    })
}

fn name<'a>(context: &Context<'_>, playlist: &'a Playlist) -> &'a str {
    match playlist.builtin {
        Some(builtin) if playlist.name.is_empty() => {
            context.language.pick(builtin.english(), builtin.korean())
        }
        _ => &playlist.name,
    }
}

/// The playlist of this name, in either language; case does not matter.
fn named(context: &Context<'_>, session: &Session, wanted: &str) -> Result<Arc<Playlist>> {
    let called = |playlist: &&Arc<Playlist>| {
        let builtin = playlist.builtin;
        let names = builtin.map(|builtin| [builtin.english(), builtin.korean()]);
        std::iter::once(name(context, playlist))
            .chain(names.into_iter().flatten())
            .any(|name| name.to_lowercase() == wanted.to_lowercase())
    };
    match session.playlists.0.iter().find(called) {
        Some(playlist) => Ok(Arc::clone(playlist)),
        None => bail!("there is no playlist {wanted}; see: maeum playlist list"),
    }
}

fn tracks(playlist: &Playlist, found: &Found) -> Vec<TrackId> {
    match found.get(&playlist.id) {
        Some(tracks) => tracks.to_vec(),
        None => playlist.track_ids(),
    }
}

fn list(context: &Context<'_>, session: &mut Session, as_json: bool) -> Result<()> {
    let found = find(session)?;
    let all = session.playlists.0.iter().map(|playlist| {
        let number = tracks(playlist, &found).len();
        (name(context, playlist), number, playlist.rules().is_some())
    });
    if as_json {
        let all: Vec<_> = all
            .map(|(name, tracks, smart)| json!({"name": name, "tracks": tracks, "smart": smart}))
            .collect();
        return output::line(&json!(all).to_string());
    }
    let lines: Vec<String> = all
        .map(|(name, tracks, smart)| {
            let sign = if smart { "*" } else { " " };
            format!("{tracks:>6} {sign} {name}")
        })
        .collect();
    output::line(&lines.join("\n"))
}

fn show(context: &Context<'_>, session: &mut Session, wanted: &str, as_json: bool) -> Result<()> {
    let playlist = named(context, session, wanted)?;
    let found = find(session)?;
    let library = Arc::clone(&session.snapshot.library);
    let ids = tracks(&playlist, &found).into_iter();
    let known = ids.filter_map(|id| library.get(id));
    let mut rows: Vec<(String, PathBuf, bool)> = known
        .map(|track| (track.full_title(), track.path.clone(), true))
        .collect();
    for entry in playlist.entries() {
        if let PlaylistEntry::Unmatched(entry) = entry {
            rows.push((entry.title(), entry.path.clone(), false));
        }
    }
    if as_json {
        let rows: Vec<_> = rows
            .iter()
            .map(|(title, path, found)| {
                json!({"title": title, "path": path.to_string_lossy(), "found": found})
            })
            .collect();
        return output::line(&json!(rows).to_string());
    }
    for (title, path, found) in rows {
        let missing = if found { "" } else { "  (not in the library)" };
        output::line(&format!("{title}\n    {}{missing}", path.display()))?;
    }
    Ok(())
}

fn export(context: &Context<'_>, session: &mut Session, wanted: &str, file: &Path) -> Result<()> {
    let playlist = named(context, session, wanted)?;
    let path = super::absolute(file)?;
    if playlist.rules().is_some() {
        let found = find(session)?;
        let tracks = tracks(&playlist, &found);
        session.send(Command::ExportM3u {
            path,
            tracks,
            replace: true,
        })?;
    } else {
        let id = playlist.id;
        session.send(Command::ExportPlaylist {
            path,
            id,
            replace: true,
        })?;
    }
    session.wait_for_export()
}

fn import(session: &mut Session, path: PathBuf) -> Result<()> {
    session.send(Command::ImportPlaylist(path))?;
    let told = session.wait_or_fail(|event| match event {
        Event::Notice(Notice::Imported {
            name,
            matched,
            unmatched,
        }) => Some(format!("{name}: {matched} found, {unmatched} not")),
        _ => None,
    })?;
    output::line(&told)
}
