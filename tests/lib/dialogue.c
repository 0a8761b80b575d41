#include "tests/lib/dialogue.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 20, PATH_SIZE = 256 };

static struct {
        struct network *network;
        struct arena arena;
        json_t *answers; /* a list that holds them */
} dialogue;

/* A failed dialogue is a failed test: the harness shows the daemons' logs on abort. */
_Noreturn static void fail(const char *what, const char *field, const char *text)
{
        (void)fprintf(stderr, "dialogue: %s: %s%s%s\n", what, field, field[0] != '\0' ? ": " : "", text);
        abort();
}

static Types__Role role_of(const char *name)
{
        const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(&types__role__descriptor, name);
        require(value != NULL);
        return (Types__Role)value->value;
}

void say_as(struct network *network, const char *role, const char *organisation, const char *territories)
{
        Wire__Passport *passport = pb_new(&wire__passport__descriptor, &dialogue.arena);
        struct id id;

        if (dialogue.answers == NULL)
                dialogue.answers = json_array();
        dialogue.network = network;
        char *name = arena_text(&dialogue.arena, role), *user = strchr(name, ':');
        if (user != NULL)
                *user++ = '\0';
        passport->user = user != NULL ? user : arena_text(&dialogue.arena, "essai");
        passport->role = role_of(name);
        if (organisation != NULL) {
                int err = id_parse(organisation, &id);
                require(err == 0);
                passport->organisation = id_to(&dialogue.arena, id);
        }
        char *rest = arena_text(&dialogue.arena, territories);
        for (char *save = NULL, *one = strtok_r(rest, ",", &save); one != NULL; one = strtok_r(NULL, ",", &save)) {
                passport->territories =
                        pb_append(passport->territories, &passport->n_territories, sizeof(one), &dialogue.arena);
                passport->territories[passport->n_territories - 1] = one;
        }
        link_act_as(network_link(network), passport);
}

const char *say_account(const char *user)
{
        char *text = arena_alloc(&dialogue.arena, ID_TEXT_SIZE);
        id_format(passport_tool_account("ctl", user), text);
        return text;
}

static char *ATTR_FORMAT(1, 0) printed(const char *format, va_list arguments)
{
        va_list again;
        va_copy(again, arguments);
        int size = vsnprintf(NULL, 0, format, arguments);
        require(size >= 0);
        char *text = arena_alloc(&dialogue.arena, (size_t)size + 1);
        (void)vsnprintf(text, (size_t)size + 1, format, again);
        va_end(again);
        for (char *c = text; *c != '\0'; c++)
                if (*c == '\'')
                        *c = '"';
        return text;
}

static struct answer call(const char *method, const char *text)
{
        struct catalogue_method found;
        struct answer answer = {0};
        struct err_info info = {0};
        struct refusal refusal;
        ProtobufCMessage *request;
        json_t *json = NULL;

        if (!catalogue_method(method, &found))
                fail(method, "", "no such method");
        if (!json_of_text(slice_of_text(text), &json, &refusal) ||
            !json_to_message(json, found.method->input, &dialogue.arena, &request, &refusal))
                fail(text, refusal.field, refusal.text);
        json_decref(json);
        version_seen_any(request);
        if (link_call(network_link(dialogue.network), method, request, NULL, &dialogue.arena, &answer, &info) != 0)
                fail(method, "", info.text);
        return answer;
}

static const json_t *kept(const struct answer *answer)
{
        json_t *json = json_of_message(answer->body);
        require(json != NULL);
        int err = json_array_append_new(dialogue.answers, json);
        require(err == 0);
        return json;
}

const json_t *say(const char *method, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        struct answer answer = call(method, printed(format, arguments));
        va_end(arguments);
        if (answer.body == NULL)
                fail(method, answer.refusal->field, answer.refusal->text);
        return kept(&answer);
}

const json_t *say_until_granted(const char *method, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        const char *text = printed(format, arguments);
        va_end(arguments);
        struct answer answer = call(method, text);
        for (int waited_ms = 0; answer.body == NULL && waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                (void)poll(NULL, 0, LOOK_EVERY_MS);
                answer = call(method, text);
        }
        if (answer.body == NULL)
                fail(method, answer.refusal->field, answer.refusal->text);
        return kept(&answer);
}

const char *say_refused(const char *code, const char *method, const char *format, ...)
{
        va_list arguments;
        va_start(arguments, format);
        struct answer answer = call(method, printed(format, arguments));
        va_end(arguments);
        if (answer.body != NULL)
                fail(method, "", "granted");
        const ProtobufCEnumValue *value =
                protobuf_c_enum_descriptor_get_value(&types__refusal_code__descriptor, (int)answer.refusal->code);
        if (value == NULL || strcmp(value->name, code) != 0)
                fail(method, value == NULL ? "?" : value->name, answer.refusal->text);
        return answer.refusal->text;
}

/* NULL: not there. */
static const json_t *look(const json_t *answer, const char *path)
{
        char steps[PATH_SIZE];
        int size = snprintf(steps, sizeof(steps), "%s", path);
        require(size < PATH_SIZE);
        const json_t *at = answer;
        for (char *save = NULL, *step = strtok_r(steps, ".", &save); at != NULL && step != NULL;
             step = strtok_r(NULL, ".", &save))
                at = json_is_array(at) ? json_array_get(at, strtoul(step, NULL, 10)) : json_object_get(at, step);
        return at;
}

static _Noreturn void fail_showing(const json_t *answer, const char *path)
{
        char *shown = json_dumps(answer, JSON_INDENT(2));
        fail(path, "not in the answer", shown == NULL ? "?" : shown);
}

const json_t *said(const json_t *answer, const char *path)
{
        const json_t *found = look(answer, path);
        if (found == NULL)
                fail_showing(answer, path);
        return found;
}

const char *said_text(const json_t *answer, const char *path)
{
        const char *text = json_string_value(said(answer, path));
        if (text == NULL)
                fail_showing(answer, path);
        return text;
}

size_t said_count(const json_t *answer, const char *path)
{
        return json_array_size(look(answer, path));
}

bool said_anywhere(const json_t *answer, const char *text)
{
        char *shown = json_dumps(answer, JSON_ENCODE_ANY);
        require(shown != NULL);
        bool found = strstr(shown, text) != NULL;
        free(shown);
        return found;
}

void dialogue_end(void)
{
        json_decref(dialogue.answers);
        arena_fini(&dialogue.arena);
        memset(&dialogue, 0, sizeof(dialogue));
}
