"""The yearly extract as page, PDF and Excel: what all apps say of a person's year (`people.extracts`)."""
