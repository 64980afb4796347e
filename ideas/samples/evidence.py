"""Small files that pass the upload check: PDFs drawn by Typst, a picture drawn by Pillow."""

import io
import json
import random
from pathlib import Path

import typst
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent
MARK = "DỮ LIỆU MẪU - không có giá trị sử dụng"


def page(name, heading, about, parts, *, signer, place="Hưng Đạo"):
    """A one-page PDF as an uploaded file. `parts` is [(label, text)]."""
    data = {
        "heading": heading,
        "about": about,
        "parts": [{"label": label, "text": text} for label, text in parts if text],
        "signer": signer,
        "place": place,
        "mark": MARK,
    }
    content = typst.compile(
        str(FOLDER / "evidence.typ"),
        root=str(FOLDER),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return ContentFile(content, name=name)


def picture(name, seed):
    """A PNG of bars, before and after, as a photographed board would show them."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    image = Image.new("RGB", (640, 400), "#fbf9f5")
    draw = ImageDraw.Draw(image)
    draw.line([(60, 340), (600, 340)], fill="#857b6c", width=3)
    for month in range(8):
        height = int(rng.uniform(200, 270) * (0.3 + 0.7 * (7 - month) / 7))
        left = 80 + month * 64
        draw.rectangle([left, 340 - height, left + 40, 340], fill="#0c5257" if month > 2 else "#98191f")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return ContentFile(stream.getvalue(), name=name)
