"""The network: a cut multilingual encoder with linear heads and a biaffine parser.

The first piece stands for a word in the tree and in names; first and last together tell tags, features
and lemmas, since Russian endings are last.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from .settings import HEADS, HIDDEN, INNER, LAYERS, STYLES

STYLE_PACE = 10  # a vector that few sentences have must move faster than other weights


class Layer(nn.Module):
    def __init__(self, drop: float):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.attention_out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = nn.Linear(HIDDEN, INNER)
        self.outer = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, x, blocked):
        batch, length, hidden = x.shape
        parts = self.qkv(x).view(batch, length, 3, HEADS, hidden // HEADS).permute(2, 0, 3, 1, 4)
        query, keys, values = parts[0], parts[1], parts[2]
        scores = torch.matmul(query * (1.0 / math.sqrt(hidden // HEADS)), keys.transpose(-1, -2)) + blocked
        mixed = torch.matmul(torch.softmax(scores, -1), values).transpose(1, 2).reshape(batch, length, hidden)
        x = self.norm1(x + self.drop(self.attention_out(mixed)))
        return self.norm2(x + self.drop(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    def __init__(self, vocabulary: int, drop: float = 0.0):
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, HIDDEN)
        self.pieces.weight.requires_grad = False
        self.styles = nn.Parameter(torch.zeros(max(STYLES.values()) + 1, HIDDEN))
        self.positions = nn.Parameter(torch.zeros(512, HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(drop)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))

    def forward(self, ids, mask, style=None):
        x = self.pieces(ids) + self.positions[: ids.shape[1]]
        if style is not None:  # of training sets with annotation of another style
            x = x + STYLE_PACE * (self.styles[style] * (style > 0)[:, None])[:, None]
        x = self.drop(self.norm(x))
        blocked = ((1.0 - mask) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, blocked)
        return x

    @torch.no_grad()
    def start_from(self, path, kept: list[int]) -> None:
        """The first layers of the pretrained encoder and the rows of the kept pieces."""
        store = np.load(path)
        take = lambda name: torch.from_numpy(store[name].astype(np.float32))  # noqa: E731
        self.pieces.weight.copy_(take("emb.word")[kept])
        self.positions.copy_(take("emb.pos")[:512] + take("emb.type")[:HIDDEN])
        self.norm.weight.copy_(take("emb.ln.w"))
        self.norm.bias.copy_(take("emb.ln.b"))
        for i, layer in enumerate(self.layers):
            for end in ("w", "b"):
                attribute = {"w": "weight", "b": "bias"}[end]
                joined = torch.cat([take(f"l{i}.{part}.{end}") for part in "qkv"])
                getattr(layer.qkv, attribute).copy_(joined)
                names = {"ao": layer.attention_out, "aln": layer.norm1, "fi": layer.inner, "fo": layer.outer, "oln": layer.norm2}
                for name, module in names.items():
                    getattr(module, attribute).copy_(take(f"l{i}.{name}.{end}"))


class Network(nn.Module):
    ARC, RELATION = 256, 128

    def __init__(self, labels: dict, vocabulary: int, drop: float = 0.2, encoder_drop: float = 0.0):
        super().__init__()
        self.encoder = Encoder(vocabulary, encoder_drop)
        self.upos = nn.Linear(2 * HIDDEN, len(labels["upos"]))
        self.feats = nn.Linear(2 * HIDDEN, len(labels["feats"]))
        self.lemma = nn.Linear(2 * HIDDEN, len(labels["lemma"]))
        self.names = nn.Linear(HIDDEN, len(labels["names"]))
        self.inner_names = nn.Linear(HIDDEN, len(labels["names"]))
        self.arc_word, self.arc_head = nn.Linear(HIDDEN, self.ARC), nn.Linear(HIDDEN, self.ARC)
        self.rel_word, self.rel_head = nn.Linear(HIDDEN, self.RELATION), nn.Linear(HIDDEN, self.RELATION)
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.02)
        self.arc_matrix = nn.Parameter(torch.randn(self.ARC + 1, self.ARC) * 0.02)
        self.rel_tensor = nn.Parameter(torch.randn(len(labels["rel"]), self.RELATION + 1, self.RELATION + 1) * 0.02)
        self.drop = nn.Dropout(drop)
        self.word_drop = nn.Dropout(0.1)

    def words(self, ids, mask, first, last, style=None):
        """Vectors of words: the first piece, and first with last."""
        x = self.encoder(ids, mask, style)
        at = lambda place: torch.gather(x, 1, place[..., None].expand(-1, -1, HIDDEN))  # noqa: E731
        head = at(first)
        return self.word_drop(head), self.word_drop(torch.cat([head, at(last)], -1))

    def arcs(self, words, present):
        """Scores of heads (0 is the root) and the vectors that relations are read from."""
        batch = words.shape[0]
        heads = torch.cat([self.root.expand(batch, 1, HIDDEN), words], 1)
        low = self.drop(F.gelu(self.arc_word(words)))
        low = torch.cat([low, torch.ones_like(low[..., :1])], -1)
        high = self.drop(F.gelu(self.arc_head(heads)))
        scores = torch.matmul(torch.matmul(low, self.arc_matrix), high.transpose(1, 2))
        allowed = torch.cat([torch.ones_like(present[:, :1]), present], 1)
        scores = scores + ((1.0 - allowed) * -1e4)[:, None, :]
        return scores, self.drop(F.gelu(self.rel_word(words))), self.drop(F.gelu(self.rel_head(heads)))

    def relations(self, low, high, heads):
        """Scores of the relations between words and their given heads."""
        chosen = torch.gather(high, 1, heads[..., None].expand(-1, -1, self.RELATION))
        low = torch.cat([low, torch.ones_like(low[..., :1])], -1)
        chosen = torch.cat([chosen, torch.ones_like(chosen[..., :1])], -1)
        count, size = self.rel_tensor.shape[0], self.RELATION + 1
        flat = self.rel_tensor.permute(1, 0, 2).reshape(size, count * size)
        mixed = torch.matmul(low, flat).view(low.shape[0], low.shape[1], count, size)
        return torch.matmul(mixed, chosen[..., None]).squeeze(-1)
