# calls.awk: what the runtime calls in a daemon, from the names in its proto files: the prototype of a handler for each
# rpc, and of apply_…() for each kind of its events, with the switch that leads to it. What a daemon forgets to write
# does not link. With -v history=1 tell_…() too, the sentence of an event in a history.
#   awk -v service=tracking -f calls.awk proto/tracking/*.proto >tracking/calls.h
function snake(name) {
        while (match(name, /[a-z0-9][A-Z]/))
                name = substr(name, 1, RSTART) "_" substr(name, RSTART + 1)
        return tolower(name)
}
function camel(name) { return toupper(substr(name, 1, 1)) substr(name, 2) }
function include_own(    path) {
        if (FILENAME in included) return
        included[FILENAME]
        path = FILENAME
        sub(/.*\//, "", path)
        sub(/proto$/, "pb-c.h", path)
        includes = includes "#include \"" service "/" path "\"\n"
}

match($0, /(^|[ {])rpc [A-Za-z0-9]+/) {
        include_own()
        name = substr($0, RSTART, RLENGTH)
        sub(/.*rpc /, "", name)
        handlers = handlers "struct reply handle_" snake(name) "(struct work *work, const ProtobufCMessage *message);\n"
}
/^message Event / {
        include_own()
        inside = 1
}
/^}/ { inside = 0 }
inside && $3 == "=" {
        name = $2
        dots = split($1, type, ".")
        # a message that several daemons record: each applies its own
        apply = "apply_" (dots == 2 ? service "_" : "") name
        message = dots == 2 ? camel(type[1]) "__" type[2] : camel(service) "__" $1
        applies = applies "void " apply "(const struct change *change, const " message " *" name ");\n"
        which = "        case " toupper(service) "__EVENT__BODY_" toupper(name) ":\n                "
        cases = cases which apply "(change, event->" name ");\n                break;\n"
        sub(/^apply/, "tell", apply)
        tells = tells "void " apply "(struct telling *telling, const " message " *" name ");\n"
        told = told which apply "(telling, event->" name ");\n                break;\n"
}

END {
        guard = toupper(service) "_CALLS_H"
        print "/* Made by proto/calls.awk. */\n#ifndef " guard "\n#define " guard "\n"
        print "#include \"common/service/work.h\""
        print includes
        print handlers
        if (cases != "") {
                print applies
                print "/* Calls the one of its kind; what is of no kind that is known changes nothing. */"
                print "static inline void " service "_apply_event(struct txn *txn, struct arena *arena," \
                      " const struct event *happened)\n{"
                print "        const struct change of = {txn, arena, happened}, *change = &of;"
                type_name = "const " camel(service) "__Event *"
                print "        " type_name "event = (" type_name ")happened->body;"
                print "        switch ((int)event->body_case) {\n" cases "        }\n}\n"
        }
        if (history) {
                print "struct telling;\n" tells
                print "static inline void " service "_tell_event(struct telling *telling, " type_name "event)\n{"
                print "        switch ((int)event->body_case) {\n" told "        }\n}\n"
        }
        print "#endif"
}
