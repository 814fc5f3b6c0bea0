"""Elements of StratML with texts that XML allows, and identifiers that are the same each time."""

from __future__ import annotations

import re
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement

from gsanalysis.plan import Plan

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
NOT_IN_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
NAME_LENGTH = 80  # of a Name, "a word or short phrase"; the whole text stands in the Description
_IDENTIFIERS = UUID(
    "5d1c7c2e-0a3b-5f0e-9a55-3f0b8f6f1e11"
)  # ours for good: another one would change every identifier


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Put an element at the end of another one."""
    element = SubElement(parent, tag, attributes)
    if text:
        element.text = xml_text(text)
    return element


def add_filled(parent: Element, tag: str, *texts: str) -> None:
    """The same with the texts that are not empty as paragraphs, or not at all where all are."""
    if text := "\n\n".join(text for text in texts if text):
        add(parent, tag, text)


def xml_text(text: str) -> str:
    """The text with the line ends of XML; a control character that XML has no place for becomes U+FFFD."""
    return NOT_IN_XML.sub("\ufffd", re.sub(r"\r\n?", "\n", text))


def identifier(plan: Plan, what: str, *codes: str) -> str:
    """A UUID of the plan and the codes in it, as an XML ID; the same for the same plan in every year."""
    name = [plan.organisation, plan.title, str(plan.first_year), str(plan.last_year), what, *codes]
    return f"_{uuid5(_IDENTIFIERS, chr(10).join(name))}"
