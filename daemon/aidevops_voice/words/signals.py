"""What one sentence tells: failure, loss, numbers, names, nothing; by the tables of its language."""

from __future__ import annotations

import re
from functools import cache

from aidevops_voice.languages import Language, guess, languages

_CODE = re.compile(r"`[^`\n]*`")


def language_of(text: str) -> Language:
    """By its prose, not by the names in it."""
    return guess(_CODE.sub(" ", text[:4000]))


def is_filler(sentence: str, language: Language) -> bool:
    """Whether it says nothing once something follows: `Sure!`, `Let me look at …`."""
    filler = language.marks["filler"]
    return bool(filler.search(sentence) or filler.search(unopened(sentence, language)))


def praises(sentence: str, language: Language) -> bool:
    """Whether it only tells how good a question was, with what goes on about it: `…, this one trips up many!`"""
    return "praise" in language.marks and bool(language.marks["praise"].search(sentence))


def unopened(sentence: str, language: Language) -> str:
    """Without `Sure,` in front."""
    rest = language.marks["opener"].sub("", sentence, count=1)
    return rest[:1].upper() + rest[1:] if rest else sentence


_PRODUCTS = re.compile(
    r"(?:Git (?:Hub|Lab)|Java(?: Script)?|Type Script|My S|No S|Open A|Python|Docker|Podman|Redis|Postgre\w*|Mongo\w*"
    r"|Maria|Kubernetes|Helm|Node|Deno|Bun|React|Vue|Angular|Svelte|Vite|Webpack|Babel|Jest|Vitest|Mocha|Playwright"
    r"|Cypress|Django|Flask|Rails|Ruby|Rust|Kotlin|Swift|Scala|Elixir|Perl|Linux|Ubuntu|Debian|Fedora|Alpine|Windows"
    r"|Mac|Android|Chrome|Firefox|Safari|Amazon|Google|Microsoft|Apple|Azure|Stripe|Slack|Jira|Jenkins|Terraform|Ansible"
    r"|Nginx|Apache|Kafka|Rabbit|Elastic\w*|Celery|Gunicorn|Sentry|Grafana|Prometheus|Heroku|Vercel|Netlify|Cloudflare|Claude"
    r"|Gemini|Homebrew|Bash|Tailwind|Prisma|Gradle|Maven|Vault|English|Spanish|German|French"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_SELF = re.compile(r"I(?:'\w+)?(?![\w'])")
_ARTICLE = re.compile(
    r"A (?!(?:is|was|has|had|will|would|can|and|or|to|at|on|in|for|with|of|if|does|did|gives|needs|costs|works|uses"
    r"|wins|takes|keeps|means|makes|runs|fails|gets|looks|comes|goes)\b)[a-z]"
)
"""`A mirror`, but neither `A is` nor `A works`."""
_SECOND = re.compile(r"\w+ [A-ZÁÉÍÓÚÑ]\w*[a-z]")
_VERB = ("due", "did", "result", "step", "gist", "caveat", "failing")


def begins_with_name(text: str, language: Language, names: frozenset[str] = frozenset()) -> bool:
    """Whether the first word keeps its capital inside a sentence; `names` are those of the text."""
    word = text.split(" ", 1)[0].rstrip(",.?!")
    if _PRODUCTS.match(text) or word in language.months or (language.code == "en" and _SELF.match(text)):
        return True
    if language.code == "en" and _ARTICLE.match(text):
        return False
    if len(word) > 1 and word.isupper():
        return True
    if word.lower() in language.common:
        return False
    if len(word) == 1 or word[1:] != word[1:].lower() or word in names:
        return True
    # `User Service` is one name, `Use Redis` is not.
    return bool(_SECOND.match(text)) and not any(language.marks[mark].match(word) for mark in _VERB)


def facts(sentence: str, language: Language) -> list[str]:
    """The numbers and the names of files in a sentence, as they are said."""
    return [found.group().strip() for found in _told_facts(language.code).finditer(sentence)]


@cache
def _told_facts(code: str) -> re.Pattern[str]:
    language = languages().get(code) or languages()["en"]
    some = (*range(30), *range(30, 1000, 10), 10**3, 10**6)
    counted = {word for n in some for word in re.findall(r"\w+", language.cardinal(n))}
    glue = "|".join(re.escape(language.terms[key]) for key in ("point", "and", "dot"))
    number = rf"(?:\d+|{'|'.join(sorted(counted, key=len, reverse=True))})"
    days = "|".join(language.ordinal(day, False) for day in range(31, 0, -1))
    dot = re.escape(language.terms["dot"])
    dated = rf"(?:{'|'.join(language.months)}) (?:{days})\b"
    return re.compile(
        rf"\b{dated}|\b{number}(?:[ -](?:(?:{glue}) )?{number})*\b|\b\w+(?: \w+)? {dot} [a-z]{{1,5}}\b", re.I
    )


def troubled(text: str, language: Language) -> bool:
    """Whether it speaks of failure, or of something that is wrong."""
    told = language.not_bad.sub("", text)
    return bool(language.bad.search(told) or any(language.marks[mark].search(told) for mark in ("trouble", "elided")))


def has_share(text: str, language: Language) -> bool:
    """Whether it counts a part: `two of the three`, and not all: `three of three`."""
    number = numbers(language.code).pattern.removeprefix("\\b").removesuffix("\\b")
    one = "|".join(map(re.escape, forms(1, language)))
    part = rf"(?<![\w-])(?P<part>(?:{number}|{one})(?:-\w+)*)"
    return bool(re.search(rf"{part} {language.terms['of']} (?:\w+ )?(?!(?P=part)\b){number}", text, re.I))


def forms(n: int, language: Language) -> list[str]:
    """A number as it is said alone, and before a noun of each gender."""
    nouns = [language.units[unit][0] for unit in ("h", "min") if unit in language.units]
    return list(dict.fromkeys((language.cardinal(n), *(language.agreeing(n, noun) for noun in nouns))))


def has_number(text: str, language: Language) -> bool:
    """Whether it counts something, beyond one."""
    return bool(numbers(language.code).search(text))


@cache
def numbers(code: str) -> re.Pattern[str]:
    """Whole numbers above one, in digits or words."""
    language = languages().get(code)
    cardinals = {language.cardinal(n) for n in (*range(2, 21), *range(30, 100, 10))} if language else set()
    return re.compile(rf"\b(?:\d+|{'|'.join(sorted(cardinals) or ['0'])})\b", re.I)
