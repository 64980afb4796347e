"""The pages of coverage: the board, who stands behind a number, who is missing, the policy."""
