//! What lies over everything: notices.

use super::action::Action;
use super::edit_tags::TagAction;
use super::fonts;
use super::icons;
use super::playlists::PlaylistAction;
use super::scene::Scene;
use super::state::ToastKind;
use super::theme::{CARD_RADIUS, size};
use super::widgets::{Button, composed, icon_button, pill};
use eframe::egui::{
    Align, Align2, Area, Color32, CornerRadius, Frame, Id, Layout, Margin, Order, Rect, RichText,
    Shadow, Stroke, Ui, pos2,
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
                                ToastKind::Good | ToastKind::Rearranged => {
                                    (icons::CHECK, theme.accent)
                                }
                                ToastKind::Undo => (icons::TRASH, theme.accent),
                                ToastKind::Edited => (icons::PENCIL_SIMPLE, theme.accent),
                                ToastKind::Problem | ToastKind::InTheWay => {
                                    (icons::WARNING_CIRCLE, theme.warning)
                                }
                            };
                            ui.label(
                                RichText::new(icon.glyph)
                                    .font(fonts::icon(18.0))
                                    .color(color),
                            );
                            ui.label(
                                RichText::new(composed(&toast.text))
                                    .size(size::BODY)
                                    .color(theme.text),
                            );
                            if toast.undo > 0
                                && pill(ui, theme, None, scene.text.undo, false).clicked()
                            {
                                let edits = toast.undo;
                                scene.act(Action::UndoQueue { edits });
                            }
                            if toast.kind == ToastKind::Undo
                                && pill(ui, theme, None, scene.text.undo, false).clicked()
                            {
                                scene.act(Action::Playlist(PlaylistAction::Undo));
                            }
                            if toast.kind == ToastKind::Rearranged
                                && pill(ui, theme, None, scene.text.undo, false).clicked()
                            {
                                scene.act(Action::UndoSuggestions);
                            }
                            if toast.kind == ToastKind::Edited
                                && pill(ui, theme, None, scene.text.undo, false).clicked()
                            {
                                scene.act(Action::Tags(TagAction::Undo));
                            }
                            if toast.kind == ToastKind::InTheWay
                                && pill(ui, theme, None, scene.text.replace, false).clicked()
                            {
                                scene.act(Action::ReplaceFile);
                            }
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
