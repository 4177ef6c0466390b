"""What silences what: one cause, one finding.

The rules run in this order, then all others by code. Where a rule of the first part finds a
fault, the named columns of that row count as faulty, and every later rule that reads one of them
(in that row; for what is said of a household, in any of its rows) is silent there and counted as
silenced. Cells that could not be read at all (LR005, LR006 …) count as faulty from the start.
"""

# In place of a column's name: the column that the finding points at.
AT = "at"

SILENCES: dict[str, tuple[str, ...]] = {
    # A damaged number says nothing of birth, sex, place or identity.
    "LR102": ("id_number",),
    "LR101": ("id_number",),
    "LR125": ("id_number",),
    "LR104": ("id_number",),
    "LR103": ("id_number",),
    "LR111": ("id_number",),
    "LR113": ("disability_card",),
    "LR114": ("disability_card",),
    # Without a usable household number nothing can be said of households.
    "LR120": ("household_id", "village_code", "person_id"),
    "LR121": ("household_id",),
    # What contradicts the number is wrong itself.
    "LR106": ("sex",),
    "LR107": ("birth_date", "age"),
    "SJ013": ("id_number",),
    # The person is listed twice: which household is right is open.
    "LR108": ("id_number",),
    "LR109": ("id_number",),
    # A relation that cannot be right.
    "LR201": ("relation",),
    "LR202": ("relation",),
    "LR208": ("relation",),
    "LR212": ("relation",),
    "LR215": ("relation",),
    "LR209": ("relation",),
    "LR203": ("size",),
    # A cause given twice, a grade without a danger.
    "LR316": ("other_causes",),
    "DC028": ("danger_grade",),
    "LR311": ("work_months",),
    # Figures.
    "DC011": ("wage", "business_income", "property_income", "transfer", "cost"),
    "RW009": ("planned_persons", "planned_households"),
    "RW007": ("code",),
    # Steps: a date in the wrong order or in the future says nothing of the days between.
    "SJ010": (),
}
