"""All kinds of lists, by the name of their table, in the order in which they are worked on."""

import polars as pl

from jiandang.register.lists.listed import Listed
from jiandang.register.lists.means import AccountList, BusinessList, PropertyList, VehicleList
from jiandang.register.lists.persons import (
    CremationList,
    DeathList,
    HukouList,
    MovedList,
    PupilList,
)
from jiandang.register.lists.welfare import (
    DangerousHouseList,
    DestituteList,
    DisabilityList,
    LowIncomeList,
)
from jiandang.register.lists.work import (
    CadreList,
    MedicalInsuranceList,
    PayrollList,
    PensionList,
    PostList,
    ProvidentFundList,
    SocialInsuranceList,
)
from jiandang.register.table import Column, columns_of

LISTS: dict[str, type[Listed]] = {
    model.table_name: model
    for model in (
        LowIncomeList,
        DestituteList,
        DisabilityList,
        DeathList,
        HukouList,
        MovedList,
        CremationList,
        VehicleList,
        PostList,
        PayrollList,
        PupilList,
        PropertyList,
        BusinessList,
        PensionList,
        SocialInsuranceList,
        ProvidentFundList,
        MedicalInsuranceList,
        AccountList,
        CadreList,
        DangerousHouseList,
    )
}
LIST_COLUMNS: dict[str, dict[str, Column]] = {n: columns_of(model) for n, model in LISTS.items()}
# The grade of those who are in one hukou with somebody of a list.
IN_HUKOU = "同户"
KINDS: dict[str, str] = {model.title: name for name, model in LISTS.items()}

# Of a list's row that is of somebody in the register: whose it is (`person` is the reference of the
# member's row), by what grade and how in words, and which list says so, with its date; of a hukou
# how many people it has in all; `has_other_name` that of the same number the list and the register
# say different names; `is_slip` that the register's number fails by its check character
# and the list's, which differs by a slip, does not.
FOUND = {
    "person": pl.Int64,
    "household_id": pl.String,
    "person_name": pl.String,
    "match_grade": pl.String,
    "how": pl.String,
    "list": pl.String,
    "said": pl.String,
    "number": pl.String,
    "home_size": pl.Int64,
    "has_other_name": pl.Boolean,
    "is_slip": pl.Boolean,
}
