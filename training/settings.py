"""Where data and work files live, and the numbers that fix a run."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
DATA = Path(os.environ.get("KURULTAI_DATA", REPOSITORY.parent / "shared"))
WORK = Path(os.environ.get("KURULTAI_TRAINING_WORK", HERE / "work"))
LOGS = HERE / "logs"
MODELS = REPOSITORY / "models"

SEED = 20260101
LAYERS = 6
HIDDEN = 384
HEADS = 12
INNER = 1536
MAX_PIECES = 16  # of one word: the first and the last half are kept
MAX_LENGTH = 256  # pieces of a training sentence

# Sentences of each set in one epoch (a multiple of the set) and the weight of its trees. The first stage of training:
MIX = {
    "en_ewt-train": (0.6, 1.0),
    "en_ewt-dev": (1.0, 1.0),
    "ru_taiga-train": (1.0, 1.0),
    "ru_taiga-dev": (1.0, 1.0),
    "ru_gsd-dev": (3.0, 1.0),
    "ru_nerel": (0.6, 0.6),
    "en_crossner": (1.0, 1.0),
}
# The second stage, which starts from the first one's network.
SECOND_MIX = {
    "en_ewt-train": (0.7, 1.0),
    "en_ewt-dev": (2.0, 1.0),
    "ru_taiga-train": (1.0, 1.0),
    "ru_taiga-dev": (1.0, 1.0),
    "ru_gsd-dev": (4.0, 1.0),
    "ru_nerel": (0.5, 0.5),
    "en_crossner": (1.0, 0.5),
    "en_corpus": (1.0, 0.5),
    "ru_corpus": (1.0, 0.5),
}
# Sets whose annotators attach differently from `ru_gsd` have a learnt vector that tells so; the shipped network runs without any.
STYLES = {"ru_taiga-train": 1, "ru_taiga-dev": 2, "ru_nerel": 3}
