//! The icon set: Phosphor (MIT), cut down by `assets/icons/subset.py`, which also writes
//! this file.

/// One icon of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon {
    /// Its character in the icon font.
    pub glyph: &'static str,
    /// Whether it is in the font of filled icons.
    pub filled: bool,
}

const fn icon(glyph: &'static str, filled: bool) -> Icon {
    Icon { glyph, filled }
}

/// arrow-clockwise
pub const ARROW_CLOCKWISE: Icon = icon("\u{e036}", false);
/// arrow-counter-clockwise
pub const ARROW_COUNTER_CLOCKWISE: Icon = icon("\u{e038}", false);
/// arrow-left
pub const ARROW_LEFT: Icon = icon("\u{e058}", false);
/// books
pub const BOOKS: Icon = icon("\u{e758}", false);
/// caret-down
pub const CARET_DOWN: Icon = icon("\u{e136}", false);
/// caret-right
pub const CARET_RIGHT: Icon = icon("\u{e13a}", false);
/// caret-up
pub const CARET_UP: Icon = icon("\u{e13c}", false);
/// check
pub const CHECK: Icon = icon("\u{e182}", false);
/// clock
pub const CLOCK: Icon = icon("\u{e19a}", false);
/// copy
pub const COPY: Icon = icon("\u{e1ca}", false);
/// dice-five
pub const DICE_FIVE: Icon = icon("\u{e1ee}", false);
/// export
pub const EXPORT: Icon = icon("\u{eaf0}", false);
/// folder
pub const FOLDER: Icon = icon("\u{e24a}", false);
/// folder-plus
pub const FOLDER_PLUS: Icon = icon("\u{e258}", false);
/// gear-six
pub const GEAR_SIX: Icon = icon("\u{e272}", false);
/// headphones
pub const HEADPHONES: Icon = icon("\u{e2a6}", false);
/// heart
pub const HEART: Icon = icon("\u{e2a8}", false);
/// image
pub const IMAGE: Icon = icon("\u{e2ca}", false);
/// info
pub const INFO: Icon = icon("\u{e2ce}", false);
/// list-plus
pub const LIST_PLUS: Icon = icon("\u{e2f8}", false);
/// magnifying-glass
pub const MAGNIFYING_GLASS: Icon = icon("\u{e30c}", false);
/// microphone-stage
pub const MICROPHONE_STAGE: Icon = icon("\u{e75c}", false);
/// moon-stars
pub const MOON_STARS: Icon = icon("\u{e58e}", false);
/// music-notes
pub const MUSIC_NOTES: Icon = icon("\u{e340}", false);
/// notebook
pub const NOTEBOOK: Icon = icon("\u{e34e}", false);
/// path
pub const PATH: Icon = icon("\u{e39c}", false);
/// pencil-simple
pub const PENCIL_SIMPLE: Icon = icon("\u{e3b4}", false);
/// playlist
pub const PLAYLIST: Icon = icon("\u{e6aa}", false);
/// plus
pub const PLUS: Icon = icon("\u{e3d4}", false);
/// prohibit
pub const PROHIBIT: Icon = icon("\u{e3de}", false);
/// queue
pub const QUEUE: Icon = icon("\u{e6ac}", false);
/// repeat
pub const REPEAT: Icon = icon("\u{e3f6}", false);
/// repeat-once
pub const REPEAT_ONCE: Icon = icon("\u{e3f8}", false);
/// shuffle
pub const SHUFFLE: Icon = icon("\u{e422}", false);
/// sliders-horizontal
pub const SLIDERS_HORIZONTAL: Icon = icon("\u{e434}", false);
/// smiley
pub const SMILEY: Icon = icon("\u{e436}", false);
/// sparkle
pub const SPARKLE: Icon = icon("\u{e6a2}", false);
/// speaker-high
pub const SPEAKER_HIGH: Icon = icon("\u{e44a}", false);
/// speaker-low
pub const SPEAKER_LOW: Icon = icon("\u{e44c}", false);
/// speaker-slash
pub const SPEAKER_SLASH: Icon = icon("\u{e45a}", false);
/// star
pub const STAR: Icon = icon("\u{e46a}", false);
/// thumbs-down
pub const THUMBS_DOWN: Icon = icon("\u{e48c}", false);
/// thumbs-up
pub const THUMBS_UP: Icon = icon("\u{e48e}", false);
/// trash
pub const TRASH: Icon = icon("\u{e4a6}", false);
/// tray-arrow-down
pub const TRAY_ARROW_DOWN: Icon = icon("\u{e010}", false);
/// user
pub const USER: Icon = icon("\u{e4c2}", false);
/// vinyl-record
pub const VINYL_RECORD: Icon = icon("\u{ecac}", false);
/// warning-circle
pub const WARNING_CIRCLE: Icon = icon("\u{e4e2}", false);
/// waveform
pub const WAVEFORM: Icon = icon("\u{e802}", false);
/// x
pub const X: Icon = icon("\u{e4f6}", false);
/// books, filled
pub const BOOKS_FILL: Icon = icon("\u{e758}", true);
/// circle, filled
pub const CIRCLE_FILL: Icon = icon("\u{e18a}", true);
/// cloud-rain, filled
pub const CLOUD_RAIN_FILL: Icon = icon("\u{e1b4}", true);
/// fire, filled
pub const FIRE_FILL: Icon = icon("\u{e242}", true);
/// folder, filled
pub const FOLDER_FILL: Icon = icon("\u{e24a}", true);
/// gear-six, filled
pub const GEAR_SIX_FILL: Icon = icon("\u{e272}", true);
/// heart, filled
pub const HEART_FILL: Icon = icon("\u{e2a8}", true);
/// leaf, filled
pub const LEAF_FILL: Icon = icon("\u{e2da}", true);
/// lightning, filled
pub const LIGHTNING_FILL: Icon = icon("\u{e2de}", true);
/// music-note, filled
pub const MUSIC_NOTE_FILL: Icon = icon("\u{e33c}", true);
/// notebook, filled
pub const NOTEBOOK_FILL: Icon = icon("\u{e34e}", true);
/// pause, filled
pub const PAUSE_FILL: Icon = icon("\u{e39e}", true);
/// play, filled
pub const PLAY_FILL: Icon = icon("\u{e3d0}", true);
/// playlist, filled
pub const PLAYLIST_FILL: Icon = icon("\u{e6aa}", true);
/// skip-back, filled
pub const SKIP_BACK_FILL: Icon = icon("\u{e5a4}", true);
/// skip-forward, filled
pub const SKIP_FORWARD_FILL: Icon = icon("\u{e5a6}", true);
/// star, filled
pub const STAR_FILL: Icon = icon("\u{e46a}", true);
/// sun, filled
pub const SUN_FILL: Icon = icon("\u{e472}", true);
/// thumbs-down, filled
pub const THUMBS_DOWN_FILL: Icon = icon("\u{e48c}", true);
/// thumbs-up, filled
pub const THUMBS_UP_FILL: Icon = icon("\u{e48e}", true);
/// user, filled
pub const USER_FILL: Icon = icon("\u{e4c2}", true);
/// vinyl-record, filled
pub const VINYL_RECORD_FILL: Icon = icon("\u{ecac}", true);
/// warning-circle, filled
pub const WARNING_CIRCLE_FILL: Icon = icon("\u{e4e2}", true);
