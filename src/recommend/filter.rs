//! What may be suggested at all.

use super::feedback::ListenerModel;
use super::index::{Index, flag};
use crate::language::Language;
use crate::library::{TrackId, fold};
use crate::mood::Mood;

const SECS_A_DAY: i64 = 86_400;

/// What the listener wants to hear only, or wants to hear although it is usually left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only tracks whose genre tag contains this text, if not empty; case does not matter.
    pub genre: String,
    /// Only tracks whose words are in this language; for lack of lyrics read from the
    /// letters of the tags.
    pub language: Option<Language>,
    /// Only music without words.
    pub instrumental: bool,
    /// Only what was never or hardly ever played.
    pub hidden_gems: bool,
    /// Interludes and mixes of hours too.
    pub any_length: bool,
    /// Christmas music, in season or not.
    pub christmas: bool,
}

/// Whether a moment (seconds since 1970, UTC) lies in the weeks of Christmas music:
/// 24 November to 6 January.
#[must_use]
pub fn in_christmas_season(now_unix_secs: i64) -> bool {
    // Days since 0000-03-01, then the year's day from 1 March (Hinnant's civil calendar).
    let days = now_unix_secs.div_euclid(SECS_A_DAY) + 719_468;
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day = of_era - (365 * year + year / 4 - year / 100);
    // 24 November is day 268 from 1 March, 6 January day 311.
    (268..=311).contains(&day)
}

/// Which rows are open to a question.
pub(super) struct Mask {
    must: u16,
    must_not: u16,
    /// Whether each genre is wanted; `None` when any is.
    genres: Option<Vec<bool>>,
    /// Whether each artist is banned; `None` when none is.
    artists: Option<Vec<bool>>,
    /// Rows left out, one bit each; empty when none is.
    banned: Vec<u64>,
}

impl Mask {
    /// What the filter lets through, without what the listener never wants to hear (at all,
    /// or in this mood if there is one) and without `left_out`.
    pub(super) fn new(
        index: &Index,
        filter: &Filter,
        listener: &ListenerModel,
        region: Option<Mood>,
        left_out: &[TrackId],
    ) -> Self {
        let mut must = flag::READY;
        let mut must_not = 0;
        for (asked, bit) in [
            (filter.instrumental, flag::INSTRUMENTAL),
            (filter.hidden_gems, flag::RARELY_PLAYED),
            (filter.language == Some(Language::Korean), flag::KOREAN),
            (filter.language == Some(Language::English), flag::ENGLISH),
        ] {
            must |= if asked { bit } else { 0 };
        }
        for (allowed, bit) in [
            (filter.any_length, flag::ODD_LENGTH),
            (filter.christmas, flag::CHRISTMAS),
        ] {
            must_not |= if allowed { 0 } else { bit };
        }
        let genre = fold(filter.genre.trim());
        let banned_artists: Vec<bool> = index
            .artists
            .iter()
            .map(|name| listener.never_artist(name))
            .collect();
        let mut mask = Self {
            must,
            must_not,
            genres: (!genre.is_empty()).then(|| index.genres.containing(&genre)),
            artists: banned_artists.contains(&true).then_some(banned_artists),
            banned: Vec::new(),
        };
        for id in listener
            .never_tracks(region)
            .chain(left_out.iter().copied())
        {
            if let Some(row) = index.library().position(id) {
                if mask.banned.is_empty() {
                    mask.banned = vec![0; index.flags.len().div_ceil(64)];
                }
                mask.banned[row / 64] |= 1 << (row % 64);
            }
        }
        mask
    }

    /// Whether a row is open.
    pub(super) fn admits(&self, index: &Index, row: usize) -> bool {
        let flags = index.flags[row];
        flags & self.must == self.must
            && flags & self.must_not == 0
            && self
                .genres
                .as_ref()
                .is_none_or(|wanted| wanted[index.genre[row] as usize])
            && self
                .artists
                .as_ref()
                .is_none_or(|banned| !banned[index.artist[row] as usize])
            && (self.banned.is_empty() || self.banned[row / 64] >> (row % 64) & 1 == 0)
    }

    /// Writes the open places among `len` rows from `start` on into `open`; how many.
    pub(super) fn open(&self, index: &Index, start: usize, len: usize, open: &mut [u16]) -> usize {
        let mut count = 0;
        for place in 0..len {
            open[count] = place as u16;
            count += usize::from(self.admits(index, start + place));
        }
        count
    }

    /// How many rows are open in all.
    pub(super) fn count(&self, index: &Index) -> usize {
        (0..index.flags.len())
            .filter(|row| self.admits(index, *row))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn christmas_lasts_from_late_november_to_epiphany() {
        // 2023-11-23, 11-24, 12-31, 2024-01-06, 01-07, 02-29, 07-01 at noon.
        let noon = |days: i64| days * SECS_A_DAY + SECS_A_DAY / 2;
        let season = [19_684, 19_685, 19_722, 19_728, 19_729, 19_782, 19_905]
            .map(|days| in_christmas_season(noon(days)));
        assert_eq!(season, [false, true, true, true, false, false, false]);
    }
}
