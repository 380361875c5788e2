//! The best tree of arc scores: Chu-Liu-Edmonds with exactly one root.

const FORBIDDEN: f64 = -1e9;
/// Roots that are tried when the best tree has several.
const ROOTS: usize = 16;

/// Heads of words `1..=n` (0 is the root) from `scores[word - 1][head]`, `n` rows of `n + 1`.
pub(super) fn best_tree(scores: &[Vec<f64>]) -> Vec<usize> {
    let greedy: Vec<usize> = scores.iter().map(|row| highest(row, 0..row.len())).collect();
    if is_tree(&greedy) {
        return greedy;
    }
    let size = scores.len() + 1;
    let mut table = vec![vec![FORBIDDEN; size]];
    table.extend(scores.iter().cloned());
    for (i, row) in table.iter_mut().enumerate() {
        row[i] = FORBIDDEN;
    }
    let heads = arborescence(&table);
    if heads[1..].iter().filter(|&&h| h == 0).count() == 1 {
        return heads[1..].to_vec();
    }
    let mut roots: Vec<usize> = (1..size).collect();
    roots.sort_by(|&a, &b| table[b][0].total_cmp(&table[a][0]));
    roots.truncate(ROOTS);
    roots.sort_unstable();
    let mut best: Option<(f64, Vec<usize>)> = None;
    for root in roots {
        let mut one = table.clone();
        for row in &mut one[1..] {
            row[0] = FORBIDDEN;
        }
        one[root][0] = table[root][0];
        let heads = arborescence(&one);
        let total: f64 = (1..size).map(|w| one[w][heads[w]]).sum();
        if best.as_ref().is_none_or(|(value, _)| total > *value) {
            best = Some((total, heads[1..].to_vec()));
        }
    }
    best.map_or(greedy, |(_, heads)| heads)
}

/// One root and no cycle.
fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|&&h| h == 0).count() == 1
        && (1..=heads.len()).all(|word| {
            let mut now = word;
            for _ in 0..=heads.len() {
                if now == 0 {
                    return true;
                }
                now = heads[now - 1];
            }
            false
        })
}

/// Heads of all nodes of `table[node][head]`; node 0 is the root, and its own entry is 0.
fn arborescence(table: &[Vec<f64>]) -> Vec<usize> {
    let size = table.len();
    let mut heads: Vec<usize> = table.iter().map(|row| highest(row, 0..size)).collect();
    heads[0] = 0;
    let cycle = find_cycle(&heads);
    if cycle.is_empty() {
        return heads;
    }
    // The cycle becomes one node, the last of a smaller table.
    let rest: Vec<usize> = (0..size).filter(|v| cycle.binary_search(v).is_err()).collect();
    let new = rest.len();
    let mut small = vec![vec![FORBIDDEN; new + 1]; new + 1];
    let mut enters = vec![0; new];
    let mut leaves = vec![0; new];
    for (a, &v) in rest.iter().enumerate() {
        if v != 0 {
            for (b, &w) in rest.iter().enumerate() {
                if a != b {
                    small[a][b] = table[v][w];
                }
            }
            leaves[a] = highest(&table[v], cycle.iter().copied());
            small[a][new] = table[v][leaves[a]];
        }
        let gain = |c: usize| table[c][v] - table[c][heads[c]];
        enters[a] = cycle.iter().copied().reduce(|best, c| if gain(c) > gain(best) { c } else { best }).unwrap_or(0);
        small[new][a] = gain(enters[a]);
    }
    let found = arborescence(&small);
    for (a, &v) in rest.iter().enumerate() {
        if v != 0 {
            heads[v] = if found[a] == new { leaves[a] } else { rest[found[a]] };
        }
    }
    let outside = found[new];
    heads[enters[outside]] = rest[outside];
    heads
}

/// Nodes of one cycle, sorted; none when there is no cycle.
fn find_cycle(heads: &[usize]) -> Vec<usize> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut path = Vec::new();
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            path.push(node);
            node = heads[node];
        }
        if node != 0 && seen[node] == start {
            let from = path.iter().position(|&p| p == node).unwrap_or(0);
            let mut cycle = path.split_off(from);
            cycle.sort_unstable();
            return cycle;
        }
    }
    Vec::new()
}

/// The first of the candidates with the highest score.
fn highest(row: &[f64], candidates: impl Iterator<Item = usize>) -> usize {
    candidates.reduce(|best, c| if row[c] > row[best] { c } else { best }).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        // Greedy: 1 <- 2 <- 1 and 3 <- 2; the root's best entry is 2.
        let scores = [vec![-5.0, -9.0, -0.1, -3.0], vec![-2.0, -0.5, -9.0, -4.0], vec![-6.0, -3.0, -0.2, -9.0]];
        assert_eq!(best_tree(&scores), [2, 0, 2]);
    }

    #[test]
    fn two_roots_become_one() {
        let scores = [vec![-0.1, -9.0, -3.0], vec![-0.2, -1.0, -9.0]];
        assert_eq!(best_tree(&scores), [0, 1]);
    }

    /// All trees of three words, one root each, by brute force.
    fn brute(scores: &[Vec<f64>]) -> f64 {
        let n = scores.len();
        let mut best = f64::NEG_INFINITY;
        for code in 0..(n + 1).pow(u32::try_from(n).expect("small")) {
            let heads: Vec<usize> =
                (0..n).map(|i| code / (n + 1).pow(u32::try_from(i).expect("small")) % (n + 1)).collect();
            if is_tree(&heads) {
                best = best.max(heads.iter().enumerate().map(|(w, &h)| scores[w][h]).sum());
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_tree_is_better(values in prop::collection::vec(-10.0..0.0, 20)) {
            let scores: Vec<Vec<f64>> = values.chunks(5).map(<[f64]>::to_vec).collect();
            let heads = best_tree(&scores);
            prop_assert!(is_tree(&heads));
            let total: f64 = heads.iter().enumerate().map(|(w, &h)| scores[w][h]).sum();
            prop_assert!((total - brute(&scores)).abs() < 1e-9);
        }
    }
}
