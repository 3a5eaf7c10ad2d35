#!/bin/sh
# Ends the agents of a mesh-dev that died without doing it itself (kill -9, out of memory, a crash of Java).
#
#   guardian.sh RUN PID LOG PROJECT
#
# One per mesh-dev, in a session of its own. Its standard input is a pipe that only mesh-dev holds: when it ends without
# the word "end", and its parent is another, mesh-dev is gone. One line per event:
#   + GROUP SIGNAL TENTHS   an agent leads this process group; SIGNAL asks it to end, TENTHS of a second are its grace
#   + GROUP SIGNAL TENTHS last   the same, but only when all others are gone: agents take leave of a registry that still is there
#   - GROUP                 that group is empty
#   end                     mesh-dev ends and has ended its agents
# Members that left their group are found by the RUN in their environment, where there is a /proc.
#
# kill is the builtin of the shell on purpose: some external ones take a negative number for an option and signal every
# process of the machine. All is in functions, so that the shell has read it before the file may be replaced.

run=$1 pid=$2 log=$3 project=$4
groups='' last='' held='' readers=''

# Half a signal for the guardian would be none for the agents.
trap '' HUP INT QUIT TERM PIPE TSTP

# Sets kept to the other entries without that of the group.
without() {
    group=$1 kept=''
    shift
    for entry in "$@"; do
        case $entry in
            "$group":*) ;;
            *) kept="$kept $entry" ;;
        esac
    done
}

forget() {
    without "$1" $groups
    groups=$kept
    without "$1" $last
    last=$kept
    [ "$1" != "$held" ] || let_go
}

# Keeps the pipe open that the group writes to, where there is a /proc: some programs die of the first line that nobody can read.
hold() {
    let_go
    if [ -p "/proc/$group/fd/1" ] && { command exec 7<"/proc/$group/fd/1"; } 2>/dev/null; then
        held=$group
    fi
}

let_go() {
    held=''
    exec 7<&-
}

# True when mesh-dev said that it ends.
listen() {
    while read -r word group signal grace turn; do
        case $word$turn in
            +) groups="$groups $group:$signal:$grace" ;;
            +last) last="$last $group:$signal:$grace" && hold ;;
            -) forget "$group" ;;
            end) return 0 ;;
        esac
    done
    return 1
}

# Sets group, signal and grace.
parse() {
    group=${1%%:*} grace=${1##*:}
    signal=${1#*:}
    signal=${signal%:*}
}

is_alive() {
    kill -s 0 -- "-$1" 2>/dev/null
}

# A tenth of a second; some systems know whole ones only.
nap() {
    sleep 0.1 2>/dev/null || sleep 1
}

ask_groups() {
    for entry in $groups; do
        parse "$entry"
        kill -s "$signal" -- "-$group" 2>/dev/null
        kill -s CONT -- "-$group" 2>/dev/null # a stopped process would never see the request
    done
}

# Goes on reading what agents say, where there is a /proc, so that no last word breaks one before it has taken leave. The nap lets
# the readers open their pipes.
hear_out() {
    for entry in $groups $last; do
        parse "$entry"
        for pipe in "/proc/$group/fd/1" "/proc/$group/fd/2"; do
            if [ -p "$pipe" ]; then
                cat "$pipe" >/dev/null 2>&1 &
                readers="$readers $!"
            fi
        done
    done
    [ -z "$readers" ] || nap
}

# Most have ended with the last one who could say something; some programs leave the session and live on.
end_readers() {
    for reader in $readers; do
        kill -s KILL "$reader" 2>/dev/null
    done
}

# Waits until all groups are empty, and kills those whose grace is over. A group that survives that is given up.
await_groups() {
    tenths=0
    while [ -n "$groups" ]; do
        for entry in $groups; do
            parse "$entry"
            if ! is_alive "$group" || [ "$tenths" -ge $((grace + 20)) ]; then
                forget "$group"
            elif [ "$tenths" -ge "$grace" ]; then
                kill -s KILL -- "-$group" 2>/dev/null
            fi
        done
        [ -z "$groups" ] || nap
        tenths=$((tenths + 1))
    done
}

# Sets escaped to the processes of this run that still live. The guardian and what it starts do not carry the variable.
find_escaped() {
    escaped=''
    [ -d /proc/self ] || return
    for file in $(grep -l "MESH_DEV_AGENT=$run/" /proc/[0-9]*/environ 2>/dev/null); do
        file=${file#/proc/}
        escaped="$escaped ${file%/environ}"
    done
}

signal_escaped() {
    for process in $escaped; do
        kill -s "$1" "$process" 2>/dev/null
        kill -s CONT "$process" 2>/dev/null
    done
}

end_escaped() {
    find_escaped
    [ -n "$escaped" ] || return
    signal_escaped TERM
    for tenth in 1 2 3 4 5 6 7 8 9 10; do
        nap
        find_escaped
        [ -n "$escaped" ] || return
    done
    signal_escaped KILL
}

# True when mesh-dev does not exist any more: an orphan has another parent.
is_orphan() {
    if [ -r "/proc/$$/stat" ]; then
        read -r stat <"/proc/$$/stat"
        stat=${stat##*) ? } # what is before may contain anything
        parent=${stat%% *}
    else
        parent=$(ps -o ppid= -p $$ | tr -d ' ')
    fi
    [ "$parent" != "$pid" ]
}

# The pipe may end a moment before mesh-dev does, and by a mistake of a mesh-dev that lives on: groups may change then
# without a word to us, so only marks count, whenever it ends.
await_orphanage() {
    for tenth in 1 2 3 4 5 6 7 8 9 10; do
        is_orphan && return
        nap
    done
    groups='' last=''
    until is_orphan; do
        sleep 1
    done
}

tell() {
    text="mesh-dev (pid $pid) is gone without having stopped its agents (killed, or out of memory); they were stopped"
    [ ! -f "$log" ] || printf '%s WARN  [%s] %s\n' "$(date -u +%Y-%m-%dT%H:%M:%S.000+00:00)" "$project" "$text" >>"$log"
    printf '%s\n' "$text" >&2
}

# Words last and apart: nobody may read them, and then the first one waits for ever.
say_goodbye() {
    [ -n "$1" ] || return
    tell &
    telling=$!
    nap
    nap
    kill -s KILL "$telling" 2>/dev/null
}

main() {
    died=''
    if ! listen; then
        await_orphanage
        died=$groups$last
        hear_out
    fi
    # Usually none after the word "end".
    ask_groups
    await_groups
    groups=$last
    ask_groups
    await_groups
    end_escaped
    end_readers
    say_goodbye "$died"
}

main
exit 0
