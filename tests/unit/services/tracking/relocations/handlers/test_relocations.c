#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/relocations/moves.h"

static void test_what_each_reads(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        (void)scene_open_placement(s, scene_opening(s, person));
        struct id relocation = move_proposed(s, person);

        const Tracking__RelocationView *given = moves(s, move_of(s, "31"), true)->lines[0];
        assert_true(id_equal(id_of(given->beneficiary_id), person));
        const Tracking__RelocationView *taken = moves(s, move_of(s, "81"), true)->lines[0];
        assert_null(taken->beneficiary_id);
        assert_true(id_equal(id_of(taken->relocation_id), relocation));
        assert_int_equal(taken->open_placements, 1);
        assert_non_null(taken->eligible_until);
        assert_non_null(strstr(taken->acts_next, "81"));
        assert_false(taken->late);
        assert_int_equal(moves(s, s->stranger, false)->n_lines, 0);

        (void)fixture_get(&s->f, move_of(s, "81"), "AcceptRelocation", move_taking(s, relocation));
        assert_int_equal(moves(s, move_of(s, "81"), true)->n_lines, 0);
        assert_true(id_equal(id_of(moves(s, move_of(s, "81"), false)->lines[0]->beneficiary_id), person));
        assert_null(moves(s, move_of(s, "31"), false)->lines[0]->beneficiary_id);
        assert_int_equal(moves(s, s->auditor, false)->lines[0]->state, MOVED(ACCEPTED));
}

static void test_of_a_territory_and_late(void **state)
{
        struct scene *s = *state;
        Tracking__Relocations query = TRACKING__RELOCATIONS__INIT;
        (void)move_proposed(s, scene_eligible_person(s));
        query.territory = arena_text(&s->f.arena, "81");
        s->f.world.now_ms_value += (int64_t)16 * 86400000;
        const Tracking__RelocationsReply *reply = fixture_get(&s->f, s->facilitator, "Relocations", &query);
        assert_int_equal(reply->n_lines, 1);
        assert_true(reply->lines[0]->late);
        query.territory = arena_text(&s->f.arena, "75");
        reply = fixture_get(&s->f, s->facilitator, "Relocations", &query);
        assert_int_equal(reply->n_lines, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_what_each_reads),
                TEST(test_of_a_territory_and_late),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
