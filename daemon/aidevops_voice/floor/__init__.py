"""Who has the floor: words never said, turns that are not over yet, corrections, and the wake phrase; pure."""
