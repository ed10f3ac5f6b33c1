"""The verbs developers meet daily: program and verb | options, one of them given | operands | name of the phrase."""

from __future__ import annotations

from aidevops_voice.languages import listed

FORMS = """
git push | -d --delete | goal name* | push_delete
git push | --mirror --prune | goal | push_mirror
git push | --tags | goal | push_tags_to
git push | --tags | | push_tags
git push | --all --branches --every | goal | push_all_to
git push | -f --force --force-with-lease | goal name* | push_force
git push | -f --force --force-with-lease | goal | push_force_here_to
git push | -f --force --force-with-lease | | push_force_here
git push | --as | goal name as | push_as
git push | --tag | goal name | push_tag
git push | | goal name* | push
git push | | goal | push_here_to
git push | | | push_here
git commit | --amend | | amend
git commit | -a --all | | commit_all
git commit | | path* | commit_path
git commit | | | commit
git merge, git rebase, git cherry-pick, git revert, git am | --abort --quit | | give_up
git merge, git rebase, git cherry-pick, git revert, git am | --continue | | go_on
git rebase, git cherry-pick, git revert, git am | --skip | | skip
git merge | | name* | merge
git rebase | --onto | from | rebase_onto
git rebase | | goal | rebase
git rebase | | | rebase_here
git cherry-pick | | name* | cherry_pick
git revert | | name* | revert
git reset | --hard | goal | reset_hard_to
git reset | --hard | | reset_hard
git reset | --unstage | path* | reset_path
git reset | --soft --mixed | goal | reset_to
git reset | | goal | reset_to
git reset | | | reset
git discard | -B -C | name goal? | branch_again
git discard | -f --force --discard-changes | name | switch_discard
git discard | -s --source | path* | restore_from
git discard | | path* | discard
git discard | | | discard_some
git restore | --staged -S | path* | restore_staged
git checkout | -b --orphan | name | branch_to
git checkout | -b | name from | branch_to_from
git checkout | | name | checkout
git switch | -c --create --orphan | name | branch_to
git switch | -c --create | name from | branch_to_from
git switch | -d --detach | name | checkout
git switch | | name | switch
git stash, git stash push | -u --include-untracked -a --all | | stash_all
git stash, git stash push, git stash save | -m --message | | stash
git stash, git stash push | | path* | stash_path
git stash, git stash push, git stash save | | | stash
git stash pop | | name? | stash_pop
git stash apply | | name? | stash_apply
git stash drop | | name | stash_drop
git stash drop | | | stash_drop_last
git stash clear | | | stash_clear
git clean | -X | path? | clean_only_ignored
git clean | -x | path? | clean_ignored
git clean | | path? | clean
git branch | -D | name* | branch_delete_force
git branch | -d --delete | name* | branch_delete
git branch | -m -M --move | name goal | branch_rename
git branch | -m -M --move | goal | branch_rename_here
git branch | -f --force | name goal | branch_again
git branch | | name | branch
git branch | | name from | branch_from
git tag | -d --delete | name* | tag_delete
git tag | -f --force | name at? | tag_again
git tag | | name at? | tag
git pull | | | pull
git pull | | from | pull_from
git pull | | from name* | pull_what
git fetch | --all | | fetch_all
git fetch | | | fetch
git fetch | | from | fetch_from
git fetch | | from name* | fetch_what
git clone | | from | clone
git clone | | from path | clone_into
git add | -A --all | | add_all
git add | -u --update | | add_changed
git add | | path* | add
git rm | --cached | path* | untrack
git mv | | path* into | move
git worktree add | | into name? | worktree_add
git worktree remove | | path | worktree_remove
git remote add | | name at | remote_add
git remote set-url | | name at | remote_point
git remote remove, git remote rm | | name | remote_remove
packages uninstall, packages remove, packages erase | | name* | uninstall
packages purge | | name* | purge
packages publish | | path? | publish
packages unpublish | | name | unpublish
packages install | -r --requirement | | install_listed
packages install | -e --editable | | install_editable
packages install, packages add, packages get | | name* | install
packages install | | | install_all
packages sync | | | install_all
packages lock | | | lock
packages run | | | fetch_missing
packages update, packages upgrade | | name* | update
packages update, packages upgrade | | | update_all
apt update, apt-get update, brew update | | | update_lists
packages test | | | tests
packages build | | | build
packages clean | | | clean_built
uv pip install | -r --requirement | | install_listed
uv pip install | -e --editable | | install_editable
uv pip install, uv tool install | | name* | install
uv pip uninstall, uv tool uninstall | | name* | uninstall
go test | | name* | tests
go build | | name* | build
go mod tidy | | | tidy
tests, tests run | | path* | tests_in
tests, tests run | | | tests
docker build | -t --tag | path | image_build
docker pull | | name | image_pull
docker push | | name | image_push
docker run, docker create | | name | container_run
docker start | | name* | container_start
docker stop | | name* | container_stop
docker restart | | name* | container_restart
docker kill | | name* | container_kill
docker rm | | name* | container_delete
docker rmi, docker image rm | | name* | image_delete
docker volume rm, docker volume remove | | name* | volume_delete
docker network rm | | name* | network_delete
docker system prune | | | prune_system
docker volume prune | | | prune_volumes
docker image prune | | | prune_images
docker container prune | | | prune_containers
docker compose up | | | compose_up
docker compose up | | name* | compose_up_what
docker compose down | | | compose_down
docker compose stop | | | compose_stop
docker compose restart | | | compose_restart
docker compose build | | | compose_build
docker compose pull | | | compose_pull
kubectl delete | -f --filename -k --kustomize | | cluster_delete_listed
kubectl delete | | words* | cluster_delete
kubectl apply, kubectl create, kubectl replace | -f --filename -k --kustomize | | cluster_apply
kubectl scale | --replicas | words* | cluster_scale
kubectl rollout restart | | words* | cluster_restart
kubectl rollout undo | | words* | cluster_undo
kubectl get, kubectl describe | | words* | cluster_look
kubectl logs | | words* | cluster_logs
terraform plan | --destroy | | destroy_plan
terraform plan | | | infra_plan
terraform apply | --destroy | | infra_destroy
terraform apply | | path? | infra_apply
terraform destroy | | | infra_destroy
terraform init | | | infra_init"""

FAMILIES = {
    **dict.fromkeys(
        listed(
            "npm pnpm yarn bun cnpm pip pip3 uv poetry pdm pipenv conda mamba cargo go gem bundle composer apt apt-get "
            "aptitude brew dnf yum zypper snap flatpak apk choco winget scoop"
        ),
        "packages",
    ),
    **dict.fromkeys(listed("pytest py.test jest vitest mocha ava rspec phpunit ctest karma tap wdio"), "tests"),
    **dict.fromkeys(("podman", "nerdctl"), "docker"),
    **dict.fromkeys(("oc", "k", "kubecolor"), "kubectl"),
    **dict.fromkeys(("tofu", "terragrunt"), "terraform"),
}

_NO_COLOURS = "--color= --no-color= --colour="
OPTIONS = {
    "": f"-v= -q= -y= --verbose= --quiet= --silent= --yes= --progress= --no-progress= {_NO_COLOURS}",
    "git": "--no-edit= -m=message --message=message -F=file --file=file -S= --gpg-sign= -s= --signoff= --no-pager=",
    "git push": "-u= --set-upstream= -n=dry_run --as= --tag= --every= -f=force",
    "git commit": "-n=no_verify -C= -c= --reuse-message=",
    "git stash": "-k= --keep-index=",
    "git rebase": "-i= --interactive= -x=exec",
    "git reset": "-q= --mixed=",
    "git clean": "-f= --force= -d= -n=dry_run",
    "git discard": "-f= --force= -p=patch -S=staged -W= --worktree=",
    "git checkout": "-t= --track=",
    "git switch": "-t= --track=",
    "git tag": "-a= --annotate= -s=",
    "git fetch": "-p=prune -t=tags",
    "git pull": "-p=prune -r=rebase -f=force",
    "git clone": "-b=branch --depth= --single-branch= --filter=",
    "git add": "-p= --patch= -f=force -v= -A= --all= -u= --update=",
    "packages": "-D= --save-dev= --dev= -S= --save= -E= --save-exact= --no-audit= --no-fund= --frozen-lockfile= "
    "-f=force --no-cache-dir= --no-cache= -U=upgrade -i=index-url -g=global --omit= -p=package -n=environment "
    "--name=environment --all= --all-extras= --release=",
    "packages install": "-g= --global=",
    "packages add": "-g= --global=",
    "packages update": "-g= --global=",
    "apt": "-t= -o= -f=fix-broken",
    "pip": "-f=find-links -r=file",
    "go": "-v= -race= -count= --race= --count=",
    "packages test": "--release= --lib= --workspace= -p=package",
    "tests": "-x= -v= -vv= -s= -n= --tb= --maxfail= --cov= --watch= --no-cov= -rs= -ra= -r= -k=keyword -m=mark "
    "-u=update -t=keyword --run= --reporter= --runInBand= --coverage= --watchAll=",
    "docker": "-d= --detach= -f=force -a=all -v=volumes -t= --rm= -i= --interactive= --tty= --name= --build= "
    "--platform= -e= --env= -w= --workdir= -u=user -p=ports --publish=ports --pull= --build-arg= --no-cache= "
    "--timeout= --time=",
    "docker build": "-f=file",
    "docker run": "-v=volume -h= -m= -l= --net=network",
    "docker create": "-v=volume -h= -m= -l=",
    "kubectl": "-n=namespace -f=file --filename=file -o= --output= -l=selector -A=all-namespaces -c=container -k=file "
    "--tail= -w= --watch= --since= --timeout= -p=previous",
    "terraform": "--input= --out= --compact-warnings= --parallelism=",
}
"""How an option is told; with nothing behind the sign it is not. Those of a verb come before those of its program."""

VALUED = frozenset(
    listed(
        "namespace context cluster profile region registry index-url extra-index-url host branch file source exec "
        "build upload-pack receive-pack volume mount network pid user selector container environment package "
        "keyword mark access replicas var var-file target group tag entrypoint cap-add device workspace env-file"
    )
)
"""Options whose value is told as well: none of them holds a secret."""
