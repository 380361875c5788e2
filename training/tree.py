"""The best tree of arc scores: Chu-Liu-Edmonds, with exactly one root. The Rust crate does the same."""

import numpy as np

from .conllu import is_tree

FORBIDDEN = -1e9
ROOTS = 16  # tried when the best tree has several


def best_tree(scores: np.ndarray) -> list[int]:
    """Heads (0 is the root) of words 1..n from `scores[word - 1, head]`, shape n x (n + 1)."""
    size = scores.shape[0]
    greedy = scores.argmax(1).tolist()
    if is_tree(greedy):
        return greedy
    table = np.full((size + 1, size + 1), FORBIDDEN)
    table[1:] = scores
    np.fill_diagonal(table, FORBIDDEN)
    heads = arborescence(table)
    if sum(h == 0 for h in heads[1:]) == 1:
        return heads[1:]
    best, value = None, -np.inf
    for root in sorted(sorted(range(1, size + 1), key=lambda w: -table[w, 0])[:ROOTS]):
        one = table.copy()
        one[1:, 0] = FORBIDDEN
        one[root, 0] = table[root, 0]
        heads = arborescence(one)
        total = sum(one[w, heads[w]] for w in range(1, size + 1))
        if total > value:
            best, value = heads[1:], total
    return best


def arborescence(table: np.ndarray) -> list[int]:
    """Heads of all nodes; node 0 is the root, its own entry is 0."""
    size = table.shape[0]
    heads = table.argmax(1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if not cycle:
        return heads.tolist()
    inside = set(cycle)
    rest = [v for v in range(size) if v not in inside]
    small = np.full((len(rest) + 1, len(rest) + 1), FORBIDDEN)
    new = len(rest)
    own = {v: table[v, heads[v]] for v in cycle}
    enters, leaves = {}, {}
    for a, v in enumerate(rest):
        for b, w in enumerate(rest):
            if a != b and v:
                small[a, b] = table[v, w]
        if v:
            leaves[a] = max(cycle, key=lambda c: table[v, c])
            small[a, new] = table[v, leaves[a]]
        enters[a] = max(cycle, key=lambda c: table[c, v] - own[c])
        small[new, a] = table[enters[a], v] - own[enters[a]]
    found = arborescence(small)
    result = heads.tolist()
    for a, v in enumerate(rest):
        if v:
            result[v] = leaves[a] if found[a] == new else rest[found[a]]
    outside = found[new]
    result[enters[outside]] = rest[outside]
    return result


def find_cycle(heads: np.ndarray) -> list[int]:
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        path, node = [], start
        while node and not seen[node]:
            seen[node] = start
            path.append(node)
            node = heads[node]
        if node and seen[node] == start:
            return sorted(path[path.index(node) :])
    return []
