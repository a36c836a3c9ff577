# Keeps a PostgreSQL for as long as somebody holds this script's standard input open, then leaves nothing of it.
#
# Whoever started it may end in any way, by SIGKILL too: the kernel closes the pipe, and the last lines run.
#
# $1 PostgreSQL's programs, $2 an empty folder, $3 a free port. Prints "ready" once connections are accepted.

programs=$1 folder=$2 port=$3
cd / || exit 1

# With a certificate of its own where openssl is at hand, so that encrypted connections can be tried.
certify() {
    openssl req -new -x509 -days 2 -nodes -newkey rsa:2048 -subj /CN=127.0.0.1 \
        -keyout "$folder/data/server.key" -out "$folder/data/server.crt" &&
        chmod 600 "$folder/data/server.key" && echo 'ssl = on' >>"$folder/data/postgresql.conf"
}

start() {
    "$programs/initdb" --pgdata="$folder/data" --username=shiji --auth=trust --encoding=UTF8 --locale=C \
        --no-sync &&
        cat >>"$folder/data/postgresql.conf" <<END &&
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 300
# These data are thrown away whatever happens, so nothing is gained by waiting for the disk.
fsync = off
synchronous_commit = off
full_page_writes = off
END
        { ! command -v openssl || certify; } &&
        "$programs/pg_ctl" start --pgdata="$folder/data" --log="$folder/server.log" --wait --timeout=60
}

if start >"$folder/start.log" 2>&1; then
    echo ready
    read -r _
    "$programs/pg_ctl" stop --pgdata="$folder/data" --mode=immediate --silent
else
    cat "$folder"/*.log >&2
fi
rm -rf "$folder"
