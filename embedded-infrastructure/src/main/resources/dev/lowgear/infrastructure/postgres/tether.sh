# Runs "$@" and stops it (SIGINT: PostgreSQL's fast shutdown) when standard input ends, which the
# kernel sees to when the parent dies, however it dies. Ends with the status of what it ran.
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
(
    while read -r _ <&3; do :; done
    kill -INT "$child" 2>/dev/null
) </dev/null &
watch=$!
exec 3<&-
trap 'kill -INT "$child" 2>/dev/null' INT TERM
while kill -0 "$child" 2>/dev/null; do
    wait "$child"
    status=$?
done
kill "$watch" 2>/dev/null
exit "$status"
