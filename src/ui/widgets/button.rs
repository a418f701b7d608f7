//! Buttons, chips and switches.

use super::{composed, focus_ring, paint_icon, single_line};
use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{CONTROL_RADIUS, PILL_RADIUS, Theme, blend, size};
use eframe::egui::containers::menu::SubMenu;
use eframe::egui::{
    Align2, Color32, CursorIcon, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

/// A round button that shows only an icon.
pub struct Button<'a> {
    /// What it shows.
    pub icon: Icon,
    /// What it is called, for screen readers and as its tooltip.
    pub name: &'a str,
    /// Its key, for the tooltip; may be empty.
    pub key: &'a str,
    /// Diameter, points.
    pub size: f32,
    /// Whether it is on, for those that can be.
    pub on: Option<bool>,
    /// Filled with the accent.
    pub strong: bool,
}

impl<'a> Button<'a> {
    /// A plain icon button.
    #[must_use]
    pub const fn new(icon: Icon, name: &'a str) -> Self {
        Self {
            icon,
            name,
            key: "",
            size: 36.0,
            on: None,
            strong: false,
        }
    }
}

/// A round button that shows only an icon.
pub fn icon_button(ui: &mut Ui, theme: &Theme, button: &Button<'_>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(button.size, button.size), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| match button.on {
        Some(on) => WidgetInfo::selected(Role::Button, enabled, on, button.name),
        None => WidgetInfo::labeled(Role::Button, enabled, button.name),
    });
    if ui.is_rect_visible(rect) {
        let hover = ui.ctx().animate_bool(response.id, response.hovered());
        let radius = rect.width() / 2.0;
        let color = if button.strong {
            let fill = blend(theme.strong, Color32::WHITE, hover * 0.14);
            let grow = if response.is_pointer_button_down_on() {
                -1.0
            } else {
                hover
            };
            ui.painter()
                .circle_filled(rect.center(), radius - 1.0 + grow, fill);
            theme.on_strong
        } else {
            ui.painter().circle_filled(
                rect.center(),
                radius,
                theme.selected.gamma_multiply(hover * 0.8),
            );
            if button.on == Some(true) {
                theme.accent
            } else {
                blend(theme.soft, theme.text, hover)
            }
        };
        let icon_size = (button.size * if button.strong { 0.46 } else { 0.54 }).round();
        paint_icon(ui.painter(), rect.center(), button.icon, icon_size, color);
        if button.on == Some(true) && !button.strong {
            // Never by colour alone.
            let below = rect.center_bottom() - vec2(0.0, 3.0);
            ui.painter().circle_filled(below, 2.0, theme.accent);
        }
        focus_ring(ui, theme, &response, rect, radius as u8);
    }
    let tooltip = if button.key.is_empty() {
        button.name.to_owned()
    } else {
        format!("{}   {}", button.name, button.key)
    };
    response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(composed(&tooltip))
}

/// A button with an icon and words; `strong` for the one thing to do.
pub fn pill(ui: &mut Ui, theme: &Theme, icon: Option<Icon>, name: &str, strong: bool) -> Response {
    let font = if strong {
        fonts::semibold(size::BODY)
    } else {
        fonts::regular(size::BODY)
    };
    let galley = single_line(ui, name, font);
    let icon_width = if icon.is_some() { 24.0 } else { 0.0 };
    let pad = if strong { 20.0 } else { 14.0 };
    let (rect, response) = ui.allocate_exact_size(
        vec2(galley.size().x + icon_width + 2.0 * pad, 36.0),
        Sense::click(),
    );
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if ui.is_rect_visible(rect) {
        let hover = ui.ctx().animate_bool(response.id, response.hovered());
        let (fill, color) = if strong {
            (
                blend(theme.strong, Color32::WHITE, hover * 0.14),
                theme.on_strong,
            )
        } else {
            (
                blend(theme.hover, theme.selected, hover),
                blend(theme.soft, theme.text, 0.5 + hover / 2.0),
            )
        };
        let fill = if enabled { fill } else { theme.hover };
        let color = if enabled { color } else { theme.faint };
        ui.painter().rect_filled(rect, PILL_RADIUS, fill);
        if let Some(icon) = icon {
            let center = rect.left_center() + vec2(pad + 8.0, 0.0);
            paint_icon(ui.painter(), center, icon, 18.0, color);
        }
        let left = rect.left_center() + vec2(pad + icon_width, 0.0);
        let text_rect = Align2::LEFT_CENTER.anchor_size(left, galley.size());
        ui.painter()
            .galley_with_override_text_color(text_rect.min, galley, color);
        focus_ring(ui, theme, &response, rect, PILL_RADIUS);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// One of several choices, as a small rounded button; tinted when chosen.
pub fn chip(
    ui: &mut Ui,
    theme: &Theme,
    icon: Option<Icon>,
    name: &str,
    color: Color32,
    on: bool,
) -> Response {
    let galley = single_line(ui, name, fonts::regular(size::SECONDARY));
    let icon_width = if icon.is_some() { 20.0 } else { 0.0 };
    let (rect, response) = ui.allocate_exact_size(
        vec2(galley.size().x + icon_width + 24.0, 32.0),
        Sense::click(),
    );
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, on, name));
    if ui.is_rect_visible(rect) {
        let hover = ui.ctx().animate_bool(response.id, response.hovered());
        let fill = if on {
            theme.tint(color)
        } else {
            blend(theme.hover, theme.selected, hover)
        };
        ui.painter().rect_filled(rect, 16, fill);
        if on {
            ui.painter()
                .rect_stroke(rect, 16, Stroke::new(1.5, color), StrokeKind::Inside);
        }
        if let Some(icon) = icon {
            let center = rect.left_center() + vec2(20.0, 0.0);
            paint_icon(ui.painter(), center, icon, 15.0, color);
        }
        let ink = if on {
            theme.text
        } else {
            blend(theme.soft, theme.text, hover)
        };
        let left = rect.left_center() + vec2(12.0 + icon_width, 0.0);
        let text_rect = Align2::LEFT_CENTER.anchor_size(left, galley.size());
        ui.painter()
            .galley_with_override_text_color(text_rect.min, galley, ink);
        focus_ring(ui, theme, &response, rect, 16);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A word that was read or seen.
pub fn word_chip(ui: &mut Ui, theme: &Theme, word: &str) {
    let font = fonts::regular(size::SECONDARY);
    let galley = single_line(ui, word, font);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(20.0, 8.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, word));
    ui.painter().rect_filled(rect, 13, theme.hover);
    let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    ui.painter()
        .galley_with_override_text_color(at.min, galley, theme.text);
}

/// An on/off switch.
pub fn toggle_switch(ui: &mut Ui, theme: &Theme, name: &str, on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(44.0, 26.0), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Switch, enabled, on, name));
    let at = ui.ctx().animate_bool(response.id, on);
    let fill = blend(theme.selected, theme.accent, at);
    ui.painter().rect_filled(rect, 13, fill);
    let x = rect.left() + 13.0 + at * (rect.width() - 26.0);
    let knob = if on { theme.on_accent } else { theme.text };
    ui.painter()
        .circle_filled(eframe::egui::pos2(x, rect.center().y), 9.0, knob);
    focus_ring(ui, theme, &response, rect, 13);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// One line of a menu; closes it when clicked.
pub fn menu_item(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str) -> bool {
    let clicked = menu_row(ui, theme, icon, name).clicked();
    if clicked {
        ui.close();
    }
    clicked
}

/// One line of a menu that leads to another menu.
pub fn submenu(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str, add: impl FnOnce(&mut Ui)) {
    let response = menu_row(ui, theme, icon, name);
    let arrow = response.rect.right_center() - vec2(16.0, 0.0);
    paint_icon(ui.painter(), arrow, icons::CARET_RIGHT, 14.0, theme.faint);
    SubMenu::new().show(ui, &response, add);
}

fn menu_row(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str) -> Response {
    let galley = single_line(ui, name, fonts::regular(size::BODY));
    // As wide as those above it.
    let least = ui.available_width().min(200.0).max(ui.min_rect().width());
    let width = (galley.size().x + 56.0).max(least);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 36.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, name));
    if ui.is_rect_visible(rect) {
        if response.hovered() || response.has_focus() {
            ui.painter()
                .rect_filled(rect, CONTROL_RADIUS, theme.selected);
        }
        let center = rect.left_center() + vec2(20.0, 0.0);
        paint_icon(ui.painter(), center, icon, 18.0, theme.soft);
        let left = rect.left_center() + vec2(40.0, 0.0);
        let text = Align2::LEFT_CENTER.anchor_size(left, galley.size());
        ui.painter()
            .galley_with_override_text_color(text.min, galley, theme.text);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
