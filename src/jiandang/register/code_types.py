"""The coded cell types, one a code list of codes.toml, with the values of `jiandang.codes`."""

from typing import Annotated

from jiandang import codes
from jiandang.register.code_cells import code, many_codes, one_code

Sex = Annotated[codes.Sex, code("sex")]
Relation = Annotated[codes.Relation, code("relation")]
Nation = Annotated[codes.Nation, code("nation")]
Education = Annotated[codes.Education, code("education")]
Student = Annotated[codes.Student, code("student")]
Health = Annotated[tuple[codes.Health, ...], many_codes("health")]
Labour = Annotated[codes.Labour, code("labour")]
Work = Annotated[codes.Work, code("work")]
Party = Annotated[codes.Party, code("party")]
IdType = Annotated[codes.IdType, code("id_type")]
HouseholdType = Annotated[codes.HouseholdType, code("household_type")]
Standard = Annotated[codes.Standard, code("standard")]
Cause = Annotated[codes.Cause, one_code("cause")]
OtherCauses = Annotated[tuple[codes.Cause, ...], many_codes("cause", none_words="无 没有 / - —")]
Status = Annotated[codes.Status, code("status")]
RoadType = Annotated[codes.RoadType, code("road_type")]
Fuel = Annotated[tuple[codes.Fuel, ...], many_codes("fuel")]
DangerGrade = Annotated[codes.DangerGrade, code("danger_grade")]
Level = Annotated[codes.Level, code("level")]
ListLevel = Annotated[codes.ListLevel, code("list_level")]
Reason = Annotated[codes.Reason, code("reason")]
