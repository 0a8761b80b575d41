/* Every command of every daemon asked twice with one key, as by who got no answer: the same answer, one effect. And
 * every field of every request of every daemon, set to its extremes, over stores with data, through the real frame:
 * nothing aborts, hangs or answers late; everything gets one answer; and every store still is what the logs say. What
 * there is to ask comes from the catalogue: a new method or field is covered by being there. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/base/local_time.h"
#include "common/codec/field_rules.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "tests/lib/fill.h"
#include "tests/lib/insiders.h"

#ifdef GUICHET_SANITIZED /* looks at memory: whose the request is matters less */
enum { ROLES_ASKED = 1 };
#else
enum { ROLES_ASKED = 2 };
#endif
enum { ROUNDS = 500, LATE_MS = 5000, HANGS_S = 240, AGAIN = 20 };

/* Of each method, the last request that was granted. */
static struct {
        struct slice granted;
        size_t grants;
        size_t again[2];   /* how often a request was asked again that had been granted, refused */
        char refusal[256]; /* the last one, for who wants to know why nothing was granted */
} told[METHODS_MAX];

static size_t asked, refused, repeated;
static bool twice; /* every command is asked again */
static struct plausible pool;
static struct arena kept; /* for the whole run */

/* ---- what is told when a daemon falls */

static struct {
        const char *method, *field, *extreme;
} at;

static void tell(int number)
{
        static char text[512];
        int size = snprintf(text, sizeof(text), "# signal %d while %s was asked, %s %s\n", number, at.method, at.field,
                            at.extreme);
        (void)!write(STDERR_FILENO, text, (size_t)size);
        _exit(1);
}

/* ---- asking */

/* Of the processor: a loaded machine makes nothing late. */
static uint64_t worked_ms(void)
{
        struct timespec now;
        (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Whom a role acts for: an organisation that is there. */
static struct slice passport_of_role(unsigned role, struct arena *arena)
{
        struct id organisation = plausible_id(&pool, "organisation_id");
        bool acts_for_one = role == TYPES__ROLE__BUYER || role == TYPES__ROLE__COMPANY ||
                            role == TYPES__ROLE__STRUCTURE || role == TYPES__ROLE__PRESCRIBER;
        return daemons_passport((Types__Role)role, acts_for_one ? &organisation : NULL, arena);
}

/* The frame again, as from somebody whom the first answer did not reach. `before`: where the log ended before it. */
static void ask_again(const struct any_method *method, struct slice frame, uint64_t before, const Wire__Reply *first,
                      struct arena *arena)
{
        const Wire__Reply *again = NULL;
        struct engine *engine = method->daemon->engine;
        uint64_t position = engine_position(engine);
        bool is_refused = first->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL, is_done = position > before;

        if (told[method->number].again[is_refused]++ >= AGAIN)
                return;
        repeated++;
        require(daemon_ask(method->daemon, frame, arena, &again) == 0);
        if (is_done && method->answers_anew) { /* each answer is a reading of its own, and leaves its trace */
                assert_int_equal(engine_position(engine) - position, position - before);
                return;
        }
        if (engine_position(engine) != position)
                fail_msg("%s: done again", method->name);
        if (again->outcome_case != first->outcome_case || again->repeated_key != is_done ||
            (is_done && again->position != first->position))
                fail_msg("%s: another answer", method->name);
        struct slice one = is_refused ? pb_encode(first->refusal, arena) : pb_slice(first->body);
        struct slice two = is_refused ? pb_encode(again->refusal, arena) : pb_slice(again->body);
        if (!slice_equal(one, two))
                fail_msg("%s: other bytes, %zu and %zu", method->name, one.size, two.size);
}

/* The reply's body, NULL where it was refused. */
static const ProtobufCMessage *ask_bytes(struct any_method *method, unsigned role, struct slice body,
                                         struct arena *arena)
{
        const Wire__Reply *reply = NULL;
        struct slice frame = daemons_frame(method->name, passport_of_role(role, arena), body, arena);
        uint64_t before = worked_ms(), position = engine_position(method->daemon->engine);

        daemons_world.now_ms_value++;
        asked++;
        (void)alarm(HANGS_S);
        require(daemon_ask(method->daemon, frame, arena, &reply) == 0);
        (void)alarm(0);
        daemons_check_reply(reply);
        if (worked_ms() - before > LATE_MS)
                fail_msg("%s, %s %s: answered after %llu ms of work", at.method, at.field, at.extreme,
                         (unsigned long long)(worked_ms() - before));
        if (twice && method->is_command)
                ask_again(method, frame, position, reply, arena);
        if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL) {
                refused++;
                (void)snprintf(told[method->number].refusal, sizeof(told->refusal), "%s: %s", reply->refusal->field,
                               reply->refusal->text);
                return NULL;
        }
        const ProtobufCMessage *answer = pb_decode(method->descriptor->output, pb_slice(reply->body), arena);
        require(answer != NULL);
        return answer;
}

static bool ask(struct any_method *method, unsigned role, const ProtobufCMessage *request, struct arena *arena)
{
        uint64_t *seen = version_seen(request);
        bool says = seen == NULL || *seen != 0;
        if (!says) /* who replaces something has read it */
                *seen = engine_position(method->daemon->engine);
        struct slice body = pb_encode(request, arena);
        if (!says)
                *seen = 0;
        const ProtobufCMessage *answer = ask_bytes(method, role, body, arena);
        if (answer == NULL)
                return false;
        plausible_learn(&pool, answer);
        return true;
}

/* ---- stores with data: plausible requests until most methods have been granted something */

static bool grow_one(struct any_method *method)
{
        struct arena arena scoped(arena_fini) = {0};
        at.method = method->name;
        const struct growth growth = {.pool = &pool};
        ProtobufCMessage *request = plausible_message(&pool, method->descriptor->input, &arena);
        if (fill_random(&pool.seed) % 2 == 0)
                insiders_set_right(&growth, request, &arena);
        if (!ask(method, method_role(method, &pool), request, &arena))
                return false;
        if (told[method->number].grants++ < 8)
                told[method->number].granted = arena_copy_slice(&kept, pb_encode(request, &arena));
        return true;
}

static void grow(void)
{
        static struct draws draws;
        at.field = "plausible";
        at.extreme = "";
        draws_begin(&draws, &pool);
        for (size_t round = 0; round < ROUNDS; round++) {
                pool.whole = round % 3 == 0;
                for (size_t i = 0; i < method_count; i++) {
                        bool done = !methods[i].is_command && round % 10 != 9;
                        for (size_t tries = draws_tries(&draws, &methods[i], round); !done && tries > 0; tries--) {
                                draws_take(&draws, &methods[i], &pool);
                                done = grow_one(&methods[i]);
                                draws_put(&draws, &methods[i], &pool, done);
                        }
                }
                daemons_follow();
        }
        draws_end(&draws, &pool);
}

/* ---- the extremes */

struct sweep {
        struct any_method *method;
        const ProtobufCMessage *request;
        struct arena *arena;
        char path[160];
};

static void try(struct sweep *sweep, const char *extreme)
{
        size_t roles = 0;
        at.method = sweep->method->name;
        at.field = sweep->path;
        at.extreme = extreme;
        for (unsigned role = 0; role < ROLES && roles < ROLES_ASKED; role++) {
                struct arena arena scoped(arena_fini) = {0};
                if (!method_lets(sweep->method, role))
                        continue;
                roles++;
                (void)ask(sweep->method, role, sweep->request, &arena);
        }
}

static void sweep_message(struct sweep *sweep, ProtobufCMessage *message);

static char *text_of(struct arena *arena, const char *character, size_t count)
{
        size_t size = strlen(character);
        char *text = arena_alloc(arena, count * size + 1);
        for (size_t i = 0; i < count; i++)
                memcpy(text + i * size, character, size);
        text[count * size] = '\0';
        return text;
}

static void sweep_text(struct sweep *sweep, const ProtobufCFieldDescriptor *field, char **member)
{
        uint32_t max = field_rule(field)->characters_max;
        const struct {
                const char *what;
                char *text;
        } extremes[] = {
                {"empty", text_of(sweep->arena, "", 0)},
                {"of blanks", text_of(sweep->arena, " ", 3)},
                {"longest", text_of(sweep->arena, "x", max)},
                {"longest, digits", text_of(sweep->arena, "9", max)},
                {"longest in bytes", text_of(sweep->arena, "\xf0\x9f\x8f\x97", max)},
                {"one over", text_of(sweep->arena, "x", max + 1)},
                {"of 200 KiB", text_of(sweep->arena, "x", 200 * 1024)},
                {"not UTF-8", text_of(sweep->arena, "\xff", 4)},
                {"cut in a character", text_of(sweep->arena, "\xc3", 1)},
                {"of control characters", text_of(sweep->arena, "\x01\r\n\t", 2)},
                {"with a format", text_of(sweep->arena, "%s%n{}{{x}}\"'<a>", 1)},
        };
        for (size_t i = 0; i < ARRAY_SIZE(extremes); i++) {
                *member = extremes[i].text;
                try(sweep, extremes[i].what);
        }
}

static void sweep_bytes(struct sweep *sweep, const ProtobufCFieldDescriptor *field, ProtobufCBinaryData *member)
{
        uint32_t max = field_rule(field)->bytes_max;
        const size_t sizes[] = {0, 1, 8, 15, 16, 17, 32, max, max + 1, 100 * 1024};
        for (uint8_t value = 0;; value = 0xff) {
                for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
                        member->len = sizes[i];
                        member->data = arena_alloc(sweep->arena, sizes[i] + 1);
                        memset(member->data, value, sizes[i]);
                        try(sweep, value == 0 ? "of zeros" : "of 0xff");
                }
                if (value == 0xff)
                        return;
        }
}

static void sweep_enum(struct sweep *sweep, const ProtobufCFieldDescriptor *field, int32_t *member)
{
        const ProtobufCEnumDescriptor *names = field->descriptor;
        for (unsigned i = 0; i < names->n_values; i++) {
                *member = names->values[i].value;
                try(sweep, names->values[i].name);
        }
        static const int32_t unknown[] = {-1, 9999, INT32_MAX, INT32_MIN};
        for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
                *member = unknown[i];
                try(sweep, "of an unknown code");
        }
}

static void sweep_number(struct sweep *sweep, const ProtobufCFieldDescriptor *field, void *member)
{
        static const int64_t values[] = {0, 1, -1, 2, 3, 28, 31, 500, 501, 999, 1000, 2026, INT32_MAX, INT32_MIN,
                                         UINT32_MAX, INT64_MAX, INT64_MIN,
                                         /* the ends of what days, months, instants and shares may say */
                                         -135140, 157419, -135141, 157420, -4440, 5171, -11676096000000, 13601087999999,
                                         1000000, 1000001};
        bool wide = field->type == PROTOBUF_C_TYPE_INT64 || field->type == PROTOBUF_C_TYPE_UINT64 ||
                    field->type == PROTOBUF_C_TYPE_SINT64;
        for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
                if (wide)
                        *(int64_t *)member = values[i];
                else
                        *(uint32_t *)member = (uint32_t)values[i];
                try(sweep, "at a number's extreme");
        }
}

/* Another thing's id, one that was never given, and what is none. */
static void sweep_id(struct sweep *sweep, Types__Id *id)
{
        static const char *const others[] = {"contract_id", "obligation_id", "organisation_id", "beneficiary_id"};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
                struct id other = plausible_id(&pool, others[i]);
                id->value = pb_bytes(arena_copy_slice(sweep->arena, id_slice(&other)));
                try(sweep, "another thing's id");
        }
        struct id stranger = id_new(&daemons_world, daemons_world.now_ms_value, 1);
        id->value = pb_bytes(arena_copy_slice(sweep->arena, id_slice(&stranger)));
        try(sweep, "an id of nothing");
}

static void sweep_value(struct sweep *sweep, const ProtobufCFieldDescriptor *field, void *member)
{
        ProtobufCMessage **message = member;

        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING: sweep_text(sweep, field, member); break;
        case PROTOBUF_C_TYPE_BYTES: sweep_bytes(sweep, field, member); break;
        case PROTOBUF_C_TYPE_ENUM: sweep_enum(sweep, field, member); break;
        case PROTOBUF_C_TYPE_BOOL:
                *(protobuf_c_boolean *)member = !*(protobuf_c_boolean *)member;
                try(sweep, "the other way");
                break;
        case PROTOBUF_C_TYPE_MESSAGE:
                if (field->descriptor == &types__id__descriptor)
                        sweep_id(sweep, (Types__Id *)*message);
                sweep_message(sweep, *message);
                break;
        default: sweep_number(sweep, field, member); break;
        }
}

static size_t value_size(const ProtobufCFieldDescriptor *field)
{
        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING:
        case PROTOBUF_C_TYPE_MESSAGE: return sizeof(void *);
        case PROTOBUF_C_TYPE_BYTES: return sizeof(ProtobufCBinaryData);
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_UINT64: return sizeof(uint64_t);
        default: return sizeof(uint32_t);
        }
}

/* None, twice the same, as many as may be, one more, and far more. */
static void sweep_list(struct sweep *sweep, const ProtobufCFieldDescriptor *field, size_t *count, uint8_t **values)
{
        size_t max = field_rule(field)->count_max, size = value_size(field), most = max < 2000 ? 2000 : max + 1;
        const size_t counts[] = {0, 2, max, max + 1, most};
        uint8_t *first = *values;
        uint8_t *many = arena_alloc(sweep->arena, most * size);

        for (size_t i = 0; i < most; i++)
                memcpy(many + i * size, first, size);
        *values = many;
        for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
                *count = counts[i];
                try(sweep, "of many elements, or none");
        }
        *count = 1;
        sweep_value(sweep, field, many);
        *values = first;
}

static void sweep_field(struct sweep *sweep, const ProtobufCFieldDescriptor *field, ProtobufCMessage *message)
{
        uint8_t *member = (uint8_t *)message + field->offset;
        uint8_t *quantifier = (uint8_t *)message + field->quantifier_offset;
        uint8_t before[sizeof(ProtobufCBinaryData)];
        size_t count = 0;

        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                count = *(size_t *)(void *)quantifier;
                sweep_list(sweep, field, (size_t *)(void *)quantifier, (uint8_t **)(void *)member);
                *(size_t *)(void *)quantifier = count;
                return;
        }
        memcpy(before, member, value_size(field));
        if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
                *(ProtobufCMessage **)(void *)member = NULL;
                try(sweep, "absent");
                memcpy(member, before, sizeof(void *));
        }
        sweep_value(sweep, field, member);
        memcpy(member, before, value_size(field));
}

static void sweep_message(struct sweep *sweep, ProtobufCMessage *message)
{
        size_t length = strlen(sweep->path);
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                (void)snprintf(sweep->path + length, sizeof(sweep->path) - length, "%s%s", length > 0 ? "." : "",
                               field->name);
                sweep_field(sweep, field, message);
                sweep->path[length] = '\0';
        }
}

/* What is absent in a granted request takes its place from one in which nothing is absent. */
static void complete(ProtobufCMessage *granted, const ProtobufCMessage *whole)
{
        for (unsigned i = 0; i < granted->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &granted->descriptor->fields[i];
                void *to = (uint8_t *)granted + field->offset;
                const void *from = (const uint8_t *)whole + field->offset;
                size_t *count = (size_t *)(void *)((uint8_t *)granted + field->quantifier_offset);
                if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                        if (*count == 0) {
                                *count = *(const size_t *)(const void *)((const uint8_t *)whole +
                                                                         field->quantifier_offset);
                                memcpy(to, from, sizeof(void *));
                        } else if (field->type == PROTOBUF_C_TYPE_MESSAGE)
                                complete((*(ProtobufCMessage ***)to)[0], (*(ProtobufCMessage *const *const *)from)[0]);
                        continue;
                }
                if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                        continue;
                if (*(ProtobufCMessage **)to == NULL)
                        memcpy(to, from, sizeof(void *));
                else
                        complete(*(ProtobufCMessage **)to, *(ProtobufCMessage *const *)from);
        }
}

/* Bytes that are no message of that type, however deep or long. */
static void sweep_bodies(struct sweep *sweep)
{
        uint8_t deep[20000];
        at.method = sweep->method->name;
        at.field = "the body";
        at.extreme = "nested deeply";
        for (unsigned tag = 1; tag <= 3; tag++) {
                size_t size = sizeof(deep);
                for (size_t i = 0; i + 4 <= size; i += 4) { /* field `tag`, of so many bytes: all the rest */
                        size_t rest = size - i - 4;
                        deep[i] = (uint8_t)(tag << 3 | 2);
                        deep[i + 1] = (uint8_t)(rest | 0x80);
                        deep[i + 2] = (uint8_t)(rest >> 7 | 0x80);
                        deep[i + 3] = (uint8_t)(rest >> 14);
                }
                struct arena arena scoped(arena_fini) = {0};
                for (unsigned role = 0; role < ROLES; role++)
                        if (method_lets(sweep->method, role)) {
                                (void)ask_bytes(sweep->method, role, slice_of(deep, size), &arena);
                                break;
                        }
        }
}

static void sweep_method(struct any_method *method)
{
        struct arena arena scoped(arena_fini) = {0};
        pool.whole = true;
        ProtobufCMessage *request = plausible_message(&pool, method->descriptor->input, &arena);
        struct slice granted_bytes = told[method->number].granted;
        if (granted_bytes.size > 0) {
                ProtobufCMessage *granted = pb_decode(method->descriptor->input, granted_bytes, &arena);
                complete(granted, request);
                request = granted;
        }
        struct sweep sweep = {.method = method, .request = request, .arena = &arena};
        sweep_message(&sweep, request);
        sweep_bodies(&sweep);
}

/* ---- */

static void every_command_asked_again_is_done_once(void **state)
{
        (void)state;
        size_t granted = 0, commands = 0;
        twice = true;
        grow();
        twice = false;
        for (size_t i = 0; i < method_count; i++) {
                bool is_for_persons = methods[i].roles != UINT32_C(1) << TYPES__ROLE__SERVICE;
                commands += methods[i].is_command && is_for_persons;
                granted += methods[i].is_command && told[i].grants > 0;
                assert_true(!methods[i].is_command || told[i].again[0] + told[i].again[1] > 0);
                assert_true(!methods[i].is_command || told[i].grants == 0 || told[i].again[0] > 0);
                if (told[i].grants == 0 && getenv("GUICHET_EXTREMES_TELL") != NULL)
                        (void)printf("# never granted: %s: %s\n", methods[i].name, told[i].refusal);
        }
        (void)printf("# %zu methods, %zu of %zu commands granted, %zu asked again\n", method_count, granted, commands,
                     repeated);
        assert_true(granted * 5 > commands * 3);
}

/* Over the stores that are left by the test before. */
static void every_field_of_every_request_at_its_extremes(void **state)
{
        (void)state;
        for (size_t i = 0; i < method_count; i++)
                sweep_method(&methods[i]);
        at.method = "history";
        daemons_follow();
        (void)printf("# %zu asked, %zu refused\n", asked, refused);
        assert_true(daemons_verify());
}

static int open_all(void **state)
{
        (void)state;
        static const int signals[] = {SIGABRT, SIGALRM};
        daemons_open(DAEMONS_MAP_BYTES);
        methods_list();
        pool.seed = 20261018;
        pool.today = local_day("", daemons_world.now_ms_value);
        (void)organisations_put(&pool, &kept);
        for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
                (void)signal(signals[i], tell);
        return 0;
}

static int close_all(void **state)
{
        (void)state;
        daemons_close();
        arena_fini(&kept);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(every_command_asked_again_is_done_once),
                                           cmocka_unit_test(every_field_of_every_request_at_its_extremes)};
        return cmocka_run_group_tests(tests, open_all, close_all);
}
