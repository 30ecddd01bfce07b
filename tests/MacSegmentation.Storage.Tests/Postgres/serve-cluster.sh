#!/bin/sh
# Runs a temporary PostgreSQL cluster in an empty folder, on a Unix socket there and nothing else unless a SETTING says so, until its input
# ends; then removes the folder. So a cluster ends with the process that holds the other end of its input, even if that is killed. The port is
# that of PGPORT, if it is set.
#
#   serve-cluster.sh FOLDER [SETTING...]      SETTING as in postgresql.conf, such as "fsync = off"
#
# Says "ready" on a line of its own. PostgreSQL refuses to run as root: root hands over to the user postgres or, where there is none, nobody.
set -eu
folder=$1
shift
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    cp "$0" "$folder/serve"
    chown -R "$user" "$folder"
    exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups sh "$folder/serve" "$folder" "$@"
fi

trap '' INT TERM HUP
for programs in /usr/lib/postgresql/*/bin; do
    PATH=$PATH:$programs
done
cd "$folder"

# Words are compared and sorted as people do it, so that a store which does not say otherwise fails its contract.
initdb -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US --no-sync >init.log 2>&1 || {
    cat init.log
    exit 1
}
printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '$folder'" "max_connections = 300" "$@" >>data/postgresql.conf
pg_ctl -D data -l server.log -w start >start.log 2>&1 || {
    cat start.log server.log
    exit 1
}
psql -q -h "$folder" -U postgres -d postgres -c 'CREATE ROLE macseg LOGIN'
echo ready
cat >/dev/null
pg_ctl -D data -m immediate -w stop >stop.log 2>&1 || true
cd /
rm -rf "$folder"
