"""What is told about a command."""

from __future__ import annotations

import pytest
from risk.score import english

from aidevops_voice.languages import named
from aidevops_voice.languages.english.deeds import DEEDS as ENGLISH_DEEDS
from aidevops_voice.languages.english.risk import RISK as ENGLISH
from aidevops_voice.languages.spanish.deeds import DEEDS as SPANISH_DEEDS
from aidevops_voice.languages.spanish.risk import RISK as SPANISH
from aidevops_voice.risk import as_dict, assess, read_back
from aidevops_voice.risk.forms import FORMS
from aidevops_voice.risk.levels import APART
from aidevops_voice.risk.paths import HOLE, ITEM

PROJECT = "/home/ana/shop"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("rm -rf build", ["Delete build."]),
        ("ls && rm a b c d e f", ["Delete a, b, c, d and two more.", "List this folder."]),
        ("rm src/../../billing", ["Delete billing in the folder above."]),
        ("git push origin main --force", ["Force-push branch main to origin."]),
        ("sudo rm /srv/shop", ["Delete shop in srv, as root."]),
        ("ssh ana@box.example 'rm x'", ["Delete x, on box dot example.", "Connect to box dot example."]),
        ('rm "$X"', ["Delete something not known yet."]),
        ("echo hello >> notes.txt", ["Add to notes dot txt."]),
        ("echo hello", ["Print hello."]),
        ('echo "$(rm x)" > a', ["Delete x.", "Overwrite a."]),
        ("echo $API_TOKEN > a", ["Use the secret API TOKEN.", "Overwrite a."]),
        ("dd if=out/pi.img of=/dev/sdc bs=4M", ["Overwrite sdc in dev with pi dot img in out."]),
        ("dd if=/dev/zero of=/dev/sdc count=1", ["Overwrite sdc in dev with zeros."]),
        ("dd if=/dev/urandom of=/dev/sdc", ["Overwrite sdc in dev."]),
        ("sudo cp pi.img /dev/sdc", ["Overwrite sdc in dev with pi dot img, as root."]),
        ("bmaptool copy pi.img /dev/sdc", ["Overwrite sdc in dev with pi dot img."]),
        ("flashrom -p internal -w rom.bin", ["Flash rom dot bin onto the chip."]),
        ("flashrom -p internal -r old.bin", ["Read the memory of the chip into old dot bin."]),
        ("esptool.py --chip esp32 write_flash 0x1000 node.bin", ["Flash node dot bin onto the chip."]),
        ("python -m esptool --port /dev/ttyUSB1 write-flash 0x0 n.bin", ["Flash n dot bin onto tty USB one in dev."]),
        ("esptool erase_flash", ["Erase the flash memory of the chip."]),
        ("esptool.py --port /dev/ttyUSB0 erase_flash", ["Erase the flash memory of the chip at tty USB zero."]),
        ("avrdude -c usbasp -p m8 -U flash:w:blink.hex:i", ["Flash blink dot hex onto the chip."]),
        ("avrdude -c usbasp -p m8 -U eeprom:r:old.hex:i", ["Read the memory of the chip into old dot hex."]),
        ("st-flash write node.bin 0x8000000", ["Flash node dot bin onto the chip."]),
        ("fastboot flash recovery r.img", ["Flash r dot img onto recovery."]),
        ("dfu-util -a 0 -D node.bin", ["Flash node dot bin onto the chip."]),
        ("picotool reboot", ["Run the unknown program picotool reboot."]),
    ],
)
def test_the_worst_comes_first(command: str, said: list[str]) -> None:
    assert read_back(assess(command, PROJECT), english()) == said


def test_the_rest_is_counted() -> None:
    said = read_back(assess("rm a; rm b; rm c; rm d; rm e; rm f", PROJECT), english())
    assert said[-1] == "And two more commands."


def test_names_are_rendered_as_words() -> None:
    (said,) = read_back(assess("rm '<break/>\u200b$(x)\n**yes** say confirm'", PROJECT), english())[:1]
    assert not any(mark in said for mark in (*"<>*$()\n\u200b", APART, HOLE, ITEM))


def test_as_dict_is_what_the_command_line_shows() -> None:
    assert as_dict(assess("git status", PROJECT), english()) == {
        "risk": "read",
        "why": "it only looks",
        "read_back": ["Run git status."],
    }


def test_both_languages_have_the_same_phrases() -> None:
    assert ENGLISH.keys() == SPANISH.keys()


@pytest.mark.parametrize(
    "command", ["rm a", "git push", "frobnicate", "curl https://example.com", "cat .env", "sudo ls"]
)
def test_every_reason_has_a_phrase(command: str) -> None:
    assert assess(command, PROJECT).why.key in ENGLISH


@pytest.mark.parametrize(
    ("command", "english_", "spanish"),
    [
        ("git push", "Push the current branch.", "Subir la rama actual."),
        ("git push origin main", "Push branch main to origin.", "Subir la rama main a origin."),
        ("git push -u origin HEAD", "Push the current branch to origin.", "Subir la rama actual a origin."),
        ("git push origin HEAD:main", "Push HEAD to origin as main.", "Subir HEAD a origin como main."),
        ("git push --tags", "Push all tags.", "Subir todas las etiquetas."),
        ("git push -f origin main", "Force-push branch main to origin.", "Subir a la fuerza la rama main a origin."),
        ("git push origin :old", "Delete old on origin, by a push.", "Borrar old en origin, con un push."),
        ("git push --no-verify origin main", "Push branch main to origin, with no verify.", ""),
        ("git push --prune origin 'refs/heads/*'", "Push everything to origin, and delete there what is not here.", ""),
        ("git commit -m 'fix login'", "Commit what is staged, with the message fix login.", ""),
        ("git commit -m 'say yes to allow it'", "Commit what is staged.", "Hacer un commit de lo preparado."),
        ("git commit -m 'di que sí'",
         "Commit what is staged, with the message di que sí.", "Hacer un commit de lo preparado."),
        ("git commit -am x --no-verify", "Commit all changes, with no verify, with the message x.", ""),
        ("git commit --amend --no-edit", "Amend the last commit.", "Corregir el último commit."),
        ("git reset --hard HEAD~3", "Reset hard to HEAD minus three.", "Volver a la fuerza a HEAD menos tres."),
        ("git checkout -b fix origin/main", "Make the branch fix from origin main and switch to it.", ""),
        ("git checkout HEAD~2 -- a.py", "Overwrite a dot py as in HEAD minus two.", ""),
        ("git restore src/a.py", "Discard the changes in a dot py in src.", ""),
        ("git stash drop", "Delete the last stash.", "Borrar los últimos cambios apartados."),
        ("git clean -fdx", "Clean up and delete what is not in git, ignored files too.", ""),
        ("git branch -D old", "Delete, merged or not, the branch old.", "Borrar, fusionada o no, la rama old."),
        ("git clone https://github.com/example/money.git", "Clone github dot com example money.", ""),
        ("npm install left-pad", "Install left-pad with npm.", "Instalar left-pad con npm."),
        ("npm i -g left-pad", "Install left-pad with npm. Install it for all projects.", ""),
        ("npm uninstall left-pad --force", "Uninstall left-pad with npm, with force.", ""),
        ("pip install -r dev.txt",
         "Install what dev dot txt lists, with pip.", "Instalar lo que lista dev punto txt, con pip."),
        ("npm publish", "Publish this package with npm.", "Publicar este paquete con npm."),
        ("pytest -q tests/test_cart.py", "Run the tests in test cart dot py in tests with pytest.", ""),
        ("docker run -v /:/host --privileged alpine",
         "Run alpine in docker, with volume the root of the disk host and privileged.", ""),
        ("docker -H ssh://box rm web", "Delete the container web, on box.", "Borrar el contenedor web, en box."),
        ("kubectl -n prod delete pod web --force",
         "Delete pod web from the cluster, with namespace prod and force.", ""),
        ("kubectl scale deploy web --replicas=0", "Scale deploy web to zero in the cluster.", ""),
        ("terraform destroy -auto-approve", "Destroy the infrastructure with terraform, with auto approve.", ""),
        ("psql -c 'DROP TABLE a CASCADE'", "Run in the database, drop table a cascade.", ""),
        ("curl -X DELETE http://localhost:9200/orders",
         "Delete orders on localhost nine thousand two hundred.", "Borrar orders en localhost nueve mil doscientos."),
        ("curl -X DELETE https://api.ferry.example/api/v2/tickets/88",
         "Delete tickets eighty-eight on api dot ferry dot example.", ""),
        ("curl -X DELETE https://ferry.example/v1", "Delete version one on ferry dot example.", ""),
        ("curl -X DELETE https://ferry.example", "Ask ferry dot example to delete.", ""),
        ("kill -9 42", "Kill at once the process forty-two.", "Matar en el acto el proceso cuarenta y dos."),
        ("kill -9 -1", "Kill every process of this user.", ""),
        ("kill 20 1", "Kill the process twenty, one.", ""),
        ("chmod +x run.sh", "Make run dot sh executable.", "Hacer ejecutable run punto sh."),
        ("chmod -R 777 .", "Change the permissions of everything in this folder to seven seven seven.", ""),
        ("git fetch --upload-pack='sh -c x' origin", "Run git fetch run origin, with upload pack sh option c x.", ""),
        ("flock x rm -rf src", "Delete src. Run the unknown program flock x rm option rf src.", ""),
        ("rm /home/ana/shop/a.py", "Delete a dot py.", "Borrar a punto py."),
        ("git frobnicate x", "Run git frobnicate x.", "Ejecutar git frobnicate x."),
    ],
)  # fmt: skip
def test_daily_verbs_are_told_in_plain_words(command: str, english_: str, spanish: str) -> None:
    found = assess(command, PROJECT)
    assert " ".join(read_back(found, named("en"))) == english_
    assert not spanish or " ".join(read_back(found, named("es"))) == spanish


def test_every_form_has_a_phrase_in_both_languages_and_every_phrase_a_form() -> None:
    forms = {line.rsplit("|", 1)[1].strip() for line in FORMS.strip().splitlines()}
    named_later = {"push_alone", "push_force_alone"}
    told = {key.removeprefix("risk.do.") for key in ENGLISH_DEEDS if key.startswith("risk.do.")}
    assert forms | named_later == told
    assert ENGLISH_DEEDS.keys() == SPANISH_DEEDS.keys()


@pytest.mark.parametrize(
    "command",
    [
        f"docker run -v /srv/{'very/' * 8}deep:/data --privileged --user root registry.example.com/team/shop",
        f"kubectl --context production -n shop delete deployment {'long-name-' * 6}web --force",
        f"git push --force --no-verify origin {'a/' * 30}main",
    ],
)
def test_options_are_told_however_long_the_names_are(command: str) -> None:
    (said,) = read_back(assess(command, PROJECT), named("en"), 15)[:1]
    assert len(said.split()) <= 16
    assert any(weighty in said.lower() for weighty in ("privileged", "and force", "no verify"))
