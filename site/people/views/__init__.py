"""Pages under /nhan-su/, by who uses them: the personnel officer, the administrator, everybody."""
