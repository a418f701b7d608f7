//! Playlists as M3U8 text.

use super::Track;
use std::fmt::Write as _;
use std::path::Path;
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
