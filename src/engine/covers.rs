//! The covers thread: reads and shrinks covers, the last asked for first, because those are
//! the rows on the screen now.

use super::emitter::Emitter;
use super::{CoverOf, CoverSize, Event};
use crate::library::Track;
use crate::scan::{load_cover, load_picture};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

/// A cover to load.
pub(super) type CoverRequest = (Source, CoverSize);

/// Where a cover is.
pub(super) enum Source {
    Track(Arc<Track>),
    File(PathBuf),
}

/// Starts the covers thread; it ends when the sender is dropped.
pub(super) fn spawn(emitter: Emitter) -> std::io::Result<(Sender<CoverRequest>, JoinHandle<()>)> {
    let (sender, requests) = bounded(256);
    let thread = std::thread::Builder::new()
        .name("covers".into())
        .spawn(move || run(&requests, &emitter))?;
    Ok((sender, thread))
}

fn run(requests: &Receiver<CoverRequest>, emitter: &Emitter) {
    let mut stack = Vec::new();
    loop {
        if stack.is_empty() {
            let Ok(request) = requests.recv() else {
                return;
            };
            stack.push(request);
        }
        stack.extend(requests.try_iter());
        let Some((source, size)) = stack.pop() else {
            continue;
        };
        let (of, image) = match source {
            Source::Track(track) => {
                let image = track.has_cover.then(|| load_cover(&track.path, size));
                (CoverOf::Track(track.id), image.flatten())
            }
            Source::File(path) => {
                let image = load_picture(&path, size);
                (CoverOf::File(path), image)
            }
        };
        let image = image.map(Arc::new);
        emitter.send(Event::Cover { of, size, image });
    }
}
