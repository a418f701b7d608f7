//! Mean and standard deviation of a stream, without keeping it.

/// Running mean and population standard deviation. Empty reads as 0.
#[derive(Debug, Clone, Copy, Default)]
pub struct Running {
    count: u64,
    sum: f64,
    sum_of_squares: f64,
}

impl Running {
    /// Takes one value in.
    pub fn push(&mut self, value: f32) {
        let value = f64::from(value);
        self.count += 1;
        self.sum += value;
        self.sum_of_squares += value * value;
    }

    /// Mean.
    pub fn mean(&self) -> f32 {
        if self.count == 0 {
            return 0.0;
        }
        (self.sum / self.count as f64) as f32
    }

    /// Standard deviation.
    pub fn spread(&self) -> f32 {
        if self.count == 0 {
            return 0.0;
        }
        let count = self.count as f64;
        let mean = self.sum / count;
        // The difference may come out a hair below zero.
        (self.sum_of_squares / count - mean * mean).max(0.0).sqrt() as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_spread_are_those_of_the_values() {
        let mut running = Running::default();
        assert_eq!((running.mean(), running.spread()), (0.0, 0.0));
        for value in [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0] {
            running.push(value);
        }
        assert!((running.mean() - 5.0).abs() < 1e-6);
        assert!((running.spread() - 2.0).abs() < 1e-6);
    }
}
