"""The application as Word and PDF; forms printed blank, and their way back through the clerk."""
