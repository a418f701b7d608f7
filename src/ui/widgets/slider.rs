//! A slim slider: seeking, volume, analysis effort.

use super::arrows::steps;
use super::focus_ring;
use crate::ui::theme::{Theme, blend};
use eframe::egui::accesskit::{self, Action};
use eframe::egui::{
    Color32, CursorIcon, Painter, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

/// Paints a slider's picture into a rectangle, given its value.
pub type PaintSlider<'a> = &'a dyn Fn(&Painter, Rect, f32);

/// A slim slider over 0…1.
pub struct Slider<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Where it stands, 0…1.
    pub value: f32,
    /// How far an arrow key moves it.
    pub step: f32,
    /// Width, points.
    pub width: f32,
    /// What a value means, for the tooltip under the pointer and for screen readers.
    pub says: &'a dyn Fn(f32) -> String,
}

/// What was done to a slider.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SliderChange {
    /// Still moving.
    Moving(f32),
    /// Let go here.
    Done(f32),
}

impl Slider<'_> {
    /// Shows the slider. While dragged it shows where the pointer is, whatever `value` says.
    pub fn show(&self, ui: &mut Ui, theme: &Theme) -> Option<SliderChange> {
        self.show_on(ui, theme, 24.0, None)
    }

    /// Shows the slider as a picture of this height, points. `paint` gets the rectangle and
    /// the value.
    pub fn show_on(
        &self,
        ui: &mut Ui,
        theme: &Theme,
        height: f32,
        paint: Option<PaintSlider<'_>>,
    ) -> Option<SliderChange> {
        let (rect, response) =
            ui.allocate_exact_size(vec2(self.width, height), Sense::click_and_drag());
        let track = Rect::from_center_size(rect.center(), vec2(rect.width() - 12.0, 4.0));
        let at = |x: f32| ((x - track.left()) / track.width()).clamp(0.0, 1.0);
        let mut value = self.value.clamp(0.0, 1.0);
        let mut change = None;
        if let Some(pointer) = response.interact_pointer_pos() {
            value = at(pointer.x);
            change = Some(SliderChange::Moving(value));
            if response.drag_stopped() || response.clicked() {
                change = Some(SliderChange::Done(value));
            }
        }
        let moved = steps(ui, response.id, response.has_focus()) as f32 * self.step;
        if moved != 0.0 {
            value = (value + moved).clamp(0.0, 1.0);
            change = Some(SliderChange::Done(value));
        }
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::slider(enabled, f64::from(value), self.name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(Role::Slider);
            node.set_value((self.says)(value));
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(1.0);
            node.add_action(Action::Increment);
            node.add_action(Action::Decrement);
            node.set_orientation(accesskit::Orientation::Horizontal);
        });
        if ui.is_rect_visible(rect) {
            let near = response.hovered() || response.dragged() || response.has_focus();
            let hover = ui.ctx().animate_bool(response.id, near);
            let x = track.left() + track.width() * value;
            if let Some(paint) = paint.filter(|_| enabled) {
                paint(
                    ui.painter(),
                    Rect::from_x_y_ranges(track.x_range(), rect.y_range()),
                    value,
                );
                let stroke = Stroke::new(1.0 + hover, theme.text);
                ui.painter().vline(x, rect.y_range(), stroke);
            } else {
                let track = track.expand2(vec2(0.0, hover));
                ui.painter().rect_filled(track, 3, theme.selected);
                let filled = Rect::from_min_max(track.min, pos2(x, track.bottom()));
                if enabled && filled.width() > 0.5 {
                    let fill = blend(theme.accent, Color32::WHITE, hover * 0.08);
                    ui.painter().rect_filled(filled, 3, fill);
                    let knob = pos2(x, track.center().y);
                    if hover > 0.05 {
                        ui.painter().circle_filled(knob, 7.0 * hover, theme.text);
                    }
                }
            }
            focus_ring(ui, theme, &response, rect.shrink2(vec2(0.0, 4.0)), 8);
        }
        if let Some(pointer) = response.hover_pos().filter(|_| enabled) {
            let text = (self.says)(at(pointer.x));
            response
                .on_hover_cursor(CursorIcon::PointingHand)
                .on_hover_text_at_pointer(text);
        }
        change
    }
}
