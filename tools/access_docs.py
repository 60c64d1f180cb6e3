"""Words for the table of who may do what, made into a page: `make docs` writes it, `make check` compares.

The table itself is `counterpart.access.rules`; here are only the words for its lines. An act without words
stops the page from being made.
"""

from collections.abc import Iterable, Mapping

from counterpart.access.kinds import DENIAL_REASONS, RELATION_WORDS, WATCHER
from counterpart.access.rules import (
    ACTS,
    AGENCY_ACTS,
    BELONGS,
    FILLS,
    LEADS,
    MANAGES,
    PARTNERSHIP_ACTS,
    REGULAR_ACTS,
    WATCHES,
)

NAME = "who-may-do-what.md"
ACT_WORDS: Mapping[str, str] = {
    "see_case": "see the case, its record and what is due",
    "see_receipt": "see the receipt of having raised it",
    "see_reads": "see who has looked at the case",
    "record": "write down a talk, a meeting or a notice",
    "escalate": "take the case to the next stage",
    "redirect": "say that it is for another agency",
    "resolve": "propose the written outcome",
    "confirm": "confirm the outcome in writing, or say no",
    "withdraw": "withdraw the concern",
    "reopen": "open the case again",
    "tell": "report immediate risk, or a gap in the policy",
    "correct": "put an entry right (of one’s own agency)",
    "take_part": "take part in what is agreed between the sides",
    "for_raising": "do what the policy gives to the raising side",
    "for_receiving": "do what the policy gives to the receiving side",
    "for_each": "do what the policy gives to each side",
    "for_raiser": "do what the policy gives to whoever raised it",
    "for_partnership": "do what the policy gives to the partnership",
    "declare_tie": "declare a tie and leave the case",
    "keep_out": "keep somebody from the case, or let them back",
    "restrict": "restrict the case to people named, or lift that",
    "place_record": "say where the record of a stage, or of the end, was placed",
    "carry_out": "say that an agreed action is done",
    "take_advice": "write down advice that was taken",
    "learn": "write down what there is to learn, and offer to talk it over",
    "see_to_learning": "see to a learning point, or pass it on",
    "keep_note": "write a note for one’s own agency only",
    "protect": "write down a protected detail",
    "set_limit": "set an earlier time that protects the child",
    "convene_panel": "call a panel together",
    "hear": "record that the panel heard an agency, or that it met",
    "decide": "record the panel’s decision",
    "record_on_behalf": "write down what somebody of one’s own agency telephoned",
    "record_for_either": "write down what somebody of either side telephoned",
    "reassign": "give what is to be done to another post",
    "hand_on": "hand on what one’s own post has to do",
    "move_edition": "move the case to the edition of the policy in force",
}
BODY_ACT_WORDS: Mapping[str, str] = {
    "raise_concern": "raise a concern",
    "raise_on_behalf": "raise a concern for somebody who telephoned",
    "see_desk": "see the desk",
    "see_alerts": "see when somebody looks at unusually many cases, or guesses",
    "manage_directory": "keep the directory",
    "publish_policy": "bring in an edition of the policy",
    "comment_on_policy": "say something about the policy",
    "keep_agency": "keep an agency’s posts, who holds them and who stands in",
    "settle_agency": "change an agency’s name, kind and mail domains",
    "invite": "send one of an agency’s people the link to open an account",
    "do_for_office": "write down what the policy gives to the partnership’s office",
    "do_for_agency": "write down what the policy gives to each agency, of their own",
    "give_return": "answer for their own agency what every agency is asked",
}
HOLDER_WORDS: Mapping[str, str] = {
    MANAGES: "the partnership’s business manager",
    BELONGS: "anybody with a post in one of its agencies or its office",
    LEADS: "the agency’s own safeguarding lead",
    FILLS: "whoever there has the role that the policy gives it to",
    WATCHES: "the data protection lead of its office",
}
BEGINNING = """\
# Who may do what

This page is made by `make docs` from the one table that the program asks, `src/counterpart/access/rules.py`.
A test holds the program to a second table, written by hand, in more than 100,000 cells: relation, footing,
conflict, state of the case, act.

Access comes from having something to do with a case, by a post or as a person, and ends with it. Whether the
case is in a state for an act is another question: the policy answers it.

## What comes before everything

- Whoever is kept from a case does nothing in it, and does not see it: {reasons}. No post, no cover and no
  office helps.
- Administrators run the system and see no case.
- Whoever stands in for somebody may do what that person may, and no more. What keeps either of them out keeps
  out both.
- In a restricted case, only the people named of the partnership’s office see it, and nobody who would only have
  been told of it.
- Where nobody who has the desk may see a case, the next of the partnership’s office watches it: the chair, then
  the coordinator, then the head of safeguarding. They have the business manager’s part in that one case, and
  no desk. Where nobody is left, the data protection lead, or else whoever runs the system, knows its reference
  and nothing more.
- Anybody without something to do with a case is answered as if it did not exist.

"""
REASON_WORDS: Mapping[str, str] = {
    "subject_of_concern": "the subject of the concern",
    "family_tie": "somebody with a tie to the family",
    "declared_conflict": "somebody with a conflict that they or the office declared",
    "own_agency": "works in the agency of somebody who did not feel safe raising it there",
}


def who_may_do_what() -> str:
    """The page. KeyError where an act or a reason has no words."""
    reasons = _listed([REASON_WORDS[reason] for reason in DENIAL_REASONS], "or")
    parts = (
        BEGINNING.format(reasons=reasons),
        "## In a case\n\n" + _case_table(),
        "\n## In a partnership\n\n" + _body_table(PARTNERSHIP_ACTS),
        "\n## In the directory of one agency\n\n" + _body_table(AGENCY_ACTS),
        "\n## What a policy asks for regularly, with no case\n\n" + _body_table(REGULAR_ACTS),
        "\nThe business manager writes it down for an agency too, and the record says that they did.\n",
    )
    return "".join(parts)


def _case_table() -> str:
    lines = ["| to | may | unless |\n| --- | --- | --- |\n"]
    for act, rule in ACTS.items():
        who = _listed([RELATION_WORDS[kind] for kind in rule.open_to if kind != WATCHER], "or")
        unless = "; ".join(bar.words.rstrip(".") for bar in rule.unless)
        lines.append(f"| {ACT_WORDS[act]} | {who} | {unless} |\n")
    return "".join(lines)


def _body_table(acts: Mapping[str, Iterable[str]]) -> str:
    lines = ["| to | may |\n| --- | --- |\n"]
    for act, kinds in acts.items():
        who = _listed([HOLDER_WORDS[kind] for kind in kinds], "or")
        lines.append(f"| {BODY_ACT_WORDS[act]} | {who} |\n")
    return "".join(lines)


def _listed(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
