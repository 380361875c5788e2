//! Where nodes go, so that the first look in Gephi or yEd is a picture and not a pile.
//!
//! Each connected component is laid out by forces (Fruchterman and Reingold, 1991) from a circle as the start, so there is
//! no chance in it; the components are then packed in rows, the largest first. Repulsion is cut off beyond a few node
//! distances, which keeps large networks near linear.

use super::network::{Edge, Network, Node};
use petgraph::{graph::Graph, visit::EdgeRef};
use std::collections::BTreeMap;

/// Mean distance of neighbours, in the pixels of the tools that read the files.
const SPACING: f64 = 160.0;
/// Cosine and sine of the golden angle, by which a sunflower turns from seed to seed.
const GOLDEN: (f64, f64) = (-0.737_368_878_078_319_7, 0.675_490_294_261_523_8);
/// Beyond this many spacings nodes no longer push each other.
const REACH: f64 = 3.0;

/// Coordinates for every node, in the network's node order; y grows upwards.
#[must_use]
pub fn layout(network: &Network) -> Vec<(f64, f64)> {
    let graph = &network.graph;
    let mut place = vec![(0.0, 0.0); graph.node_count()];
    let mut shelf = Shelf::new(graph.node_count());
    for component in components(graph) {
        let local = forces(graph, &component);
        let (dx, dy) = shelf.put(&local);
        for (&node, (x, y)) in component.iter().zip(local) {
            place[node] = (round(x + dx), round(y + dy));
        }
    }
    place
}

/// Two decimals: more would only make files differ in digits that nobody sees.
fn round(x: f64) -> f64 {
    let r = (x * 100.0).round() / 100.0;
    if r == 0.0 { 0.0 } else { r }
}

/// Connected components as sorted node lists, the largest first.
fn components(graph: &Graph<Node, Edge>) -> Vec<Vec<usize>> {
    let mut sets = petgraph::unionfind::UnionFind::<usize>::new(graph.node_count());
    for edge in graph.edge_references() {
        sets.union(edge.source().index(), edge.target().index());
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..graph.node_count() {
        groups.entry(sets.find(node)).or_default().push(node);
    }
    let mut list: Vec<_> = groups.into_values().collect();
    list.sort_by_key(|g| (std::cmp::Reverse(g.len()), g[0]));
    list
}

fn as_f64(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

fn forces(graph: &Graph<Node, Edge>, nodes: &[usize]) -> Vec<(f64, f64)> {
    let n = nodes.len();
    let index: BTreeMap<usize, usize> = nodes.iter().enumerate().map(|(i, &g)| (g, i)).collect();
    let mut links: Vec<(usize, usize)> = graph
        .edge_references()
        .filter_map(|e| Some((*index.get(&e.source().index())?, *index.get(&e.target().index())?)))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect();
    links.sort_unstable();
    links.dedup();
    let mut degree = vec![0usize; n];
    for &(a, b) in &links {
        degree[a] += 1;
        degree[b] += 1;
    }
    let mut at = spiral(&degree);
    let steps = if n > 5_000 { 60 } else { 300 };
    let mut heat = SPACING * as_f64(n).sqrt() / 2.0;
    for _ in 0..steps {
        let mut push = repulsion(&at);
        for &(a, b) in &links {
            let (dx, dy) = (at[b].0 - at[a].0, at[b].1 - at[a].1);
            let pull = length(dx, dy) / SPACING;
            push[a].0 += dx * pull;
            push[a].1 += dy * pull;
            push[b].0 -= dx * pull;
            push[b].1 -= dy * pull;
        }
        for (p, f) in at.iter_mut().zip(&push) {
            // A weak pull to the middle keeps long chains on the page.
            let (fx, fy) = (f.0 - p.0 * 0.02, f.1 - p.1 * 0.02);
            let size = length(fx, fy).max(1e-9);
            let step = size.min(heat);
            p.0 += fx / size * step;
            p.1 += fy / size * step;
        }
        heat = (heat * 0.975).max(0.5);
    }
    at
}

/// Start: the best connected in the middle, the others on a sunflower spiral around it.
fn spiral(degree: &[usize]) -> Vec<(f64, f64)> {
    let mut order: Vec<usize> = (0..degree.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(degree[i]), i));
    let mut at = vec![(0.0, 0.0); degree.len()];
    let (mut x, mut y) = (1.0, 0.0);
    for (rank, node) in order.into_iter().enumerate() {
        let radius = SPACING * 0.6 * as_f64(rank).sqrt();
        at[node] = (radius * x, radius * y);
        (x, y) = (x * GOLDEN.0 - y * GOLDEN.1, x * GOLDEN.1 + y * GOLDEN.0);
    }
    at
}

/// Only operations that IEEE 754 fixes to the last digit are used here, so that every machine draws the same picture.
fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// Nodes push those in their own and the neighbouring grid cells.
fn repulsion(at: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let cell = SPACING * REACH;
    #[expect(clippy::cast_possible_truncation, reason = "coordinates are far below 2^31 cells")]
    let key = |p: (f64, f64)| ((p.0 / cell).floor() as i32, (p.1 / cell).floor() as i32);
    let mut grid: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    for (i, &p) in at.iter().enumerate() {
        grid.entry(key(p)).or_default().push(i);
    }
    let mut push = vec![(0.0, 0.0); at.len()];
    for (i, &p) in at.iter().enumerate() {
        let (cx, cy) = key(p);
        for (gx, gy) in (-1..=1).flat_map(|x| (-1..=1).map(move |y| (cx + x, cy + y))) {
            for &j in grid.get(&(gx, gy)).map_or(&[][..], Vec::as_slice) {
                if i == j {
                    continue;
                }
                // Two nodes on one spot part along their numbers, not by chance.
                let (mut dx, dy) = (p.0 - at[j].0, p.1 - at[j].1);
                if dx == 0.0 && dy == 0.0 {
                    dx = if i < j { -1.0 } else { 1.0 };
                }
                let squared = (dx * dx + dy * dy).max(1.0);
                if squared < cell * cell {
                    let force = SPACING * SPACING / squared;
                    push[i].0 += dx * force;
                    push[i].1 += dy * force;
                }
            }
        }
    }
    push
}

/// Packs boxes in rows of about equal width.
struct Shelf {
    width: f64,
    x: f64,
    y: f64,
    row: f64,
}

impl Shelf {
    fn new(nodes: usize) -> Self {
        Self { width: SPACING * 1.6 * as_f64(nodes).sqrt().max(4.0), x: 0.0, y: 0.0, row: 0.0 }
    }

    /// The shift that brings `points` to the next free place.
    fn put(&mut self, points: &[(f64, f64)]) -> (f64, f64) {
        let bounds =
            |f: fn(f64, f64) -> f64, start, part: fn(&(f64, f64)) -> f64| points.iter().map(part).fold(start, f);
        let (x0, x1) = (bounds(f64::min, f64::MAX, |p| p.0), bounds(f64::max, f64::MIN, |p| p.0));
        let (y0, y1) = (bounds(f64::min, f64::MAX, |p| p.1), bounds(f64::max, f64::MIN, |p| p.1));
        let (w, h) = (x1 - x0 + SPACING * 1.2, y1 - y0 + SPACING * 0.8);
        if self.x > 0.0 && self.x + w > self.width {
            self.y -= self.row;
            self.x = 0.0;
            self.row = 0.0;
        }
        let shift = (self.x - x0, self.y - y1);
        self.x += w;
        self.row = self.row.max(h);
        shift
    }
}
