/* engine_fixture.h: one daemon under test: its engine on a store in a directory of its own, with a seeded world, and
 * somebody who asks. Include after cmocka.h. setup and teardown are made for each test:
 *
 *     static int setup(void **state) { return fixture_open(state, &directory_spec, NULL); }
 *     cmocka_unit_test_setup_teardown(test_something, setup, fixture_close)
 *
 * fixture_close() also proves, for every test, that replaying the log gives the tables byte for byte. */
#ifndef TESTS_LIB_ENGINE_FIXTURE_H
#define TESTS_LIB_ENGINE_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/service/engine.h"
#include "common/service/verify.h"

#define FIXTURE_NOW_MS INT64_C(1792324800000) /* 2026-10-18T12:00:00Z */

static const uint8_t fixture_master_key[VAULT_KEY_SIZE] = "a master key of the fixture....";

struct fixture {
        struct engine *engine;
        struct world world;
        struct arena arena;
        char directory[64];
        const struct service_spec *spec;
        const void *config;
        uint32_t partition;
        const uint8_t *master_key; /* NULL: fixture_master_key */
        const uint8_t *own_secret;
        const uint8_t *shared_key;
};

/* Who may state whose key it has seen. */
static const struct signer fixture_gateway = {.name = "gateway", .is_gateway = true};

static inline void fixture_open_engine(struct fixture *f)
{
        struct engine_options options = {
                .spec = f->spec,
                .instance = f->spec->name,
                .directory = f->directory,
                .config = f->config,
                .world = &f->world,
                .partition = f->partition,
                .master_key = f->master_key != NULL ? f->master_key : fixture_master_key,
                .own_secret = f->own_secret,
                .shared_key = f->shared_key,
                .signers = &fixture_gateway,
                .signer_count = 1,
        };
        struct err_info info = {0};
        if (engine_open(&options, &f->engine, &info) != 0)
                fail_msg("the engine does not open: %s", info.text);
}

static inline int fixture_open_below(void **state, const struct service_spec *spec, const void *config,
                                     const char *parent)
{
        struct fixture *f = calloc(1, sizeof(*f));
        assert_non_null(f);
        f->world = world_seeded(20261018, FIXTURE_NOW_MS);
        f->spec = spec;
        f->config = config;
        (void)snprintf(f->directory, sizeof(f->directory), "%s/guichet-test-XXXXXX", parent);
        assert_non_null(mkdtemp(f->directory));
        fixture_open_engine(f);
        *state = f;
        return 0;
}

static inline int fixture_open(void **state, const struct service_spec *spec, const void *config)
{
        return fixture_open_below(state, spec, config, "/tmp");
}

/* In memory where that can be had: for thousands of commands, each of which would wait for the disk. */
static inline int fixture_open_in_memory(void **state, const struct service_spec *spec, const void *config)
{
        return fixture_open_below(state, spec, config, access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
}

static inline void fixture_reopen(struct fixture *f)
{
        engine_close(f->engine);
        f->engine = NULL;
        fixture_open_engine(f);
}

static inline void fixture_verify(struct fixture *f)
{
        struct verify_report report = {0};
        struct err_info info = {0};
        assert_int_equal(engine_verify(f->engine, NULL, 0, &report, &info), 0);
        if (report.differences != 0)
                fail_msg("%d rows differ from the replay: %s", (int)report.differences, info.text);
        assert_int_equal(report.events, engine_position(f->engine));
}

enum { FIXTURE_DESCRIPTORS = 16 };
static inline int fixture_remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
        (void)status, (void)type, (void)place;
        return remove(path);
}

static inline int fixture_close(void **state)
{
        struct fixture *f = *state;
        fixture_verify(f);
        engine_close(f->engine);
        arena_fini(&f->arena);
        (void)nftw(f->directory, fixture_remove_one, FIXTURE_DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
        free(f);
        return 0;
}

/* Somebody who asks, in the fixture's memory. `territories` is "31", "31 09" or "*". */
static inline Wire__Passport *fixture_actor(struct fixture *f, Types__Role role, const struct id *organisation,
                                            const char *territories)
{
        Wire__Passport *actor = pb_new(&wire__passport__descriptor, &f->arena);
        actor->user = arena_text(&f->arena, "essai");
        actor->role = role;
        actor->organisation = organisation == NULL ? NULL : id_to(&f->arena, *organisation);
        actor->expires_at_ms = INT64_MAX;
        char *rest = arena_text(&f->arena, territories);
        for (char *save = NULL, *one = strtok_r(rest, " ", &save); one != NULL; one = strtok_r(NULL, " ", &save)) {
                actor->territories = pb_append(actor->territories, &actor->n_territories, sizeof(one), &f->arena);
                actor->territories[actor->n_territories - 1] = one;
        }
        return actor;
}

/* Asks, as somebody who has just read everything, unless the request says what was seen. It may be refused. */
static inline struct engine_answer fixture_ask(struct fixture *f, const Wire__Passport *actor, const char *method,
                                               const void *request)
{
        struct engine_answer answer = {0};
        uint64_t *seen = version_seen(request);
        bool said = seen == NULL || *seen != 0;
        if (!said)
                *seen = engine_position(f->engine);
        assert_int_equal(engine_call(f->engine, actor, method, request, NULL, &f->arena, &answer), 0);
        if (!said)
                *seen = 0;
        return answer;
}

/* Asks for what must be granted: the reply. */
static inline const void *fixture_get(struct fixture *f, const Wire__Passport *actor, const char *method,
                                      const void *request)
{
        struct engine_answer answer = fixture_ask(f, actor, method, request);
        if (answer.body == NULL)
                fail_msg("%s refused: %s: %s", method, answer.refusal->field, answer.refusal->text);
        return answer.body;
}

/* What is told by the event of that number, as it is published: the service's Event. */
static inline const void *fixture_event(struct fixture *f, uint64_t number)
{
        const Wire__EventBatch *events = pb_decode(&wire__event_batch__descriptor,
                                                   engine_events_after(f->engine, number - 1, 0, &f->arena), &f->arena);
        assert_non_null(events);
        assert_true(events->n_records > 0);
        const Wire__EventRecord *record =
                pb_decode(&wire__event_record__descriptor, pb_slice(events->records[0]), &f->arena);
        assert_non_null(record);
        const void *event = pb_decode(f->spec->event, pb_slice(record->body), &f->arena);
        assert_non_null(event);
        return event;
}

/* Asks for what must be refused with this code; nothing may have been recorded. The refusal. */
static inline const Types__Refusal *fixture_refused(struct fixture *f, const Wire__Passport *actor, const char *method,
                                                    const void *request, Types__RefusalCode code)
{
        uint64_t before = engine_position(f->engine);
        struct engine_answer answer = fixture_ask(f, actor, method, request);
        assert_null(answer.body);
        assert_non_null(answer.refusal);
        if (answer.refusal->code != code)
                fail_msg("refusal %d instead of %d: %s", (int)answer.refusal->code, (int)code, answer.refusal->text);
        assert_true(answer.refusal->text[0] != '\0');
        assert_int_equal(engine_position(f->engine), before);
        return answer.refusal;
}

#endif
