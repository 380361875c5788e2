//! Whether a confidence of 0.8 means that eight of ten are right: verdicts by bin of confidence.

use super::counts::{share, wilson};

/// The claims whose confidence lies in one tenth.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Bin {
    /// Lower bound, included.
    pub from: f64,
    /// How many claims.
    pub claims: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub right: f64,
    /// Its interval at 95 %.
    pub interval: (f64, f64),
}

/// The bins that hold anything, from the lowest, and the expected calibration error: the mean distance between
/// confidence and share, weighted by claims.
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "confidences lie between 0 and 1, counts are small"
)]
pub fn table(judged: &[(f64, bool)]) -> (Vec<Bin>, f64) {
    let mut bins = Vec::new();
    let mut error = 0.0;
    for tenth in 0..10_usize {
        // The confidence comes with two decimals: count in hundredths, so that 0.7 does not fall below itself.
        let within = |c: f64| (((c * 100.0).round() as usize) / 10).min(9) == tenth;
        let members: Vec<_> = judged.iter().filter(|(c, _)| within(*c)).collect();
        let (claims, right) = (members.len(), members.iter().filter(|(_, r)| *r).count());
        if claims > 0 {
            let confidence = members.iter().map(|(c, _)| c).sum::<f64>() / claims as f64;
            error += (confidence - share(right, claims)).abs() * share(claims, judged.len());
            bins.push(Bin {
                from: tenth as f64 / 10.0,
                claims,
                confidence,
                right: share(right, claims),
                interval: wilson(right, claims),
            });
        }
    }
    (bins, error)
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn a_bin_holds_its_tenth_and_the_error_is_the_weighted_distance() {
        let judged = [(0.7, true), (0.79, true), (0.75, false), (0.75, true), (0.2, false)];
        let (bins, error) = table(&judged);
        assert_eq!(bins.iter().map(|b| b.claims).collect::<Vec<_>>(), [1, 4]);
        assert!((bins[1].right - 0.75).abs() < 1e-9);
        let expected = 0.2 * 0.2 + 0.8 * (2.99_f64 / 4.0 - 0.75).abs();
        assert!((error - expected).abs() < 1e-9, "{error}");
    }
}
