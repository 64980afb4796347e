"""Innovation clubs and community digital teams by residential group (tổ dân phố): II.2.c, VII.2."""
