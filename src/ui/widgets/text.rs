//! Text that never breaks a layout: elided when too long.

use crate::ui::fonts;
use crate::ui::icons::Icon;
use crate::ui::theme::{PILL_RADIUS, Theme, size};
use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Align2, Color32, CornerRadius, FontId, Frame, Galley, Id, Margin, Painter, Pos2, Response,
    RichText, Stroke, TextEdit, Ui,
};
use std::borrow::Cow;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// One line of text, elided with `…` beyond `max_width` points.
fn elided(
    painter: &Painter,
    text: &str,
    font: FontId,
    color: Color32,
    max_width: f32,
) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(composed(text).into_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width(max_width.max(0.0));
    painter.layout_job(job)
}

/// Hangul as syllables: file names from macOS spell them out in letters, for which hardly
/// any font has glyphs.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| ('\u{1100}'..='\u{11ff}').contains(&c)) {
        Cow::Owned(text.nfc().collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// One line of text, as long as it is; painted in the colour that it is given then.
pub fn single_line(ui: &Ui, text: &str, font: FontId) -> Arc<Galley> {
    let text = composed(text).into_owned();
    ui.painter()
        .layout_no_wrap(text, font, Color32::PLACEHOLDER)
}

/// Paints one elided line; `anchor` says which point of it lies at `pos`. Returns its width.
pub fn paint_elided(
    painter: &Painter,
    pos: Pos2,
    anchor: Align2,
    text: &str,
    font: FontId,
    color: Color32,
    max_width: f32,
) -> f32 {
    if max_width < 8.0 || text.is_empty() {
        return 0.0;
    }
    let galley = elided(painter, text, font, color, max_width);
    let rect = anchor.anchor_size(pos, galley.size());
    let width = galley.size().x;
    painter.galley(rect.min, galley, color);
    width
}

/// Paints an icon centred on `center`; filled ones are told by their constant's name.
pub fn paint_icon(painter: &Painter, center: Pos2, icon: Icon, size: f32, color: Color32) {
    let font = if icon.filled {
        fonts::icon_fill(size)
    } else {
        fonts::icon(size)
    };
    let galley = painter.layout_no_wrap(icon.glyph.to_owned(), font, color);
    // The glyph's box is the em square, set on the line; its middle is the icon's middle.
    let rect = Align2::CENTER_CENTER.anchor_size(center, galley.size());
    painter.galley(rect.min, galley, color);
}

/// A label in one of the theme's type styles, wrapped to the width at hand.
pub fn label(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    ui.label(RichText::new(composed(text)).font(font).color(color))
}

/// A single-line text field. Returns its response and the new text when it changed.
pub fn field(
    ui: &mut Ui,
    theme: &Theme,
    id: Id,
    text: &str,
    hint: &str,
    width: f32,
) -> (Response, Option<String>) {
    padded_field(ui, theme, id, (text, hint), width, 8)
}

/// One as high as the chips that it stands among.
pub fn low_field(
    ui: &mut Ui,
    theme: &Theme,
    id: Id,
    text: &str,
    hint: &str,
    width: f32,
) -> (Response, Option<String>) {
    padded_field(ui, theme, id, (text, hint), width, 6)
}

fn padded_field(
    ui: &mut Ui,
    theme: &Theme,
    id: Id,
    (text, hint): (&str, &str),
    width: f32,
    pad: i8,
) -> (Response, Option<String>) {
    let mut edited = text.to_owned();
    let response = ui.add(
        TextEdit::singleline(&mut edited)
            .id(id)
            .hint_text(
                RichText::new(hint)
                    .font(fonts::regular(size::BODY))
                    .color(theme.faint),
            )
            .desired_width(width)
            .text_color(theme.text)
            .frame(
                Frame::NONE
                    .fill(
                        theme
                            .raised
                            .gamma_multiply(if theme.dark { 0.8 } else { 0.95 }),
                    )
                    .stroke(Stroke::new(1.0, theme.hairline))
                    .corner_radius(CornerRadius::same(PILL_RADIUS))
                    .inner_margin(Margin::symmetric(14, pad)),
            ),
    );
    super::focus_ring(ui, theme, &response, response.rect, PILL_RADIUS);
    (response, (edited != text).then_some(edited))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelled_out_hangul_is_shown_as_syllables() {
        assert_eq!(composed("\u{1107}\u{1161}\u{1106}"), "\u{bc14}\u{1106}");
        assert_eq!(composed("café 밤"), "café 밤");
    }

    #[test]
    fn labels_and_lines_show_syllables() {
        eframe::egui::__run_test_ui(|ui| {
            let (letters, font) = ("\u{1107}\u{1161}\u{11b7}", FontId::default());
            assert_eq!(single_line(ui, letters, font.clone()).text(), "밤");
            let spelled = label(ui, letters, font.clone(), Color32::WHITE);
            let whole = label(ui, "밤", font, Color32::WHITE);
            assert_eq!(spelled.rect.width(), whole.rect.width());
        });
    }
}
