import pytest
from datetime import timedelta
from tests.integration.web.test_every_policy import *
@pytest.mark.parametrize("name", PUBLISHED)
def test_dbg(name):
    place = a_whole_town()
    puts_in_force(place, policy_file(name))
    story = Live(place, now=BEGAN, step=timedelta(minutes=30)).begins()
    n=0
    for ev in acts_to_the_end(story):
        story.acts(ev); n+=1
    print("DBG", name, n, [v.stage for v in story.state.visits], list(story.policy.stages))
