//! Playlists as M3U8 text.

use super::Track;
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The tracks as an extended M3U8 playlist (UTF-8). Paths inside `base` are written
/// relative to it, so that the playlist moves with its music; others stay absolute.
#[must_use]
pub fn write_m3u(tracks: &[Arc<Track>], base: Option<&Path>) -> String {
    let mut text = String::from("#EXTM3U\n");
    for track in tracks {
        let path = base
            .and_then(|base| track.path.strip_prefix(base).ok())
            .unwrap_or(&track.path);
        let name = if track.artist().is_empty() {
            track.title().to_owned()
        } else {
            format!("{} - {}", track.artist(), track.title())
        };
        // A line break in a tag would end the entry.
        let name = name.replace(['\n', '\r'], " ");
        let _ = writeln!(
            text,
            "#EXTINF:{},{name}\n{}",
            track.duration_secs.round(),
            path.display()
        );
    }
    text
}

/// The paths that an M3U playlist names, in order; relative ones are taken from `base`, the
/// playlist's folder. Comments, blank lines and addresses on a network are passed over.
#[must_use]
pub fn read_m3u(text: &str, base: &Path) -> Vec<PathBuf> {
    text.trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter(|line| !line.contains("://") || line.starts_with("file://"))
        .map(|line| {
            let path = line.strip_prefix("file://").unwrap_or(line);
            // Playlists from Windows have the other slash.
            let path = if path.contains('/') || cfg!(windows) {
                path.to_owned()
            } else {
                path.replace('\\', "/")
            };
            plain(&base.join(path))
        })
        .collect()
}

/// A path without `.` and `..`, by its words alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
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
        let paths: Vec<PathBuf> = tracks.iter().map(|track| track.path.clone()).collect();
        assert_eq!(read_m3u(&write_m3u(&tracks, Some(base)), base), paths);
        let text = "\u{feff}#EXTM3U\r\n..\\old\\3.ogg\r\n\r\nhttp://radio/x\r\nfile:///f.mp3\r\n";
        let read = read_m3u(text, Path::new("/music/lists"));
        assert_eq!(
            read,
            [PathBuf::from("/music/old/3.ogg"), PathBuf::from("/f.mp3")]
        );
    }
}
