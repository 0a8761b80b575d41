#include "services/ctl/print_json.h"

#include "common/codec/json.h"

bool print_json(FILE *out, const ProtobufCMessage *message)
{
        json_t *json = json_of_message(message);
        bool done = json != NULL && json_dumpf(json, out, JSON_INDENT(2)) == 0 && fputc('\n', out) != EOF;
        json_decref(json);
        return done;
}

bool print_json_line_take(FILE *out, json_t *json)
{
        bool done = json != NULL && json_dumpf(json, out, JSON_COMPACT) == 0 && fputc('\n', out) != EOF;
        json_decref(json);
        return done;
}
