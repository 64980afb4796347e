"""Reading a paper or a screen the way its reader does: a picture of it, and the QR code in it."""

import io
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
    return link_in((folder / "paper.png").read_bytes())


def link_in(picture):
    """The address in the one QR code of a picture (bytes of a PNG)."""
    with Image.open(io.BytesIO(picture)) as opened:
        (found,) = zxingcpp.read_barcodes(opened, formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text
