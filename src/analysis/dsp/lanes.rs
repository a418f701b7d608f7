//! Sums over slices in eight independent lanes, which compilers turn into vector code: a
//! plain `iter().sum::<f32>()` must add in order and cannot be.

const LANES: usize = 8;

/// Σ f(x).
pub fn sum_of(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let chunks = values.chunks_exact(LANES);
    let rest: f32 = chunks.remainder().iter().map(|x| f(*x)).sum();
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += f(*x);
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// Σ a·b over the shorter of the two.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let len = a.len().min(b.len());
    let (a_chunks, b_chunks) = (a[..len].chunks_exact(LANES), b[..len].chunks_exact(LANES));
    let rest: f32 = a_chunks
        .remainder()
        .iter()
        .zip(b_chunks.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a_chunks.zip(b_chunks) {
        for lane in 0..LANES {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// Largest |x|; 0 for none.
pub fn peak(values: &[f32]) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let chunks = values.chunks_exact(LANES);
    let rest = chunks
        .remainder()
        .iter()
        .fold(0.0f32, |m, x| m.max(x.abs()));
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane = lane.max(x.abs());
        }
    }
    lanes.into_iter().fold(rest, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_add_up_to_plain_sums() {
        let a: Vec<f32> = (0..21u8).map(f32::from).collect();
        assert_eq!(sum_of(&a, |x| x), 210.0);
        assert_eq!(dot(&a, &a), 2870.0);
        assert_eq!(peak(&[1.0, -3.0, 2.0]), 3.0);
        assert_eq!(peak(&[]), 0.0);
    }
}
