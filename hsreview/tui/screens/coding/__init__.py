"""The coding screen: transcript, tree of codes, slots, memo pane, and what the keys do there."""
