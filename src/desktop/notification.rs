//! A word when the track changes, through the desktop's notification service.

use super::facts::TrackFacts;
use super::uri;
use std::collections::HashMap;
use std::time::Duration;
use zbus::blocking::Connection;
use zbus::zvariant::Value;

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// How long it is shown.
const SHOWN: Duration = Duration::from_secs(5);

/// Says what plays now in the place of what was said last, whose number is `replaced` (0 for
/// none), and returns the number of this one.
pub fn say(connection: &Connection, playing: &TrackFacts, replaced: u32) -> zbus::Result<u32> {
    let mut hints = HashMap::from([
        ("desktop-entry", Value::from("maeum")),
        ("category", Value::from("x-gnome.music")),
        ("transient", Value::from(true)),
    ]);
    let picture = playing.art.as_deref().and_then(uri::to_path);
    if let Some(picture) = &picture {
        hints.insert("image-path", Value::from(picture.to_string_lossy()));
    }
    let track = &playing.track;
    let by: Vec<String> = [track.artist(), &track.tags.album]
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(plain)
        .collect();
    let no_actions: [&str; 0] = [];
    let shown_ms = SHOWN.as_millis() as i32;
    let body = (
        "Maeum",
        replaced,
        "maeum",
        track.title(),
        by.join("\n"),
        &no_actions[..],
        hints,
        shown_ms,
    );
    let reply = connection.call_method(Some(SERVICE), PATH, Some(SERVICE), "Notify", &body)?;
    reply.body().deserialize()
}

/// The body of a notification is markup; tags are not.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn tags_are_no_markup() {
        assert_eq!(super::plain("A & <B>"), "A &amp; &lt;B&gt;");
    }
}
