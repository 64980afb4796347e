"""Reading a paper the way its reader does: a picture of the page, and the QR code in it."""

import subprocess

import zxingcpp
from PIL import Image


def link_on(pdf, folder):
    """The address in the one QR code on the first page of a PDF (bytes)."""
    source = folder / "paper.pdf"
    source.write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-png", "-r", "150", "-f", "1", "-l", "1", "-singlefile", source, folder / "paper"],
        check=True,
    )
    with Image.open(folder / "paper.png") as picture:
        (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text
