//! Playlists as M3U8 text.

use super::escapes::{path_of_address, unescaped};
use super::{M3uEntry, Track, plain_path};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One line of a playlist file to write.
#[derive(Debug, Clone, Copy)]
pub struct M3uLine<'a> {
    /// The file.
    pub path: &'a Path,
    /// "Artist - Title".
    pub name: &'a str,
    /// Its length, if it is known.
    pub duration_secs: Option<f32>,
}

/// The tracks as an extended M3U8 playlist (UTF-8). Paths inside `base` are written
/// relative to it, so that the playlist moves with its music; others stay absolute.
#[must_use]
pub fn write_m3u(tracks: &[Arc<Track>], base: Option<&Path>) -> String {
    let names: Vec<String> = tracks.iter().map(|track| track.full_title()).collect();
    let lines = tracks.iter().zip(&names).map(|(track, name)| M3uLine {
        path: &track.path,
        name,
        duration_secs: Some(track.duration_secs),
    });
    write_m3u_lines(lines, base)
}

/// [`write_m3u`] for what need not be tracks.
#[must_use]
pub fn write_m3u_lines<'a>(
    lines: impl IntoIterator<Item = M3uLine<'a>>,
    base: Option<&Path>,
) -> String {
    let mut text = String::from("#EXTM3U\n");
    for line in lines {
        let path = base
            .and_then(|base| line.path.strip_prefix(base).ok())
            .unwrap_or(line.path);
        // A line break in a tag would end the entry.
        let name = line.name.replace(['\n', '\r'], " ");
        let secs = line.duration_secs.map_or(-1.0, f32::round);
        let path = path.display().to_string();
        // What begins like a comment would be read as one.
        let here = if path.starts_with('#') { "./" } else { "" };
        let _ = writeln!(text, "#EXTINF:{secs},{name}\n{here}{path}");
    }
    text
}

/// What an M3U playlist lists, in order, with what `#EXTINF` says about each; relative paths
/// are taken from `base`, the playlist's folder. Other comments, blank lines and addresses on
/// a network are passed over.
#[must_use]
pub fn read_m3u(text: &str, base: &Path) -> Vec<M3uEntry> {
    let mut entries = Vec::new();
    let mut told = (None, String::new());
    for line in text.trim_start_matches('\u{feff}').lines().map(str::trim) {
        if let Some(facts) = line.strip_prefix("#EXTINF:") {
            told = extinf(facts);
            continue;
        }
        let elsewhere = line.contains("://") && !line.starts_with("file://");
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (duration_secs, name) = std::mem::take(&mut told);
        if !elsewhere {
            entries.push(M3uEntry {
                path: path(line, base),
                name,
                duration_secs,
            });
        }
    }
    entries
}

/// Length and name of `#EXTINF:201,Artist - Title`; some programs put attributes before the
/// comma, and −1 for a length they do not know.
fn extinf(facts: &str) -> (Option<f32>, String) {
    let (before, name) = facts.split_once(',').unwrap_or((facts, ""));
    let secs = before.split_whitespace().next();
    let secs = secs.and_then(|secs| secs.parse::<f32>().ok());
    let known = secs.filter(|secs| *secs > 0.0 && secs.is_finite());
    (known, name.trim().to_owned())
}

fn path(line: &str, base: &Path) -> PathBuf {
    // Programs that write addresses escape what is not plain, or write it as it is.
    let address = line.strip_prefix("file://");
    let named = address.and_then(|address| String::from_utf8(unescaped(address)).ok());
    let path = path_of_address(named.as_deref().or(address).unwrap_or(line));
    // Playlists from Windows have the other slash.
    let path = if path.contains('/') || cfg!(windows) {
        path.to_owned()
    } else {
        path.replace('\\', "/")
    };
    plain_path(&base.join(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Tags, TrackId};

    fn track(path: &str, artist: &str, title: &str) -> Arc<Track> {
        Arc::new(Track {
            id: TrackId(1),
            path: PathBuf::from(path),
            tags: Tags {
                title: title.to_owned(),
                artist: artist.to_owned(),
                ..Tags::default()
            },
            duration_secs: 61.6,
            codec: "FLAC".to_owned(),
            ..Track::default()
        })
    }

    #[test]
    fn each_track_is_a_line_of_facts_and_a_path() {
        let text = write_m3u(&[track("/music/바다.flac", "하나", "바다")], None);
        assert_eq!(text, "#EXTM3U\n#EXTINF:62,하나 - 바다\n/music/바다.flac\n");
    }

    #[test]
    fn paths_inside_the_base_become_relative() {
        let tracks = [
            track("/music/a/one.mp3", "A", "One"),
            track("/elsewhere/two.mp3", "", "Two"),
        ];
        let text = write_m3u(&tracks, Some(Path::new("/music")));
        assert!(text.contains("\na/one.mp3\n"));
        assert!(text.contains("#EXTINF:62,Two\n/elsewhere/two.mp3\n"));
    }

    #[test]
    fn a_name_that_looks_like_a_comment_is_read_again() {
        let base = Path::new("/music");
        let text = write_m3u(&[track("/music/#1 Hits/one.mp3", "", "One")], Some(base));
        let read = read_m3u(&text, base);
        assert_eq!(read[0].path, Path::new("/music/#1 Hits/one.mp3"));
    }

    #[test]
    fn a_line_break_in_a_tag_does_not_break_the_list() {
        let text = write_m3u(&[track("/m/x.mp3", "A\nB", "C\r\nD")], None);
        assert_eq!(text.lines().count(), 3);
    }

    #[test]
    fn an_empty_list_is_a_valid_file() {
        assert_eq!(write_m3u(&[], None), "#EXTM3U\n");
    }

    #[test]
    fn what_was_written_is_read_again_and_so_are_others_playlists() {
        let base = Path::new("/music");
        let tracks = [
            track("/music/a/one.mp3", "A", "One"),
            track("/else/2.mp3", "", "2"),
        ];
        let read = read_m3u(&write_m3u(&tracks, Some(base)), base);
        let paths = |entries: &[M3uEntry]| -> Vec<PathBuf> {
            entries.iter().map(|entry| entry.path.clone()).collect()
        };
        assert_eq!(
            paths(&read),
            ["/music/a/one.mp3", "/else/2.mp3"].map(PathBuf::from)
        );
        assert_eq!(
            (read[0].name.as_str(), read[0].duration_secs),
            ("A - One", Some(62.0))
        );
        let text = "\u{feff}#EXTM3U\r\n..\\old\\3.ogg\r\n\r\nhttp://radio/x\r\nfile:///f.mp3\r\n";
        let read = read_m3u(text, Path::new("/music/lists"));
        let expected = ["/music/old/3.ogg", "/f.mp3"].map(PathBuf::from);
        assert_eq!(paths(&read), expected);
    }

    #[test]
    fn addresses_are_read_with_their_escapes_and_without() {
        let text = "file:///m/%EB%B9%84%20a.mp3\nfile:///m/100%.mp3\nfile:///m/비.mp3\n/m/%20.mp3";
        let read = read_m3u(text, Path::new("/m"));
        let paths: Vec<&Path> = read.iter().map(|entry| &*entry.path).collect();
        let expected = ["/m/비 a.mp3", "/m/100%.mp3", "/m/비.mp3", "/m/%20.mp3"];
        assert_eq!(paths, expected.map(Path::new));
    }

    #[test]
    fn what_is_said_of_a_stream_is_not_taken_for_the_next_file() {
        let text = "#EXTINF:-1,Radio\nhttp://radio/x\na.mp3\n#EXTINF:12.5 x=\"1\", B\n#X\nb.mp3";
        let read = read_m3u(text, Path::new("/m"));
        assert_eq!((read[0].name.as_str(), read[0].duration_secs), ("", None));
        assert_eq!(
            (read[1].name.as_str(), read[1].duration_secs),
            ("B", Some(12.5))
        );
    }
}
