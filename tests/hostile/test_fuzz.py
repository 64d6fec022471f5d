"""Every route is given hostile values, on both databases: no failure of ours, no way out, no token in an answer."""

import json
import random
import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.clients import landing
from tests.factories import editions_of, make_game, make_location, make_stock
from tests.factories.people import PASSWORD
from tests.hostile.conftest import EMAIL
from tests.hostile.page_forms import Fields, forms_of
from tests.hostile.people import InProcess, path_of

LONE = "\ud800"
TEXTS = (
    "",
    " ",
    "0",
    "-1",
    "1",
    "2147483647",
    "2147483648",
    str(2**63),
    str(-(2**63) - 1),
    "9" * 400,
    "1e308",
    "NaN",
    "Infinity",
    "1,5",
    "١٢",  # digits, but not ours
    "\0",
    "a\0b",
    "\r\nSet-Cookie: x=1",
    "рядок\nдругий",
    LONE,
    f"a{LONE}b",
    "\U0001f3b2",
    "‮нема",
    "'; DROP TABLE game; --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "%s%n%(x)s",
    "../../etc/passwd",
    "//evil.example/",
    "http:/evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "їжак" * 1300,  # 10,400 bytes
    "p" * 5000,
    "2027-13-45",
    "0001-01-01",
    "9999-12-31",
    "uk",
    "csv",
    "true",
    "[]",
    "null",
)
JSON_VALUES = (None, True, 0, -1, 2**63, 1.5, "", "x" * 5000, LONE, "a\0b", [], [[]], ["x"], {}, {"a": {}}, [None] * 50)
HEADERS = (
    {"Host": "evil.example"},
    {"Host": "evil.example:80"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "javascript"},
    {"X-Forwarded-For": "1.2.3.4, evil"},
    {"Forwarded": "host=evil.example"},
    {"X-Forwarded-Prefix": "//evil.example"},
    {"Referer": "https://evil.example/admin/"},
    {"Accept": "application/json"},
    {"Accept-Language": "uk;q=9, " * 200},
    {"X-Request-ID": "x" * 300},
    {"Content-Type": "application/json"},
    {"Content-Type": "multipart/form-data"},
    {"Content-Type": "multipart/form-data; boundary="},
    {"Content-Type": "text/plain; charset=nope"},
    {"Authentication-Token": "WyJhIl0.xyz"},
    {"Authorization": "Bearer x"},
    {"Cookie": "komora=a; komora=b; language=../x; remember_token=1|x"},
    {"If-None-Match": "*"},
    {"Range": "bytes=-1"},
)
QUERIES = (
    "url=http:/evil.example",
    "url=%0d%0aSet-Cookie:%20x=1",
    "next=//evil.example",
    "next=http:/evil.example",
    "back=/admin//evil.example",
    "auth_token=WyJhIl0.xyz",
    "include_auth_token",
    "include_auth_token=1",
    "page=-1",
    "page=99999999999999999999",
    "page=%00",
    "sort=cost",
    "sort=999&desc=1",
    "after=%ED%A0%80",
    "after=W10",
    "before=bnVsbA",
    "last=1",
    "id=0",
    "id=-1",
    "id=9223372036854775808",
    "id=1&id=2",
    "q=%ED%A0%80",
    "q=%",
    "search=%00",
    "search=%25%5F",
    "on=0001-01-01",
    "since=9999-12-31&until=0001-01-01",
    "modal=1",
    "lang=../../x",
)
HOSTS = ("localhost", "127.0.0.1")
LEFT_ALONE = {"static", "security.static", "admin.static"}
TOKENS = re.compile(r"authentication_token|\"auth_token\"|\"csrf_token\": ?\"[^\"]+\".*auth", re.IGNORECASE)


@dataclass
class Attack:
    """One request that is made of random parts, and what to say of it if something came of it."""

    method: str
    path: str
    body: Any = None
    kind: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        body = repr(self.body)
        return f"{self.method} {self.path[:200]} {self.headers} {self.kind} {body[:300]}"


class Attacker:
    """Somebody signed in who sends what no page of ours would."""

    def __init__(self, app: Flask, person: InProcess, chance: random.Random) -> None:
        self.app, self.person, self.chance = app, person, chance
        self.rules = sorted((r for r in app.url_map.iter_rules() if r.endpoint not in LEFT_ALONE), key=str)
        self.forms: dict[str, Fields] = {}
        self.found: list[str] = []

    def learn(self) -> None:
        """Read the forms of all pages that open, so that one wrong field can stand among right ones."""
        for rule in self.rules:
            if "GET" in (rule.methods or ()):
                path = self._path(rule, hostile=False)
                for query in ("", "?id=1"):
                    for form in forms_of(self.person.get(path + query).text):
                        if form.method == "post":
                            for address in (form.action, *form.buttons_lead_to):
                                self.forms.setdefault(path_of(address) or path, form.fields)

    def attacks(self, count: int) -> Iterator[Attack]:
        """Each route in its turn, with each of its methods."""
        cases = [(rule, method) for rule in self.rules for method in sorted((rule.methods or set()) & {"GET", "POST"})]
        for number in range(count):
            rule, method = cases[number % len(cases)]
            yield self._attack(rule, method)

    def send(self, attack: Attack) -> None:
        """Send it and look at the answer."""
        try:
            answer = self.person.browser.open(
                attack.path,
                method=attack.method,
                data=attack.body,
                content_type=attack.kind or None,
                headers=attack.headers,
                base_url="http://localhost",
            )
        except Exception:
            self.found.append(f"{attack}\n{traceback.format_exc(limit=-4)}")
            return
        for fault in _faults(attack, answer):
            self.found.append(f"{attack}\n  {fault}")

    def _attack(self, rule: Rule, method: str) -> Attack:
        chance = self.chance
        path = self._path(rule, hostile=chance.random() < 0.4)
        attack = Attack(method, path)
        if chance.random() < 0.5:
            attack.path += (
                "?"
                + chance.choice(QUERIES)
                + chance.choice(("", f"&id=1&q={quote(self._text(), errors='surrogatepass')}"))
            )
        elif chance.random() < 0.5:
            attack.path += "?id=1"
        if chance.random() < 0.3:
            attack.headers = dict(chance.choice(HEADERS))
        if method == "POST":
            self._fill(attack, path)
        return attack

    def _fill(self, attack: Attack, path: str) -> None:
        chance = self.chance
        known = list(self.forms.get(path) or self.forms.get(f"{path}?id=1") or [("id", "1"), ("name", "x")])
        names = [name for name, _ in known]
        way = chance.random()
        if way < 0.55:  # one or two wrong fields among right ones
            for _ in range(chance.choice((1, 1, 2, 3))):
                place = chance.randrange(len(known))
                known[place] = (known[place][0], self._text())
            self._add_lines(known)
        elif way < 0.65:
            known = [each for each in known if chance.random() < 0.5]
        elif way < 0.72:
            known = known * chance.choice((2, 40))
        if way < 0.72:
            attack.body, attack.kind = _encoded(known), "application/x-www-form-urlencoded"
        elif way < 0.95:
            content: Any = {name: chance.choice(JSON_VALUES) for name in names}
            if chance.random() < 0.3:
                content = chance.choice(JSON_VALUES)
            attack.body, attack.kind = json.dumps(content), "application/json"
        else:
            attack.body = chance.choice((b"\xff\xfe", b"{", b"[" * 5000, b"a=%ED%A0%80&b=%FF", b"--x\r\n\r\n"))
            attack.kind = chance.choice(("application/json", "application/x-www-form-urlencoded", "text/plain"))

    def _add_lines(self, known: Fields) -> None:
        if any(name in ("reference", "to_location_id", "reason") for name, _ in known):
            known += [("edition_id", self.chance.choice(("1", self._text()))), ("quantity", self._text())]
            known += [("unit_cost", self._text())]

    def _path(self, rule: Rule, *, hostile: bool) -> str:
        path = re.sub(r"<[^>]*>", lambda found: self._part(found[0], hostile=hostile), str(rule))
        return path or "/"

    def _part(self, part: str, *, hostile: bool) -> str:
        if hostile:
            return quote(self._text(), safe="", errors="surrogatepass")
        if part.startswith("<int"):
            return "1"
        return {"<export_type>": "csv", "<slug>": "hra", "<language>": "en"}.get(part, "x")

    def _text(self) -> str:
        return self.chance.choice(TEXTS)


def _encoded(fields: Fields) -> str:
    return urlencode(fields, errors="surrogatepass")


def _faults(attack: Attack, answer: TestResponse) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"answered {answer.status_code}"
    if "Location" in answer.headers and landing(answer).partition(":")[0] not in HOSTS:
        yield f"leads to {answer.headers['Location']!r}"
    if any("\r" in value or "\n" in value for _, value in answer.headers):
        yield "a header has a line end"
    if "evil.example" in answer.headers.get("Set-Cookie", ""):
        yield "a cookie for evil.example"
    if "/static/" not in attack.path and TOKENS.search(answer.text):
        yield "a token stands in the answer"
    if attack.headers.get("Host", "").startswith("evil") and "evil.example" in answer.text:
        yield "a foreign host stands in the page"


def test_hostile_values_make_no_failure_and_lead_nowhere(
    app: Flask, owner: InProcess, seed: int, scaled: Callable[[int, int], int]
) -> None:
    make_stock(editions_of(make_game(title="Гра"))[0], make_location(), 3)
    attacker = Attacker(app, owner, random.Random(seed))
    attacker.learn()
    for number, attack in enumerate(attacker.attacks(scaled(320, 9300))):
        if number % 20 == 0 and not owner.browser.is_signed_in():
            owner.browser.sign_in(EMAIL, PASSWORD)
        attacker.send(attack)
    assert attacker.found == [], "\n\n".join(attacker.found[:20])
