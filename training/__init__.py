"""Makes the bilingual model of `models/` from scratch; README.md lists the stages."""
