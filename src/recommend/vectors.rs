//! Many vectors in little memory, compared by cosine: eight bits a number, one scale a row.

/// Rows are padded to a multiple of so many numbers, so that the loop over a row is made of
/// whole vector registers.
const LANE: usize = 16;

/// Unit vectors, one a track. A row of zeros stands for "unknown" and is near to nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Vectors {
    stride: usize,
    codes: Vec<i8>,
    /// What a row's dot product with a query is multiplied by to become a cosine; 0 for
    /// unknown rows.
    scales: Vec<f32>,
}

/// A vector that rows are compared with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Probe {
    codes: Vec<i16>,
    scale: f32,
}

impl Vectors {
    /// Room for `rows` vectors of `dims` numbers, all unknown.
    pub(super) fn new(rows: usize, dims: usize) -> Self {
        let stride = dims.next_multiple_of(LANE);
        Self {
            stride,
            codes: vec![0; rows * stride],
            scales: vec![0.0; rows],
        }
    }

    /// Keeps a vector of any length; one of zeros or with a number that is none is unknown.
    pub(super) fn set(&mut self, row: usize, vector: &[f32]) {
        let codes = &mut self.codes[row * self.stride..][..self.stride];
        codes.fill(0);
        self.scales[row] = 0.0;
        if let Some(step) = step(vector, 127.0) {
            for (code, number) in codes.iter_mut().zip(vector) {
                *code = (number / step).round() as i8;
            }
            let squares: i32 = codes.iter().map(|code| i32::from(*code).pow(2)).sum();
            self.scales[row] = 1.0 / (squares as f32).sqrt();
        }
    }

    /// Numbers in a row, those that only fill it up included.
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    /// Whether a row holds a vector.
    pub(super) fn knows(&self, row: usize) -> bool {
        self.scales[row] > 0.0
    }

    /// A row as a unit vector; zeros when it is unknown.
    pub(super) fn row(&self, row: usize) -> Vec<f32> {
        let scale = self.scales[row];
        self.codes[row * self.stride..][..self.stride]
            .iter()
            .map(|code| f32::from(*code) * scale)
            .collect()
    }

    /// The sum of some rows as unit vectors, each multiplied by its weight; `None` when
    /// nothing of it is known.
    pub(super) fn mean(&self, rows: impl Iterator<Item = (usize, f32)>) -> Option<Probe> {
        let mut sum = vec![0.0; self.stride];
        for (row, weight) in rows {
            let scale = self.scales[row] * weight;
            let codes = &self.codes[row * self.stride..][..self.stride];
            for (sum, code) in sum.iter_mut().zip(codes) {
                *sum += f32::from(*code) * scale;
            }
        }
        self.probe(&sum)
    }

    /// A vector to compare rows with; `None` for one without a direction.
    pub(super) fn probe(&self, vector: &[f32]) -> Option<Probe> {
        // Twelve bits: a product with eight more, summed over a thousand numbers, fits.
        let step = step(vector, 2_047.0)?;
        let mut codes = vec![0_i16; self.stride];
        for (code, number) in codes.iter_mut().zip(vector) {
            *code = (number / step).round() as i16;
        }
        let squares: f32 = codes.iter().map(|code| f32::from(*code).powi(2)).sum();
        Some(Probe {
            codes,
            scale: 1.0 / squares.sqrt(),
        })
    }

    /// The cosine of one row with a probe, −1…1; 0 for unknown rows.
    pub(super) fn cosine(&self, row: usize, probe: &Probe) -> f32 {
        let codes = &self.codes[row * self.stride..][..self.stride];
        dot(codes, &probe.codes) as f32 * self.scales[row] * probe.scale
    }

    /// The cosines of the rows from `start` on, as many as `out` is long.
    pub(super) fn cosines(&self, start: usize, probe: &Probe, out: &mut [f32]) {
        let rows = self.codes[start * self.stride..].chunks_exact(self.stride);
        let scales = &self.scales[start..];
        for ((cosine, row), scale) in out.iter_mut().zip(rows).zip(scales) {
            *cosine = dot(row, &probe.codes) as f32 * scale * probe.scale;
        }
    }

    /// Bytes kept.
    pub(super) fn bytes(&self) -> usize {
        self.codes.len() + self.scales.len() * size_of::<f32>()
    }
}

/// What one code is worth, when the largest number of `vector` becomes `most`.
fn step(vector: &[f32], most: f32) -> Option<f32> {
    let largest = vector
        .iter()
        .fold(0.0_f32, |most, number| most.max(number.abs()));
    let numbers = vector.iter().all(|number| number.is_finite());
    (numbers && largest > 0.0).then_some(largest / most)
}

fn dot(a: &[i8], b: &[i16]) -> i32 {
    let mut sum = 0;
    for (a, b) in a.as_chunks::<LANE>().0.iter().zip(b.as_chunks::<LANE>().0) {
        // Widened first, the products of neighbours are summed by one instruction.
        let wide = a.map(i16::from);
        let products = wide
            .iter()
            .zip(b)
            .map(|(a, b)| i32::from(*a) * i32::from(*b));
        sum += products.sum::<i32>();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(a: &[f32], b: &[f32]) -> f32 {
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    }

    #[test]
    fn eight_bits_are_enough_for_a_cosine() {
        let mut rng = fastrand::Rng::with_seed(1);
        let mut random = || -> Vec<f32> { (0..50).map(|_| rng.f32() - 0.5).collect() };
        let rows: Vec<Vec<f32>> = (0..200).map(|_| random()).collect();
        let mut vectors = Vectors::new(rows.len(), 50);
        for (row, vector) in rows.iter().enumerate() {
            vectors.set(row, vector);
        }
        let wanted = random();
        let probe = vectors.probe(&wanted).expect("a direction");
        let mut found = vec![0.0; rows.len()];
        vectors.cosines(0, &probe, &mut found);
        for (row, vector) in rows.iter().enumerate() {
            let off = found[row] - exact(vector, &wanted);
            assert!(off.abs() < 0.01, "{off}");
            assert_eq!(found[row], vectors.cosine(row, &probe));
        }
    }

    #[test]
    fn an_unknown_row_is_near_to_nothing() {
        let mut vectors = Vectors::new(3, 4);
        vectors.set(0, &[1.0, 0.0, 0.0, 0.0]);
        vectors.set(1, &[f32::NAN, 1.0, 0.0, 0.0]);
        let probe = vectors.probe(&[2.0, 0.0, 0.0, 0.0]).expect("a direction");
        let cosines = [0, 1, 2].map(|row| vectors.cosine(row, &probe));
        assert_eq!(cosines, [1.0, 0.0, 0.0]);
        assert!(vectors.knows(0) && !vectors.knows(1) && !vectors.knows(2));
        assert_eq!(vectors.probe(&[0.0; 4]), None);
        assert_eq!(vectors.mean([(1, 1.0), (2, 1.0)].into_iter()), None);
        let mean = vectors.mean([(0, 0.5), (2, 1.0)].into_iter()).expect("one");
        assert_eq!(vectors.cosine(0, &mean), 1.0);
    }
}
