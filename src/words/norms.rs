//! The word norms compiled in: how pleasant, how exciting a word is, and which mood it
//! speaks of. `assets/words/README.md` names their sources; `models/training/words/build.py`
//! builds them.

use crate::mood::Mood;
use std::collections::HashMap;
use std::sync::LazyLock;

/// In the tables, a unit is so many whole steps.
const STEPS: f32 = 40.0;
const NUMBERS: usize = 2 + Mood::COUNT;
/// How many numbers a published norm enters the reading with; see [`shapes`].
const SHAPES: usize = 5;

pub(super) static ENGLISH: LazyLock<Norms> = LazyLock::new(|| {
    Norms::parse(
        include_str!("../../assets/words/norms-en.tsv"),
        include_str!("../../assets/words/own-en.tsv"),
    )
});
pub(super) static KOREAN: LazyLock<Norms> = LazyLock::new(|| {
    Norms::parse(
        include_str!("../../assets/words/norms-ko.tsv"),
        include_str!("../../assets/words/own-ko.tsv"),
    )
});

/// What a word or a text adds: valence, arousal, and log-odds of each mood.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Weights(pub [f32; NUMBERS]);

impl Weights {
    pub(super) fn add(&mut self, other: &Self, factor: f32) {
        for (sum, number) in self.0.iter_mut().zip(other.0) {
            *sum += factor * number;
        }
    }

    pub(super) fn valence(&self) -> f32 {
        self.0[0]
    }

    pub(super) fn arousal(&self) -> f32 {
        self.0[1]
    }

    /// The distribution over moods these log-odds mean.
    pub(super) fn moods(&self) -> [f32; Mood::COUNT] {
        let largest = self.0[2..]
            .iter()
            .copied()
            .fold(f32::NEG_INFINITY, f32::max);
        std::array::from_fn(|mood| (self.0[2 + mood] - largest).exp())
    }

    /// What denying a word leaves: the plane turns round, but of the moods only what the
    /// word spoke for is taken back, beside a nod to those on the side turned to. "Not sad"
    /// is less sad and a little brighter; it is not tense for that.
    fn denied(mut self) -> Self {
        let valence = self.valence();
        for (mood, log_odds) in Mood::ALL.into_iter().zip(&mut self.0[2..]) {
            *log_odds = log_odds.min(0.0) + valence * mood.anchor().0;
        }
        self
    }

    /// How much is said at all.
    pub(super) fn strength(&self) -> f32 {
        self.0
            .iter()
            .map(|number| number * number)
            .sum::<f32>()
            .sqrt()
    }
}

/// The norms of one language.
pub(super) struct Norms {
    published: HashMap<&'static str, Weights>,
    own: HashMap<&'static str, Weights>,
    /// Where a reading starts before any word.
    pub start: Weights,
}

impl Norms {
    fn parse(published: &'static str, own: &'static str) -> Self {
        let own: HashMap<_, _> = lines::<NUMBERS>(own)
            .map(|(key, numbers)| (key, Weights(numbers)))
            .collect();
        let special = |name: String| own.get(name.as_str()).copied().unwrap_or_default();
        let by_shape: [Weights; SHAPES] =
            std::array::from_fn(|shape| special(format!("*shape{shape}")));
        let published = lines::<2>(published)
            .map(|(key, [valence, arousal])| {
                let mut weights = Weights::default();
                for (shape, amount) in by_shape.iter().zip(shapes(valence, arousal)) {
                    weights.add(shape, amount);
                }
                (key, weights)
            })
            .collect();
        Self {
            published,
            start: special("*start".to_owned()),
            own,
        }
    }

    /// What a word with these keys adds; `None` when none of them is known.
    pub(super) fn weights(&self, keys: &[String], factor: f32) -> Option<Weights> {
        let mut sum = Weights::default();
        let mut known = false;
        for key in keys {
            if let Some(weights) = self.own.get(key.as_str()) {
                // A negated word's own key ("not happy") is fitted as it stands.
                let stands = key.starts_with("not ") || key.starts_with("안 ");
                sum.add(weights, if stands { 1.0 } else { factor });
                known = true;
            }
        }
        let published = keys
            .iter()
            .rev()
            .find_map(|key| self.published.get(key.as_str()));
        if let Some(weights) = published {
            sum.add(weights, factor);
            known = true;
        }
        known.then(|| if factor < 0.0 { sum.denied() } else { sum })
    }
}

/// The numbers a published norm enters the regression with, as in `build.py`.
fn shapes(valence: f32, arousal: f32) -> [f32; SHAPES] {
    [
        valence,
        arousal,
        valence * valence.abs(),
        valence * arousal,
        valence.max(0.0) * (-arousal).max(0.0),
    ]
}

/// Key and numbers of each line, in units. A line that is not such is left out; a test
/// guards that there is none.
fn lines<const N: usize>(table: &'static str) -> impl Iterator<Item = (&'static str, [f32; N])> {
    table.lines().filter_map(|line| {
        let mut fields = line.split('\t');
        let key = fields.next()?;
        let mut numbers = [0.0; N];
        for number in &mut numbers {
            *number = fields.next()?.parse::<f32>().ok()? / STEPS;
        }
        fields.next().is_none().then_some((key, numbers))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        for (norms, published, own) in [
            (
                &*ENGLISH,
                include_str!("../../assets/words/norms-en.tsv"),
                include_str!("../../assets/words/own-en.tsv"),
            ),
            (
                &*KOREAN,
                include_str!("../../assets/words/norms-ko.tsv"),
                include_str!("../../assets/words/own-ko.tsv"),
            ),
        ] {
            // The first line names the columns.
            assert_eq!(norms.published.len(), published.lines().count() - 1);
            assert_eq!(norms.own.len(), own.lines().count() - 1);
            assert!(norms.start.strength() > 0.0);
        }
    }
}
