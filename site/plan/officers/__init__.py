"""Officers in charge: science, digital transformation, innovation, Project 06 (II.2.e, V.5)."""
