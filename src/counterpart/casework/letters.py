"""Letters that a policy asks for, sent from here: whom one goes to, how it goes out, and its sending.

What goes out by e-mail has the marking and the addressee that the policy asks for, the reference and a
link. What the letter says is on the record, behind signing in, and whoever sends it has checked it.
Nothing here may write a sentence for anybody: the texts are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Unpack

from django.conf import settings

from counterpart.access.visibility import is_open_to_post
from counterpart.casework.acts import By
from counterpart.casework.casefile import CaseFile
from counterpart.casework.taking_part import places
from counterpart.casework.writing import Done, Loaded, act, directory_for
from counterpart.engine import contact
from counterpart.engine import events as e
from counterpart.engine.directory import Directory, PostRecord
from counterpart.engine.duties import candidates, owner
from counterpart.engine.kinds import Code, Id, Words
from counterpart.engine.notices import letter
from counterpart.engine.rules import Refusal
from counterpart.engine.state import CaseState
from counterpart.messages.composing import Message, compose
from counterpart.messages.owing import mail_of
from counterpart.people.models import Post
from counterpart.policy.model import Policy, Step

WHOLE = "What you want to say"
"""The one heading of a letter of which the policy does not say what must be in it."""

NO_LETTER = Refusal("no_letter", "The policy asks for no letter here.")
NO_ADDRESSEE = Refusal(
    "no_addressee",
    "Counterpart cannot send this: the directory has no post that it could go to. "
    "Send it yourself, and then record that you did.",
)
NO_READER = Refusal(
    "no_reader",
    "Counterpart cannot send this: whoever it would go to may not see this case. "
    "Send it yourself, and then record that you did.",
)
NOT_ALL_SAID = Refusal("not_all_said", "Write something under each heading.")


def is_letter(step: Step) -> bool:
    """Whether a step is a letter, or a notice that has an address or a marking as a letter has."""
    if step.settles:
        return False  # what settles it is a talk between the sides
    given = step.letter
    is_addressed = given is not None and bool(given.to or given.marked)
    return step.kind == "letter" or (step.kind == "notice" and is_addressed)


def headings(step: Step) -> tuple[str, ...]:
    """What the letter must say, point by point, as the policy has it."""
    return (step.letter.says if step.letter else ()) or (WHOLE,)


def beginnings(step: Step) -> tuple[str, ...]:
    """For each of `headings`, what its box begins with: `concern`, `record` or ""."""
    given = step.letter.begins_with if step.letter else ()
    return given or ("",) * len(headings(step))


def addressees(
    policy: Policy, state: CaseState, directory: Directory, step: Step
) -> tuple[PostRecord, ...]:
    """The posts that the letter of a step is for: one, or several of which one is chosen. See `readers`.

    None where it is for somebody who is no user, or the directory has no such post. The other side
    gets none before it is spoken to.
    """
    seat = step.counterpart
    if seat is None or not is_letter(step):
        return ()
    kept_back = () if contact.has_begun(policy, state) else state.receiving_agencies
    found: dict[Id, PostRecord] = {}
    for body, role in places(policy, state, seat):
        if body in kept_back:
            continue
        post, _ = owner(policy, state, directory, body, role)
        named = directory.post(post) if post else None
        for one in (named,) if named else candidates(policy, directory, body, role):
            found[one.id] = one
    return tuple(found.values())


def readers(
    case: str, state: CaseState, posts: Iterable[PostRecord], now: datetime
) -> tuple[PostRecord, ...]:
    """Of these posts, those at which a letter could be read: somebody there may see the case, or nobody is there.

    A restricted case is for its two sides, for those who have to act in it, and for the people of the office
    who are named. At most one query for each post.
    """
    named = state.keeping.restricted_to

    def may_read(post: PostRecord) -> bool:
        if post.is_kept_out:
            return False
        if named is None or state.side_of(post.body) is not None:
            return True
        is_named = any(holder.person in named for holder in post.holders)
        return is_named or is_open_to_post(case, post.id, now)

    return tuple(post for post in posts if may_read(post))


def as_it_goes(file: CaseFile, step: str, post: str) -> Message:
    """The e-mail as it would go to a post now, for whoever checks it. Nothing is sent or kept."""
    owed = letter(file.policy, step, "", Id(post))
    return compose(mail_of(file.id, file.reference, owed, file.now), settings.ADDRESS)


def is_at_the_policys_address(step: Step, post: str) -> bool:
    """Whether the mailbox of a post is the very address that the policy gives. At most one query."""
    asked = step.letter.to if step.letter else ""
    mailbox = Post.objects.filter(id=post).values_list("mail", flat=True).first() if asked else ""
    return bool(mailbox) and str(mailbox).casefold() == asked.casefold()


def send_letter(*, step: str, post: str, says: Sequence[str], **by: Unpack[By]) -> Done | Refusal:
    """Send the letter of a step to a post, with these texts under its `headings`.

    They go on the record; the e-mail is owed in the same transaction (`engine.notices.letter`).
    """

    def propose(loaded: Loaded) -> e.StepRecorded | Refusal:
        policy, state = loaded.policy, loaded.state
        asked = policy.steps.get(step)
        if asked is None or not is_letter(asked):
            return NO_LETTER
        directory = directory_for(state, by["now"])
        meant = addressees(policy, state, directory, asked)
        if post not in {one.id for one in readers(loaded.case, state, meant, by["now"])}:
            return NO_READER if post in {one.id for one in meant} else NO_ADDRESSEE
        if len(says) != len(headings(asked)) or not all(text.strip() for text in says):
            return NOT_ALL_SAID
        agency = by["actor"].agency
        # A step of the receiving side alone is recorded for the agency that acted.
        own = [one for one in state.receiving_agencies if one == agency]
        return e.StepRecorded(
            step=Code(step),
            how=Code("email"),
            result=Code("done"),
            agencies=tuple(own),
            letter_to=Id(post),
            says=tuple(map(Words, says)),
        )

    return act(propose, **by)
