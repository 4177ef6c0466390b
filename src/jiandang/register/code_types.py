"""The coded cell types, one a code list of codes.toml."""

from typing import Annotated

from jiandang.register.code_cells import code, many_codes, one_code

Sex = Annotated[str, code("sex")]
Relation = Annotated[str, code("relation")]
Nation = Annotated[str, code("nation")]
Education = Annotated[str, code("education")]
Student = Annotated[str, code("student")]
Health = Annotated[str, many_codes("health")]
Labour = Annotated[str, code("labour")]
Work = Annotated[str, code("work")]
Party = Annotated[str, code("party")]
IdType = Annotated[str, code("id_type")]
HouseholdType = Annotated[str, code("household_type")]
Standard = Annotated[str, code("standard")]
Cause = Annotated[str, one_code("cause")]
OtherCauses = Annotated[str, many_codes("cause", none_words="无 没有 / - —")]
Status = Annotated[str, code("status")]
RoadType = Annotated[str, code("road_type")]
Fuel = Annotated[str, many_codes("fuel")]
DangerGrade = Annotated[str, code("danger_grade")]
Level = Annotated[str, code("level")]
ListLevel = Annotated[str, code("list_level")]
