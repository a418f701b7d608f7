//! Genre, era, and style as heard.

use super::index::Index;
use super::sound::shared_styles;
use crate::library::{Track, fold};
use std::collections::HashMap;

/// Styles that are heard count like a genre that is written, but are told with less
/// certainty.
const HEARD: f32 = 0.9;
/// Years apart at which two tracks are hardly of one era any more.
const ERA_YEARS: f32 = 8.0;
/// How much the genre counts; the era has the rest.
const GENRE_SHARE: f32 = 0.7;
/// Closeness of genres that share a word: "indie rock" and "classic rock".
const RELATED: f32 = 0.6;

/// The genres of a library, each with its words.
#[derive(Debug, Default)]
pub(super) struct Genres {
    /// Folded, by number; number 0 is "none".
    names: Vec<String>,
    words: Vec<Vec<String>>,
    /// As written in files.
    numbers: HashMap<String, u32>,
    folded: HashMap<String, u32>,
}

impl Genres {
    /// The number of a genre as written in a file; 0 for none.
    pub(super) fn number(&mut self, written: &str) -> u32 {
        if self.names.is_empty() {
            self.names.push(String::new());
            self.words.push(Vec::new());
        }
        if let Some(number) = self.numbers.get(written) {
            return *number;
        }
        let name = fold(written.trim());
        let number = if name.is_empty() {
            0
        } else {
            *self.folded.entry(name.clone()).or_insert_with(|| {
                self.words.push(words(&name));
                self.names.push(name);
                self.names.len() as u32 - 1
            })
        };
        self.numbers.insert(written.to_owned(), number);
        number
    }

    /// For every genre, whether its name contains `text` (folded).
    pub(super) fn containing(&self, text: &str) -> Vec<bool> {
        self.names.iter().map(|name| name.contains(text)).collect()
    }

    fn closeness(&self, a: usize, b: usize) -> f32 {
        if a == 0 || b == 0 {
            0.0
        } else if a == b {
            1.0
        } else if self.words[a]
            .iter()
            .any(|word| self.words[b].contains(word))
        {
            RELATED
        } else {
            0.0
        }
    }
}

/// The words of a genre's name: letters and digits, two or more.
fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 2)
        .map(str::to_owned)
        .collect()
}

/// How near every genre and every year is to some examples.
pub(super) struct Style {
    by_genre: Vec<f32>,
    /// The examples' styles as heard, one bit each.
    heard: Vec<u64>,
    years: Vec<i16>,
}

impl Style {
    /// The style of some rows; `None` when nothing of it is known.
    pub(super) fn of(index: &Index, rows: &[u32]) -> Option<Self> {
        let genres = &index.genres;
        let mut by_genre = vec![0.0_f32; genres.names.len()];
        for row in rows {
            let own = index.genre[*row as usize] as usize;
            for (other, closeness) in by_genre.iter_mut().enumerate() {
                *closeness = closeness.max(genres.closeness(own, other));
            }
        }
        let mut years: Vec<i16> = rows
            .iter()
            .map(|row| index.year[*row as usize])
            .filter(|year| *year > 0)
            .collect();
        years.sort_unstable();
        years.dedup();
        let mut heard: Vec<u64> = rows
            .iter()
            .map(|row| index.styles[*row as usize])
            .filter(|styles| *styles != 0)
            .collect();
        heard.sort_unstable();
        heard.dedup();
        let known = !years.is_empty()
            || !heard.is_empty()
            || by_genre.iter().any(|closeness| *closeness > 0.0);
        known.then_some(Self {
            by_genre,
            heard,
            years,
        })
    }

    /// How near a row's style is, 0…1.
    pub(super) fn closeness(&self, index: &Index, row: usize) -> f32 {
        let genre = self
            .by_genre
            .get(index.genre[row] as usize)
            .copied()
            .unwrap_or(0.0);
        let own = index.styles[row];
        let heard = self.heard.iter().map(|other| shared_styles(own, *other));
        let heard = HEARD * heard.fold(0.0, f32::max);
        GENRE_SHARE * genre.max(heard) + (1.0 - GENRE_SHARE) * self.era(index.year[row])
    }

    fn era(&self, year: i16) -> f32 {
        if year <= 0 {
            return 0.0;
        }
        let apart = self.years.iter().map(|other| (year - other).abs()).min();
        apart.map_or(0.0, |years| {
            1.0 / (1.0 + (f32::from(years) / ERA_YEARS).powi(2))
        })
    }
}

/// The decade two tracks share, as its first year.
pub(super) fn shared_decade(a: &Track, b: &Track) -> Option<i32> {
    let decade = |track: &Track| {
        track
            .tags
            .year
            .filter(|year| *year > 0)
            .map(|year| year / 10 * 10)
    };
    decade(a).filter(|own| decade(b) == Some(*own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genres_that_share_a_word_are_related() {
        let mut genres = Genres::default();
        let [none, rock, indie, jazz, again] =
            ["", "Rock", "Indie Rock", "재즈", "rock "].map(|name| genres.number(name) as usize);
        assert_eq!((none, again), (0, rock));
        assert_eq!(genres.closeness(rock, rock), 1.0);
        assert_eq!(genres.closeness(rock, indie), RELATED);
        assert_eq!(genres.closeness(jazz, indie), 0.0);
        assert_eq!(genres.closeness(none, none), 0.0);
    }
}
