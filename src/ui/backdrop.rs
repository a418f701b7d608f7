//! The room: the photo that was given or the cover of what plays, blurred and darkened, or the
//! light of a mood.

use super::action::Action;
use super::scene::{Scene, picture};
use super::theme::blend;
use crate::engine::{CoverOf, CoverSize};
use eframe::egui::{Color32, Mesh, Rect, Shape, Ui, pos2, vec2};

/// Paints the room behind everything.
pub fn paint(ui: &Ui, scene: &Scene<'_>, whole: Rect) {
    let theme = scene.theme;
    let painter = ui.painter();
    painter.rect_filled(whole, 0, theme.background);
    let track = scene.state.backdrop().filter(|track| track.has_cover);
    let cover = track.map(|track| CoverOf::Track(track.id));
    let known = cover.map(|of| (scene.covers.get(&of, CoverSize::Backdrop), of));
    let photo = scene.state.photo_behind();
    let photo = photo.and_then(|photo| scene.photos.backdrop(photo));
    let cover = known.and_then(|(known, of)| {
        if known.unasked {
            scene.act(Action::NeedCover(of, CoverSize::Backdrop));
        }
        known.texture.map(|(texture, _)| texture)
    });
    let texture = photo.or(cover);
    if let Some(texture) = texture {
        // A square picture fills the width; what is below the window's edge is not seen.
        let side = whole.width().max(whole.height());
        let square = Rect::from_center_size(
            whole.center_top() + vec2(0.0, side * 0.38),
            vec2(side, side),
        );
        let strength = if theme.dark { 0.55 } else { 0.38 };
        painter.with_clip_rect(whole).add(picture(
            square,
            0,
            texture,
            Color32::WHITE.gamma_multiply(strength),
        ));
    } else {
        let light = Rect::from_center_size(
            whole.left_top() + vec2(whole.width() * 0.58, 0.0),
            vec2(whole.width() * 1.3, whole.height() * 1.5),
        );
        let strength = if theme.dark { 0.20 } else { 0.16 };
        painter.with_clip_rect(whole).add(picture(
            light,
            0,
            scene.art.glow(),
            theme.accent.gamma_multiply(strength),
        ));
    }
    // It gets calmer downwards, where lists are read.
    let mut shade = Mesh::default();
    let (top, bottom) = if texture.is_some() {
        (0.25, 0.92)
    } else {
        (0.0, 0.75)
    };
    let clear = theme.background.gamma_multiply(top);
    let calm = blend(clear, theme.background, bottom);
    shade.colored_vertex(whole.left_top(), clear);
    shade.colored_vertex(whole.right_top(), clear);
    let middle = whole.top() + whole.height() * 0.62;
    shade.colored_vertex(pos2(whole.left(), middle), calm);
    shade.colored_vertex(pos2(whole.right(), middle), calm);
    shade.colored_vertex(whole.left_bottom(), calm);
    shade.colored_vertex(whole.right_bottom(), calm);
    shade.add_triangle(0, 1, 2);
    shade.add_triangle(1, 3, 2);
    shade.add_triangle(2, 3, 4);
    shade.add_triangle(3, 5, 4);
    painter.add(Shape::mesh(shade));
}
