"""What the parser of YAML says about bad text, in words for somebody who is no programmer.

It looks for the part of the parser's message that tells one fault from another; both the fast
parser and the slow one are understood. It must never let a message of the parser's own through.
"""

from __future__ import annotations

_QUOTE = "a quotation mark is opened here and never closed"
_SQUARE = "a square bracket is opened here; a comma or the closing bracket is missing further on"
_CURLY = "a curly bracket is opened here; a comma or the closing bracket is missing further on"
_REFERENCE = (
    "'&' and '*' mean something in YAML that is not used here; put the text in quotation marks"
)
_TAG = "'!' means something in YAML that is not used here; put the text in quotation marks"
_DIRECTIVE = "a line that begins with '%' is not used here"
_COLON = (
    "a colon stands here where no key can be: put text that has a colon in it in quotation marks, "
    "or put this line in line with the ones above it"
)
_DASH = "a list begins with '- ' on a line of its own; put text that begins so in quotation marks"
_NO_COLON = (
    "this is read as a key, and no colon follows it: put a colon and a space after it, or put this "
    "line in line with the text it belongs to"
)
_FIRST = "text cannot begin with this character: put it in quotation marks"
_BACKSLASH = (
    "a backslash means something special inside double quotation marks: use single ones, or write "
    "the backslash twice"
)
_CODE = "this is no code for a character: look at what follows the backslash"
_TOP = "this is not in line with the first key of the file: look at the spaces before it"
_BLOCK = "after '|' or '>' the text begins on the next line"
_NO_DASH = "a list goes on here without '- ', or this line is not in line with the ones above it"
_NOTHING = "something is missing here: a value, or a closing bracket"
_MISFIT = (
    "this does not fit here: look for a quotation mark in the middle of a text, or for spaces that "
    "do not line up with the line above"
)
_SPACES = "the spaces before this line do not line up with the lines above it"
_ANYTHING = "this cannot be read: look for a quotation mark, a bracket or a colon missing near here"

_BEGUN = {
    "unexpected end of stream": _QUOTE,
    "unexpected document": _QUOTE,
    "',' or ']'": _SQUARE,
    "',' or '}'": _CURLY,
    "could not find expected ':'": _NO_COLON,
}
_WITHIN = {
    "an anchor": ("no-references", _REFERENCE),
    "an alias": ("no-references", _REFERENCE),
    "a tag": ("no-references", _TAG),
    "a directive": ("not-yaml", _DIRECTIVE),
}
_FAULTS = {
    "mapping values are not allowed": _COLON,
    "sequence entries are not allowed": _DASH,
    "cannot start any token": _FIRST,
    "unknown escape": _BACKSLASH,
    "escape": _CODE,
    "expected hex": _CODE,
    "<document start>": _TOP,
    "comment or": _BLOCK,
    "'-' indicator": _NO_DASH,
    "node content": _NOTHING,
    "expected key": _MISFIT,
    "<block end>": _MISFIT,
    "indentation": _SPACES,
}


def in_plain_words(context: str, said: str) -> tuple[str, str, bool]:
    """The code, the words, and whether the place to show is where something was begun.

    `context` is what the parser was reading, `said` what it met; either may be empty.
    """
    for part, words in _BEGUN.items():
        if part in said:
            return "not-yaml", words, True
    for part, (code, words) in _WITHIN.items():
        if context.endswith(part):
            return code, words, False
    if "tag handle" in said:
        return "no-references", _TAG, False
    for part, words in _FAULTS.items():
        if part in said:
            return "not-yaml", words, False
    return "not-yaml", _ANYTHING, False
