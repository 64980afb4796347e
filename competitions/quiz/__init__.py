"""The quiz: its bank of questions, a sitting, its marks."""
