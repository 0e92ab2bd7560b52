"""Wire: the protocol's names of a comment's fields, and the comment behind them."""
