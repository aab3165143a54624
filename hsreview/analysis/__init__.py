"""Counting of one named layer: frames, matrices, the choice of quotes. Imports pandas: import it only when asked."""
