//! Covers as textures: asked for when first seen, kept while there is room.

use crate::engine::{Command, CoverImage, CoverSize};
use crate::library::TrackId;
use eframe::egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};
use std::cell::Cell;
use std::collections::HashMap;

/// Thumbnails are 36 kB each on the graphics card, cards 400 kB.
const MAX_THUMBNAILS: usize = 600;
/// More than a wall of albums on a 4K screen shows at once.
const MAX_CARDS: usize = 240;
const MAX_BACKDROPS: usize = 8;

/// The engine lets requests go when more are made than anyone can look at; what is still on
/// the screen after this time is asked for again.
pub(super) const PATIENCE_SECS: f64 = 5.0;

type Key = (TrackId, CoverSize);

/// What is known of a cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It has to be asked for.
    Unasked,
    /// There is none, or none yet.
    Nothing,
    /// Here it is.
    Loaded(TextureId),
}

struct Entry {
    /// `None`: the track has no readable cover.
    texture: Option<TextureHandle>,
    last_seen: Cell<u64>,
}

/// The window's covers.
#[derive(Default)]
pub struct Covers {
    entries: HashMap<Key, Entry>,
    /// When each cover that is not here yet was asked for, seconds.
    asked: HashMap<Key, f64>,
    frame: u64,
}

impl Covers {
    /// What is known of a cover.
    pub fn get(&self, track: TrackId, size: CoverSize) -> Known {
        let Some(entry) = self.entries.get(&(track, size)) else {
            return if self.asked.contains_key(&(track, size)) {
                Known::Nothing
            } else {
                Known::Unasked
            };
        };
        entry.last_seen.set(self.frame);
        entry
            .texture
            .as_ref()
            .map_or(Known::Nothing, |texture| Known::Loaded(texture.id()))
    }

    /// The command that brings a cover, unless it is on its way.
    pub(super) fn ask(
        &mut self,
        track: TrackId,
        size: CoverSize,
        now_secs: f64,
    ) -> Option<Command> {
        let key = (track, size);
        let new = !self.entries.contains_key(&key) && !self.asked.contains_key(&key);
        new.then(|| {
            self.asked.insert(key, now_secs);
            Command::LoadCover { track, size }
        })
    }

    /// Whether covers are on their way.
    pub(super) fn waiting(&self) -> bool {
        !self.asked.is_empty()
    }

    pub(super) fn take(
        &mut self,
        ctx: &Context,
        track: TrackId,
        size: CoverSize,
        image: Option<&CoverImage>,
    ) {
        self.asked.remove(&(track, size));
        let texture =
            image.and_then(|image| texture(ctx, format!("cover {} {size:?}", track.0), image));
        let last_seen = Cell::new(self.frame);
        self.entries
            .insert((track, size), Entry { texture, last_seen });
    }

    /// Starts a frame: forgets the covers seen longest ago where there are too many.
    pub(super) fn begin_frame(&mut self, now_secs: f64) {
        self.frame += 1;
        self.asked
            .retain(|_, asked_secs| now_secs - *asked_secs < PATIENCE_SECS);
        for (size, most) in [
            (CoverSize::Thumbnail, MAX_THUMBNAILS),
            (CoverSize::Card, MAX_CARDS),
            (CoverSize::Backdrop, MAX_BACKDROPS),
        ] {
            let mut seen: Vec<(u64, Key)> = self
                .entries
                .iter()
                .filter(|((_, entry_size), _)| *entry_size == size)
                .map(|(key, entry)| (entry.last_seen.get(), *key))
                .collect();
            if seen.len() > most {
                // A quarter at once, so that this is not done again in the next frame.
                seen.sort_unstable_by_key(|(last_seen, _)| *last_seen);
                for (_, key) in seen.iter().take(seen.len() - most * 3 / 4) {
                    self.entries.remove(key);
                }
            }
        }
    }

    /// Forgets the covers of these tracks: there may be others in their files now.
    pub(super) fn forget(&mut self, tracks: &[TrackId]) {
        self.entries.retain(|(track, _), _| !tracks.contains(track));
        self.asked.retain(|(track, _), _| !tracks.contains(track));
    }

    /// Forgets everything: another library is shown now, with other tracks under the same ids.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.asked.clear();
    }
}

/// Puts a picture on the graphics card; `None` for one that is not what it says, which would
/// panic there.
pub(super) fn texture(ctx: &Context, name: String, image: &CoverImage) -> Option<TextureHandle> {
    let (width, height) = (image.width as usize, image.height as usize);
    (width > 0 && image.rgba.len() == width * height * 4).then(|| {
        ctx.load_texture(
            name,
            ColorImage::from_rgba_unmultiplied([width, height], &image.rgba),
            TextureOptions::LINEAR,
        )
    })
}
