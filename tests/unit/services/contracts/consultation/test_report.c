/* The report's text. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/consultation/report.h"

static struct arena arena;

static Contracts__OfferView *offer_of(uint32_t number, const char *name, int64_t millionths)
{
        Contracts__OfferView *view = pb_new(&contracts__offer_view__descriptor, &arena);
        Contracts__OfferMark *mark = pb_new(&contracts__offer_mark__descriptor, &arena);
        Contracts__OfferMember *member = pb_new(&contracts__offer_member__descriptor, &arena);
        view->number = number;
        view->offer = pb_new(&contracts__offer__descriptor, &arena);
        view->offer->members = pb_append(NULL, &view->offer->n_members, sizeof(member), &arena);
        view->offer->members[0] = member;
        member->name = arena_text(&arena, name);
        mark->criterion = 1;
        mark->mark = decimal_to(&arena, decimal_of_millionths(millionths));
        mark->reason = arena_text(&arena, "Solide.");
        view->agreed = pb_append(NULL, &view->n_agreed, sizeof(mark), &arena);
        view->agreed[0] = mark;
        view->result = mark->mark;
        return view;
}

static Contracts__AppraisalView *a_view(void)
{
        Contracts__AppraisalView *view = pb_new(&contracts__appraisal_view__descriptor, &arena);
        Contracts__SubCriterion *one = pb_new(&contracts__sub_criterion__descriptor, &arena);
        one->number = 1;
        one->title = arena_text(&arena, "Volume");
        one->weight = share_to(&arena, share_of_millionths(1000000));
        view->criteria = pb_append(NULL, &view->n_criteria, sizeof(one), &arena);
        view->criteria[0] = one;
        view->scale = 20;
        view->offers = arena_alloc(&arena, 3 * sizeof(*view->offers));
        view->offers[0] = offer_of(1, "Premier", 11000000);
        view->offers[1] = offer_of(2, "Deuxième", 14500000);
        view->offers[2] = offer_of(3, "Troisième", 11000000);
        view->n_offers = 3;
        return view;
}

static void test_offers_by_result(void **state)
{
        (void)state;
        char *text = report_text(a_view(), "TÊTE\n", "PIED\n", &arena);
        assert_memory_equal(text, "TÊTE\n", 6);
        assert_non_null(strstr(text, "1. Volume (100\u00a0%) : 14,5 / 20. Solide."));
        assert_non_null(strstr(text, "  1. offre n° 2, Deuxième : 14,5 / 20\n  2. offre n° 1, Premier : 11 / 20\n"
                                     "  2. offre n° 3, Troisième : 11 / 20\n")); /* the same result, the same place */
        assert_non_null(strstr(text, "\nPIED\n"));
}

static void test_names_and_marks(void **state)
{
        Contracts__OfferView *view = offer_of(1, "Premier", 11111111);
        (void)state;
        assert_string_equal(report_offer_name(view->offer, &arena), "Premier");
        view->offer->members = pb_append(view->offer->members, &view->offer->n_members, sizeof(void *), &arena);
        view->offer->members[1] = view->offer->members[0];
        assert_non_null(strstr(report_offer_name(view->offer, &arena), "Premier et 1"));
        assert_string_equal(report_mark(view->result, &arena), "11,11");
        view->result->millionths = 12995000;
        assert_string_equal(report_mark(view->result, &arena), "13");
}

static int start(void **state)
{
        (void)state;
        arena_init(&arena);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_offers_by_result),
                cmocka_unit_test(test_names_and_marks),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
