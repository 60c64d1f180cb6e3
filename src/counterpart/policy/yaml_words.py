"""What the parser of YAML says about bad text, in words for somebody who is no programmer.

It looks for the part of the parser's message that tells one fault from another; both the fast
parser and the slow one are understood. It must never let a message of the parser's own through.
"""

from __future__ import annotations

UNCLOSED = (
    ("found unexpected end of stream", "a quotation mark is opened here and never closed"),
    ("found unexpected document", "a quotation mark is opened here and never closed"),
    (
        "',' or ']'",
        "a square bracket is opened here, and what follows is no list: a comma or the closing "
        "bracket is missing",
    ),
    (
        "',' or '}'",
        "a curly bracket is opened here, and what follows is no list of keys: a comma or the "
        "closing bracket is missing",
    ),
)
WITHIN = (
    ("anchor", "no-references", "`&` and `*` mean something in YAML that is not used here; put the "
     "text in quotation marks"),
    ("alias", "no-references", "`&` and `*` mean something in YAML that is not used here; put the "
     "text in quotation marks"),
    ("tag", "no-references", "`!` means something in YAML that is not used here; put the text in "
     "quotation marks"),
    ("directive", "not-yaml", "a line that begins with `%` is not used here"),
)  # fmt: skip
FAULTS = (
    ("mapping values are not allowed", "a colon stands here where no key can be: put text that has "
     "a colon in it in quotation marks, or put this line in line with the ones above it"),
    ("sequence entries are not allowed", "a list cannot begin here: put `- ` at the start of a line "
     "of its own, or put the text in quotation marks"),
    ("could not find expected ':'", "this is read as a key, and no colon follows it: put a colon "
     "and a space after it, or put this line in line with the text it belongs to"),
    ("cannot start any token", "text cannot begin with this character: put it in quotation marks"),
    ("undefined tag handle", "`!` means something in YAML that is not used here; put the text in "
     "quotation marks"),
    ("unknown escape", "a backslash means something special inside double quotation marks: use "
     "single ones, or write the backslash twice"),
    ("escape", "this code for a character is not one: look at what follows the backslash"),
    ("expected hexadecimal", "this code for a character is not one: look at what follows the "
     "backslash"),
    ("<document start>", "this line is not in line with the first key of the file: look at the "
     "spaces before it"),
    ("comment or a line break", "after `|` or `>` the text begins on the next line"),
    ("comment or line break", "after `|` or `>` the text begins on the next line"),
    ("'-' indicator", "a list goes on here without `- `, or this line is not in line with the ones "
     "above it"),
    ("node content", "something is missing here: a value, or a closing bracket"),
    ("expected key", "this does not fit here: look for a quotation mark in the middle of a text, or "
     "for spaces that do not line up with the line above"),
    ("<block end>", "this does not fit here: look for a quotation mark in the middle of a text, or "
     "for spaces that do not line up with the line above"),
    ("indentation", "the spaces before this line do not line up with the lines above it"),
)  # fmt: skip
ANYTHING_ELSE = (
    "this cannot be read: look for a quotation mark, a bracket or a colon missing near here"
)


def in_plain_words(context: str, said: str) -> tuple[str, str, bool]:
    """The code, the words, and whether the fault is where what is unclosed was opened.

    `context` is what the parser was reading, `said` what it met; either may be empty.
    """
    for part, words in UNCLOSED:
        if part in said:
            return "not-yaml", words, True
    for part, code, words in WITHIN:
        if f"scanning a {part}" in context or f"scanning an {part}" in context:
            return code, words, False
        if f"parsing a {part}" in context:
            return code, words, False
    for part, words in FAULTS:
        if part in said:
            return ("no-references" if "tag" in part else "not-yaml"), words, False
    return "not-yaml", ANYTHING_ELSE, False
