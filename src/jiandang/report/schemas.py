"""The published JSON Schemas (schemas/*.schema.json), generated from the models."""

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from jiandang.policy import policy_json_schema
from jiandang.register.tables import MODELS
from jiandang.report.model import Report

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_texts() -> dict[str, str]:
    """The schemas as JSON texts, by name."""
    schemas = {
        "register": _register_schema(),
        "policy": policy_json_schema(),
        "report": Report.model_json_schema(mode="serialization"),
    }
    return {
        name: json.dumps(_published(name, schema), ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }


def _published(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    head = {"$schema": DIALECT, "$id": f"urn:jiandang:schema:{name}"}
    return {**head, **schema}


def _register_schema() -> dict[str, Any]:
    """A register: for each table a list of rows."""
    _, definitions = models_json_schema(
        [(model, "validation") for model in MODELS.values()], ref_template="#/$defs/{model}"
    )
    tables = {
        name: {
            "title": model.title,
            "type": "array",
            "items": {"$ref": f"#/$defs/{model.__name__}"},
        }
        for name, model in MODELS.items()
    }
    return {
        "title": "建档立卡登记表",
        "type": "object",
        "properties": tables,
        "additionalProperties": False,
        "$defs": definitions["$defs"],
    }
