"""How often one may try a password: who is counted under which key, and what is answered when it was too often."""

import hashlib
import hmac
import math
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address

from flask import current_app, make_response, render_template, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.accounts.operations import Tries
from shop.db import in_transaction
from web.devices import known_token
from web.errors import wants_json


def tries_of(email: str) -> Tries:
    """What tries of this address in this browser are counted under. `email` is in its one spelling.

    Strangers who try somebody's address elsewhere, or from behind the same router, don't close it to a browser in
    which the person has signed in before.
    """
    device = known_token()
    if device and queries.is_known_device(email, device):
        return Tries(_key("device", email, device), None)
    place = _place(request.remote_addr or "")
    return Tries(_key("place", email, place), _key("address", place))


def seconds_to_wait(tries: Tries) -> int:
    """Count a try before it is made; 0 when it may be made."""
    return in_transaction(lambda: accounts.count_try(tries, at=datetime.now(UTC)))


def too_often(seconds: int) -> Response:
    """When one may try again, in words or as a problem."""
    if wants_json():
        raise TooManyRequests(retry_after=seconds)
    answer = make_response(render_template("web/too_often.html", minutes=math.ceil(seconds / 60)), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _key(*parts: str) -> str:
    """A hash that only we can make, so that no store of counts tells who tried."""
    return hmac.new(str(current_app.secret_key).encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def _place(address: str) -> str:
    """The address; of an IPv6 one its network, since a household has 2⁶⁴ of them."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return parsed.exploded[:19] if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped else address
