#!/usr/bin/env bash
# Brings the unmodified container files up with fresh secrets, uses the shop through Nginx as a person would, and takes
# everything down again. Own project name, own volumes, own port on 127.0.0.1: a shop that runs here isn't touched.
# Ends with exit code 1 and one clear line at the first thing that is not as it must be.
set -Eeuo pipefail
cd "$(dirname "$0")/.."

LARGEST_IMAGE_MB=113
HELPER=${HELPER:-../shared/containers/up.sh} # makes an engine and stand-in images where no registry can be reached
temporary=$(mktemp -d)
borrowed="" # the folder of the engine that the helper started for us

passed() { printf '  ok  %s\n' "$*"; }
fail() { trap - ERR; printf 'FAILED: %s\n' "$*" >&2; exit 1; }
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR

take_down() {
    local code=$?
    trap - ERR EXIT
    set +e
    [ "$code" = 0 ] || docker compose logs --no-color --tail 40 2> /dev/null
    docker compose down --volumes --remove-orphans --rmi local > /dev/null 2>&1
    [ -z "$borrowed" ] || return_engine
    rm -rf "$temporary"
    exit "$code"
}
trap take_down EXIT

return_engine() {
    local engine
    engine=$(cat "$borrowed/run/docker.pid") && kill "$engine"
    for _ in $(seq 150); do kill -0 "$engine" 2> /dev/null || break; sleep 0.1; done
    ip link del docker0
    if [ -s "$borrowed/run/iptables.before" ]; then
        iptables-restore < "$borrowed/run/iptables.before"
    else # there were no rules at all
        for table in filter nat raw; do iptables -t $table -F; iptables -t $table -X; done
        iptables -P FORWARD ACCEPT
    fi
    echo "$forwarding" > /proc/sys/net/ipv4/ip_forward
} 2> /dev/null

# ------------------------------------------------------------------------------------------- bring everything up
random_hex() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
free_port() { local port; while port=$((20000 + RANDOM % 10000)); (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do :; done; echo "$port"; }

shop=http://127.0.0.1:$(free_port)
(umask 077; printf 'SECRET_KEY=%s\nJWT_SECRET_KEY=%s\nHTTP_PORT=%s\n' "$(random_hex 32)" "$(random_hex 32)" "${shop#http://}" > "$temporary/env")
# shellcheck disable=SC2046  # names, split on purpose: what this shell has set must not decide
unset $(sed -n 's/^\([A-Z_]*\)=.*/\1/p' .env.example)
export COMPOSE_ENV_FILES=$temporary/env COMPOSE_PROJECT_NAME=komora-try-$$

if docker compose pull --quiet nginx > /dev/null 2>&1; then
    docker compose build --quiet
    docker compose up --detach --wait --wait-timeout 180
elif [ -f "$HELPER" ]; then
    echo "No engine with a registry here: $HELPER"
    export WORK=${WORK:-${TMPDIR:-/tmp}/komora-containers}
    forwarding=$(cat /proc/sys/net/ipv4/ip_forward)
    host=unix://$WORK/run/docker.sock
    docker --host "$host" info > /dev/null 2>&1 && running=yes || running=""
    KEEP=1 URL=$shop/healthz bash "$HELPER" "$PWD" || fail "the containers did not come up; the reason stands above"
    [ -n "$running" ] || borrowed=$WORK
    export DOCKER_HOST=$host
else
    fail "docker compose can't pull nginx: there is no engine here, or it reaches no registry"
fi
docker compose ps --format 'table {{.Service}}\t{{.Status}}\t{{.Ports}}'
passed "both services are healthy"

# ------------------------------------------------------------------------------------------- the containers themselves
for container in $(docker compose ps --quiet); do
    service=$(docker inspect --format '{{index .Config.Labels "com.docker.compose.service"}}' "$container")
    [ -z "$(docker port "$container")" ] || [ "$service" = nginx ] || fail "$service is published: $(docker port "$container")"
done
passed "nothing but nginx is published"
[ "$(docker compose exec -T web id -u)" = 10001 ] || fail "web doesn't run as user 10001"
for service in web nginx; do
    docker compose exec -T "$service" touch /etc/written 2> /dev/null && fail "$service can write to its root file system"
    [ "$(docker compose exec -T "$service" sed -n 's/^CapEff:\t0*//p' /proc/1/status)" = "" ] || fail "$service has capabilities"
done
passed "unprivileged users, nothing to write on, no capabilities"
docker compose exec -T web python -c '
import babel.dates, psycopg, pytz, redis, zoneinfo
assert zoneinfo.ZoneInfo("Europe/Kyiv").key == pytz.timezone("Europe/Kyiv").zone
assert babel.dates.format_date(__import__("datetime").date(2027, 3, 9), "long", locale="uk") == "9 березня 2027\u202fр."
' || fail "too much was trimmed from the image"
passed "Ukrainian dates, the time of Kyiv, PostgreSQL and Redis are in the image"

# ------------------------------------------------------------------------------------------- through Nginx
# fetch PATH [curl's options]: puts the status into $status, the rest into files; keeps cookies like a browser
fetch() {
    status=$(curl --silent --show-error --max-time 30 --compressed --path-as-is --cookie "$temporary/cookies" \
        --cookie-jar "$temporary/cookies" --dump-header "$temporary/headers" --output "$temporary/body" \
        --write-out '%{http_code}' "${@:2}" "$shop$1")
}
header() { sed -n "s/^$1: \(.*\)\r$/\1/Ip" "$temporary/headers"; }
must_answer() { [ "$status" = "$1" ] || fail "$2 answered $status, not $1"; }
must_have() { [ "$(header "$1")" = "$2" ] || fail "$3 has $1: «$(header "$1")», not «$2»"; }

email=try@example.com password=$(random_hex 12)
printf '%s\n' "$password" | docker compose exec -T web flask staff add "$email" --name "Перевірка" --role owner --password-stdin \
    || fail "flask staff add"
fetch /admin/
[[ $status = 302 && $(header Location) = */auth/login* ]] || fail "/admin/ answered $status to a visitor who did not sign in"
fetch /auth/login
must_answer 200 /auth/login
must_have Cache-Control no-store /auth/login
token=$(grep -o '<input[^>]*name="csrf_token"[^>]*>' "$temporary/body" | sed 's/.*value="\([^"]*\)".*/\1/' | head -n 1) || fail "no csrf_token on /auth/login"
fetch /auth/login --data-urlencode "email=$email" --data-urlencode "password=$password"
[ "$status" = 400 ] || fail "a sign-in without its token answered $status, not 400"
fetch /auth/login --data-urlencode "csrf_token=$token" --data-urlencode "email=$email" --data-urlencode "password=$password"
[[ $status = 30[23] && $(header Location) = */admin/ ]] || fail "signing in answered $status to «$(header Location)»"
fetch /admin/
must_answer 200 /admin/
must_have Cache-Control no-store /admin/
must_have X-Robots-Tag "noindex, nofollow" /admin/
[ "$(header Content-Security-Policy | grep -c .)" = 1 ] || fail "/admin/ has not exactly one Content-Security-Policy"
[[ $(header X-Request-ID) =~ ^[0-9a-f]{32}$ ]] || fail "/admin/ doesn't carry the request id of Nginx"
passed "signed in through Nginx, /admin/ is open and is cached nowhere"

docker compose exec -T nginx nginx -t > /dev/null 2>&1 || fail "nginx -t"
# An answer carries the id of the request that it was made for, so the same id twice is an answer that was kept.
two_ids() {
    fetch "$1"
    must_answer "${2:-200}" "$1"
    first=$(header X-Request-ID)
    fetch "$1"
    must_answer "${2:-200}" "$1"
    second=$(header X-Request-ID)
}
for page in / /en/ '/?players=2'; do
    two_ids "$page"
    [ "$first" = "$second" ] || fail "$page, asked twice within a second, was made twice"
    must_have Set-Cookie "" "$page"
    [ "$(header Content-Security-Policy | grep -c nonce)" = 0 ] || fail "$page is kept with a nonce"
done
sleep 1.2
fetch / # the old one, while a new one is made behind it
sleep 0.5
fetch /
[ "$(header X-Request-ID)" != "$first" ] || fail "/ is kept for longer than a second"
for page in /admin/ /auth/login /healthz; do
    two_ids "$page" "$([ "$page" = /auth/login ] && echo 302 || echo 200)" # who is signed in is led on
    [ "$first" != "$second" ] || fail "$page is kept by Nginx"
done
passed "the storefront is kept for a second, nothing of the staff's is"
for foreign in "Host: evil.example" "Host: 127.0.0.1.evil.example"; do
    fetch / --header "$foreign"
    must_answer 400 "/ with $foreign"
done
fetch /?q=forwarded --header "X-Forwarded-Host: evil.example" --header "X-Forwarded-Proto: https" --header "Forwarded: host=evil.example"
must_answer 200 /?q=forwarded
! grep -q 'evil.example' "$temporary/body" || fail "a page names a host that the visitor made up"
passed "a foreign host is refused and stands in no page"
for file in /static/web/tokens.css /admin/static/vendor/jquery.min.js; do
    fetch "$file?v=1"
    must_answer 200 "$file"
    [[ $(header Cache-Control) = "public, max-age="[0-9][0-9][0-9]* ]] || fail "$file has Cache-Control: $(header Cache-Control)"
    must_have Content-Encoding gzip "$file"
    must_have Content-Security-Policy "" "$file" # the application would have sent it
done
# every screen of the menu opens, and no file that a page asks for was trimmed from the image
addresses() { grep -oE "(src|href)=\"$1[^\"]*\"" "$temporary/body" | sed 's/^[^"]*"//; s/"$//; s/&amp;/\&/g' | sort -u || true; }
fetch /admin/
screens=$(addresses /admin/ | grep -v '^/admin/static/')
[ -n "$screens" ] || fail "/admin/ leads nowhere"
for screen in / $screens; do
    fetch "$screen"
    must_answer 200 "$screen"
    addresses '/(admin/)?static/' >> "$temporary/files"
done
files=$(sort -u "$temporary/files")
for file in $files; do fetch "$file"; must_answer 200 "$file, which a page asks for,"; done
passed "$(wc -w <<< "$screens") screens of the menu open, with the $(wc -w <<< "$files") static files that they ask for"
passed "both kinds of static files come from Nginx, compressed and to be kept"
docker compose exec -T -e DEMO=true web flask demo load > /dev/null 2> "$temporary/loading" || { tail -n 5 "$temporary/loading" >&2; fail "flask demo load"; }
fetch /admin/games/export/csv/
must_answer 200 /admin/games/export/csv/
games=$(wc -l < "$temporary/body")
[ "$games" -gt 500 ] || fail "the exported demo catalogue has $games lines"
passed "the demo catalogue loads and is exported: $games lines"
for hidden in /.env /.git/config /static/.hidden /readyz /static/../app.py; do
    fetch "$hidden"
    must_answer 404 "$hidden"
done
passed "hidden and inner addresses are closed"

# ------------------------------------------------------------------------------------------- restart, upgrade
web=$(docker compose ps --quiet web)
docker compose stop web 2> /dev/null
[ "$(docker inspect --format '{{.State.ExitCode}}' "$web")" = 0 ] || fail "web did not end by itself when asked to"
fetch /
[[ $status = 50[24] ]] || fail "without web, / answered $status"
grep -q 'Магазин перезапускається' "$temporary/body" || fail "without web, / doesn't say that the shop restarts"
passed "web ends when asked to; meanwhile Nginx says so in Ukrainian"

docker compose up --detach --wait --wait-timeout 90 web 2> /dev/null
still_signed_in() {
    for _ in $(seq 20); do fetch /admin/; [ "$status" != 200 ] || return 0; sleep 1; done
    fail "$1 /admin/ answered $status"
}
still_signed_in "after a restart"
docker compose up --detach --wait --wait-timeout 90 --no-deps --force-recreate web 2> /dev/null
[ "$(docker compose ps --quiet web)" != "$web" ] || fail "web was not made anew"
still_signed_in "in a new container"
docker compose exec -T web flask staff list | grep "$email" > /dev/null || fail "the account is gone"
docker compose exec -T web flask stock verify > /dev/null || fail "flask stock verify"
passed "a restarted and a new container keep the data and the sign-in"

# ------------------------------------------------------------------------------------------- size
image=$(docker compose images --quiet web)
size=$(docker image inspect --format '{{.Size}}' "$image")
printf 'The web image has %d.%d MB. Its ten heaviest parts, in MB:\n' $((size / 1000000)) $((size / 100000 % 10))
docker compose exec -T web sh -c 'du -xsk /opt/venv/lib/python3*/site-packages/* /usr/local/lib/* /usr/lib /app 2> /dev/null' \
    | sort -rn | head -n 10 | awk '{ printf "  %5.1f  %s\n", $1 * 1024 / 1e6, $2 }'
[ "$size" -le $((LARGEST_IMAGE_MB * 1000000)) ] || fail "the image is larger than $LARGEST_IMAGE_MB MB"
echo "All of it holds."
