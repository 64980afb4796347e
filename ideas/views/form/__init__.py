"""The author's side: one's own dossiers, the form in seven steps, authors, files, confirming a share."""
