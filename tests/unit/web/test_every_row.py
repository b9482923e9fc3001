"""A list taken out page by page: as many rows as asked, and an end also where the list has become shorter."""

from maisui.web.pages.paging import every_row


def test_pages_are_joined_up_to_the_number_asked():
    pages = {2: [3, 4], 3: [5, 6]}
    assert every_row([1, 2], 5, 2, pages.__getitem__) == [1, 2, 3, 4, 5]
    assert every_row([1, 2], 2, 2, pages.__getitem__) == [1, 2]


def test_a_list_that_has_become_shorter_ends():
    assert every_row([1, 2], 6, 2, lambda _page: ()) == [1, 2]
