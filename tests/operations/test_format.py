"""The file itself: whatever was changed, left out or added is noticed; nothing here asks a database."""

import io
from datetime import datetime, timedelta

import pyrage
import pytest

from operations import archive, columns, rotation
from operations.cipher import encrypting
from operations.columns import Column
from operations.problems import Damaged
from operations.tables import Table

KEY = pyrage.x25519.Identity.generate()
PEOPLE = Table("people", (Column("id", "int"), Column("name", "text"), Column("facts", "json")), "id")
ROWS = [[n, f"Nguyễn Văn Đổi {n}", '{"b": 1, "a": [1.5, "x"]}'] for n in range(1, 30_000)]
FILE = b"%PDF-1.7 " + bytes(range(256)) * 1200


def written(rows=ROWS, files=(("private/a/b.pdf", FILE), ("ảnh lớp.jpg", b"")), key=KEY):
    file = io.BytesIO()
    with encrypting(file, key) as sink:
        writer = archive.Writer(sink)
        header = archive.Header(
            "2026-11-30T02:15:00+00:00", "1.0", "sqlite", (("people", "0001"),), {"people": PEOPLE}
        )
        writer.header(header)
        writer.settings("SECRET_KEY=abc\n")
        writer.table(PEOPLE, iter(rows), last_key=40_000)
        for path, content in files:
            writer.file(path, io.BytesIO(content), len(content))
        writer.close()
    return file.getvalue()


@pytest.fixture(scope="module")
def backup():
    return written()


class Collected(archive.Visitor):
    def __init__(self):
        self.read, self.files, self.text = [], {}, ""

    def settings(self, text):
        self.text = text

    def rows(self, table, rows):
        self.read += rows

    def file(self, path, opened, size):
        self.files[path] = opened.read()


def read(content, key=KEY):
    found = Collected()
    return found, *archive.read(io.BytesIO(content), key, found)


def test_what_was_put_in_comes_out(backup):
    found, header, manifest = read(backup)
    assert (found.read, found.text) == (ROWS, "SECRET_KEY=abc\n")
    assert found.files == {"private/a/b.pdf": FILE, "ảnh lớp.jpg": b""}
    assert (header.migrations, header.tables) == ((("people", "0001"),), {"people": PEOPLE})
    assert (manifest.tables["people"].rows, manifest.tables["people"].last_key) == (29_999, 40_000)
    assert (manifest.files, manifest.file_bytes) == (2, len(FILE))


def test_nothing_of_it_can_be_read_without_the_key(backup):
    assert b"people" not in backup and "Nguyễn".encode() not in backup and b"SECRET" not in backup
    with pytest.raises(Damaged, match=r"another key|khóa khác"):
        read(backup, pyrage.x25519.Identity.generate())


@pytest.mark.parametrize("share", [0, 0.001, 0.01, 0.3, 0.7, 0.999])
def test_a_backup_cut_short_is_refused_wherever_it_ends(backup, share):
    with pytest.raises(Damaged):
        read(backup[: int(len(backup) * share)])


def test_a_backup_cut_between_two_pieces_of_the_cipher_is_refused_too(backup):
    head = backup.index(b"\n---") + backup[backup.index(b"\n---") + 1 :].index(b"\n") + 2 + 16
    piece = 64 * 1024 + 16
    for pieces in range(1, (len(backup) - head) // piece + 1):
        with pytest.raises(Damaged):
            read(backup[: head + pieces * piece])


@pytest.mark.parametrize("share", [0.0005, 0.2, 0.5, 0.9, 0.9999])
def test_one_changed_bit_is_noticed(backup, share):
    changed = bytearray(backup)
    changed[int(len(changed) * share)] ^= 1
    with pytest.raises(Damaged):
        read(bytes(changed))


def test_what_is_added_behind_the_end_is_noticed(backup):
    with pytest.raises(Damaged):
        read(backup + b"\0")


def test_a_file_that_is_no_backup_is_refused_in_words():
    with pytest.raises(Damaged, match=r"not a backup|không phải bản sao lưu"):
        read(b"PK\x03\x04" + bytes(5000))


def test_a_backup_of_a_later_format_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "FORMAT", 2)
    later = written(rows=ROWS[:3])
    monkeypatch.setattr(archive, "FORMAT", 1)
    with pytest.raises(Damaged, match="2"):
        read(later)


def test_a_path_that_leaves_the_folder_is_refused():
    with pytest.raises(Damaged, match="etc/passwd"):
        read(written(rows=[], files=[("../etc/passwd", b"x")]))


def test_json_counts_as_the_same_whatever_its_order_and_numbers_look_like():
    table = Table("t", (Column("id", "int"), Column("facts", "json")), "id")
    same = columns.compared(table.columns)
    assert same([1, '{"b": 1e+16, "a": 1.50}']) == same([1, '{"a":1.5,"b":10000000000000000}'])
    assert same([1, '{"a": 1}']) != same([1, '{"a": 2}'])


@pytest.mark.parametrize(
    ("kind", "places", "raw", "said", "back"),
    [
        ("bool", 0, 1, 1, 1),
        ("moment", 0, "2026-11-30 02:15:00", "2026-11-30 02:15:00.000000", "2026-11-30 02:15:00"),
        (
            "moment",
            0,
            "2026-11-30 02:15:00.120000",
            "2026-11-30 02:15:00.120000",
            "2026-11-30 02:15:00.120000",
        ),
        ("time", 0, "08:00:00", "08:00:00.000000", "08:00:00"),
        ("decimal", 2, 33.3, "33.30", "33.30"),
        ("decimal", 2, 100, "100.00", "100.00"),
        ("float", 0, 0.1, "0.1", 0.1),
        ("bytes", 0, b"\0\xff", "AP8=", b"\0\xff"),
        ("text", 0, "Đổi mới\n\"'\\", "Đổi mới\n\"'\\", "Đổi mới\n\"'\\"),
        ("int", 0, None, None, None),
    ],
)
def test_a_value_of_sqlite_is_written_down_one_way_and_comes_back_as_it_was(kind, places, raw, said, back):
    column = (Column("c", kind, places),)
    assert columns.reader(column, "sqlite")([raw]) == [said]
    assert columns.writer(column, "sqlite")([said]) == [back]


# ---- which backups stay

NOW = datetime(2026, 11, 30, 2, 15)


def test_the_last_backup_of_each_day_week_and_month_stays():
    every_night = [NOW - timedelta(days=n) for n in range(400)]
    stay = rotation.kept([*every_night, NOW - timedelta(hours=1)], 7, 4, 3)
    days = {NOW - timedelta(days=n) for n in range(7)}
    weeks = {datetime(2026, 11, 30, 2, 15), datetime(2026, 11, 29, 2, 15), datetime(2026, 11, 22, 2, 15)}
    weeks.add(datetime(2026, 11, 15, 2, 15))
    months = {datetime(2026, 11, 30, 2, 15), datetime(2026, 10, 31, 2, 15), datetime(2026, 9, 30, 2, 15)}
    assert stay == days | weeks | months


def test_days_without_a_backup_do_not_cost_the_old_ones():
    rare = [NOW - timedelta(days=n) for n in (0, 40, 80, 300)]
    assert rotation.kept(rare, 3) == set(rare[:3])
    assert rotation.kept([], 3) == set()


def test_other_files_of_the_folder_are_left_alone(tmp_path):
    for name in (
        "hungdao-20261130-021500.age",
        "hungdao-20261129-021500.age",
        "notes.txt",
        "hungdao-old.age",
    ):
        (tmp_path / name).touch()
    assert rotation.rotate(tmp_path, 1) == ["hungdao-20261129-021500.age"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "hungdao-20261130-021500.age",
        "hungdao-old.age",
        "notes.txt",
    ]
