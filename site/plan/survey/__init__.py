"""The satisfaction survey: `points` are made, `answering` takes an answer, `counting` reckons pure figures,
`results` asks them of the database, `public` is what everybody may read; `access` says who may."""
