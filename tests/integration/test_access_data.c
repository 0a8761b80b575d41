/* docs/ACCESS.md held against what real handlers answer: stores are filled by plausible requests of everybody, then
 * every method is asked in every role that may, many times, with ids of what is there. No field comes to a role that it
 * is not granted to; of those that are granted, what was seen to come is counted, and what nobody was seen to get is
 * listed by name: chance did not make it. That every cell can come, with all that stands between a handler and HTTP:
 * test_access.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "tests/lib/access_page.h"
#include "tests/lib/fill.h"
#include "tests/lib/insiders.h"
#include "tests/lib/rare.h"

#ifdef GUICHET_SANITIZED /* looks at memory, which fewer draws show as well */
enum { DRAWS = 30 };
#else
enum { DRAWS = 120 };
#endif
enum { ROUNDS = 500, PATH_SIZE = 384, CELL_SIZE = 512, SHOWN_MAX = 20 };

static struct plausible pool;
static struct arena kept;
static json_t *seen; /* "role method path" */
static size_t asked, answered, wrong;

/* Whom the request is of. */
struct asker {
        const struct any_method *method;
        unsigned role;
};

static const char *cell_name(const struct asker *asker, const char *path, char ret[CELL_SIZE])
{
        (void)snprintf(ret, CELL_SIZE, "%u %s %s", asker->role, asker->method->name, path);
        return ret;
}

static void note(const struct asker *asker, const char *type, json_t *reply, const char *outer)
{
        const char *name;
        json_t *value;
        char path[PATH_SIZE], cell[CELL_SIZE];
        json_object_foreach (reply, name, value) {
                const json_t *said = json_object_get(access_page_message(type), name);
                struct page_field field = access_page_field(said);
                (void)snprintf(path, sizeof(path), "%s%s%s", outer, *outer == '\0' ? "" : ".", name);
                if ((said == NULL || (field.readers & 1u << asker->role) == 0) && wrong++ < SHOWN_MAX)
                        (void)printf("# not granted, and arrives: %s\n", cell_name(asker, path, cell));
                require(json_object_set_new(seen, cell_name(asker, path, cell), json_true()) == 0);
                if (field.inside == NULL)
                        continue;
                if (!json_is_array(value))
                        note(asker, field.inside, value, path);
                for (size_t i = 0; i < json_array_size(value); i++)
                        note(asker, field.inside, json_array_get(value, i), path);
        }
}

/* One of the organisations that there are, or of none: who acts for it. */
static const struct id *some_organisation(void)
{
        static struct id one;
        one = plausible_id(&pool, "organisation_id");
        return &one;
}

static void ask_once(const struct asker *asker, bool is_whole)
{
        struct arena arena scoped(arena_fini) = {0};
        const ProtobufCMethodDescriptor *method = asker->method->descriptor;
        const struct growth growth = {.pool = &pool};
        const Wire__Passport *actor = somebody((Types__Role)asker->role, some_organisation(),
                                               fill_random(&pool.seed) % 2 ? "*" : "31", &arena);
        pool.whole = false;
        ProtobufCMessage *request = is_whole ? fill_least(method->input, &pool.seed, &arena)
                                             : plausible_message(&pool, method->input, &arena);
        insiders_set_right(&growth, request, &arena);
        struct said said = ask_as(asker->method, actor, request, &arena);
        asked++;
        if (!said.granted)
                return;
        const ProtobufCMessage *reply = pb_decode(method->output, said.bytes, &arena);
        require(reply != NULL);
        plausible_learn(&pool, reply);
        json_t *json = json_of_message(reply);
        note(asker, method->output->name, json, "");
        json_decref(json);
        answered++;
}

/* ---- how much of it came */

struct coming {
        size_t granted, came;
        json_t *never; /* "method path": came to nobody */
};

static void count(const struct asker *asker, const char *type, const char *outer, struct coming *coming)
{
        const char *name;
        json_t *said;
        char path[PATH_SIZE], cell[CELL_SIZE];
        json_object_foreach ((json_t *)(uintptr_t)access_page_message(type), name, said) {
                struct page_field field = access_page_field(said);
                if ((field.readers & 1u << asker->role) == 0)
                        continue;
                (void)snprintf(path, sizeof(path), "%s%s%s", outer, *outer == '\0' ? "" : ".", name);
                bool came = json_object_get(seen, cell_name(asker, path, cell)) != NULL;
                coming->granted++;
                coming->came += came;
                (void)snprintf(cell, sizeof(cell), "%s %s", asker->method->name, path);
                if (came)
                        require(json_object_set_new(coming->never, cell, json_false()) == 0);
                else if (json_object_get(coming->never, cell) == NULL)
                        require(json_object_set_new(coming->never, cell, json_true()) == 0);
                if (field.inside != NULL && came)
                        count(asker, field.inside, path, coming);
                else if (field.inside != NULL)
                        coming->granted += access_page_cells(field.inside);
        }
}

/* What every daemon answers about itself is asked by machines, in no role. */
static bool is_of_roles(const struct any_method *method, unsigned role)
{
        return strncmp(method->name, "runtime.", strlen("runtime.")) != 0 && method_lets(method, role);
}

static void no_field_comes_that_is_not_granted(void **state)
{
        (void)state;
        for (size_t draw = 0; draw < DRAWS; draw++)
                for (size_t m = 0; m < method_count; m++)
                        for (unsigned role = 1; role < ROLES; role++) {
                                const struct asker asker = {&methods[m], role};
                                if (is_of_roles(&methods[m], role))
                                        ask_once(&asker, draw % 8 == 0);
                        }
        struct coming coming = {.never = json_object()};
        for (size_t m = 0; m < method_count; m++)
                for (unsigned role = 1; role < ROLES; role++) {
                        const struct asker asker = {&methods[m], role};
                        if (is_of_roles(&methods[m], role))
                                count(&asker, methods[m].descriptor->output->name, "", &coming);
                }
        const char *name;
        json_t *never;
        size_t nobody = 0;
        json_object_foreach (coming.never, name, never)
                if (json_is_true(never)) {
                        nobody++;
                        (void)printf("# came to nobody: %s\n", name);
                }
        (void)printf("# %zu asked, %zu answered; of %zu granted cells of answers %zu came, %zu fields came to nobody\n",
                     asked, answered, coming.granted, coming.came, nobody);
        json_decref(coming.never);
        assert_int_equal(wrong, 0);
        assert_true(answered > 1000 && coming.came > 1000);
}

static int open_all(void **state)
{
        (void)state;
        access_page_read();
        seen = json_object();
        daemons_open(DAEMONS_MAP_BYTES);
        methods_list();
        pool.seed = 20261130;
        pool.today = local_day("", daemons_world.now_ms_value);
        (void)organisations_put(&pool, &kept);
        rare_things(&pool, false);
        struct growth growth = {.pool = &pool, .rounds = ROUNDS};
        (void)printf("# %zu commands granted before\n", insiders_grow(&growth));
        return 0;
}

static int close_all(void **state)
{
        (void)state;
        daemons_close();
        arena_fini(&kept);
        json_decref(seen);
        access_page_end();
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(no_field_comes_that_is_not_granted)};
        return cmocka_run_group_tests(tests, open_all, close_all);
}
