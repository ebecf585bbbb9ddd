"""Imported first: says what to install where something that figures need is lacking."""

from zhibiao.frame import library

for _name in ("matplotlib", "narwhals", "numpy", "scipy"):
    library(_name, "plot")
