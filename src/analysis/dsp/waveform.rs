//! The outline of a stream of any length, in bounded memory.

use super::lanes;
use crate::library::Waveform;

/// Cells kept at most; when they are full, each two become one.
const CELLS: usize = 4 * Waveform::COLUMNS;

/// Length of the first cells: a second fills as many as there are columns.
const FIRST_CELL_SECS: f64 = 1.0 / Waveform::COLUMNS as f64;

/// Highest sample, sum of squares and count of samples over a short time.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    peak: f32,
    squares: f64,
    samples: u64,
}

impl Cell {
    fn and(self, other: Self) -> Self {
        Self {
            peak: self.peak.max(other.peak),
            squares: self.squares + other.squares,
            samples: self.samples + other.samples,
        }
    }

    fn level(self) -> (f32, f32) {
        let power = self.squares / self.samples.max(1) as f64;
        (self.peak, power.sqrt() as f32)
    }
}

/// Draws the outline while a stream passes by.
pub struct Outline {
    cells: Vec<Cell>,
    cell_secs: f64,
    /// The cell under way, and the frames it still lacks.
    open: Cell,
    lacking: usize,
    /// What rounding to whole frames has left over, so that no error adds up.
    due: f64,
}

impl Outline {
    pub fn new() -> Self {
        Self {
            cells: Vec::with_capacity(CELLS),
            cell_secs: FIRST_CELL_SECS,
            open: Cell::default(),
            lacking: 0,
            due: 0.0,
        }
    }

    /// Takes in interleaved samples.
    pub fn push(&mut self, mut samples: &[f32], channels: usize, rate_hz: u32) {
        while samples.len() >= channels {
            if self.lacking == 0 {
                self.due += self.cell_secs * f64::from(rate_hz);
                self.lacking = (self.due.round() as usize).max(1);
                self.due -= self.lacking as f64;
            }
            let frames = self.lacking.min(samples.len() / channels);
            let (now, later) = samples.split_at(frames * channels);
            samples = later;
            self.open = self.open.and(Cell {
                peak: lanes::peak(now),
                squares: f64::from(lanes::sum_of(now, |x| x * x)),
                samples: now.len() as u64,
            });
            self.lacking -= frames;
            if self.lacking == 0 {
                self.close_cell();
            }
        }
    }

    /// The outline of all that was heard.
    pub fn finish(mut self) -> Waveform {
        if self.open.samples > 0 {
            self.close_cell();
        }
        let cells = self.cells.len();
        let mut levels = [(0.0, 0.0); Waveform::COLUMNS];
        for (column, level) in levels.iter_mut().enumerate() {
            let first = column * cells / Waveform::COLUMNS;
            let end = ((column + 1) * cells / Waveform::COLUMNS).max(first + 1);
            let part = &self.cells[first.min(cells)..end.min(cells)];
            *level = part
                .iter()
                .copied()
                .fold(Cell::default(), Cell::and)
                .level();
        }
        Waveform::new(&levels)
    }

    fn close_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.open));
        if self.cells.len() == CELLS {
            for i in 0..CELLS / 2 {
                self.cells[i] = self.cells[2 * i].and(self.cells[2 * i + 1]);
            }
            self.cells.truncate(CELLS / 2);
            self.cell_secs *= 2.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Loud in its second half, in one of two channels.
    fn outline(secs: usize, block: usize) -> Vec<(f32, f32)> {
        let rate = 8_000;
        let samples: Vec<f32> = (0..secs * rate)
            .flat_map(|i| {
                let loud = if 2 * i >= secs * rate { 0.8 } else { 0.1 };
                [if i % 2 == 0 { loud } else { -loud }, 0.0]
            })
            .collect();
        let mut outline = Outline::new();
        for samples in samples.chunks(2 * block) {
            outline.push(samples, 2, rate as u32);
        }
        outline.finish().levels().collect()
    }

    #[test]
    fn quiet_and_loud_are_where_they_were_at_any_length() {
        for (secs, block) in [(1, 37), (9, 1000), (100, 4096)] {
            let levels = outline(secs, block);
            let middle = Waveform::COLUMNS / 2;
            for (column, (peak, rms)) in levels.iter().enumerate() {
                // Cells may lie across the border.
                if column.abs_diff(middle) > 2 {
                    let loud = if column < middle { 0.1 } else { 0.8 };
                    assert!((peak - loud).abs() < 0.01, "{secs} s, column {column}");
                    assert!((rms - loud / 2f32.sqrt()).abs() < 0.01);
                }
            }
        }
    }

    #[test]
    fn a_click_is_stretched_and_nothing_is_silence() {
        let mut outline = Outline::new();
        outline.push(&[1.0; 3], 1, 44_100);
        assert!(outline.finish().levels().all(|level| level == (1.0, 1.0)));
        let silent = Outline::new().finish();
        assert!(silent.levels().all(|level| level == (0.0, 0.0)));
    }
}
