//! What the listener's reactions teach: weights of signals, and a leaning for or against
//! tracks and artists, in each mood region. Online, and readable by a person.

use super::reaction::{Feedback, Reaction, Setting};
use super::signal::Signal;
use crate::language::Language;
use crate::library::TrackId;
use crate::mood::Mood;
use std::collections::{HashMap, HashSet};

/// Reactions to an artist's tracks weigh as if so many neutral ones stood beside them; one
/// thumb is no verdict on an artist.
const ARTIST_DOUBT: f32 = 2.0;
/// The same for a single track.
const TRACK_DOUBT: f32 = 1.0;
/// What was said in another mood counts so much in this one.
const ELSEWHERE: f32 = 0.4;
/// What a standing thumb adds to a track's own leaning.
const THUMB: f32 = 0.4;
/// How far one full reaction moves a signal's logarithmic weight, for a track that stood
/// out by that signal alone.
const STEP: f32 = 0.6;
/// A signal counts at most e times and at least 1/e of what it does by default.
const MOST_STEP: f32 = 1.0;
/// How strongly leanings bend scores: the score is multiplied by e to the power of this
/// times the leaning.
const GAIN: f32 = 2.5;

/// What was learned about one track or artist.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Opinion {
    /// Thumbs up that stand.
    pub ups: u32,
    /// Thumbs down that stand.
    pub downs: u32,
    /// Times heard to the end.
    pub finished: u32,
    /// Times skipped early.
    pub skipped: u32,
    /// Times moved up in a list.
    pub moved_up: u32,
    /// Times taken out of a list.
    pub taken_out: u32,
    /// Per mood region: weighted sum of verdicts, and sum of weights.
    tallies: [(f32, f32); Mood::COUNT],
}

impl Opinion {
    /// What it rests on: `thumbs up 2×, heard to the end 3×`.
    #[must_use]
    pub fn in_words(&self, language: Language) -> String {
        let parts = [
            (self.ups, "thumbs up", "좋아요"),
            (self.downs, "thumbs down", "싫어요"),
            (self.finished, "heard to the end", "끝까지 들음"),
            (self.skipped, "skipped", "건너뜀"),
            (self.moved_up, "moved up", "위로 옮김"),
            (self.taken_out, "taken out", "목록에서 뺌"),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, english, korean)| match language {
                Language::English => format!("{english} {count}×"),
                Language::Korean => format!("{korean} {count}번"),
            })
            .collect();
        parts.join(", ")
    }

    fn add(&mut self, reaction: Reaction, region: Mood) {
        let (verdict, weight) = reaction.verdict();
        let (sum, total) = &mut self.tallies[region.index()];
        *sum += verdict * weight;
        *total += weight;
        match reaction {
            Reaction::Finished | Reaction::Replayed => self.finished += 1,
            Reaction::Skipped => self.skipped += 1,
            Reaction::ThumbUp => self.ups += 1,
            Reaction::ThumbDown => self.downs += 1,
            Reaction::DraggedUp => self.moved_up += 1,
            Reaction::DraggedOut => self.taken_out += 1,
            _ => {}
        }
    }

    /// The mean verdict, drawn towards 0 while little is known, −1…1.
    fn leaning(&self, region: Option<Mood>, doubt: f32) -> f32 {
        let (mut sum, mut total) = (0.0, doubt);
        for (mood, (verdicts, weight)) in Mood::ALL.into_iter().zip(self.tallies) {
            let counts = match region {
                Some(region) if region != mood => ELSEWHERE,
                _ => 1.0,
            };
            sum += verdicts * counts;
            total += weight * counts;
        }
        sum / total
    }
}

/// How the listener leans about one track of a playlist.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Leaning {
    /// For or against the track itself, −1…1.
    pub track: f32,
    /// For or against its artist, −1…1.
    pub artist: f32,
}

impl Leaning {
    /// What a score is multiplied by.
    #[must_use]
    pub fn factor(self) -> f32 {
        (GAIN * (self.track + self.artist).clamp(-1.0, 1.0)).exp()
    }
}

/// What was learned about one listener. Everything in it can be named: see the accessors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListenerModel {
    reactions: usize,
    /// Logarithms of what signals are multiplied by: everywhere, then per region.
    everywhere: [f32; Signal::COUNT],
    regions: [[f32; Signal::COUNT]; Mood::COUNT],
    tracks: HashMap<TrackId, Opinion>,
    /// By name as compared ([`fold`](crate::library::fold)ed).
    artists: HashMap<String, Opinion>,
    /// Of each artist the track that was reacted to last.
    track_by: HashMap<String, TrackId>,
    never_tracks: HashSet<TrackId>,
    never_artists: HashSet<String>,
    never_in_mood: HashSet<(TrackId, Mood)>,
}

impl ListenerModel {
    /// Takes in one reaction that [stands](super::standing). `artist` is the track's artist, folded,
    /// empty when there is none; `own_mood` is the track's strongest mood, the region of
    /// reactions that did not come from a playlist.
    pub fn learn(&mut self, feedback: &Feedback, artist: &str, own_mood: Mood) {
        self.reactions += 1;
        let region = feedback.setting.map_or(own_mood, |setting| setting.region);
        let id = feedback.track;
        if !artist.is_empty() {
            self.track_by.insert(artist.to_owned(), id);
        }
        let (verdict, weight) = feedback.reaction.verdict();
        if weight > 0.0 {
            let track = self.tracks.entry(id).or_default();
            track.add(feedback.reaction, region);
            if !artist.is_empty() {
                let by = self.artists.entry(artist.to_owned()).or_default();
                by.add(feedback.reaction, region);
            }
            if let Some(setting) = feedback.setting {
                self.weigh(&setting, verdict * weight);
            }
        }
        match feedback.reaction {
            Reaction::NeverTrack => {
                self.never_tracks.insert(id);
            }
            Reaction::NeverArtist if !artist.is_empty() => {
                self.never_artists.insert(artist.to_owned());
            }
            Reaction::NeverInMood => {
                self.never_in_mood.insert((id, region));
            }
            Reaction::Allowed => {
                self.never_tracks.remove(&id);
                self.never_artists.remove(artist);
                self.never_in_mood.retain(|(track, _)| *track != id);
            }
            _ => {}
        }
    }

    /// Whether a reaction takes earlier ones back, so that what [stands](super::standing) has to be
    /// learned anew: they were given in moods, and moved weights, of their own.
    #[must_use]
    pub fn unlearns(&self, feedback: &Feedback) -> bool {
        let track = self.tracks.get(&feedback.track);
        match feedback.reaction {
            Reaction::DragTaken | Reaction::SkipTaken | Reaction::ThumbTaken => true,
            Reaction::ThumbUp => track.is_some_and(|track| track.downs > 0),
            Reaction::ThumbDown => track.is_some_and(|track| track.ups > 0),
            _ => false,
        }
    }

    /// Signals that a liked track stood out by count more from now on, those that a
    /// disliked one stood out by count less.
    fn weigh(&mut self, setting: &Setting, good: f32) {
        let region = &mut self.regions[setting.region.index()];
        for weights in [&mut self.everywhere, region] {
            for (weight, share) in weights.iter_mut().zip(setting.stood_out) {
                let step = STEP * good * share.clamp(-1.0, 1.0);
                if step.is_finite() {
                    *weight = (*weight + step).clamp(-MOST_STEP / 2.0, MOST_STEP / 2.0);
                }
            }
        }
    }

    /// How many reactions it rests on.
    #[must_use]
    pub fn reactions(&self) -> usize {
        self.reactions
    }

    /// What a signal's weight is multiplied by, in a mood region or on the whole; 1 is the
    /// default.
    #[must_use]
    pub fn multiplier(&self, signal: Signal, region: Option<Mood>) -> f32 {
        let own = region.map_or(0.0, |mood| self.regions[mood.index()][signal.index()]);
        (self.everywhere[signal.index()] + own).exp()
    }

    /// How the listener leans about a track by an artist (folded), in a region or on the whole.
    #[must_use]
    pub fn leaning(&self, track: TrackId, artist: &str, region: Option<Mood>) -> Leaning {
        let of_track = self.tracks.get(&track).map_or(0.0, |opinion| {
            let thumb = opinion.ups as f32 - opinion.downs as f32;
            opinion.leaning(region, TRACK_DOUBT) + THUMB * thumb.clamp(-1.0, 1.0)
        });
        let of_artist = self
            .artists
            .get(artist)
            .map_or(0.0, |opinion| opinion.leaning(region, ARTIST_DOUBT));
        Leaning {
            track: of_track.clamp(-1.0, 1.0),
            artist: of_artist,
        }
    }

    /// What was learned about a track.
    #[must_use]
    pub fn track(&self, track: TrackId) -> Option<&Opinion> {
        self.tracks.get(&track)
    }

    /// What was learned about an artist (folded).
    #[must_use]
    pub fn artist(&self, artist: &str) -> Option<&Opinion> {
        self.artists.get(artist)
    }

    /// Artists with their leaning, those for whom it is strongest first.
    #[must_use]
    pub fn artists(&self) -> Vec<(&str, f32, &Opinion)> {
        let mut artists: Vec<_> = self
            .artists
            .iter()
            .map(|(name, opinion)| {
                let leaning = opinion.leaning(None, ARTIST_DOUBT);
                (name.as_str(), leaning, opinion)
            })
            .collect();
        artists.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
        artists
    }

    /// Tracks with their leaning, those for whom it is strongest first.
    #[must_use]
    pub fn tracks(&self) -> Vec<(TrackId, f32, &Opinion)> {
        let mut tracks: Vec<_> = self
            .tracks
            .iter()
            .map(|(id, opinion)| (*id, self.leaning(*id, "", None).track, opinion))
            .collect();
        tracks.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
        tracks
    }

    /// Tracks that are never suggested in this region; without one, in none at all.
    pub fn never_tracks(&self, region: Option<Mood>) -> impl Iterator<Item = TrackId> {
        let here = self
            .never_in_mood
            .iter()
            .filter(move |(_, mood)| Some(*mood) == region)
            .map(|(track, _)| *track);
        self.never_tracks.iter().copied().chain(here)
    }

    /// Whether this track is never suggested, whatever the mood.
    #[must_use]
    pub fn never_track(&self, track: TrackId) -> bool {
        self.never_tracks.contains(&track)
    }

    /// A track by an artist (folded) of whom something was learned: it knows how the name is
    /// written.
    #[must_use]
    pub fn track_by(&self, artist: &str) -> Option<TrackId> {
        self.track_by.get(artist).copied()
    }

    /// Whether this artist (folded) is never suggested.
    #[must_use]
    pub fn never_artist(&self, artist: &str) -> bool {
        !self.never_artists.is_empty() && self.never_artists.contains(artist)
    }

    /// All that is never suggested: tracks, artists (folded), and tracks in a mood; in order.
    #[must_use]
    pub fn never(&self) -> (Vec<TrackId>, Vec<&str>, Vec<(TrackId, Mood)>) {
        let mut tracks: Vec<_> = self.never_tracks.iter().copied().collect();
        let mut artists: Vec<_> = self.never_artists.iter().map(String::as_str).collect();
        let mut in_mood: Vec<_> = self.never_in_mood.iter().copied().collect();
        tracks.sort_unstable();
        artists.sort_unstable();
        in_mood.sort_unstable();
        (tracks, artists, in_mood)
    }
}

#[cfg(test)]
mod tests {
    use super::super::reaction::tests::said;
    use super::super::standing;
    use super::*;

    fn in_list(track: i64, reaction: Reaction, region: Mood, signal: Signal) -> Feedback {
        let mut stood_out = [0.0; Signal::COUNT];
        stood_out[signal.index()] = 0.5;
        Feedback {
            setting: Some(Setting { region, stood_out }),
            ..said(track, reaction)
        }
    }

    #[test]
    fn three_thumbs_down_on_an_artist_weigh_far_more_than_one() {
        let mut model = ListenerModel::default();
        let factor =
            |model: &ListenerModel| model.leaning(TrackId(9), "a", Some(Mood::Sad)).factor();
        assert_eq!(factor(&model), 1.0);
        model.learn(&said(1, Reaction::ThumbDown), "a", Mood::Sad);
        let once = factor(&model);
        model.learn(&said(2, Reaction::ThumbDown), "a", Mood::Sad);
        model.learn(&said(3, Reaction::ThumbDown), "a", Mood::Sad);
        let thrice = factor(&model);
        assert!(once < 0.6 && thrice < 0.6 * once, "{once} {thrice}");
        assert_eq!(model.artist("a").map(|opinion| opinion.downs), Some(3));
        assert_eq!(model.leaning(TrackId(9), "b", None), Leaning::default());
    }

    #[test]
    fn what_was_said_in_one_mood_counts_less_in_another() {
        let mut model = ListenerModel::default();
        let feedback = in_list(1, Reaction::ThumbDown, Mood::Angry, Signal::Sound);
        model.learn(&feedback, "a", Mood::Sad);
        let leaning = |mood| model.leaning(TrackId(2), "a", Some(mood)).artist;
        assert!(leaning(Mood::Angry) < leaning(Mood::Peaceful));
        assert!(leaning(Mood::Peaceful) < 0.0);
        let sound = |mood| model.multiplier(Signal::Sound, Some(mood));
        assert!(sound(Mood::Angry) < sound(Mood::Peaceful) && sound(Mood::Peaceful) < 1.0);
        assert_eq!(model.multiplier(Signal::Mood, Some(Mood::Angry)), 1.0);
    }

    #[test]
    fn a_thumb_that_was_taken_back_leaves_nothing_in_the_mood_it_was_given_in() {
        let up = in_list(1, Reaction::ThumbUp, Mood::Happy, Signal::Sound);
        let taught = |given: &[Feedback]| {
            let mut model = ListenerModel::default();
            for each in standing(given) {
                model.learn(&each, "a", Mood::Sad);
            }
            model
        };
        let liked = taught(&[up]);
        // From elsewhere, as after a restart: in no list, and so in the track's own mood.
        let taken = said(1, Reaction::ThumbTaken);
        assert!(liked.unlearns(&taken));
        assert_eq!(taught(&[up, taken]), ListenerModel::default());
        let down = said(1, Reaction::ThumbDown);
        assert!(liked.unlearns(&down) && !liked.unlearns(&up));
        assert_eq!(taught(&[up, down]), taught(&[down]));
        assert!(!ListenerModel::default().unlearns(&down));
    }

    #[test]
    fn a_ban_can_be_lifted_and_is_no_verdict_on_the_artist() {
        let mut model = ListenerModel::default();
        for reaction in [
            Reaction::NeverTrack,
            Reaction::NeverArtist,
            Reaction::NeverInMood,
        ] {
            model.learn(&said(1, reaction), "a", Mood::Sad);
        }
        assert_eq!(model.leaning(TrackId(1), "a", None), Leaning::default());
        assert!(model.tracks().is_empty() && model.artists().is_empty());
        assert!(model.never_artist("a"));
        assert_eq!(model.never_tracks(Some(Mood::Sad)).count(), 2);
        assert_eq!(model.never_tracks(Some(Mood::Happy)).count(), 1);
        assert_eq!(model.never_tracks(None).count(), 1);
        model.learn(&said(1, Reaction::Allowed), "a", Mood::Sad);
        assert_eq!(model.never(), (Vec::new(), Vec::new(), Vec::new()));
    }

    #[test]
    fn weights_stay_within_reason_however_often_one_says_so() {
        let mut model = ListenerModel::default();
        for _ in 0..1_000 {
            let feedback = in_list(1, Reaction::ThumbUp, Mood::Sad, Signal::Taste);
            model.learn(&feedback, "a", Mood::Sad);
        }
        let most = model.multiplier(Signal::Taste, Some(Mood::Sad));
        assert!((2.0..=2.72).contains(&most), "{most}");
        assert!(model.leaning(TrackId(1), "a", None).factor() < 13.0);
    }
}
