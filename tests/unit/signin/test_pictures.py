"""What an authenticator app scans."""

import re

from counterpart.web.signin.pictures import link_of, picture_of


def test_the_link_holds_the_key_and_whose_it_is() -> None:
    link = link_of("amara osei+x@oakfield.example", "ABCD2345")
    assert link == (
        "otpauth://totp/Counterpart:amara%20osei%2Bx%40oakfield.example"
        "?secret=ABCD2345&issuer=Counterpart"
    )


def test_the_picture_is_one_svg_with_no_style_no_script_and_no_words_of_the_account() -> None:
    drawn = picture_of('a"><script>@oakfield.example', "ABCD2345")
    assert drawn.startswith("<svg ")
    assert drawn.count("<svg") == 1
    assert not re.search(r"style=|<script|oakfield|ABCD2345", drawn)
