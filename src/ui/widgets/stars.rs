//! A rating in stars, to see and to give.

use super::arrows::steps;
use super::{focus_ring, paint_icon};
use crate::library::Track;
use crate::ui::icons;
use crate::ui::theme::{CONTROL_RADIUS, Theme};
use eframe::egui::accesskit::Action;
use eframe::egui::{CursorIcon, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Width of one star, points.
const STAR: f32 = 18.0;

/// Width of all stars, points.
pub const STARS_WIDTH: f32 = STAR * Track::MOST_STARS as f32;

/// Five stars, those given filled.
pub struct Stars<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Stars given, 0…5.
    pub given: u8,
    /// Whether stars that are not given are seen before the pointer comes.
    pub quiet: bool,
    /// Whether Tab stops here; in tables the row's keys rate.
    pub focusable: bool,
}

impl Stars<'_> {
    /// Shows the stars with their left middle at the left middle of `rect`; returns how
    /// many are to be given from now on. The star that is given last is taken away by a
    /// second click.
    pub fn show_at(&self, ui: &Ui, theme: &Theme, id: Id, rect: Rect) -> Option<u8> {
        let rect = Rect::from_min_size(
            pos2(rect.left(), rect.center().y - STAR / 2.0 - 3.0),
            vec2(STARS_WIDTH, STAR + 6.0),
        );
        let sense = if self.focusable {
            Sense::click()
        } else {
            Sense::CLICK
        };
        let response = ui.interact(rect, id, sense);
        let most = Track::MOST_STARS;
        let star_at = |x: f32| {
            (((x - rect.left()) / STAR).floor() as i32 + 1).clamp(1, i32::from(most)) as u8
        };
        let pointed = response.hover_pos().map(|pointer| star_at(pointer.x));
        let mut change = None;
        if response.clicked()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            let star = star_at(pointer.x);
            change = Some(if star == self.given { 0 } else { star });
        }
        let steps = steps(ui, id, response.has_focus());
        if steps != 0 {
            let stars = (i32::from(self.given) + steps).clamp(0, i32::from(most));
            change = Some(stars as u8);
        }
        response.widget_info(|| WidgetInfo::slider(true, f64::from(self.given), self.name));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Slider);
            node.set_value(format!("{} / {most}", self.given));
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(f64::from(most));
            node.add_action(Action::Increment);
            node.add_action(Action::Decrement);
        });
        let shown = pointed.unwrap_or(self.given);
        let near = pointed.is_some() || response.has_focus() || !self.quiet || self.given > 0;
        for star in 1..=most {
            let center = pos2(
                rect.left() + (f32::from(star) - 0.5) * STAR,
                rect.center().y,
            );
            if star <= shown {
                paint_icon(ui.painter(), center, icons::STAR_FILL, 15.0, theme.accent);
            } else if near {
                paint_icon(ui.painter(), center, icons::STAR, 15.0, theme.faint);
            }
        }
        focus_ring(ui, theme, &response, rect, CONTROL_RADIUS);
        response
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text(self.name);
        change
    }
}
