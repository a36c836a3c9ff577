//! Two small logistic models over the features, one for "vague" and one for "concrete"; their weights are a table that
//! one can read (data/weights.tsv), learned from the project's own lines by `examples/train.rs`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::feature::each_feature;
use super::reading::Reading;

/// The likelihood that a reader would call the item vague, or concrete. Both lie between 0 and 1.
#[derive(Clone, Copy, Debug)]
pub struct Likelihood {
    pub vague: f32,
    pub concrete: f32,
}

static WEIGHTS: LazyLock<HashMap<&'static str, [f32; 2]>> = LazyLock::new(|| {
    include_str!("../../data/weights.tsv")
        .lines()
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let name = fields.next()?;
            let vague = fields.next()?.parse().ok()?;
            let concrete = fields.next()?.parse().ok()?;
            Some((name, [vague, concrete]))
        })
        .collect()
});

pub fn likelihood(reading: &Reading) -> Likelihood {
    let mut sums = [0f32; 2];
    each_feature(reading, |name, value| {
        if let Some(weights) = WEIGHTS.get(name) {
            sums[0] += weights[0] * value;
            sums[1] += weights[1] * value;
        }
    });
    let logistic = |sum: f32| 1.0 / (1.0 + (-sum).exp());
    Likelihood { vague: logistic(sums[0]), concrete: logistic(sums[1]) }
}
