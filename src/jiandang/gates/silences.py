"""What silences what: one cause, one finding.

The rules run in this order, then all others by code. Where a rule of the first part finds a
fault, the named columns of that row count as faulty, and every later rule that reads one of them
(in that row; for what is said of a household, in any of its rows) is silent there and counted as
silenced. Cells that could not be read at all (LR005, LR006 …) count as faulty from the start.
"""

from jiandang.engine.silence import AT, GROUP, HOUSEHOLD, ROW

SILENCES: dict[str, tuple[str, ...]] = {
    # A damaged number says nothing of birth, sex, place or identity.
    "LR101": (AT,),
    "LR125": ("id_number",),
    "LR104": (AT,),
    "LR103": (AT,),
    # Two columns that a village has exchanged are told once.
    "LR137": (AT,),
    "LR138": (AT,),
    # Nor are amounts of which a village has all in another unit.
    "DC073": (AT,),
    # Nor does one that stands in another's row; a column that slipped is told once.
    "LR135": (AT, "disability_card"),
    "LR133": (AT,),
    "LR113": ("disability_card",),
    "LR114": ("disability_card",),
    # Whoever holds the card is not in good health.
    "DC032": ("health",),
    # 健康 and 残疾 in one cell: which of them is so is open.
    "DC066": (AT,),
    # Where household_id is among the columns, they are faulty in every row of the household.
    # Nothing can be said of a household whose number another household has as well, or instead.
    "LR224": (HOUSEHOLD, "household_id", "person_id"),
    "LR121": (HOUSEHOLD, "household_id", "person_id"),
    "LR120": ("household_id", "village_code", "person_id"),
    # Nor of steps under a number that nobody has: the visit under it is of nobody either.
    "SB031": ("household_id",),
    # Rows of steps that slipped: who signed is of another household, as the head is.
    "LR222": ("head_signed", "application_signed"),
    # Members under a number that no household has: it is the number that is wrong.
    "LR205": ("household_id",),
    # A household of which nothing is left but its number: it was removed.
    "LR206": (ROW,),
    "LR115": (AT,),
    # Nor does a placeholder, or a name from the register, say who it is.
    "LR128": (AT,),
    "DC057": (AT,),
    "LR116": ("phone",),
    "LR118": ("account",),
    # The person is listed twice: which household is right is open. A row copied as it is counts
    # for nothing, nor does that of a person who is in another household.
    "LR108": ("id_number", "person_id", ROW),
    "LR109": ("id_number", "person_id", ROW),
    "LR122": ("person_id", ROW),
    # Nor does one that is another household's.
    "LR130": (ROW,),
    "LR225": (ROW,),
    # What contradicts the number is wrong itself, unless that is somebody else's.
    "LR106": ("sex",),
    "LR107": ("birth_date", "age"),
    "SJ013": ("id_number",),
    # Nothing but 已脱贫 itself says that the household is out of poverty.
    "SJ016": (AT,),
    # A relation that cannot be right.
    "LR201": ("relation",),
    "LR202": ("relation",),
    "LR208": ("relation",),
    "LR212": ("relation",),
    "LR215": ("relation",),
    "LR209": ("relation",),
    "LR210": ("relation",),
    "LR211": ("relation",),
    # Who is lacking, or too many, may be the one who works or draws a pension.
    "LR203": ("size", "labour", "age"),
    # A person who cannot be a pupil is not one; one who cannot work does not work or earn.
    "LR302": ("student",),
    "LR303": ("student",),
    "LR306": ("labour",),
    "LR314": ("labour",),
    # The one cell of a member that makes 劳动力人数 wrong.
    "LR204": (AT,),
    "LR311": ("work_months",),
    "LR309": ("work", "work_months"),
    "LR310": ("work", "work_months"),
    "LR312": ("work", "work_months"),
    # A type that the members belie: what is due to households of that type is open.
    "LR313": ("household_type",),
    "LR317": ("household_type",),
    # Figures.
    "DC011": (AT,),
    # The part of a sum that a nought too many, or 万元 for 元, has made wrong.
    "DC007": (AT,),
    "DC009": (AT,),
    "DC010": (AT,),
    # An average that is none says nothing of the line.
    "DC008": ("per_capita",),
    # An empty part of the income is no 0; that the others are too much (DC010) is known without it.
    "LR014": (AT,),
    "DC044": ("dibao_money", "wubao_money"),
    # Money that is due and not among the parts of the transfer: it is why they are too little.
    "DC016": ("dibao_money",),
    "DC018": (AT,),
    "DC019": (AT,),
    # 五保户 written as another type: it is not to be asked why it is on the list.
    "DC045": (AT,),
    # The family's own phone, water that an exited household must not be short of.
    "DC037": ("helper_phone",),
    "DC038": (AT,),
    "DC053": ("helper_phone",),
    "DC048": ("water_short",),
    "RW009": ("planned_persons", "planned_households"),
    "RW007": ("code",),
    "RW012": (AT,),
    "RW024": (AT,),
    "RW001": (AT,),
    # Votes that do not add up say nothing of the quorum or the majority.
    "SB006": ("votes_for", "delegates_present", "delegates"),
    "SB004": ("delegates",),
    # Steps: a date in the wrong order or in the future says nothing of the days between.
    "SJ010": (AT,),
    "SB015": (AT,),
    "LR403": (AT,),
    # Of two registers that were exchanged, all that is said of what has changed is wrong.
    "DT024": (GROUP,),
}
