"""English: where one is talking, other sessions and projects, and what is said on return."""

from __future__ import annotations

import re

from aidevops_voice.languages import Phrase, forms

COMMANDS = {
    "which_project": forms(
        "which project, what project, which|what project is_this|are_we_in|am_i_in|are_you_in, where am i, "
        "where are we, what is|what's this project"
    ),
    "which_session": forms(
        "which session, what session, which|what session is_this|are_we_in|am_i_in|are_you_in, where am i talking, "
        "what is|what's this session"
    ),
    "sessions": forms(
        "list sessions, list the|my|all sessions, list all the sessions, which|what sessions |are_there|do_i_have, "
        "show |me |the|my|all sessions, sessions, read|name the sessions, other sessions"
    ),
    "new_session": forms(
        "new session, start|open|begin|make|create a new session, start|open new session, a new session"
    ),
    "running": forms(
        "what is running, what's running, which|what sessions|session are|is running|working, is anything running, "
        "what is|what's working, who is working, what runs"
    ),
    "next_waiting": forms(
        "next one that needs me, the next one that needs me, who|what|which_one|anyone needs me, "
        "which|what session|request needs me, go|switch to the |next one that needs me, does anything need me"
    ),
    "todo": forms(
        "what is left, to do, todo, todos, todo list, |the to do list, the todo list, what's left, "
        "how far are you, how far along are you, how far have you got, what is|what's left to do, what remains, "
        "|what_is|what's the plan, where are you in the plan, |the to dos, what is|what's on the todo|to_do list"
    ),
}

SWITCH = {
    "switch": re.compile(
        r"(?P<verb>switch|change)(?: me)?(?: over| back)? to (?P<name>.+)"
        r"|(?:go|jump|move|take me)(?: over| back)? to (?P<loose>.+)|(?:open|join) (?P<open>(?:the )?session .+)"
    ),
    "switch_kind": re.compile(
        r"(?:the |my )?(?P<kind>session|project) (?:called |named |about |number )*(?P<name>.+)"
        r"|(?:the |my )?(?P<name2>.+?) (?P<kind2>session|project)"
    ),
    "switch_last": re.compile(r"(?:the )?(?:last|previous|other)(?: one| session)?"),
    "switch_around": re.compile(r"^(?:the |my |number )+| one$"),
}

PLACES: dict[str, Phrase] = {
    "places.connected": "Connected to {project}, session {session}.",
    "places.connected_new": "Connected to {project}, a new session.",
    "places.project": "This is the project {project}.",
    "places.session": "This is the session {session}, in {project}.",
    "places.session_new": "This is a new session, in {project}.",
    "places.new": "new session",
    "places.sessions": ("There is one session.", "There are {n} sessions, the newest first."),
    "places.line": "{number}, {session}",
    "places.line_here": "{number}, {session}, this one",
    "places.more": ("and one more", "and {n} more"),
    "places.which": "Which one do you mean?",
    "places.unknown": "I know no session or project called {name}. Say, list sessions.",
    "places.here": "You are there already. This is {session}.",
    "places.running": "{session} is working",
    "places.running_what": "{session} is working, {what}",
    "places.waiting": "{session} waits for you",
    "places.nothing_runs": "Nothing is running.",
    "places.nobody_waits": "Nothing needs you.",
    "places.in_session": "In session {session}: {text}",
    "places.in_project": "In {project}: {text}",
    "places.needs": "Session {session} needs you: {text}",
    "places.needs_project": "{project} needs you: {text}",
    "places.how": "Say, next one that needs me, to go there.",
    "places.stopped": "The work was stopped.",
    "places.away": "While you were away: {text}",
    "places.away_more": ("There was one more result.", "There were {n} more results."),
    "places.project_added": "The project {project} is here too. Say, switch to project {project}.",
    "notices.elsewhere": "That request is in another session. Say, next one that needs me, to go there.",
    "recall.no_plan": "There is no list of things to do.",
    "recall.plan": ("{done} of one done", "{done} of {n} done"),
    "recall.plan_now": "now: {item}",
    "recall.plan_next": "next: {item}",
    "recall.plan_all": ("The one item is done.", "All {n} are done."),
    # The note that is left in the session, for reading.
    "note.head": "Note of a voice call that ended at {time}. Nothing has to be done about it.",
    "note.asked": "Asked: {text}",
    "note.done": "done",
    "note.failed": "failed",
    "note.stopped": "stopped",
    "note.open": "Still waits for an answer: {text}",
    "note.running": "Not finished when the call ended.",
}
