/* One change taken back from what a message has become since: fields, messages inside, lists. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/merge.h"
#include "common/codec/types.h"
#include "contracts/file.pb-c.h"

struct three {
        Contracts__ContractFile before, after, today;
};

static struct three three(void)
{
        return (struct three){CONTRACTS__CONTRACT_FILE__INIT, CONTRACTS__CONTRACT_FILE__INIT,
                              CONTRACTS__CONTRACT_FILE__INIT};
}

static const char *taken_back(struct three *of, struct arena *arena)
{
        const char *field = NULL;
        struct merge merge = {&of->before.base, &of->after.base, &of->today.base, NULL};
        return merge_back(&merge, arena, &field) ? NULL : field;
}

static void what_was_set_is_set_back_and_the_rest_stays(void **state)
{
        scoped(arena_fini) struct arena arena = {0};
        Types__Day end = TYPES__DAY__INIT;
        struct three of = three();
        (void)state;
        of.after.ended_on = of.today.ended_on = &end;
        of.after.end_kind = of.today.end_kind = CONTRACTS__CONTRACT_END_KIND__END_TERMINATED;
        of.today.in_consultation = true; /* set by another */
        assert_null(taken_back(&of, &arena));
        assert_null(of.today.ended_on);
        assert_int_equal(of.today.end_kind, CONTRACTS__CONTRACT_END_KIND__END_UNKNOWN);
        assert_true(of.today.in_consultation);
}

static void what_was_set_again_since_is_a_conflict(void **state)
{
        scoped(arena_fini) struct arena arena = {0};
        Types__Day first = TYPES__DAY__INIT, second = TYPES__DAY__INIT;
        struct three of = three();
        (void)state;
        second.days = 1;
        of.after.ended_on = &first;
        of.today.ended_on = &second;
        assert_string_equal(taken_back(&of, &arena), "ended_on");
}

static void a_message_inside_is_looked_into(void **state)
{
        scoped(arena_fini) struct arena arena = {0};
        static char told[] = "à temps", later[] = "plus tard", nothing[] = "";
        Contracts__AssociationState before = CONTRACTS__ASSOCIATION_STATE__INIT, after = before, today = before;
        struct three of = three();
        (void)state;
        before.by = nothing;
        after.by = today.by = told;
        today.note = later;
        of.before.association = &before;
        of.after.association = &after;
        of.today.association = &today;
        assert_null(taken_back(&of, &arena));
        assert_string_equal(today.by, "");
        assert_string_equal(today.note, "plus tard");
}

static void an_element_goes_wherever_it_stands(void **state)
{
        scoped(arena_fini) struct arena arena = {0};
        uint32_t before[] = {7}, after[] = {7, 3}, today[] = {7, 3, 5}, gone[] = {7, 5};
        struct three of = three();
        (void)state;
        of.before.awarded_lots = before, of.before.n_awarded_lots = 1;
        of.after.awarded_lots = after, of.after.n_awarded_lots = 2;
        of.today.awarded_lots = today, of.today.n_awarded_lots = 3;
        assert_null(taken_back(&of, &arena));
        assert_int_equal(of.today.n_awarded_lots, 2);
        assert_memory_equal(of.today.awarded_lots, gone, sizeof(gone));
        assert_string_equal(taken_back(&of, &arena), "awarded_lots"); /* it is gone already */
}

static void an_element_is_replaced_back_and_one_taken_away_comes_back(void **state)
{
        scoped(arena_fini) struct arena arena = {0};
        uint32_t before[] = {1, 2, 3}, after[] = {1, 9}, today[] = {8, 1, 9}, expected[] = {8, 1, 2, 3};
        struct three of = three();
        (void)state;
        of.before.awarded_lots = before, of.before.n_awarded_lots = 3;
        of.after.awarded_lots = after, of.after.n_awarded_lots = 2;
        of.today.awarded_lots = today, of.today.n_awarded_lots = 3;
        assert_null(taken_back(&of, &arena));
        assert_int_equal(of.today.n_awarded_lots, 4);
        assert_memory_equal(of.today.awarded_lots, expected, sizeof(expected));
}

static void fields_left_out_are_not_looked_at(void **state)
{
        scoped(arena_fini) struct arena arena = {0};
        struct three of = three();
        const char *field;
        (void)state;
        of.after.opened = of.after.declined = true;
        struct merge merge = {&of.before.base, &of.after.base, &of.today.base, "opened declined"};
        assert_true(merge_back(&merge, &arena, &field));
        merge.left_out = "opened";
        assert_false(merge_back(&merge, &arena, &field));
        assert_string_equal(field, "declined");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_was_set_is_set_back_and_the_rest_stays),
                cmocka_unit_test(what_was_set_again_since_is_a_conflict),
                cmocka_unit_test(a_message_inside_is_looked_into),
                cmocka_unit_test(an_element_goes_wherever_it_stands),
                cmocka_unit_test(an_element_is_replaced_back_and_one_taken_away_comes_back),
                cmocka_unit_test(fields_left_out_are_not_looked_at),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
