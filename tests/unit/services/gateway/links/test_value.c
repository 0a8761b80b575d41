/* Fields by their paths: read in French, written from what somebody types. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/control.pb-c.h"
#include "services/gateway/links/value.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

static void test_read(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__PlacementView view = TRACKING__PLACEMENT_VIEW__INIT;
        Tracking__MonthView months[] = {TRACKING__MONTH_VIEW__INIT, TRACKING__MONTH_VIEW__INIT};
        Tracking__MonthView *list[] = {&months[0], &months[1]};
        (void)state;
        view.employer_name = (char[]){"Jardins & Cie"};
        view.starts_on = day_to(&arena, day_of_civil((struct civil){2026, 3, 1}));
        view.modality = TYPES__MODALITY__DIRECT_HIRE;
        view.version = 12;
        view.months = list;
        view.n_months = 2;
        months[0].month = month_to(&arena, month_of_number(680));
        months[0].submitted = hours_to(&arena, hours_of_hundredths(100));
        months[1].month = month_to(&arena, month_of_number(681));
        months[1].submitted = hours_to(&arena, hours_of_hundredths(3550));
        const Types__Month *second = months[1].month;
        assert_string_equal(value_french(&view.base, "employer_name", NULL, &arena), "Jardins & Cie");
        assert_string_equal(value_french(&view.base, "starts_on", NULL, &arena), "1er mars 2026");
        assert_string_equal(value_french(&view.base, "modality", NULL, &arena), "embauche directe");
        assert_non_null(strstr(value_french(&view.base, "months@.submitted", second, &arena), "35,5"));
        assert_null(value_french(&view.base, "months@.submitted", NULL, &arena));
        assert_null(value_french(&view.base, "months@.validated", second, &arena));
        assert_null(value_french(&view.base, "ends_on", NULL, &arena));
        assert_null(value_french(&view.base, "work_contract", NULL, &arena));
        assert_null(value_french(&view.base, "months", NULL, &arena));
        assert_null(value_french(&view.base, "placement_id", NULL, &arena)); /* ids are not for people */
        assert_true(value_number(&view.base, "version") == 12);
        assert_true(value_number(&view.base, "link_version") == 0);
}

static void test_paths(void **state)
{
        (void)state;
        assert_non_null(value_field(&contracts__case_view__descriptor, "case.proposal.amount"));
        assert_non_null(value_field(&tracking__placement_view__descriptor, "months@.submitted"));
        assert_null(value_field(&tracking__placement_view__descriptor, "months.submitted"));
        assert_null(value_field(&tracking__placement_view__descriptor, "employer_name.x"));
        assert_null(value_field(&tracking__placement_view__descriptor, "nothing"));
}

static void put(const char *path, const char *typed, const char *wanted)
{
        json_t *object = json_object();
        value_put(object, &tracking__submit_hours__descriptor, path, typed);
        assert_string_equal(json_string_value(json_object_get(object, path)), wanted);
        json_decref(object);
}

static void test_written(void **state)
{
        (void)state;
        put("hours", "35,5", "35.5");
        put("hours", "1\u202f234,5\u00a0h", "1234.5");
        put("hours", " 12 h ", "12");
        put("hours", "beaucoup", "beaucoup");
        put("hours", "-1", "-1");
        json_t *object = json_object();
        value_put(object, &contracts__name_responsible__descriptor, "responsible.name", "Anne, h");
        value_put(object, &contracts__name_responsible__descriptor, "responsible.phone", "05 61");
        const json_t *inner = json_object_get(object, "responsible");
        assert_string_equal(json_string_value(json_object_get(inner, "name")), "Anne, h"); /* a text is as it is */
        assert_string_equal(json_string_value(json_object_get(inner, "phone")), "05 61");
        json_decref(object);
}

static void test_sought_in_a_list(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__PlacementsReply reply = TRACKING__PLACEMENTS_REPLY__INIT;
        Tracking__PlacementView view = TRACKING__PLACEMENT_VIEW__INIT, *list[] = {&view};
        const struct id one = {.b = {1}}, other = {.b = {2}};
        (void)state;
        view.placement_id = id_to(&arena, one);
        reply.placements = list;
        reply.n_placements = 1;
        assert_ptr_equal(value_element(&reply.base, "placements", "placement_id", id_to(&arena, one)), &view);
        assert_null(value_element(&reply.base, "placements", "placement_id", id_to(&arena, other)));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_read),
                cmocka_unit_test(test_paths),
                cmocka_unit_test(test_written),
                cmocka_unit_test(test_sought_in_a_list),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
