"""The plan's progress for everybody: `freezing` makes what is published, `publishing` is the door,
`frozen` reads it back, `reading` finds the publication somebody asks for, `sections` are the parts of the
page."""
