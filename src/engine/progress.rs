//! The accounts of one scan with its analysis. Pure.

use super::lyrics::LyricNews;
use super::{Progress, ScanReport, ScanSummary};
use std::time::Instant;

/// How far the work is, from the first folder to the last analysis.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    started: Option<Instant>,
    scanning: bool,
    paused: bool,
    files_found: usize,
    analyzed: usize,
    failed: usize,
    waiting: usize,
    secs_left: Option<f32>,
    /// Answers that the lyrics thread still owes.
    lyrics_asked: usize,
    lyrics_left: usize,
    summary: Option<ScanSummary>,
}

impl Accounts {
    /// A scan begins.
    pub(super) fn scan_begins(&mut self, now: Instant) {
        let paused = self.paused;
        // Analysis still going on from before is counted on.
        let going_on = self.waiting > 0;
        if !going_on {
            *self = Self {
                lyrics_asked: self.lyrics_asked,
                lyrics_left: self.lyrics_left,
                ..Self::default()
            };
        }
        self.started.get_or_insert(now);
        self.paused = paused;
        self.scanning = true;
    }

    /// Folders were walked.
    pub(super) fn found(&mut self, files: usize) {
        self.files_found = files;
    }

    /// All new and changed files were read.
    pub(super) fn scan_ends(&mut self, summary: ScanSummary) {
        self.scanning = false;
        self.summary = Some(summary);
    }

    /// What was done before is old news once nothing waits any more.
    pub(super) fn rest(&mut self) {
        if self.waiting == 0 && !self.scanning {
            (self.analyzed, self.failed) = (0, 0);
        }
    }

    /// A scan was stopped before its end.
    pub(super) fn scan_stops(&mut self) {
        self.scanning = false;
    }

    /// So many tracks wait for their analysis or are under way.
    pub(super) fn waiting(&mut self, tracks: usize, secs_left: Option<f32>) {
        self.waiting = tracks;
        self.secs_left = secs_left;
    }

    /// One track is done; `good` unless it cannot be analyzed.
    pub(super) fn done(&mut self, good: bool) {
        if good {
            self.analyzed += 1;
        } else {
            self.failed += 1;
        }
    }

    /// The lyrics thread was asked to look for lyrics.
    pub(super) fn lyrics_asked(&mut self) {
        self.lyrics_asked += 1;
    }

    /// Whether the lyrics thread is at work.
    pub(super) fn reads_lyrics(&self) -> bool {
        self.lyrics_asked > 0
    }

    /// What the lyrics thread tells.
    pub(super) fn lyrics(&mut self, news: LyricNews) {
        match news {
            LyricNews::Left(tracks) => self.lyrics_left = tracks,
            LyricNews::Done => {
                self.lyrics_asked = self.lyrics_asked.saturating_sub(1);
                self.lyrics_left = 0;
            }
        }
    }

    /// The listener holds or releases the work.
    pub(super) fn pause(&mut self, paused: bool) {
        self.paused = paused;
    }

    /// The report, once, when everything is done.
    pub(super) fn finish(&mut self, now: Instant) -> Option<ScanReport> {
        if self.scanning || self.waiting > 0 || self.reads_lyrics() {
            return None;
        }
        let scan = self.summary.take()?;
        let started = self.started.take()?;
        Some(ScanReport {
            scan,
            analyzed: self.analyzed,
            secs: (now - started).as_secs_f32(),
        })
    }

    /// What is shown.
    pub(super) fn progress(&self) -> Progress {
        let done = self.analyzed + self.failed;
        Progress {
            scanning: self.scanning,
            files_found: self.files_found,
            analyzed: done,
            to_analyze: done + self.waiting,
            lyrics_left: self.lyrics_left,
            paused: self.paused,
            secs_left: self.secs_left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_reported_once_when_its_last_track_is_analyzed() {
        let now = Instant::now();
        let mut accounts = Accounts::default();
        accounts.scan_begins(now);
        assert_eq!(accounts.finish(now), None);
        accounts.found(3);
        accounts.scan_ends(ScanSummary {
            files: 3,
            added: 2,
            ..ScanSummary::default()
        });
        accounts.waiting(2, None);
        assert_eq!(accounts.finish(now), None, "two tracks are still waiting");
        accounts.done(true);
        accounts.waiting(1, Some(4.0));
        assert_eq!(accounts.progress().to_analyze, 2);
        accounts.done(false);
        accounts.waiting(0, None);
        let report = accounts.finish(now).expect("all is done");
        assert_eq!((report.analyzed, report.scan.added), (1, 2));
        assert_eq!(accounts.finish(now), None, "told once");
    }

    #[test]
    fn a_scan_is_reported_when_its_lyrics_are_read() {
        let now = Instant::now();
        let mut accounts = Accounts::default();
        accounts.scan_begins(now);
        accounts.lyrics_asked();
        accounts.lyrics_asked();
        accounts.scan_ends(ScanSummary::default());
        accounts.lyrics(LyricNews::Left(2));
        assert_eq!(accounts.progress().lyrics_left, 2);
        accounts.lyrics(LyricNews::Done);
        assert_eq!(accounts.finish(now), None, "it was asked twice");
        accounts.lyrics(LyricNews::Done);
        assert_eq!(accounts.progress().lyrics_left, 0);
        assert!(accounts.finish(now).is_some());
    }

    #[test]
    fn a_new_scan_starts_new_accounts_but_stays_paused() {
        let now = Instant::now();
        let mut accounts = Accounts::default();
        accounts.pause(true);
        accounts.scan_begins(now);
        accounts.done(true);
        accounts.scan_ends(ScanSummary::default());
        assert!(accounts.finish(now).is_some());
        accounts.scan_begins(now);
        let progress = accounts.progress();
        assert!(progress.paused);
        assert_eq!(progress.analyzed, 0);
    }
}
