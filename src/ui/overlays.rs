//! What lies over everything: notices, and the welcome while files are dragged in.

use super::action::Action;
use super::fonts;
use super::icons;
use super::scene::Scene;
use super::state::ToastKind;
use super::theme::{CARD_RADIUS, size};
use super::widgets::{Button, icon_button, paint_icon};
use eframe::egui::{
    Align, Align2, Area, Color32, CornerRadius, Frame, Id, LayerId, Layout, Margin, Order, Rect,
    RichText, Shadow, Stroke, StrokeKind, Ui, pos2, vec2,
};

/// Notices, above the player bar.
pub fn toasts_ui(ui: &mut Ui, scene: &Scene<'_>, whole: Rect) {
    let theme = scene.theme;
    for (index, toast) in scene.state.toasts().iter().rev().enumerate() {
        let bottom = whole.bottom() - 104.0 - index as f32 * 60.0;
        Area::new(Id::unique(("toast", toast.id)))
            .order(Order::Foreground)
            .pivot(Align2::CENTER_BOTTOM)
            .fixed_pos(pos2(whole.center().x, bottom))
            .show(ui.ctx(), |ui| {
                Frame::NONE
                    .fill(theme.raised)
                    .stroke(Stroke::new(1.0, theme.hairline))
                    .corner_radius(CornerRadius::same(CARD_RADIUS))
                    .inner_margin(Margin::symmetric(14, 6))
                    .shadow(Shadow {
                        offset: [0, 6],
                        blur: 20,
                        spread: 0,
                        color: Color32::from_black_alpha(if theme.dark { 110 } else { 36 }),
                    })
                    .show(ui, |ui| {
                        ui.set_max_width(560.0);
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                            let (icon, color) = match toast.kind {
                                ToastKind::Good => (icons::CHECK, theme.accent),
                                ToastKind::Problem => (icons::WARNING_CIRCLE, theme.warning),
                            };
                            ui.label(
                                RichText::new(icon.glyph)
                                    .font(fonts::icon(18.0))
                                    .color(color),
                            );
                            ui.label(
                                RichText::new(&toast.text)
                                    .size(size::BODY)
                                    .color(theme.text),
                            );
                            let button = Button {
                                size: 28.0,
                                ..Button::new(icons::X, scene.text.dismiss)
                            };
                            if icon_button(ui, theme, &button).clicked() {
                                scene.act(Action::Dismiss(toast.id));
                            }
                        });
                    });
            });
    }
}

/// The full-window welcome while files are dragged over it, and taking in what was dropped.
pub fn drop_ui(ui: &Ui, scene: &Scene<'_>) {
    let ctx = ui.ctx();
    let (hovering, dropped) = ctx.input(|input| {
        let dropped: Vec<_> = input
            .raw
            .dropped_files
            .iter()
            .map(|file| file.path().to_path_buf())
            .collect();
        (!input.raw.hovered_files.is_empty(), dropped)
    });
    if !dropped.is_empty() {
        scene.act(Action::AddPaths(dropped));
    }
    let shown = ctx.animate_bool(Id::unique("drop welcome"), hovering);
    if shown <= 0.01 {
        return;
    }
    let theme = scene.theme;
    let whole = ctx.content_rect();
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop welcome")));
    painter.rect_filled(whole, 0, theme.background.gamma_multiply(0.95 * shown));
    let frame = whole.shrink(24.0 + 8.0 * (1.0 - shown));
    painter.rect_filled(
        frame,
        24,
        theme.tint(theme.accent).gamma_multiply(0.6 * shown),
    );
    painter.rect_stroke(
        frame,
        24,
        Stroke::new(2.0, theme.accent.gamma_multiply(shown)),
        StrokeKind::Inside,
    );
    let middle = whole.center();
    let fade = |color: Color32| color.gamma_multiply(shown);
    paint_icon(
        &painter,
        middle - vec2(0.0, 64.0),
        icons::TRAY_ARROW_DOWN,
        72.0,
        fade(theme.accent),
    );
    painter.text(
        middle + vec2(0.0, 8.0),
        Align2::CENTER_CENTER,
        scene.text.drop_title,
        fonts::semibold(size::TITLE),
        fade(theme.text),
    );
    painter.text(
        middle + vec2(0.0, 44.0),
        Align2::CENTER_CENTER,
        scene.text.drop_text,
        fonts::regular(size::BODY),
        fade(theme.soft),
    );
}
