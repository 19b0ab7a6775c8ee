"""The examples in docs/rest.md are what the portal answers.

Run with HEINSBERG_WRITE_DOCS=1 to write them anew.
"""

from pathlib import Path

import json
import os
import pytest
import re


MANUAL = Path(__file__).resolve().parents[2] / "docs" / "rest.md"
ASKED = {
    "error": "/gangelt/@service-search?b_size=1000",
    "life-situations": "/gangelt/@life-situations",
    "service-search": "/gangelt/@service-search?SearchableText=Hund+anmelden&b_size=1",
}


def example(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- example: {name} -->\n```json\n)(.*?)(\n```)", re.DOTALL)


@pytest.mark.parametrize("name", ASKED)
def test_an_example_is_what_is_answered(world, name):
    answer = world.common(ASKED[name], Accept_Language="en").json
    text = json.dumps(answer, indent=2, ensure_ascii=False)
    manual = MANUAL.read_text(encoding="utf-8")
    if os.environ.get("HEINSBERG_WRITE_DOCS"):
        manual = example(name).sub(lambda found: found[1] + text + found[3], manual)
        MANUAL.write_text(manual, encoding="utf-8")
    written = json.loads(example(name).search(manual)[2])
    if name == "error":  # the sentence is in the language of whoever asks
        answer["message"] = written["message"]
    assert written == answer
