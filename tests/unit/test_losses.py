"""What commands really destroyed is told from the commands and their output, and only where it happened."""

from __future__ import annotations

import pytest

from aidevops_voice import losses
from aidevops_voice.chronicle import Account
from aidevops_voice.conversation import deeds
from aidevops_voice.languages import named
from aidevops_voice.ports import FileChange, ToolFinished
from aidevops_voice.veil import Veil
from aidevops_voice.words import wording
from aidevops_voice.words.speakable import words

ENGLISH, SPANISH = named("en"), named("es")


def ran(command: str, output: str = "", code: int | None = 0, files: tuple[FileChange, ...] = ()) -> ToolFinished:
    """A finished shell command."""
    return ToolFinished(
        "s", "t", "c", "bash", code in (0, None), command=command, output=output, exit_code=code, files=files
    )


def said(*tools: ToolFinished, lesser: bool = False) -> str:
    """The losses in words."""
    facts = losses.losses(tools, lesser)
    for fact in facts:
        for language in (ENGLISH, SPANISH):
            assert words(wording.told(fact, language)) <= 20, wording.told(fact, language)
    return "; ".join(wording.told(fact, ENGLISH) for fact in facts)


def test_what_an_apply_destroyed_before_it_stopped_counts_without_what_was_made_anew() -> None:
    output = (
        "aws_s3_bucket.logs: Destruction complete after 2s\naws_db.main: Destruction complete after 1s\n"
        "aws_db.main: Creation complete after 9s\n\nError: no space\n"
    )
    assert said(ran("terraform apply -auto-approve", output, 1)) == "destroyed one resource"


@pytest.mark.parametrize(
    ("command", "output", "told"),
    [
        ("rm -rf scans/letters", "", "deleted the folder letters"),
        ("rm -rfv scans/1998", "removed 'scans/1998/a.tif'\nremoved 'scans/1998/b.tif'\nremoved directory 'scans/1998'",
         "deleted the folder scans one thousand nine hundred ninety-eight with two files"),
        ("rm notes/diary.md", "", "deleted diary dot md"),
        ("rm a.wav b.wav", "", "deleted a dot wav and b dot wav"),
        ("cd studio && rm -f takes/one.wav takes/two.wav takes/three.wav takes/four.wav", "",
         "deleted four files, one dot wav, two dot wav among them"),
        ("rm *.flac", "", "deleted the dot flac files"),
        ("rm -rf recordings/*", "", "deleted everything in recordings"),
        ("rm -rf *", "", "deleted everything in the current folder"),
        ("ls takes | xargs rm", "", "deleted files"),
        ("rm -r \"$OLD\"", "", "deleted files"),
        ("rmdir attic", "", "deleted the folder attic"),
        ("shred -u wallet.dat", "", "deleted wallet dot dat"),
        ("find . -name '*.heic' -delete", "", "deleted the dot heic files"),
        ("find inbox -name '*.eml' -print -delete", "inbox/a.eml\ninbox/b.eml\n", "deleted a dot eml and b dot eml"),
        ("find attic -mtime +30 -delete", "", "deleted files in attic"),
        ("truncate -s 0 ledger.csv", "", "emptied ledger dot csv"),
        ("> ledger.csv", "", "emptied ledger dot csv"),
        ("python -c \"import shutil; shutil.rmtree('attic')\"", "", "deleted attic"),
        ("ssh ana@till.example 'rm -rf /srv/receipts'", "", "deleted the folder receipts"),
        ("bash -c 'cd /srv; rm -rf receipts'", "", "deleted the folder receipts"),
        ("rsync -a --delete a/ b/", "deleting old/x.txt\ndeleting old/y.txt\n",
         "deleted x dot txt and y dot txt"),
        ("git stash drop", "Dropped refs/stash@{0} (8d2f1c0a9b)", "dropped a stash"),
        ("git stash drop stash@{2} && git stash drop",
         "Dropped stash@{2} (8d2f1c0a9b)\nDropped refs/stash@{0} (77ab1c0a9b)",
         "dropped two stashes"),
        ("git stash clear", "", "dropped all stashes"),
        ("git branch -D tuner", "Deleted branch tuner (was 71e0c2d).", "deleted the branch tuner"),
        ("git branch -D fix/4.1 tuner", "Deleted branch fix/4.1 (was 71e0c2d).\nDeleted branch tuner (was 71e0c2d).",
         "deleted the branches fix four point one and tuner"),
        ("for b in $(git branch --merged); do git branch -d $b; done",
         "".join(f"Deleted branch {name} (was 71e0c2d).\n" for name in ("oboe", "viola", "cello", "harp", "lute")),
         "deleted five branches, oboe, viola among them"),
        ("git branch -d tuner", "", "deleted the branch tuner"),
        ("git tag -d v2.4", "Deleted tag 'v2.4' (was 71e0c2d)", "deleted the tag version two point four"),
        ("git push origin --delete hotfix/9", "To x.git\n - [deleted]         hotfix/9",
         "deleted hotfix nine on the remote"),
        ("git push origin :tuner", "To x.git\n - [deleted]         tuner", "deleted tuner on the remote"),
        ("git push -d origin tuner viola", "", "deleted tuner and viola on the remote"),
        ("git push --force origin tuner", "To x.git\n + 71e0c2d...8d2f1c0 tuner -> tuner (forced update)",
         "overwrote tuner on the remote by force"),
        ("git push -f", "", "overwrote the branch on the remote by force"),
        ("git reset --hard HEAD~3", "HEAD is now at 71e0c2d Tune", "reset the branch by three commits"),
        ("git reset --hard", "HEAD is now at 71e0c2d Tune", "reset the branch, any changes not committed are lost"),
        ("git reset --hard origin/tuner", "HEAD is now at 71e0c2d Tune", "reset the branch to origin tuner"),
        ("git clean -fd", "Removing takes/\nRemoving diary.md\n",
         "deleted takes and diary dot md, which were not in git"),
        ("git checkout -- src/tuner.c", "", "threw away the changes in tuner dot c"),
        ("git checkout .", "Updated 4 paths from the index", "threw away the changes in four files"),
        ("git restore pitch.c scale.c", "", "threw away the changes in pitch dot c and scale dot c"),
        ("git checkout -f main", "Switched to branch 'main'", "threw away changes"),
        ("git filter-repo --path secrets --invert-paths", "", "rewrote the history"),
        ("git reflog expire --expire=now --all && git gc --prune=now", "", "removed old commits for good"),
        ("git worktree remove --force ../viola", "", "removed the worktree viola"),
        ("git rm old.c", "rm 'old.c'", "deleted old dot c"),
        ("psql -d choir -c 'DELETE FROM singers'", "DELETE 412", "deleted all four hundred twelve rows of singers"),
        ("psql -d choir -c \"delete from singers where voice = 'alto'\"", "DELETE 12",
         "deleted twelve rows of singers"),
        ("mysql choir -e 'DELETE FROM singers WHERE id > 9'", "Query OK, 31 rows affected (0.01 sec)",
         "deleted thirty-one rows of singers"),
        ("sqlite3 choir.db 'delete from songs; select changes();'", "77", "deleted all seventy-seven rows of songs"),
        ("sqlite3 choir.db 'delete from songs'", "", "deleted all rows of songs"),
        ("sqlite3 choir.db 'DROP TABLE IF EXISTS songs; drop table singers;'", "",
         "dropped the tables songs and singers"),
        ("docker exec -i db psql -U app -c 'TRUNCATE concerts, tickets CASCADE'", "TRUNCATE TABLE",
         "emptied the tables concerts and tickets"),
        ("psql -f tidy.sql", "BEGIN\nDELETE 40\nDELETE 2\nCOMMIT", "deleted forty-two rows"),
        ("psql -c 'ALTER TABLE singers DROP COLUMN phone'", "ALTER TABLE", "dropped the column phone"),
        ("dropdb choir", "", "dropped the database choir"),
        ("bin/rails db:reset", "Dropped database 'choir'", "emptied the database"),
        ("npx prisma migrate reset --force", "Database reset successful", "emptied the database"),
        ("mongosh choir --eval 'db.songs.deleteMany({})'", "{ acknowledged: true, deletedCount: 9 }",
         "deleted nine rows"),
        ("redis-cli FLUSHALL", "OK", "emptied the Redis database"),
        ("docker volume rm choir-db", "choir-db", "deleted the volume choir-db"),
        ("docker compose down -v", " Container web-1  Removed\n Volume choir_scores  Removed\n",
         "deleted the volume choir scores"),
        ("docker volume prune -f", "Deleted Volumes:\nalpha\nbeta\n\nTotal reclaimed space: 3GB",
         "deleted the volumes alpha and beta"),
        ("kubectl delete namespace choir", "namespace \"choir\" deleted", "deleted namespace choir in the cluster"),
        ("terraform apply -auto-approve", "Apply complete! Resources: 1 added, 0 changed, 7 destroyed.",
         "destroyed seven resources"),
        ("terraform destroy -auto-approve", "Destroy complete! Resources: 1 destroyed.", "destroyed one resource"),
        ("aws s3 rm s3://choir-scores --recursive", "delete: s3://choir-scores/a.pdf\ndelete: s3://choir-scores/b.pdf",
         "deleted two objects in the bucket choir-scores"),
        ("npm unpublish pitch-pipe@2.0.1", "- pitch-pipe@2.0.1", "unpublished pitch pipe two point zero"),
        ("curl -X DELETE https://api.choir.example/v1/singers/4", "",
         "sent a delete request to api dot choir dot example"),
        ("gh repo delete ana/choir --yes", "", "deleted the repository choir"),
        ("aws rds delete-db-instance --db-instance-identifier choir", "", "deleted db instance choir in the cloud"),
    ],
)  # fmt: skip
def test_what_is_gone_is_told(command: str, output: str, told: str) -> None:
    heard = said(ran(command, output))
    assert heard.startswith(told), heard


@pytest.mark.parametrize(
    ("command", "output", "code"),
    [
        ("rm -rf scans", "rm: cannot remove 'scans': Permission denied", 1),
        ("rm scans.txt || true", "rm: cannot remove 'scans.txt': No such file or directory", 0),
        ("git branch -D tuner", "error: branch 'tuner' not found.", 1),
        ("git branch -d tuner", "error: the branch 'tuner' is not fully merged.", 1),
        ("git fetch --prune", "From x.git\n - [deleted]         (none)     -> origin/tuner", 0),
        ("git fetch", "From x.git\n + 71e0c2d...8d2f1c0 main -> origin/main  (forced update)", 0),
        ("git stash pop", "Dropped refs/stash@{0} (8d2f1c0a9b)", 0),
        ("git clean -nd", "Would remove takes/", 0),
        ("git clean -fd", "", 0),
        ("git restore --staged pitch.c", "", 0),
        ("git checkout main", "Switched to branch 'main'", 0),
        ("git checkout -- pitch.c", "error: pathspec 'pitch.c' did not match", 1),
        ("git push --force", "Everything up-to-date", 0),
        ("git push -f origin main", "   71e0c2d..8d2f1c0  main -> main", 0),
        ("git push --force --dry-run origin main", " + 71e0c2d...8d2f1c0", 0),
        ("git rm --cached .env", "rm '.env'", 0),
        ("git reset HEAD~1", "", 0),
        ("psql -c 'DELETE FROM singers WHERE id = 0'", "DELETE 0", 0),
        ("psql -c 'DROP TABLE singers'", 'ERROR:  cannot drop table singers', 0),
        ("psql -c 'BEGIN; DELETE FROM singers; ROLLBACK'", "BEGIN\nDELETE 9\nROLLBACK", 0),
        ("grep -rn 'DROP TABLE' migrations", "a.sql:1:DROP TABLE x", 0),
        ("cat tidy.sql", "DELETE FROM singers; DROP TABLE songs;", 0),
        ("echo rm -rf scans", "rm -rf scans", 0),
        ("terraform apply -auto-approve", "Apply complete! Resources: 1 added, 0 changed, 0 destroyed.", 0),
        ("aws s3 rm s3://choir/a --dryrun", "(dryrun) delete: s3://choir/a", 0),
        ("kubectl delete pod web --dry-run=client", 'pod "web" deleted (dry run)', 0),
        ("docker volume prune -f", "Total reclaimed space: 0B", 0),
        ("npm run build", "removed 3 modules", 0),
        ("gh run view 4 --log", "Deleted branch tuner (was 71e0c2d).", 0),
        ("pytest -q", "DELETE 40", 1),
        ("rsync -an --delete a/ b/", "deleting old/x.txt", 0),
        ("docker compose down", " Container web-1  Removed", 0),
        ("commit=1; git commit -m 'remove the rm -rf from the script'", "[main 71e0c2d] x", 0),
    ],
)  # fmt: skip
def test_what_is_still_there_is_not_told(command: str, output: str, code: int) -> None:
    assert said(ran(command, output, code), lesser=True) == ""


def test_what_a_failed_command_did_before_it_failed_is_told() -> None:
    output = "Deleted branch oboe (was 71e0c2d).\nerror: branch 'viola' not found."
    assert said(ran("git branch -D oboe viola", output, 1)) == "deleted the branch oboe"
    assert said(ran("rm -v a.wav b.wav", "removed 'a.wav'\nrm: cannot remove 'b.wav': Busy", 1)) == "deleted a dot wav"


@pytest.mark.parametrize("middle", ["", "... output truncated; full content saved to /tmp/x ...\n"])
def test_what_was_cut_out_of_an_output_is_not_counted(middle: str) -> None:
    listed = [f"removed 'pics/{n}.jpg'\n" for n in range(30 if middle else 900)]
    half = len(listed) // 2
    output = "".join([*listed[:half], middle, *listed[half:], "removed directory 'pics'\n"])
    assert said(ran("rm -rfv pics", "".join([*listed[:2], "removed directory 'pics'\n"]))).endswith("with two files")
    seen = Veil(lambda text: text).event(ran("rm -rfv pics", output))
    assert isinstance(seen, ToolFinished)
    assert said(seen) == "deleted the folder pics"


@pytest.mark.parametrize(
    "command", ["rm -rf build dist", "rm -rf node_modules", "find . -name '*.pyc' -delete", "rm /tmp/notes.txt",
                "docker rm -f web", "rm -rf .pytest_cache coverage"],
)  # fmt: skip
def test_what_can_be_made_again_matters_only_where_nothing_else_does(command: str) -> None:
    assert said(ran(command)) == ""
    assert said(ran(command), lesser=True) != ""
    assert said(ran(command), ran("rm diary.md"), lesser=True) == "deleted diary dot md"


def test_a_mixed_removal_tells_what_matters() -> None:
    assert said(ran("rm -rf node_modules dist uploads")) == "deleted the folder uploads"


def test_losses_of_a_turn_are_told_together_the_worst_first() -> None:
    tools = [
        ran("git branch -D oboe", "Deleted branch oboe (was 71e0c2d)."),
        ran("git branch -D viola", "Deleted branch viola (was 71e0c2d)."),
        ran("psql -c 'DROP TABLE songs'", "DROP TABLE"),
    ]
    assert said(*tools) == "dropped the table songs; deleted the branches oboe and viola"


def test_what_the_turn_itself_had_made_is_no_loss() -> None:
    written = ToolFinished("s", "t", "c", "write", True, files=(FileChange("/p/try.py", "added"),))
    assert said(written, ran("python try.py && rm try.py")) == ""
    assert said(ran("git checkout -b trial"), ran("git branch -D trial", "Deleted branch trial (was 71e0c2d).")) == ""
    assert said(ran("mkdir scratch"), ran("rm -rf scratch")) == ""
    assert said(ran("sort a > sorted.csv"), ran("rm sorted.csv")) == ""


def test_what_may_have_been_there_before_is_a_loss() -> None:
    assert said(ran("mkdir -p letters"), ran("rm -rf letters")) == "deleted the folder letters"
    assert said(ran("echo x >> ledger.csv"), ran("rm ledger.csv")) == "deleted ledger dot csv"
    assert said(ran("rm -rf letters && mkdir letters")) == "deleted the folder letters"


def test_a_file_that_was_written_anew_is_no_loss() -> None:
    written = ToolFinished("s", "t", "c", "write", True, files=(FileChange("notes.md", "added"),))
    assert said(ran("rm notes.md"), written) == ""


def test_a_deleted_file_of_any_tool_is_told_once() -> None:
    gone = (FileChange("src/pitch.c", "deleted"),)
    assert said(ToolFinished("s", "t", "c", "apply_patch", True, files=gone)) == "deleted pitch dot c"
    assert said(ran("rm src/pitch.c", files=gone)) == "deleted pitch dot c"


@pytest.mark.parametrize(
    ("command", "output", "text", "tells"),
    [
        ("rm -rf scans/letters", "", "Done! Everything is neat now.", False),
        ("rm -rf scans/letters", "", "I deleted `scans/letters`.", True),
        ("rm -rf scans/letters", "", "I did not delete anything. The letters are sorted.", False),
        ("psql -c 'DELETE FROM singers'", "DELETE 412", "The table is fresh again.", False),
        ("psql -c 'DELETE FROM singers'", "DELETE 412", "I removed all 412 rows from `singers`.", True),
        ("psql -c 'DELETE FROM singers'", "DELETE 412", "I removed the old rows from `singers`.", False),
        ("git branch -D oboe viola", "", "Removed two branches:\n\n- `oboe`\n- `viola`\n", True),
        ("git branch -D oboe viola", "", "Removed the branch `oboe`.", False),
        ("psql -c \"DELETE FROM singers WHERE voice = 'alto'\"", "DELETE 412", "I removed 412 old members.", True),
        ("psql -c \"DELETE FROM singers WHERE voice = 'alto'\"", "DELETE 3", "Three old members are gone.", True),
        (
            "psql -c \"DELETE FROM singers WHERE voice = 'alto'\"",
            "DELETE 3",
            "I removed the loop that made the rehearsal slow and ran all three tests.",
            False,
        ),
        ("psql -c \"DELETE FROM singers WHERE voice = 'alto'\"", "DELETE 400", "I removed 420 old members.", False),
        (
            "git clean -fd",
            "Removing a.wav\nRemoving b.wav\nRemoving c.wav\nRemoving takes/\n",
            "I deleted three recordings and the folder `takes`.",
            True,
        ),
        (
            "git clean -fd",
            "Removing a.wav\nRemoving b.wav\nRemoving c.wav\nRemoving takes/\n",
            "I deleted two recordings and the folder `takes`.",
            False,
        ),
        ("git reset --hard origin/tuner", "", "It is at `tuner` again, your uncommitted edits were discarded.", True),
        ("git reset --hard origin/tuner", "", "The untracked files were discarded.", False),
        ("git stash drop", "Dropped refs/stash@{0} (8d2f1c0a9b)", "You can start afresh.", False),
        ("git stash drop", "Dropped refs/stash@{0} (8d2f1c0a9b)", "I dropped your stash.", True),
        ("git reset --hard origin/tuner", "", "I reset the branch to `origin/tuner`.", True),
        ("git reset --hard origin/tuner", "", "You are on the newest `origin/tuner`.", False),
        ("terraform destroy", "Destroy complete! Resources: 7 destroyed.", "All seven resources were destroyed.", True),
    ],
)
def test_what_the_agent_tells_itself_is_known(command: str, output: str, text: str, tells: bool) -> None:
    (fact,) = losses.losses([ran(command, output)])
    assert losses.told(fact, text, ENGLISH) is tells


def test_what_the_agent_tells_in_spanish_is_known() -> None:
    (fact,) = losses.losses([ran("git branch -D oboe", "Deleted branch oboe (was 71e0c2d).")])
    assert wording.told(fact, SPANISH) == "se borró la rama oboe"
    assert losses.told(fact, "He borrado la rama `oboe`.", SPANISH)
    assert not losses.told(fact, "Listo, todo limpio en `oboe`.", SPANISH)


def test_a_count_in_spanish_is_known_in_any_gender() -> None:
    (fact,) = losses.losses([ran("psql -c \"DELETE FROM loans WHERE due < '2020-01-01'\"", "DELETE 224")])
    assert losses.told(fact, "He borrado 224 préstamos devueltos.", SPANISH)
    assert losses.told(fact, "Las doscientas veinticuatro entradas viejas se borraron.", SPANISH)
    assert not losses.told(fact, "He borrado 24 préstamos devueltos.", SPANISH)
    assert not losses.told(fact, "He borrado 224 préstamos devueltos.", SPANISH, loosely=False)


@pytest.mark.parametrize(
    ("command", "output", "told"),
    [
        ("rm -rfv scans | tail -2", "removed 'scans/9.tif'\nremoved directory 'scans'\n", "deleted the folder scans"),
        ("rm -rfv scans 2>&1 | grep tif | head -1", "removed 'scans/9.tif'\n", "deleted the folder scans"),
        ("git clean -fd | tail -1", "Removing takes/\n", "deleted files that were not in git"),
        (
            "git branch -D oboe viola | tail -1",
            "Deleted branch viola (was 71e0c2d).\n",
            "deleted the branches oboe and viola",
        ),
    ],
)
def test_what_a_pipe_let_through_is_not_counted(command: str, output: str, told: str) -> None:
    assert said(ran(command, output)) == told


@pytest.mark.parametrize(
    ("sql", "output", "told"),
    [
        (
            "delete from notes where old=1; select changes(); select count(*) from notes;",
            "42\n7\n",
            "deleted forty-two rows of notes",
        ),
        (
            "select count(*) from notes; delete from notes where old=1; select changes();",
            "49\n42\n",
            "deleted rows of notes",
        ),
    ],
)
def test_how_many_rows_it_was_is_the_first_number_behind_it(sql: str, output: str, told: str) -> None:
    assert said(ran(f'sqlite3 choir.db "{sql}"', output)) == told


def test_a_row_of_a_table_is_no_sentence_of_a_loss() -> None:
    (fact,) = losses.losses([ran("psql -c \"DELETE FROM singers WHERE voice = 'alto'\"", "DELETE 412")])
    assert not losses.told(fact, "Deleted, before Monday, 412, 90 remaining.", ENGLISH)
    assert losses.told(fact, "412 members were deleted, 90 remain.", ENGLISH)


def test_its_own_words_are_known_again() -> None:
    for command in ("rm -rf scans/letters a.wav", "git reset --hard HEAD~2", "rm *.flac", "git push -f"):
        for fact in losses.losses([ran(command)]):
            for language in (ENGLISH, SPANISH):
                assert losses.told(fact, wording.told(fact, language), language), wording.told(fact, language)


def test_huge_output_is_read_in_part() -> None:
    output = "".join(f"removed 'scans/{n}.tif'\n" for n in range(60_000))
    assert "scans" in said(ran("rm -rfv scans", output))
    said(ran("rm " + "a" * 100_000), ran("psql -c '" + "delete from a where " * 5000 + "'"))


def test_the_details_of_a_run_tell_its_losses() -> None:
    account = Account(0.0, ended=9.0, outcome="done", tools=[ran("git stash clear"), ran("npm test", "ok")])
    assert "Dropped all stashes." in deeds.details(account, ENGLISH)


@pytest.mark.parametrize(
    ("look", "shown", "reset", "told"),
    [
        ("git log --oneline origin/main..HEAD", "71e0c2d Tune it\n8aa01b2 Add reeds",
         "git reset --hard origin/main",
         "dropped two commits that were not pushed, any changes not committed are lost"),
        ("git status -sb", "## main...origin/main [ahead 3]\n M reed.py", "git reset --hard origin/main",
         "dropped three commits that were not pushed; threw away the changes in reed dot py"),
        ("git log @{u}.. --oneline; git diff --stat", "71e0c2d Tune\n reed.py | 2 +-\n 1 file changed",
         "git fetch && git reset --hard @{u}", "threw away the changes in reed dot py"),
        ("git status", "Your branch is ahead of 'origin/main' by 1 commit.\n\tmodified:   reed.py", "git reset --hard",
         "threw away the changes in reed dot py"),
        ("git log --oneline -3", "71e0c2d Tune\n8aa01b2 Add", "git reset --hard origin/main",
         "reset the branch to origin main, any changes not committed are lost"),
    ],
)  # fmt: skip
def test_a_reset_loses_what_was_shown_before_it(look: str, shown: str, reset: str, told: str) -> None:
    assert said(ran(look, shown), ran(reset, "HEAD is now at 1b2c3d4 Release")) == told


def test_what_was_pushed_before_a_reset_is_not_lost() -> None:
    look = ran("git status -sb", "## main...origin/main [ahead 3]")
    assert "pushed" not in said(look, ran("git push"), ran("git reset --hard origin/main"))
