"""Containers, clusters, clouds and what sets them up."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.languages import listed
from aidevops_voice.risk.arguments import Arg, Given, options, split
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.net import site
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tools import CREDENTIALS, DESTRUCTIVE, NETWORK, READ, WRITE, Tool, each, rows

_FORMAT = "-f= --filter= --format= -n= --tail= --since= --until= -p= --project-name= --file= --profile= --env-file="
_LOOKS = Tool(READ, options=_FORMAT)
_NET = Tool(NETWORK, options=_FORMAT + " -t= --tag= --build-arg= --target= --platform=")
_ENDS = Tool(
    DESTRUCTIVE,
    why="removes",
    options="-f!by_force --force!by_force -v!with_volumes --volumes!with_volumes -a!all --all!all -t= --time= "
    "--timeout= --rmi!with_images",
)
_CHANGES = Tool(DESTRUCTIVE, why="running", options=_FORMAT + " -t= --time=")
_COMPOSE: dict[str, Tool] = {
    **rows("ps logs images top config port ls version events stats", _LOOKS),
    **rows("up pull push build create start", _NET),
    **rows("down stop rm kill restart pause unpause", _ENDS),
}
_DOCKER: dict[str, Tool] = {
    **rows(
        "ps=list_containers images=list_images logs inspect version info top stats port diff history events "
        "image_ls image_list image_inspect "
        "image_history container_ls container_list container_logs container_inspect container_stats container_top "
        "container_port volume_ls volume_list volume_inspect "
        "network_ls network_list network_inspect system_df system_info context_ls context_show compose_ls node_ls "
        "service_ls "
        "stack_ls buildx_ls builder_ls manifest_inspect",
        _LOOKS,
    ),
    **rows(
        "build pull push search image_build image_pull image_push buildx_build buildx_bake start container_start "
        "volume_create "
        "network_create tag image_tag create commit save manifest_create",
        _NET,
    ),
    **rows("tag image_tag", Tool(WRITE)),
    **rows(
        "rm rmi stop kill restart pause system_prune volume_rm "
        "volume_prune image_rm image_prune "
        "container_rm container_prune container_stop container_kill network_rm network_prune builder_prune "
        "network_disconnect "
        "container_restart volume_remove",
        _ENDS,
    ),
    **rows("login logout", Tool(CREDENTIALS, why="secret", options="-u= -p= --username= --password=")),
}
_RUN = options(
    "-v=with --volume=with --mount=with -e= --env= --env-file< -p= --publish= --name= -w= --workdir= -u= --user= "
    "--network= --net= "
    "--entrypoint=with --privileged!privileged --pid= --ipc= --cap-add=with --device=with --security-opt=with -l= "
    "--label= -h= "
    "--hostname= --restart= -m= --memory= --cpus= --gpus= --platform= --link= --add-host= --userns= --log-driver= "
    "--shm-size= "
    "--tmpfs= --ulimit= --dns= --pull= -c= -a= --volumes-from= --expose= --health-cmd= --stop-signal= -f= --file= "
    "--scale="
)
_HEAD = options(
    "-H= --host= -c= --context= --config= -l= --log-level= -f= --file= -p= --project-name= --profile= --env-file= "
    "--project-directory= --tls= --ansi="
)


def _docker(call: Call) -> None:
    args = list(call.args)
    compose = call.program in ("docker-compose", "podman-compose")
    head: list[Arg] = []
    while args and (args[0].text.startswith("-") or (args[0].text == "compose" and not compose)):
        if args[0].text == "compose":
            compose, args = True, args[1:]
            continue
        take = 2 if args[0].text in _HEAD else 1
        if take == 1 and args[0].text in ("--version", "-v", "--help"):
            break
        head, args = head + args[:take], args[take:]
    call = _headed(call, head)
    name = "docker compose" if compose else call.program
    here = replace(call, args=tuple(args))
    verb = args[0].text if args else ""
    if verb == "container" and len(args) > 1 and args[1].text in ("run", "exec", "cp", "create"):
        args, verb = args[1:], args[1].text
    if verb in ("run", "create", "exec") and not (verb == "create" and compose):
        _inside(replace(call, args=tuple(args[1:])), verb, name)
    elif verb == "cp":
        call.says(DESTRUCTIVE, "run", "elsewhere", what=[name, "copy", *(arg.text for arg in args[1:])])
    else:
        spoken = replace(here, program=name)
        Tool(READ, verbs=_COMPOSE if compose else _DOCKER)(spoken)


def _headed(call: Call, head: list[Arg]) -> Call:
    """Another machine, or another file than the usual one."""
    for one in split(head, _HEAD)[0]:
        if one.name in ("-p", "--project-name") and one.value:
            call = replace(call, scope=replace(call.scope.copy(), where=one.value.text))
        elif one.name in ("-H", "--host", "-c", "--context") and one.value:
            call = replace(call, scope=replace(call.scope.copy(), where=site(one.value.text), floor=NETWORK))
        elif one.name in ("-f", "--file") and one.value:
            call.says(READ, "use_file", what=one.value.text)
    return call


def _inside(call: Call, verb: str, name: str) -> None:
    """A program in a container: known there as it is here, when the container runs already."""
    args = list(call.args)
    own: list[Arg] = []
    while args and args[0].text.startswith("-"):
        first = args[0].text
        takes = (first in _RUN and "=" in _RUN[first].kind) or bool(re.fullmatch(r"-[a-z]*[vepwumhlc]", first))
        own += args[: 2 if takes else 1]
        args = args[2 if takes else 1 :]
    given, _ = split(own, _RUN)
    image = args[0].text if args else HOLE
    if verb == "exec":
        call.says(Level.NETWORK, "in_container", what=image)
        call.again(args[1:], scope=call.scope.elsewhere(image, Level.NETWORK))
        if not args[1:]:
            call.says(DESTRUCTIVE, "run", "unknown_target", what=[name, verb, image])
        return
    call.does(DESTRUCTIVE, "image", [name, verb], given, args[:1])
    if args[1:] and verb == "run":
        call.again(args[1:], scope=call.scope.elsewhere(image, Level.NETWORK))


_KUBE_TAKES = (
    "-n= --namespace= --context= --kubeconfig< -o= --output= -l= --selector= -c= -f= --filename= --tail= "
    "--since= --cluster= "
    "--user= --as= --replicas= --field-selector= --sort-by= -k= --server= -s= --token= --timeout= "
    "--container= "
)
_KUBE: dict[str, Tool] = {
    **rows(
        "get describe logs top events explain api-resources api-versions version cluster-info diff auth_can-i "
        "rollout_status "
        "rollout_history config_view config_current-context config_get-contexts wait port-forward",
        Tool(NETWORK, options=_KUBE_TAKES),
    ),
    **rows(
        "delete apply create replace patch edit scale autoscale rollout_restart rollout_undo rollout_pause "
        "rollout_resume drain cordon uncordon taint label annotate set "
        "expose run cp attach config_use-context config_set-context config_delete-context",
        Tool(DESTRUCTIVE, options=_KUBE_TAKES + "--all!all --force!by_force", why="running"),
    ),
}


def _kubectl(call: Call) -> None:
    _given, operands = split(call.args, options(_KUBE_TAKES))
    texts = [arg.text for arg in operands]
    if texts[:1] == ["exec"]:
        at = next((at for at, arg in enumerate(call.args) if arg.text == "--"), len(call.args))
        pod = texts[1] if len(texts) > 1 else HOLE
        call.says(NETWORK, "in_container", what=pod)
        rest = call.args[at + 1 :]
        if rest:
            call.again(rest, scope=call.scope.elsewhere(pod, NETWORK))
        else:
            call.says(DESTRUCTIVE, "run", "unknown_target", what=[call.program, *texts])
        return
    if any(re.match(r"secrets?(?:/|$|,)", text) for text in texts[1:]) or "--raw" in call.texts():
        call.says(CREDENTIALS, "run", "secret", what=[call.program, *texts])
        if texts[:1] == ["get"]:
            return
    Tool(NETWORK, options=_KUBE_TAKES, verbs=_KUBE)(call)


def _terraform(call: Call) -> None:
    args = tuple(
        Arg("-" + arg.text.lstrip("-")) if arg.text.startswith("-") and not arg.text.startswith("-chdir") else arg
        for arg in call.args
        if not arg.text.startswith("-chdir")
    )
    operands = [arg.text for arg in args if not arg.text.startswith("-")]
    given = [_set(arg) for arg in args if arg.text.startswith("-")]
    verb = operands[0] if operands else ""
    levels = {
        **dict.fromkeys(listed("validate version providers graph show metadata"), READ),
        "fmt": WRITE,
        "format": WRITE,
        **dict.fromkeys(listed("plan init get preview"), NETWORK),
        "output": CREDENTIALS,
    }
    level = levels.get(verb, DESTRUCTIVE)
    if " ".join(operands[:2]) in ("state list", "state show", "workspace list", "workspace show", "stack ls"):
        level = NETWORK
    if verb == "plan" and any(arg.text == "-destroy" for arg in args):
        level = NETWORK
    if not operands:
        level = READ if any(arg.text in ("-version", "-help", "-v") for arg in args) else DESTRUCTIVE
    if level == READ and verb == "show":
        level = CREDENTIALS
    words = [one.name.lstrip("-") for one in given]
    why = "running" if level == DESTRUCTIVE else ""
    call.does(level, why, [call.program, *operands[:1]], given, [Arg(text) for text in operands[1:]], *words)


def _set(arg: Arg) -> Given:
    """Its options have one dash, and their values behind the sign."""
    name, _, value = arg.text.partition("=")
    return Given(f"-{name}", None, Arg(value) if value else None)


_CLOUD_LOOKS = re.compile(
    r"(?:list|describe|get|ls|show|head|search|lookup|wait|view|info|status|scan|query|filter|tail|logs|help|version"
    r"|diagnose|browse)(?:[-_].*)?$|list-.*|apps$|whoami$|regions$"
)
_CLOUD_SECRET = re.compile(
    r"secrets?(?:manager)?|.*token.*|.*password.*|.*credential.*|.*secret.*|kms|configure|login|auth|iam|keyvault|ssm"
    r"|get-parameters?|config:get|config|keys?|sts|.*-key"
)
_CLOUD_ENDS = re.compile(
    r"(?:delete|remove|rm|rb|terminate|destroy|stop|purge|drop|uninstall|deregister|revoke|disable|detach|reset"
    r"|cancel"
    r"|reboot|release)(?:[-_].*)?$|.*:(?:destroy|delete|reset|rollback)$"
)
_CLOUD_TAKES = listed(
    "--profile --region --project --zone --output --query --format --filter --subscription "
    "--resource-group -g -a --app --account "
    "--endpoint-url --color --cluster --configuration --log-group-name"
)


_CLOUD_TOLD = frozenset(
    listed("--profile --region --project --zone --subscription --resource-group -g -a --app --account --cluster")
)


def _cloud(call: Call) -> None:
    words: list[str] = []
    of: list[str] = []
    """The account and place it is done in."""
    skip = ""
    for arg in call.args:
        name, _, value = arg.text.partition("=")
        if skip or (value and name in _CLOUD_TOLD):
            of += [(skip or name).lstrip("-"), value or arg.text] if (skip or name) in _CLOUD_TOLD else []
            skip = ""
        elif arg.text in _CLOUD_TAKES:
            skip = arg.text
        elif not arg.text.startswith("-"):
            words.append(arg.text)
    flags = [arg.text for arg in call.args if arg.text.startswith("-")]
    verbs = [word for word in words[:4] if not re.search(r"[/.]", word)]
    spoken = [
        {"ls": "list", "rm": "delete", "rb": "delete the bucket", "mb": "make a bucket"}.get(word, word)
        for word in words
    ]
    said = [
        call.program,
        *spoken,
        *(flag.lstrip("-") for flag in flags if re.match(r"--(?:delete|recursive|all|force|quiet)", flag)),
        *of,
    ]
    if not words:
        asks = any(flag in ("--version", "--help", "-v", "-h") for flag in flags)
        call.says(READ if asks else DESTRUCTIVE, "run", "" if asks else "unknown_verb", what=said)
    elif any(_CLOUD_ENDS.fullmatch(word) for word in verbs) or any(flag in ("--delete", "--force") for flag in flags):
        call.says(DESTRUCTIVE, "run", "removes", what=said)
    elif any(_CLOUD_SECRET.fullmatch(word) for word in verbs):
        call.says(
            CREDENTIALS if verbs[:1] != ["iam"] or _CLOUD_LOOKS.match(verbs[-1]) else DESTRUCTIVE,
            "run",
            "secret",
            what=said,
        )
    elif any(_CLOUD_LOOKS.fullmatch(word) for word in verbs):
        call.says(NETWORK, "run", what=said)
    elif words[:1] == ["s3"] and words[1:2] in (["cp"], ["sync"], ["presign"]):
        from_here = Call(
            call.program,
            tuple(Arg(word) for word in words[2:3] if "://" not in word),
            call.scope,
            call.feed,
            call.shell,
        )
        if from_here.args:
            from_here.reads(from_here.args, "send", to=words[-1])
        call.says(NETWORK if "://" in words[-1] or words[-1] == "-" else DESTRUCTIVE, "run", what=said)
    else:
        call.says(DESTRUCTIVE, "run", "remote_changes", what=said)


_HELM: dict[str, Tool] = {
    **rows(
        "list ls status history get_values get_manifest get_all get_notes search_repo search_hub show_chart "
        "show_values show_all "
        "repo_list repo_update repo_add pull dependency_update dependency_build dep_update diff",
        Tool(NETWORK),
    ),
    **rows("template lint version env", Tool(READ)),
    **rows("create package", Tool(WRITE)),
    **rows("uninstall delete upgrade install rollback test", Tool(DESTRUCTIVE, why="running", options=_KUBE_TAKES)),
}

TOOLS: dict[str, Handler] = {
    **each("docker podman docker-compose podman-compose nerdctl", _docker),
    **each("kubectl oc k kubecolor", _kubectl),
    **each("helm", Tool(NETWORK, options="-n= --namespace= --kube-context=", verbs=_HELM)),
    **each("terraform tofu terragrunt pulumi cdk", _terraform),
    **each(
        "aws gcloud az gsutil heroku doctl fly flyctl firebase vercel netlify wrangler railway ibmcloud oci "
        "linode-cli hcloud s3cmd "
        "eksctl supabase render scw exo openstack ovh aliyun",
        _cloud,
    ),
    **each(
        "ansible ansible-playbook salt puppet chef vagrant packer serverless sls nomad consul skaffold "
        "minikube kind k3d "
        "argocd flux sam copilot chamber",
        Tool(DESTRUCTIVE, why="running"),
    ),
    **each("kustomize", Tool(READ)),
    **each("stern kubectx kubens k9s", Tool(NETWORK)),
}
