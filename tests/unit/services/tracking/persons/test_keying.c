/* Digests of before: made again by itself, some persons at a time, once; and of a key that was replaced. */
#include "services/tracking/persons/keying.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/service/item.h"
#include "services/tracking/persons/known.h"
#include "tests/unit/services/tracking/persons/doubles.h"

struct sweep {
        struct id after, last;
        bool done;
};
static struct sweep sweep;

static void run_some(struct work *work, void *argument)
{
        (void)argument;
        sweep.done = identities_are_keyed(work) || identities_key_some(work, sweep.after, &sweep.last);
}

/* As the hooks do it at a start. How many batches. */
static size_t sweep_all(struct scene *s)
{
        size_t batches = 0;
        sweep = (struct sweep){.done = false};
        while (!sweep.done) {
                struct err_info info = {0};
                struct item *item = item_new(s->f.engine);
                item->kind = ITEM_INTERNAL;
                item->fn = run_some;
                assert_int_equal(engine_run(s->f.engine, item, &info), 0);
                item_free(s->f.engine, &item);
                sweep.after = sweep.last;
                batches++;
        }
        return batches;
}

static size_t known(struct scene *s, const char *family)
{
        Tracking__KnownPerson command = TRACKING__KNOWN_PERSON__INIT;
        command.identity = named(s, family, "Zéphirine", scene_day(1990, 5, 17));
        command.territory = arena_text(&s->f.arena, "31");
        command.reason_code = arena_text(&s->f.arena, "PLACEMENT");
        const Tracking__KnownPersonReply *reply = fixture_get(&s->f, s->facilitator, "KnownPerson", &command);
        return reply->n_known;
}

static const uint8_t new_key[SHARED_KEY_SIZE] = "the key that the region has now";

static void test_all_are_keyed_again_once(void **state)
{
        struct scene *s = *state;
        enum { PERSONS = KEYED_AT_ONCE + 3 };
        char name[] = "Quatrebarbes aa";
        for (size_t i = 0; i < PERSONS; i++) {
                name[sizeof(name) - 2] = (char)('a' + i % 26);
                name[sizeof(name) - 3] = (char)('a' + i / 26);
                (void)referred(s, name, "Zéphirine", "31");
        }
        assert_int_equal(sweep_all(s), 2); /* they have theirs: that is noted */
        uint64_t position = engine_position(s->f.engine);
        assert_int_equal(sweep_all(s), 1);
        assert_int_equal(engine_position(s->f.engine), position);

        s->f.shared_key = new_key;
        fixture_reopen(&s->f);
        assert_int_equal(known(s, name), 0);
        position = engine_position(s->f.engine);
        assert_int_equal(sweep_all(s), 2);
        assert_int_equal(engine_position(s->f.engine), position + PERSONS + 1);
        assert_true(known(s, name) > 0);
        position = engine_position(s->f.engine);
        assert_int_equal(sweep_all(s), 1);
        assert_int_equal(engine_position(s->f.engine), position);
}

/* A file whose key is gone keeps nobody waiting; and pairs are found as if all had come today. */
static void test_pairs_of_before_and_lost_keys(void **state)
{
        struct scene *s = *state;
        struct id lost = referred(s, "Tournemine", "Anatole", "31");
        (void)referred(s, "Quatrebarbes", "Zéphirine", "31");
        (void)referred(s, "QUATREBARBES", "Zephirine", "31");
        s->f.shared_key = new_key;
        fixture_reopen(&s->f);
        vault_destroy_key(engine_vault(s->f.engine), lost);
        assert_int_equal(vault_flush(engine_vault(s->f.engine), NULL), 0);
        (void)sweep_all(s);
        assert_int_equal(doubles(s, s->facilitator, "")->n_doubles, 1);
        scene_key_again(s, lost);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_all_are_keyed_again_once, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_pairs_of_before_and_lost_keys, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
