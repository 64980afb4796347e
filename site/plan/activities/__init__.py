"""Sessions (buổi) and campaigns (đợt) for residents: II.2.c."""
