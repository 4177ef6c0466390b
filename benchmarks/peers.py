"""What others need for the same file: bare reads, and four of our checks in common tools.

    python benchmarks/peers.py NAME FILE...

The four checks: a required cell (姓名), a code list (性别), a range (务工时间) and a duplicate
(证件号码).
"""

import sys
from pathlib import Path

SEXES = ["男", "女"]


def read_calamine(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def read_openpyxl(path: Path) -> None:
    from openpyxl import load_workbook

    for sheet in load_workbook(path, read_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


def read_polars(path: Path) -> None:
    """All columns as texts: inferred types would lose the last digits of the numbers."""
    import polars

    encoding = "gbk" if path.stem.endswith("_gbk") else "utf8"
    polars.read_csv(path, infer_schema=False, encoding=encoding)


def check_pandas(path: Path) -> None:
    import pandas

    frame = pandas.read_excel(path, engine="calamine", dtype={"证件号码": str})
    print(
        frame["姓名"].isna().sum(),
        (~frame["性别"].isin(SEXES)).sum(),
        (~frame["务工时间(月)"].dropna().between(0, 12)).sum(),
        frame["证件号码"].duplicated().sum(),
    )


def check_frictionless(path: Path) -> None:
    from frictionless import Detector, Resource, Schema, validate

    months = {"minimum": 0, "maximum": 12}
    schema = Schema.from_descriptor(
        {
            "fields": [
                {"name": "姓名", "type": "string", "constraints": {"required": True}},
                {"name": "性别", "type": "string", "constraints": {"enum": SEXES}},
                {"name": "务工时间(月)", "type": "number", "constraints": months},
                {"name": "证件号码", "type": "string", "constraints": {"unique": True}},
            ]
        }
    )
    resource = Resource(path.name, basepath=str(path.parent), schema=schema)
    resource.detector = Detector(schema_sync=True)
    print(validate(resource, limit_errors=100_000).stats)


def check_pandera(path: Path) -> None:
    import pandas
    import pandera.pandas as pandera

    columns = {
        "姓名": pandera.Column(str),
        "性别": pandera.Column(str, pandera.Check.isin(SEXES)),
        "务工时间(月)": pandera.Column(float, pandera.Check.in_range(0, 12), nullable=True),
        "证件号码": pandera.Column(str, unique=True),
    }
    frame = pandas.read_excel(path, engine="calamine", dtype={"证件号码": str})
    try:
        pandera.DataFrameSchema(columns).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        print(len(errors.failure_cases))


def check_dataframely(path: Path) -> None:
    import dataframely
    import polars

    class Members(dataframely.Schema):
        name = dataframely.String(nullable=False, alias="姓名")
        sex = dataframely.Enum(SEXES, nullable=False, alias="性别")
        months = dataframely.Float64(min=0, max=12, nullable=True, alias="务工时间(月)")
        number = dataframely.String(primary_key=True, alias="证件号码")

    frame = polars.read_excel(path, engine="calamine")
    _, failures = Members.filter(
        frame.select("姓名", "性别", "务工时间(月)", "证件号码"), cast=True
    )
    print(failures.counts())


READERS = {
    "calamine": read_calamine,
    "openpyxl": read_openpyxl,
    "polars": read_polars,
    "pandas": check_pandas,
    "frictionless": check_frictionless,
    "pandera": check_pandera,
    "dataframely": check_dataframely,
}

if __name__ == "__main__":
    for argument in sys.argv[2:]:
        READERS[sys.argv[1]](Path(argument))
