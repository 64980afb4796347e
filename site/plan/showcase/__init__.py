"""The library of models (mô hình điển hình): II.2.e, VII.2."""
