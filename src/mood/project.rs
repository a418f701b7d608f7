//! Projections to the label sets of tools that people come from.

use super::{Mood, MoodVector};

/// Six emotions, as Korean players and tagging tools name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SixEmotion {
    /// 분노
    Anger,
    /// 긴장
    Tension,
    /// 슬픔
    Sadness,
    /// 평화
    Peace,
    /// 기쁨, which takes romantic in
    Joy,
    /// 중립
    Neutral,
}

/// Five moods, as in AudioMuse-style taggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FiveMood {
    /// happy
    Happy,
    /// romantic
    Romantic,
    /// sad
    Sad,
    /// aggressive, our angry
    Aggressive,
    /// dramatic, our tense
    Dramatic,
}

/// The distribution over [`SixEmotion`], in its order; sums to 1.
#[must_use]
pub fn six_emotions(mood: &MoodVector) -> [(SixEmotion, f32); 6] {
    [
        (SixEmotion::Anger, mood.share(Mood::Angry)),
        (SixEmotion::Tension, mood.share(Mood::Tense)),
        (SixEmotion::Sadness, mood.share(Mood::Sad)),
        (SixEmotion::Peace, mood.share(Mood::Peaceful)),
        (
            SixEmotion::Joy,
            mood.share(Mood::Happy) + mood.share(Mood::Romantic),
        ),
        (SixEmotion::Neutral, mood.share(Mood::Neutral)),
    ]
}

/// The distribution over [`FiveMood`], in its order; sums to 1. Peaceful and neutral have
/// no label there and are shared out by where the whole vector stands on the plane: the
/// nearer a label's anchor, the more of them it takes.
#[must_use]
pub fn five_moods(mood: &MoodVector) -> [(FiveMood, f32); 5] {
    const LABELS: [(FiveMood, Mood); 5] = [
        (FiveMood::Happy, Mood::Happy),
        (FiveMood::Romantic, Mood::Romantic),
        (FiveMood::Sad, Mood::Sad),
        (FiveMood::Aggressive, Mood::Angry),
        (FiveMood::Dramatic, Mood::Tense),
    ];
    let homeless = mood.share(Mood::Peaceful) + mood.share(Mood::Neutral);
    let nearness = LABELS.map(|(_, ours)| {
        let (valence, arousal) = ours.anchor();
        let squared = (mood.valence - valence).powi(2) + (mood.arousal - arousal).powi(2);
        1.0 / (0.05 + squared)
    });
    let total: f32 = nearness.iter().sum();
    let mut shares = LABELS.map(|(label, ours)| (label, mood.share(ours)));
    for ((_, share), near) in shares.iter_mut().zip(nearness) {
        *share += homeless * near / total;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_emotions_put_romantic_into_joy() {
        let mood = MoodVector::new(0.6, 0.3, [0.2, 0.5, 0.1, 0.05, 0.05, 0.05, 0.05], 1.0);
        let six = six_emotions(&mood);
        assert_eq!(six[4].0, SixEmotion::Joy);
        assert!((six[4].1 - 0.7).abs() < 1e-6);
        assert!((six.iter().map(|(_, share)| share).sum::<f32>() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn five_moods_share_peace_out_by_the_plane() {
        let pleasant = five_moods(&MoodVector::new(
            0.5,
            0.0,
            [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0],
            1.0,
        ));
        let gloomy = five_moods(&MoodVector::new(
            -0.5,
            -0.3,
            [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
            1.0,
        ));
        let share = |of: &[(FiveMood, f32); 5], label| {
            of.iter()
                .find(|(l, _)| *l == label)
                .map_or(0.0, |(_, s)| *s)
        };
        assert!(share(&pleasant, FiveMood::Romantic) > share(&pleasant, FiveMood::Sad));
        assert!(share(&gloomy, FiveMood::Sad) > 0.5);
        assert!((pleasant.iter().map(|(_, s)| s).sum::<f32>() - 1.0).abs() < 1e-5);
    }
}
