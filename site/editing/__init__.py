"""What forms share that several windows write in: who changed which field meanwhile, and the choice then."""
