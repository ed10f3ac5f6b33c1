"""English: what of a list failed, and migrations."""

from __future__ import annotations

from aidevops_voice.languages import Phrase

ITEMS: dict[str, Phrase] = {
    "items.share": "{message}",
    "items.counts": "{message}",
    "items.one": "what failed is {name}",
    "items.because": "what failed is {name}, {message}",
    "items.two": "what failed is {first} and {second}",
    "items.more": ("what failed is {first}, {second} and one more", "what failed is {first}, {second} and {n} more"),
    "items.first": "the first error is {message}",
    "items.failed_of": ("one of {total} failed", "{n} of {total} failed"),
    "http.failed_of": ("one of {total} requests failed", "{n} of {total} requests failed"),
    "http.all": ("the request succeeded", "{n} requests succeeded"),
    "values.migrated": "the migrations were applied",
    "values.reclaimed": "{size} {unit} were freed",
    "values.rolled_back": "{name} was rolled back",
    "values.scaled": "{name} was scaled",
    "values.restarted": "{name} was restarted",
    "values.valid": "the configuration is valid",
    "values.bytes": ("{file} has one byte", "{file} has {n} bytes"),
    "values.size": "{file} takes {size}",
    "values.number": "the result is {number}",
    "items.some": "{first} and {second} failed, among others",
    "items.answered": "{name} answered {code}, {reason}",
    "items.task": "the task {task} failed on {name}, {message}",
    "items.migration": "the migration {name} failed",
    "items.hunks": ("one of {total} changes did not apply to {file}", "{n} of {total} changes did not apply to {file}"),
    "items.resource": "Terraform failed on {name}",
    "items.invalid": "{name} is invalid, {message}",
    "git.bad_commit": "the first bad commit is {subject}",
    "tests.failed_of": ("one of {total} tests failed", "{n} of {total} tests failed"),
    "tests.errors_of": ("one of {total} tests ended in an error", "{n} of {total} tests ended in an error"),
    "tests.alike": "the two values differ only in signs, spaces or capital letters",
    "cause.duplicated": "{name} {value} is duplicated",
    "cause.nulls": "{name} is empty in some rows",
}
