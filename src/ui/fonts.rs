//! The bundled type: Pretendard for Latin and Hangul, Phosphor for icons. Anything else
//! (Hanja, Kana beyond the basics, Arabic …) comes from the system's own fonts.

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily, FontId};
use std::sync::Arc;

const REGULAR: &str = "Pretendard";
const SEMIBOLD: &str = "Pretendard SemiBold";
const TABULAR: &str = "Maeum Tabular";
const ICONS: &str = "Phosphor";
const ICONS_FILL: &str = "Phosphor Fill";

fn named(family: &'static str) -> FontFamily {
    FontFamily::Name(family.into())
}

/// Running text.
#[must_use]
pub fn regular(size: f32) -> FontId {
    FontId::proportional(size)
}

/// Titles and what stands out.
#[must_use]
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, named(SEMIBOLD))
}

/// Numbers in columns: all digits equally wide.
#[must_use]
pub fn tabular(size: f32) -> FontId {
    FontId::new(size, named(TABULAR))
}

/// Outlined icons.
#[must_use]
pub fn icon(size: f32) -> FontId {
    FontId::new(size, named(ICONS))
}

/// Filled icons.
#[must_use]
pub fn icon_fill(size: f32) -> FontId {
    FontId::new(size, named(ICONS_FILL))
}

/// Gives the window its fonts. Call before the first frame.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &'static [u8]); 5] = [
        (
            REGULAR,
            include_bytes!("../../assets/fonts/Pretendard-Regular.ttf"),
        ),
        (
            SEMIBOLD,
            include_bytes!("../../assets/fonts/Pretendard-SemiBold.ttf"),
        ),
        (
            TABULAR,
            include_bytes!("../../assets/fonts/MaeumTabular.ttf"),
        ),
        (ICONS, include_bytes!("../../assets/icons/Phosphor.ttf")),
        (
            ICONS_FILL,
            include_bytes!("../../assets/icons/Phosphor-Fill.ttf"),
        ),
    ];
    for (name, bytes) in files {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, chain) in [
        (FontFamily::Proportional, &[REGULAR][..]),
        (FontFamily::Monospace, &[TABULAR, REGULAR]),
        (named(SEMIBOLD), &[SEMIBOLD, REGULAR]),
        (named(TABULAR), &[TABULAR, REGULAR]),
        (named(ICONS), &[ICONS]),
        (named(ICONS_FILL), &[ICONS_FILL]),
    ] {
        let chain = chain.iter().map(|name| (*name).to_owned()).collect();
        fonts.families.insert(family, chain);
    }
    ctx.set_fonts(fonts);
}
