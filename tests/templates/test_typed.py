"""The empty register, typed into in LibreOffice without a window, and checked."""

from pathlib import Path

from office import needs_office, typed
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from jiandang import check, load, load_policy
from jiandang.register.resident_id import check_character
from jiandang.register.tables import MODELS
from jiandang.templates.columns import columns_for
from jiandang.templates.saving import save
from jiandang.templates.workbook import empty_register

POLICY = load_policy("xuzhou-2016")
CODE = "320324105201001"
ID = "32032419800101001" + check_character("32032419800101001")
PLACE = {
    "county": "睢宁县", "town": "官山镇", "village": "王庄村", "village_code": CODE[:12],
    "household_id": CODE,
}  # fmt: skip
# As the keyboard gives it: all is text, of which the cell's format makes what it should be.
TYPED = {
    "household": {
        **PLACE, "head_name": "王伟", "head_id": ID, "size": "1", "labour_count": "1",
        "phone": "051683612345", "household_type": "低保户", "cause": "因病", "status": "未脱贫",
        "identified": "2016-3-20", "account": "6217001234567890123", "net_income": "2600.5",
    },
    "member": {
        **PLACE, "person_id": f"{CODE}01", "name": "王伟", "sex": "男", "id_type": "居民身份证",
        "id_number": ID, "birth_date": "1980-1-1", "age": "36", "relation": "户主",
        "nation": "汉族", "health": "健康", "labour": "普通劳动力",
    },
}  # fmt: skip


@needs_office
def test_what_is_typed_in_libreoffice_is_what_the_register_has(tmp_path: Path) -> None:
    path = tmp_path / "官山镇.xlsx"
    save(empty_register(POLICY, 20), path)
    entries = []
    for table, row in TYPED.items():
        names = [column.id for column in columns_for(table)]
        for name, text in row.items():
            if name in names:
                cell = f"{get_column_letter(names.index(name) + 1)}2"
                entries.append((MODELS[table].title, cell, text))
    saved = typed(path, entries)
    register = load(saved, POLICY)
    (home,), (person,) = register.households(), register.members()
    assert (home.household_id, home.phone, home.size) == (CODE, "051683612345", 1)
    assert (person.id_number, str(person.birth_date), person.age) == (ID, "1980-01-01", 36)
    # No number of 18 digits has lost its end; nothing that is a date or a number is a text.
    form = {"LR001", "LR006", "LR007", "LR010", "LR011", "LR012", "LR101", "LR102", "LR103"}
    assert not form & {f.rule for f in check(register, POLICY, as_of="2016-03-29").findings}
    # Reckoned again there, the checks and colours are still in the book.
    book = load_workbook(saved)
    assert all(len(book[MODELS[t].title].data_validations.dataValidation) > 20 for t in TYPED)
