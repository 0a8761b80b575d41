# Functions that invite a fault, or hide the clock and the dice from struct world (common/base/world.h).
BEGIN {
        instead["sprintf"] = "snprintf"
        instead["vsprintf"] = "vsnprintf"
        instead["strcpy"] = "snprintf or arena_text"
        instead["strcat"] = "snprintf or arena_printf"
        instead["strtok"] = "strchr or strtok_r"
        instead["atoi"] = instead["atol"] = instead["atoll"] = "text_to_u64"
        instead["gets"] = "fgets"
        instead["rand"] = instead["srand"] = "world->random"
        instead["time"] = "world->now_ms"
        instead["sleep"] = instead["usleep"] = "wait for the event, with a deadline"
        instead["localtime"] = instead["gmtime"] = instead["ctime"] = "common/base/day.h"
        instead["kill"] = "send_signal: a pid of 0 or -1 is everybody (tests/lib/send_signal.h)"
        instead["tmpnam"] = instead["mktemp"] = "mkstemp or mkdtemp"
}

FILENAME ~ /send_signal\.h$/ { next }

{
        rest = code
        while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ ]*\(/)) {
                called = substr(rest, RSTART, RLENGTH)
                before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : " "
                rest = substr(rest, RSTART + RLENGTH)
                sub(/[ ]*\($/, "", called)
                if (called == "day_of_instant_ms" && FILENAME ~ /^(services\/ctl\/[a-z_]*\.c|tests\/integration\/)/)
                        offence(called "() is the day in UTC; use: local_day(), by which daemons go")
                if (called in instead && before !~ /[.>0-9]/)
                        offence(called "() is banned; use: " instead[called])
        }
}
