//! [`Scene`]: what a screen may read while it paints, and where it puts what was done.

use super::action::Action;
use super::art::Art;
use super::covers::{Covers, Known};
use super::photos::Photos;
use super::state::AppState;
use super::strings::Strings;
use super::theme::Theme;
use crate::engine::{CoverOf, CoverSize};
use crate::library::{Track, TrackId};
use eframe::egui::{Color32, CornerRadius, Painter, Rect, Shape, Vec2, pos2, vec2};
use eframe::epaint::RectShape;
use std::cell::RefCell;

/// What a screen may read while it paints.
pub struct Scene<'a> {
    /// Everything the window knows.
    pub state: &'a AppState,
    /// The colours in force.
    pub theme: &'a Theme,
    /// The texts in the language shown.
    pub text: &'static Strings,
    /// Loaded covers.
    pub covers: &'a Covers,
    /// The photos of the answer.
    pub photos: &'a Photos,
    /// Painted once: gradients, the mood plane.
    pub art: &'a Art,
    /// Now, seconds.
    pub now_secs: f64,
    actions: RefCell<Vec<Action>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        state: &'a AppState,
        theme: &'a Theme,
        covers: &'a Covers,
        photos: &'a Photos,
        art: &'a Art,
        now_secs: f64,
    ) -> Self {
        Self {
            state,
            theme,
            text: state.text(),
            covers,
            photos,
            art,
            now_secs,
            actions: RefCell::default(),
        }
    }

    /// The listener did this.
    pub fn act(&self, action: Action) {
        self.actions.borrow_mut().push(action);
    }

    pub(super) fn into_actions(self) -> Vec<Action> {
        self.actions.into_inner()
    }

    /// Whose track it is, or that nobody is named.
    pub fn artist<'t>(&self, track: &'t Track) -> &'t str {
        match track.artist() {
            "" => self.text.unknown_artist,
            artist => artist,
        }
    }

    /// Paints a track's cover, or a gradient in its mood's colour until there is one.
    pub fn cover(&self, painter: &Painter, rect: Rect, track: &Track, radius: u8) {
        let of = CoverOf::Track(track.id);
        let known = track
            .has_cover
            .then(|| self.loaded(painter, rect, of, radius));
        if known.and_then(|known| known.texture).is_none() {
            self.placeholder(painter, rect, track.id, radius);
        }
    }

    /// Paints the middle of a cover if it is loaded, or else has it loaded; says what is
    /// known of it.
    pub fn loaded(&self, painter: &Painter, rect: Rect, of: CoverOf, radius: u8) -> Known {
        let size = if rect.width() > 96.0 {
            CoverSize::Card
        } else {
            CoverSize::Thumbnail
        };
        let known = self.covers.get(&of, size);
        if known.unasked {
            self.act(Action::NeedCover(of, size));
        }
        if let Some((texture, pixels)) = known.texture {
            painter.add(cropped(rect, radius, texture, pixels));
        }
        known
    }

    fn placeholder(&self, painter: &Painter, rect: Rect, track: TrackId, radius: u8) {
        let mood = self.state.mood(track).map(|mood| mood.top());
        painter.add(picture(
            rect,
            radius,
            self.art.gradient(mood),
            Color32::WHITE,
        ));
        super::widgets::paint_icon(
            painter,
            rect.center(),
            super::icons::MUSIC_NOTE_FILL,
            rect.width() * 0.42,
            Color32::from_white_alpha(200),
        );
    }

    /// How long a transition takes; 0 when nothing may move.
    pub fn motion_secs(&self) -> f32 {
        if self.state.settings.motion {
            super::theme::MOTION_SECS
        } else {
            0.0
        }
    }
}

/// A whole texture in a rounded rectangle.
pub fn picture(rect: Rect, radius: u8, texture: eframe::egui::TextureId, tint: Color32) -> Shape {
    RectShape::filled(rect, CornerRadius::same(radius), tint)
        .with_texture(texture, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)))
        .into()
}

/// The middle of a texture of this size, filling a rounded rectangle.
pub fn cropped(rect: Rect, radius: u8, texture: eframe::egui::TextureId, size: Vec2) -> Shape {
    let scale = (rect.width() / size.x).max(rect.height() / size.y);
    let part = vec2(rect.width(), rect.height()) / (size * scale);
    let uv = Rect::from_center_size(pos2(0.5, 0.5), part);
    RectShape::filled(rect, CornerRadius::same(radius), Color32::WHITE)
        .with_texture(texture, uv)
        .into()
}
