"""Agreement between coders: coefficients, intervals, kinds of disagreement. NumPy only, no project access."""
