//! What stands for a playlist: a picture, covers of its tracks, or a mood's colours.

use crate::engine::CoverOf;
use crate::library::{Playlist, PlaylistCover};
use crate::mood::Mood;
use crate::ui::icons;
use crate::ui::scene::{Scene, picture};
use crate::ui::widgets::{mood_icon, paint_icon};
use eframe::egui::{Color32, Painter, Rect, vec2};

/// Paints it.
pub fn paint_cover(
    painter: &Painter,
    scene: &Scene<'_>,
    rect: Rect,
    radius: u8,
    playlist: &Playlist,
) {
    match &playlist.cover {
        PlaylistCover::Mood(mood) => gradient(painter, scene, rect, radius, Some(*mood)),
        PlaylistCover::Mosaic => mosaic(painter, scene, rect, radius, playlist),
        PlaylistCover::Image(file) => {
            let of = CoverOf::File(file.clone());
            let known = scene.loaded(painter, rect, of, radius);
            if known.none {
                // Its tracks stand for a picture that is gone.
                mosaic(painter, scene, rect, radius, playlist);
            } else if known.texture.is_none() {
                gradient(painter, scene, rect, radius, None);
            }
        }
    }
    if playlist.rules().is_some() {
        badge(painter, rect);
    }
}

fn mosaic(painter: &Painter, scene: &Scene<'_>, rect: Rect, radius: u8, playlist: &Playlist) {
    let summary = scene.state.lists.summaries.get(&playlist.id);
    let covers = summary.map_or(&[][..], |summary| &summary.covers);
    match covers {
        [] => gradient(painter, scene, rect, radius, None),
        [one] | [one, _] | [one, _, _] => {
            if let Some(track) = scene.state.track(*one) {
                scene.cover(painter, rect, track, radius);
            }
        }
        four => {
            let half = rect.size() / 2.0;
            for (index, id) in four.iter().take(4).enumerate() {
                let column = (index % 2) as f32;
                let row = (index / 2) as f32;
                let corner = rect.min + vec2(column * half.x, row * half.y);
                // A hair of the background keeps four covers apart.
                let tile = Rect::from_min_size(corner, half).shrink(0.5);
                if let Some(track) = scene.state.track(*id) {
                    scene.cover(painter, tile, track, radius / 2);
                }
            }
        }
    }
}

fn gradient(painter: &Painter, scene: &Scene<'_>, rect: Rect, radius: u8, mood: Option<Mood>) {
    let texture = scene.art.gradient(mood);
    painter.add(picture(rect, radius, texture, Color32::WHITE));
    let icon = mood.map_or(icons::PLAYLIST_FILL, mood_icon);
    let ink = Color32::from_white_alpha(210);
    paint_icon(painter, rect.center(), icon, rect.width() * 0.42, ink);
}

/// The sign of playlists that fill themselves.
fn badge(painter: &Painter, rect: Rect) {
    let radius = (rect.width() * 0.11).clamp(8.0, 14.0);
    let center = rect.right_bottom() - vec2(radius + 2.0, radius + 2.0);
    painter.circle_filled(center, radius, Color32::from_black_alpha(150));
    paint_icon(
        painter,
        center,
        icons::SPARKLE,
        radius * 1.3,
        Color32::WHITE,
    );
}
