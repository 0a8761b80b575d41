# A room includes only rooms of the floors below it: tests/tidy/rooms.txt, for common/ and for every program.
# A file that lies beside the rooms is a room of its own where the table names it, else it is of the top floor.
BEGIN {
        while ((getline line < "tests/tidy/rooms.txt") > 0) {
                count = split(line, word, " ")
                if (count < 2 || word[1] ~ /^#/) continue
                floors[word[1]]++
                for (i = 2; i <= count; i++) floor[word[1], word[i]] = floors[word[1]]
        }
}

# The room of a file; "" for the top floor.
function room_of(program, path,    part, count, name) {
        name = substr(path, length(program) + 2)
        count = split(name, part, "/")
        if (count > 1) return part[1]
        sub(/\.h$/, ".c", name)
        return (program, name) in floor ? name : ""
}

function program_of(path,    part) {
        split(path, part, "/")
        return part[1] == "common" ? "common" : part[1] "/" part[2]
}

FNR == 1 {
        program = program_of(FILENAME)
        room = room_of(program, FILENAME)
        if (!(program in floors)) offence(program " has no rooms in tests/tidy/rooms.txt")
        else if (room != "" && !((program, room) in floor)) offence("no such room in tests/tidy/rooms.txt: " room)
}

/^#[ ]*include "/ {
        split($0, quoted, "\"")
        if (index(quoted[2], program "/") != 1 || !(program in floors)) next
        other = room_of(program, quoted[2])
        if (other == room || room == "") next
        if (other == "" || floor[program, other] >= floor[program, room])
                offence(room " is not above " (other == "" ? quoted[2] : other))
}
