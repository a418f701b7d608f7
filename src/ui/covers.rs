//! Covers as textures: asked for when first seen, kept while there is room.

use crate::engine::{Command, CoverImage, CoverOf, CoverSize};
use crate::library::{Library, TrackId};
use eframe::egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions, Vec2};
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

/// Thumbnails are 36 kB each on the graphics card, cards 400 kB.
const MAX_THUMBNAILS: usize = 600;
/// More than a wall of albums on a 4K screen shows at once.
const MAX_CARDS: usize = 240;
const MAX_BACKDROPS: usize = 8;

/// The engine lets requests go when more are made than anyone can look at; what is still on
/// the screen after this time is asked for again.
pub(super) const PATIENCE_SECS: f64 = 5.0;

/// A cover that could not be loaded is tried again after this time: drives come back.
const RETRY_SECS: f64 = 60.0;

type Key = (CoverOf, CoverSize);

/// What is known of a cover.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Known {
    /// The picture and its size, pixels; `None` when there is none, or none yet.
    pub texture: Option<(TextureId, Vec2)>,
    /// Whether it was looked for, and there is none.
    pub none: bool,
    /// Whether it has to be asked for, perhaps anew.
    pub unasked: bool,
}

struct Entry {
    /// `None`: there is no readable cover.
    texture: Option<TextureHandle>,
    /// When it was loaded, or could not be, seconds.
    at_secs: f64,
    /// Whether there may be another by now.
    stale: bool,
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
    pub fn get(&self, of: &CoverOf, size: CoverSize) -> Known {
        let key = (of.clone(), size);
        let entry = self.entries.get(&key);
        if let Some(entry) = entry {
            entry.last_seen.set(self.frame);
        }
        let texture = entry.and_then(|entry| entry.texture.as_ref());
        Known {
            texture: texture.map(|texture| (texture.id(), texture.size_vec2())),
            none: entry.is_some() && texture.is_none(),
            unasked: self.to_ask(&key),
        }
    }

    /// Whether a cover is to be asked for: not here, or another by now, and not on its way.
    fn to_ask(&self, key: &Key) -> bool {
        let here = self.entries.get(key).is_some_and(|entry| !entry.stale);
        !here && !self.asked.contains_key(key)
    }

    /// The command that brings a cover, unless it is on its way.
    pub(super) fn ask(&mut self, of: CoverOf, size: CoverSize, now_secs: f64) -> Option<Command> {
        let key = (of.clone(), size);
        self.to_ask(&key).then(|| {
            self.asked.insert(key, now_secs);
            Command::LoadCover { of, size }
        })
    }

    /// Whether covers are on their way.
    pub(super) fn waiting(&self) -> bool {
        !self.asked.is_empty()
    }

    pub(super) fn take(
        &mut self,
        ctx: &Context,
        of: &CoverOf,
        size: CoverSize,
        image: Option<&CoverImage>,
        now_secs: f64,
    ) {
        let key = (of.clone(), size);
        self.asked.remove(&key);
        let name = format!("cover {of:?} {size:?}");
        let loaded = image.and_then(|image| texture(ctx, name, image));
        // A file that cannot be read now still has the cover that it had.
        let before = self.entries.remove(&key).and_then(|entry| entry.texture);
        let entry = Entry {
            texture: loaded.or(before),
            at_secs: now_secs,
            stale: false,
            last_seen: Cell::new(self.frame),
        };
        self.entries.insert(key, entry);
    }

    /// Starts a frame: forgets the covers seen longest ago where there are too many.
    pub(super) fn begin_frame(&mut self, now_secs: f64) {
        self.frame += 1;
        self.asked
            .retain(|_, asked_secs| now_secs - *asked_secs < PATIENCE_SECS);
        for entry in self.entries.values_mut() {
            entry.stale |= entry.texture.is_none() && now_secs - entry.at_secs > RETRY_SECS;
        }
        for (size, most) in [
            (CoverSize::Thumbnail, MAX_THUMBNAILS),
            (CoverSize::Card, MAX_CARDS),
            (CoverSize::Backdrop, MAX_BACKDROPS),
        ] {
            let mut seen: Vec<(u64, Key)> = self
                .entries
                .iter()
                .filter(|((_, entry_size), _)| *entry_size == size)
                .map(|(key, entry)| (entry.last_seen.get(), key.clone()))
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

    /// The library changed: what was read anew, or can be reached again, may have another cover.
    pub(super) fn library_changed(&mut self, before: &Library, now: &Library) {
        for ((of, _), entry) in &mut self.entries {
            if let CoverOf::Track(track) = of {
                let pointer = |library: &Library| library.get(*track).map(Arc::as_ptr);
                entry.stale |= pointer(before) != pointer(now);
            }
        }
    }

    /// Forgets the covers of these tracks: there may be others in their files now.
    pub(super) fn forget(&mut self, tracks: &[TrackId]) {
        let other = |of: &CoverOf| !matches!(of, CoverOf::Track(id) if tracks.contains(id));
        self.entries.retain(|(of, _), _| other(of));
        self.asked.retain(|(of, _), _| other(of));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Track;

    const TRACK: TrackId = TrackId(1);
    const KEY: (CoverOf, CoverSize) = (CoverOf::Track(TRACK), CoverSize::Thumbnail);

    fn library(album: &str) -> Library {
        let mut track = Track {
            id: TRACK,
            has_cover: true,
            ..Track::default()
        };
        track.tags.album = album.to_owned();
        Library::new(vec![Arc::new(track)])
    }

    fn picture() -> CoverImage {
        CoverImage {
            width: 1,
            height: 1,
            rgba: vec![255; 4],
            accent: [0; 3],
        }
    }

    #[test]
    fn a_file_read_anew_is_asked_for_its_cover_while_the_old_one_is_shown() {
        let (mut covers, ctx) = (Covers::default(), Context::default());
        covers.take(&ctx, &KEY.0, KEY.1, Some(&picture()), 0.0);
        let (before, now) = (library("a"), library("b"));
        covers.library_changed(&before, &before);
        assert!(!covers.get(&KEY.0, KEY.1).unasked);
        covers.library_changed(&before, &now);
        let known = covers.get(&KEY.0, KEY.1);
        assert!(known.unasked && known.texture.is_some());
        assert!(covers.ask(KEY.0, KEY.1, 1.0).is_some());
        assert!(!covers.get(&KEY.0, KEY.1).unasked, "it is on its way");
        // The drive is away: what was there is still shown.
        covers.take(&ctx, &KEY.0, KEY.1, None, 2.0);
        let known = covers.get(&KEY.0, KEY.1);
        assert!(!known.unasked && known.texture.is_some());
    }

    #[test]
    fn what_could_not_be_loaded_is_tried_again_later() {
        let (mut covers, ctx) = (Covers::default(), Context::default());
        covers.take(&ctx, &KEY.0, KEY.1, None, 0.0);
        covers.begin_frame(1.0);
        let known = covers.get(&KEY.0, KEY.1);
        assert!(known.none && !known.unasked);
        covers.begin_frame(RETRY_SECS + 1.0);
        assert!(covers.get(&KEY.0, KEY.1).unasked);
    }
}
