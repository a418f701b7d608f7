//! Every colour, distance and type size of the window.

use super::fonts;
use crate::mood::Mood;
use eframe::egui::style::{ScrollAnimation, ScrollStyle, WidgetVisuals};
use eframe::egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Visuals,
    vec2,
};

/// Type sizes, points.
pub mod size {
    /// Screen titles and the feeling field's question.
    pub const TITLE: f32 = 28.0;
    /// What is typed into the feeling field.
    pub const FIELD: f32 = 22.0;
    /// Section headings.
    pub const HEADING: f32 = 20.0;
    /// Running text.
    pub const BODY: f32 = 15.0;
    /// Second lines.
    pub const SECONDARY: f32 = 13.0;
    /// Captions and column heads.
    pub const CAPTION: f32 = 11.0;
}

/// Corner radius of cards, points.
pub const CARD_RADIUS: u8 = 12;
/// Corner radius of controls, points.
pub const CONTROL_RADIUS: u8 = 8;
/// Corner radius of text fields and buttons with words: half their height, points.
pub const PILL_RADIUS: u8 = 18;
/// Duration of a transition, seconds.
pub const MOTION_SECS: f32 = 0.2;

/// The colours in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    /// Whether text is light on dark.
    pub dark: bool,
    /// Behind everything.
    pub background: Color32,
    /// Rail and player bar.
    pub surface: Color32,
    /// Cards, fields, menus.
    pub raised: Color32,
    /// A row or button under the pointer.
    pub hover: Color32,
    /// A chosen row.
    pub selected: Color32,
    /// Thin separating lines.
    pub hairline: Color32,
    /// Text.
    pub text: Color32,
    /// Second lines.
    pub soft: Color32,
    /// Captions; still readable (4.5 : 1).
    pub faint: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Something is wrong.
    pub warning: Color32,
    /// The one accent: the mood of what plays or was asked, if it is one.
    pub accent: Color32,
    /// Fill of the one strong button: the accent, or where that is dull, its bright twin.
    pub strong: Color32,
    /// Text on it.
    pub on_strong: Color32,
}

/// Text on a bright fill.
const INK: Color32 = Color32::from_rgb(0x17, 0x13, 0x15);

impl Theme {
    /// Dark or light, tinted by the mood of what plays or was asked.
    #[must_use]
    pub fn new(dark: bool, mood: Option<Mood>) -> Self {
        let mut theme = if dark {
            Self {
                dark,
                background: Color32::from_rgb(0x12, 0x10, 0x13),
                surface: Color32::from_rgb(0x19, 0x17, 0x1a),
                raised: Color32::from_rgb(0x25, 0x22, 0x26),
                hover: Color32::from_white_alpha(14),
                selected: Color32::from_white_alpha(26),
                hairline: Color32::from_white_alpha(20),
                text: Color32::from_rgb(0xf5, 0xf1, 0xee),
                soft: Color32::from_rgb(0xbb, 0xb4, 0xb0),
                faint: Color32::from_rgb(0x93, 0x8c, 0x89),
                on_accent: INK,
                warning: Color32::from_rgb(0xf2, 0xa6, 0x5a),
                accent: Color32::from_rgb(0xf2, 0x9a, 0x76),
                strong: Color32::PLACEHOLDER,
                on_strong: INK,
            }
        } else {
            Self {
                dark,
                background: Color32::from_rgb(0xf7, 0xf3, 0xef),
                surface: Color32::from_rgb(0xfd, 0xfb, 0xf9),
                raised: Color32::from_rgb(0xff, 0xff, 0xff),
                hover: Color32::from_black_alpha(12),
                selected: Color32::from_black_alpha(22),
                hairline: Color32::from_black_alpha(24),
                text: Color32::from_rgb(0x22, 0x1d, 0x1c),
                soft: Color32::from_rgb(0x59, 0x52, 0x4e),
                faint: Color32::from_rgb(0x70, 0x68, 0x63),
                on_accent: Color32::WHITE,
                warning: Color32::from_rgb(0x9a, 0x53, 0x0c),
                accent: Color32::from_rgb(0xae, 0x48, 0x28),
                strong: Color32::PLACEHOLDER,
                on_strong: Color32::WHITE,
            }
        };
        // Grey would look like a button that cannot be pressed.
        if let Some(mood) = mood.filter(|mood| *mood != Mood::Neutral) {
            theme.accent = theme.mood(mood);
        }
        theme.strong = theme.accent;
        // Yellow that can be read on white is brown.
        if !dark && mood == Some(Mood::Happy) {
            theme.strong = Color32::from_rgb(0xf5, 0xb8, 0x3d);
            theme.on_strong = INK;
        }
        theme
    }

    /// The colour of a mood; readable as text on every surface of this theme.
    #[must_use]
    pub const fn mood(&self, mood: Mood) -> Color32 {
        let [red, green, blue] = match (self.dark, mood) {
            (true, Mood::Happy) => [0xf5, 0xb8, 0x3d],
            (true, Mood::Romantic) => [0xf2, 0x74, 0x8f],
            (true, Mood::Peaceful) => [0x4f, 0xc3, 0xa1],
            (true, Mood::Sad) => [0x5b, 0x8d, 0xef],
            (true, Mood::Tense) => [0xa9, 0x7b, 0xf0],
            (true, Mood::Angry) => [0xf0, 0x58, 0x3a],
            (true, Mood::Neutral) => [0x9a, 0xa3, 0xaf],
            (false, Mood::Happy) => [0x8a, 0x60, 0x00],
            (false, Mood::Romantic) => [0xbd, 0x2c, 0x52],
            (false, Mood::Peaceful) => [0x0b, 0x74, 0x56],
            (false, Mood::Sad) => [0x2b, 0x5d, 0xc4],
            (false, Mood::Tense) => [0x77, 0x42, 0xcc],
            (false, Mood::Angry) => [0xbe, 0x36, 0x18],
            (false, Mood::Neutral) => [0x5d, 0x66, 0x72],
        };
        Color32::from_rgb(red, green, blue)
    }

    /// A soft fill in `color`, for chips and glows.
    #[must_use]
    pub fn tint(&self, color: Color32) -> Color32 {
        color.gamma_multiply(if self.dark { 0.16 } else { 0.10 })
    }

    /// Teaches egui's own widgets (menus, text fields, tooltips, scroll bars) this theme.
    pub fn install(&self, ctx: &Context, motion: bool) {
        ctx.set_theme(if self.dark {
            eframe::egui::Theme::Dark
        } else {
            eframe::egui::Theme::Light
        });
        ctx.all_styles_mut(|style| {
            style.visuals = self.visuals();
            style.text_styles = [
                (TextStyle::Heading, fonts::semibold(size::HEADING)),
                (TextStyle::Body, fonts::regular(size::BODY)),
                (TextStyle::Button, fonts::regular(size::BODY)),
                (TextStyle::Small, fonts::regular(size::SECONDARY)),
                (
                    TextStyle::Monospace,
                    FontId::new(size::SECONDARY, FontFamily::Monospace),
                ),
            ]
            .into();
            style.spacing.item_spacing = vec2(8.0, 8.0);
            style.spacing.button_padding = vec2(12.0, 6.0);
            style.spacing.menu_margin = Margin::same(6);
            style.spacing.interact_size.y = 32.0;
            style.spacing.scroll = ScrollStyle {
                bar_width: 8.0,
                floating_width: 4.0,
                active_background_opacity: 0.0,
                interact_background_opacity: 0.0,
                active_handle_opacity: 0.25,
                interact_handle_opacity: 0.5,
                ..ScrollStyle::floating()
            };
            style.interaction.selectable_labels = false;
            style.animation_time = if motion { MOTION_SECS } else { 0.0 };
            if !motion {
                style.scroll_animation = ScrollAnimation::none();
            }
        });
    }

    fn visuals(&self) -> Visuals {
        let mut visuals = if self.dark {
            Visuals::dark()
        } else {
            Visuals::light()
        };
        visuals.override_text_color = None;
        visuals.panel_fill = self.background;
        visuals.window_fill = self.raised;
        visuals.window_stroke = Stroke::new(1.0, self.hairline);
        visuals.window_corner_radius = CornerRadius::same(CARD_RADIUS);
        visuals.menu_corner_radius = CornerRadius::same(CARD_RADIUS);
        visuals.extreme_bg_color = self.raised;
        visuals.selection.bg_fill = self.accent.gamma_multiply(0.35);
        visuals.selection.stroke = Stroke::new(2.0, self.accent);
        visuals.hyperlink_color = self.accent;
        visuals.weak_text_color = Some(self.faint);
        visuals.text_cursor.stroke = Stroke::new(2.0, self.accent);
        let shadow = Shadow {
            offset: [0, 8],
            blur: 24,
            spread: 0,
            color: Color32::from_black_alpha(if self.dark { 120 } else { 40 }),
        };
        visuals.popup_shadow = shadow;
        visuals.window_shadow = shadow;
        let widget = |fill: Color32, text: Color32| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: Stroke::NONE,
            corner_radius: CornerRadius::same(CONTROL_RADIUS),
            fg_stroke: Stroke::new(1.0, text),
            expansion: 0.0,
        };
        visuals.widgets.noninteractive = WidgetVisuals {
            bg_stroke: Stroke::new(1.0, self.hairline),
            ..widget(self.background, self.text)
        };
        visuals.widgets.inactive = widget(self.hover, self.text);
        visuals.widgets.hovered = widget(self.selected, self.text);
        visuals.widgets.active = WidgetVisuals {
            bg_stroke: Stroke::new(2.0, self.accent),
            ..widget(self.selected, self.text)
        };
        visuals.widgets.open = widget(self.selected, self.text);
        visuals
    }
}

/// `a` turned into `b` by `t`, 0…1.
#[must_use]
pub fn blend(a: Color32, b: Color32, t: f32) -> Color32 {
    a.lerp_to_gamma(b, t.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG relative luminance.
    fn luminance(color: Color32) -> f32 {
        let linear = |value: u8| {
            let value = f32::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn texts_and_mood_names_can_be_read_on_every_surface() {
        for dark in [true, false] {
            let theme = Theme::new(dark, None);
            let mut texts = vec![
                theme.text,
                theme.soft,
                theme.faint,
                theme.warning,
                theme.accent,
            ];
            texts.extend(Mood::ALL.map(|mood| theme.mood(mood)));
            for surface in [theme.background, theme.surface, theme.raised] {
                for text in &texts {
                    let contrast = contrast(*text, surface);
                    assert!(contrast >= 4.5, "{text:?} on {surface:?}: {contrast}");
                }
            }
        }
    }

    #[test]
    fn the_play_button_can_be_read_in_every_mood() {
        for dark in [true, false] {
            for mood in Mood::ALL {
                let theme = Theme::new(dark, Some(mood));
                assert!(contrast(theme.on_accent, theme.accent) >= 4.5, "{mood:?}");
                assert!(contrast(theme.on_strong, theme.strong) >= 4.5, "{mood:?}");
            }
        }
    }
}
