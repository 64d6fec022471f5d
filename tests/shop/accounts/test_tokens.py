"""The secrets that browsers carry."""

from shop.accounts.tokens import fresh_token, hash_of


def test_every_token_is_another_and_its_hash_tells_nothing_of_it() -> None:
    tokens = {fresh_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(len(token) for token in tokens) >= 43
    for token in tokens:
        assert len(hash_of(token)) == 64
        assert token not in hash_of(token)
    assert hash_of("one") == hash_of("one") != hash_of("another")
