"""Pages of residents' ideas: `sending` and `following` without an account, `published` for everybody,
`handling` for the ward."""
