//! The photos of the answer as textures.

use super::covers::texture;
use crate::engine::ReadPhoto;
use eframe::egui::{Context, TextureHandle, TextureId};
use std::sync::Arc;

struct Shown {
    photo: Arc<ReadPhoto>,
    card: Option<TextureHandle>,
    backdrop: Option<TextureHandle>,
}

/// The photos of the answer, on the graphics card.
#[derive(Default)]
pub struct Photos(Vec<Shown>);

impl Photos {
    /// Keeps the photos of an answer; those that are here already stay.
    pub(super) fn take(&mut self, ctx: &Context, photos: &[Arc<ReadPhoto>]) {
        let mut known = std::mem::take(&mut self.0);
        for photo in photos {
            let at = known
                .iter()
                .position(|shown| Arc::ptr_eq(&shown.photo, photo));
            self.0.push(match at {
                Some(at) => known.swap_remove(at),
                None => Shown {
                    card: texture(ctx, format!("photo {}", photo.name), &photo.card),
                    backdrop: texture(ctx, format!("light of {}", photo.name), &photo.backdrop),
                    photo: Arc::clone(photo),
                },
            });
        }
    }

    /// A photo to look at.
    pub fn card(&self, photo: &Arc<ReadPhoto>) -> Option<TextureId> {
        self.of(photo)?.card.as_ref().map(TextureHandle::id)
    }

    /// A photo to stand behind everything.
    pub fn backdrop(&self, photo: &Arc<ReadPhoto>) -> Option<TextureId> {
        self.of(photo)?.backdrop.as_ref().map(TextureHandle::id)
    }

    fn of(&self, photo: &Arc<ReadPhoto>) -> Option<&Shown> {
        self.0.iter().find(|shown| Arc::ptr_eq(&shown.photo, photo))
    }
}
