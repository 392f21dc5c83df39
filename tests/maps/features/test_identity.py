from maps.features.notice import Notices
from maps.features.reading.identity import identities


def test_ids_stay_and_doubles_are_named():
    notices = Notices("here")
    assert identities([0, 7, None, None], [None, None, "a", None], notices) == ["0", "7", "a", None]
    assert notices.lines() == []
    assert identities([7, 7, 8, "7~2", 7], [], notices) == ["7", "7~3", "8", "7~2", "7~4"]
    assert notices.lines() == ["2 features had the id of another; they were given new ones ('7')"]
