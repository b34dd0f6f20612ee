"""How tests read a public page."""


def read(client, address, status=200):
    """What a page says, its unbreakable blanks told as plain ones."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode().replace("\xa0", " ")
