"""Applying a change to the tables of the directory and of the accounts.

`casework` calls these inside its own transaction, after it has appended the act to the directory's
stream. They check that the change can be, and raise `DirectoryFault` in plain words if not. They
must not decide who may make it, and must not write to the journal.
"""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F, Q

from counterpart.people.codes import code_for
from counterpart.people.cover import would_circle
from counterpart.people.kinds import AGENCY_KINDS, TIERS
from counterpart.people.models import (
    Account,
    Agency,
    AgencyDomain,
    Cover,
    Holding,
    Membership,
    Partnership,
    Person,
    Post,
)


class DirectoryFault(ValueError):
    """A change that cannot be made. `code` is for tests and forms, `words` for the person."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


class CoverLoop(DirectoryFault):
    """The cover would go in a circle, so that nobody would be there."""


def add_partnership(*, id: str, code: str, name: str, area: str = "") -> None:
    """Add a partnership. `code` is its short name in addresses and files."""
    if Partnership.objects.filter(code=code).exists():
        raise DirectoryFault("code_taken", f"There is already a partnership with the code {code}.")
    Partnership.objects.create(id=id, code=code, name=name, area=area)


def set_edition(*, partnership: str, policy: str, edition: str) -> None:
    """Put an edition (the hash of its content) of a policy in force for new cases."""
    if not Partnership.objects.filter(id=partnership).update(policy=policy, edition=edition):
        raise unknown("partnership")


def add_agency(
    *,
    id: str,
    partnerships: Sequence[str],
    name: str,
    kind: str,
    area: str = "",
    safeguarding_inbox: str = "",
    is_statutory: bool = False,
    mail_domains: Sequence[str] = (),
) -> None:
    """Add an agency to one or more partnerships. Each calls it by a short name made from its name."""
    if kind not in AGENCY_KINDS:
        raise DirectoryFault("unknown_kind", f"“{kind}” is not a kind of agency we know.")
    known = Partnership.objects.filter(id__in=list(partnerships)).count()
    if not partnerships or known != len(set(partnerships)):
        raise unknown("partnership")
    Agency.objects.create(
        id=id,
        name=name,
        kind=kind,
        area=area,
        safeguarding_inbox=safeguarding_inbox,
        is_statutory=is_statutory,
    )
    Membership.objects.bulk_create(
        Membership(agency_id=id, partnership_id=one, code=_agency_code(one, name))
        for one in dict.fromkeys(partnerships)
    )
    AgencyDomain.objects.bulk_create(AgencyDomain(agency_id=id, domain=one) for one in mail_domains)


def join_partnership(*, agency: str, partnership: str, name: str) -> None:
    """An agency comes into one more partnership, which calls it by a short name made from `name`."""
    if not Partnership.objects.filter(id=partnership).exists():
        raise unknown("partnership")
    code = _agency_code(partnership, name)
    Membership.objects.create(agency_id=agency, partnership_id=partnership, code=code)


def _agency_code(partnership: str, name: str) -> str:
    taken = Membership.objects.filter(partnership=partnership).exclude(code="")
    return code_for(name, set(taken.values_list("code", flat=True)))


def add_post(
    *,
    id: str,
    body: str,
    tier: str,
    title: str,
    phone: str = "",
    mail: str = "",
    last_confirmed_on: date | None = None,
    is_stated: bool = False,
) -> None:
    """Add a post to an agency, or (`body` a partnership) to the partnership's own office.

    `is_stated`: whoever holds it says so, and nobody else; so for `add_person` and `appoint`.
    """
    if tier not in TIERS:
        raise DirectoryFault("unknown_tier", f"“{tier}” is not a tier we know.")
    in_agency = Agency.objects.filter(id=body).exists()
    if Agency.objects.filter(id=body, closed_on__isnull=False).exists():
        raise _closed()
    if not in_agency and not Partnership.objects.filter(id=body).exists():
        raise unknown("agency")
    here = {"agency_id": body} if in_agency else {"partnership_id": body}
    taken = set(Post.objects.filter(**here).exclude(code="").values_list("code", flat=True))
    Post.objects.create(
        **here,
        id=id,
        tier=tier,
        code=code_for(title, taken),
        title=title,
        phone=phone,
        mail=mail,
        last_confirmed_on=last_confirmed_on,
        is_stated=is_stated,
    )


def confirm_post(*, post: str, on: date) -> None:
    """Somebody said that the post's details are right, and who holds it."""
    if not Post.objects.filter(id=post).update(last_confirmed_on=on, is_stated=False):
        raise unknown("post")
    Person.objects.filter(is_stated=True, holdings__post=post).update(is_stated=False)


def add_person(*, id: str, name: str, mail: str = "", is_stated: bool = False) -> None:
    """Add a person, who may hold posts and may be given an account."""
    address = mail.strip().lower()
    if address and Person.objects.filter(mail=address).exists():
        raise DirectoryFault(
            "mail_taken", "Somebody in the directory has this address already. Look for them first."
        )
    Person.objects.create(id=id, name=name, mail=address, is_stated=is_stated)


def appoint(
    *,
    id: str,
    post: str,
    person: str,
    from_on: date,
    until_on: date | None = None,
    is_stated: bool = False,
) -> None:
    """`person` holds `post` from `from_on` until (not including) `until_on`. Posts may be
    shared. Whoever appoints somebody says that they are who they are.
    """
    row = Post.objects.filter(id=post).first()
    if row is None:
        raise unknown("post")
    if row.closed_on is not None and (until_on is None or until_on > row.closed_on):
        raise _closed()
    if not Person.objects.filter(id=person).exists():
        raise unknown("person")
    if until_on is not None and until_on < from_on:
        raise ends_first()
    if _is_held(post, person, from_on, until_on):
        raise DirectoryFault("held_already", "They hold this post on that day already.")
    Holding.objects.create(
        id=id, post_id=post, person_id=person, from_on=from_on, until_on=until_on
    )
    if not is_stated:
        Person.objects.filter(id=person, is_stated=True).update(is_stated=False)


def _is_held(post: str, person: str, from_on: date, until_on: date | None) -> bool:
    """Whether a person already holds a post on one of these days."""
    running = Q(until_on__isnull=True) | Q(until_on__gt=from_on)
    held = Holding.objects.filter(running, post=post, person=person)
    return (held.filter(from_on__lt=until_on) if until_on else held).exists()


def end_holding(*, holding: str, until_on: date) -> None:
    """From `until_on` on, the person no longer holds the post; today means from the next
    request.
    """
    row = Holding.objects.filter(id=holding).first()
    if row is None:
        raise unknown("appointment")
    if until_on < row.from_on:
        raise ends_first()
    Holding.objects.filter(id=holding).update(until_on=until_on)


def arrange_cover(
    *,
    id: str,
    covering: str,
    from_on: date,
    until_on: date,
    person: str | None = None,
    post: str | None = None,
) -> None:
    """`covering` stands in for a person in all their posts, or in one post, until `until_on`.

    Raises `CoverLoop` when those covered already stand in for `covering` on one of those days.
    """
    if (person is None) == (post is None):
        raise DirectoryFault("one_of_two", "Cover is for one person or for one post.")
    if until_on <= from_on:
        raise ends_first()
    if not Person.objects.filter(id=covering).exists():
        raise unknown("person")
    if post and Post.objects.filter(id=post, closed_on__lt=until_on).exists():
        raise _closed()
    covered = [person] if person else _holders_between(post or "", from_on, until_on)
    if covering in covered:
        raise CoverLoop("covers_self", "A person cannot stand in for themselves.")
    if would_circle(covered, covering, from_on, until_on):
        raise CoverLoop(
            "circle", "This cover goes in a circle: each would be standing in for the other."
        )
    Cover.objects.create(
        id=id,
        person_id=person,
        post_id=post,
        covering_id=covering,
        from_on=from_on,
        until_on=until_on,
    )


def _holders_between(post: str, from_on: date, until_on: date) -> list[str]:
    if not Post.objects.filter(id=post).exists():
        raise unknown("post")
    rows = Holding.objects.filter(post=post, from_on__lt=until_on)
    return [h.person_id for h in rows if h.until_on is None or h.until_on > from_on]


def open_account(
    *,
    id: str,
    person: str,
    email: str,
    password: str | None = None,
    is_administrator: bool = False,
) -> Account:
    """Give a person a sign-in. Without a password they sign in by a code sent to `email`."""
    address = email.strip().lower()
    if not Person.objects.filter(id=person).exists():
        raise unknown("person")
    if Account.objects.filter(email=address).exists():
        raise DirectoryFault("address_taken", "This address already belongs to an account.")
    if Account.objects.filter(person=person).exists():
        raise DirectoryFault("has_account", "This person already has an account.")
    account = Account(id=id, person_id=person, email=address, is_administrator=is_administrator)
    if password is not None:
        _check_password(password, account)
    account.set_password(password)  # None sets one that nothing matches
    account.save(force_insert=True)
    return account


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise DirectoryFault("weak_password", " ".join(error.messages)) from error


def open_account_again(*, account: Account, email: str, password: str) -> None:
    """Give an account back to its owner: an address and a password of theirs, and no second step."""
    set_password(account=account, password=password)
    account.authenticator_set.all().delete()
    account.email, account.is_active = email.strip().lower(), True
    account.save(update_fields=["email", "is_active"])


def set_password(*, account: Account, password: str) -> None:
    """Another password, chosen by the account's owner. Every other session of theirs has ended."""
    _check_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])


def count_second_step(*, account: Account) -> None:
    """What it takes to sign in is another. Every session of theirs that began before has ended."""
    Account.objects.filter(id=account.id).update(second_step_changes=F("second_step_changes") + 1)
    account.refresh_from_db(fields=["second_step_changes"])


def close_account(*, account: str) -> None:
    """End a sign-in. Its sessions are refused at their next request; history keeps the name."""
    if not Account.objects.filter(id=account).update(is_active=False):
        raise unknown("account")


def unknown(what: str) -> DirectoryFault:
    """That there is no such row."""
    return DirectoryFault(f"unknown_{what}", f"There is no such {what} in the directory.")


def _closed() -> DirectoryFault:
    return DirectoryFault("closed", "It is closed, or is about to be. Nobody can come to it then.")


def ends_first() -> DirectoryFault:
    """That two days are the wrong way round."""
    return DirectoryFault("ends_first", "The last day is before the first. Check both dates.")
