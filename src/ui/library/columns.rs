//! Which columns fit, and where.

use crate::library::SortKey;
use crate::ui::strings::Strings;
use eframe::egui::Align2;

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Title,
    Artist,
    Album,
    Mood,
    Tempo,
    Rating,
    Plays,
    Time,
}

impl Kind {
    pub fn name(self, text: &Strings) -> &'static str {
        match self {
            Self::Title => text.title,
            Self::Artist => text.artist,
            Self::Album => text.album,
            Self::Mood => text.mood,
            Self::Tempo => text.tempo,
            Self::Rating => text.rating,
            Self::Plays => text.plays,
            Self::Time => text.time,
        }
    }

    pub const fn sort_key(self) -> SortKey {
        match self {
            Self::Title => SortKey::Title,
            Self::Artist => SortKey::Artist,
            Self::Album => SortKey::Album,
            Self::Mood => SortKey::Mood,
            Self::Tempo => SortKey::Tempo,
            Self::Rating => SortKey::Rating,
            Self::Plays => SortKey::Plays,
            Self::Time => SortKey::Duration,
        }
    }

    /// Numbers stand at the right edge of their column.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Tempo | Self::Plays | Self::Time)
    }
}

/// A column with its place, points from the table's left edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    pub kind: Kind,
    pub left: f32,
    pub right: f32,
}

impl Column {
    /// Where its content begins: stars keep their distance from the numbers before them.
    pub fn inner_left(&self) -> f32 {
        let gap = if self.kind == Kind::Rating { 16.0 } else { 0.0 };
        self.left + gap
    }

    /// Where the text is anchored, given the table's left edge.
    pub fn anchor(&self, left: f32) -> (Align2, f32) {
        if self.kind.is_number() {
            (Align2::RIGHT_CENTER, left + self.right - 12.0)
        } else {
            (Align2::LEFT_CENTER, left + self.inner_left())
        }
    }
}

/// Room for the cover at the left.
pub const COVER: f32 = 60.0;

/// The columns that fit a table of this width: the least needed ones go first, and the album
/// where all tracks are of one.
pub fn columns(width: f32, of_one_album: bool) -> Vec<Column> {
    let mut kinds = vec![
        (Kind::Title, 0.0, 3.2),
        (Kind::Artist, 0.0, 2.2),
        (Kind::Album, 0.0, 2.2),
        (Kind::Mood, 112.0, 0.0),
        (Kind::Tempo, 76.0, 0.0),
        (Kind::Rating, 120.0, 0.0),
        (Kind::Plays, 72.0, 0.0),
        (Kind::Time, 72.0, 0.0),
    ];
    for (kind, least) in [
        (Kind::Tempo, 1_000.0),
        (Kind::Plays, 900.0),
        (Kind::Rating, 820.0),
        (Kind::Album, 720.0),
        (Kind::Mood, 520.0),
    ] {
        if width < least || (kind == Kind::Album && of_one_album) {
            kinds.retain(|(other, ..)| *other != kind);
        }
    }
    let fixed: f32 = kinds.iter().map(|(_, fixed, _)| fixed).sum();
    let parts: f32 = kinds.iter().map(|(.., part)| part).sum();
    let rest = (width - COVER - fixed).max(0.0);
    let mut left = COVER;
    kinds
        .into_iter()
        .map(|(kind, fixed, part)| {
            let right = left + fixed + rest * part / parts;
            let column = Column { kind, left, right };
            left = right;
            column
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_table_and_title_and_time_always_stay() {
        for width in [400.0, 600.0, 800.0, 1_400.0] {
            let columns = columns(width, false);
            assert!((columns.last().unwrap().right - width).abs() < 0.1);
            assert_eq!(columns[0].kind, Kind::Title);
            assert_eq!(columns.last().unwrap().kind, Kind::Time);
        }
        assert_eq!(columns(1_400.0, false).len(), 8);
        assert_eq!(columns(1_400.0, true).len(), 7);
    }
}
