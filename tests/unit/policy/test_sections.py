"""The shape of an explanation, and how it becomes Markdown."""

from __future__ import annotations

from counterpart.policy.sections import (
    Bullets,
    Item,
    Paragraph,
    Row,
    Rows,
    Section,
    Table,
    TableRow,
    as_markdown,
    clause_anchor,
)
from tests.casebook import brent


def test_where_a_clause_stands_on_the_page() -> None:
    assert clause_anchor("1.4 risk") == "clause-1-4-risk"
    assert clause_anchor("Ünïcode (b)") == "clause-n-code-b"
    anchors = [clause_anchor(c) for c in brent().clauses]
    assert len(anchors) == len(set(anchors))


def test_markdown_shows_what_was_written_and_reads_no_mark_up_in_it() -> None:
    page = as_markdown(
        [
            Section(
                "A *heading*",
                "a",
                (
                    Paragraph("One <b>bold</b> `tick`", ("1",)),
                    Bullets((Item("an_item"),)),
                    Rows((Row("Label", "# text", ("2", "3")),)),
                ),
                level=3,
            )
        ]
    )
    assert page == (
        "### A \\*heading\\*\n"
        "\n"
        "One \\<b\\>bold\\</b\\> \\`tick\\` (1)\n"
        "\n"
        "- an\\_item\n"
        "\n"
        "- **Label**: \\# text (2, 3)\n"
    )


def test_a_table_has_its_clauses_in_the_first_column_and_no_bar_of_its_own() -> None:
    table = Table(("For", "Ask"), (TableRow(("GP", "one | two"), ("2.3",)), TableRow(("a_b", ""))))
    assert as_markdown([Section("T", "t", (table,))]) == (
        "## T\n\n| For | Ask |\n| --- | --- |\n| GP (2.3) | one \\| two |\n| a\\_b |  |\n"
    )
