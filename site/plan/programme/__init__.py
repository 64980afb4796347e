"""The yearly work programme "Phường đổi mới sáng tạo": drafted, issued, owed each year (R3, VII.2)."""
