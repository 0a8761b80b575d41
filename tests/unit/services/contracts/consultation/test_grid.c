/* Grid, marks, agreement and result: the rules alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/codec/passport.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/consultation/grid.h"

enum { CRITERIA = 2 };

static Types__Share weights[CRITERIA];
static Contracts__SubCriterion criteria[CRITERIA];
static Contracts__SubCriterion *criteria_list[CRITERIA] = {&criteria[0], &criteria[1]};
static struct arena arena;

/* Its account. */
static Types__Id *who(const char *user)
{
        return id_to(&arena, passport_tool_account("", user));
}

static Types__Id **pair(const char *first, const char *second)
{
        Types__Id **readers = arena_alloc(&arena, 2 * sizeof(*readers));
        readers[0] = who(first);
        readers[1] = who(second);
        return readers;
}

static Contracts__PutAppraisalGrid a_grid(void)
{
        Contracts__PutAppraisalGrid grid = CONTRACTS__PUT_APPRAISAL_GRID__INIT;
        for (uint32_t i = 0; i < CRITERIA; i++) {
                contracts__sub_criterion__init(&criteria[i]);
                types__share__init(&weights[i]);
                weights[i].millionths = i == 0 ? 600000 : 400000;
                criteria[i].number = i + 1;
                criteria[i].title = (char *)"Sous-critère";
                criteria[i].weight = &weights[i];
        }
        grid.criteria = criteria_list;
        grid.n_criteria = CRITERIA;
        grid.scale = 20;
        grid.method = (char *)"Lecture croisée";
        grid.readers = pair("anne", "bruno");
        grid.n_readers = 2;
        return grid;
}

static Contracts__AppraisalRow a_row(void)
{
        Contracts__AppraisalRow row = CONTRACTS__APPRAISAL_ROW__INIT;
        Contracts__PutAppraisalGrid grid = a_grid();
        row.criteria = grid.criteria;
        row.n_criteria = grid.n_criteria;
        row.scale = grid.scale;
        row.method = grid.method;
        row.readers = grid.readers;
        row.n_readers = grid.n_readers;
        return row;
}

static Contracts__OfferMark *mark(uint32_t criterion, int64_t tenths)
{
        Contracts__OfferMark *one = pb_new(&contracts__offer_mark__descriptor, &arena);
        one->criterion = criterion;
        one->mark = decimal_to(&arena, decimal_of_millionths(tenths * 100000));
        one->reason = (char *)"motif";
        return one;
}

static void wrong(const Contracts__PutAppraisalGrid *grid, const char *field)
{
        struct refusal refusal;
        assert_false(grid_check(grid, &refusal));
        assert_string_equal(refusal.field, field);
}

static void test_the_grid(void **state)
{
        struct refusal refusal;
        (void)state;
        Contracts__PutAppraisalGrid grid = a_grid();
        assert_true(grid_check(&grid, &refusal));
        weights[1].millionths = 399999; /* 99.9999 % */
        wrong(&grid, "criteria.weight");
        weights[0].millionths = 1000000;
        weights[1].millionths = 0;
        wrong(&grid, "criteria.weight");
        grid = a_grid();
        criteria[1].number = 3;
        wrong(&grid, "criteria.number");
        grid = a_grid();
        grid.n_readers = 1;
        wrong(&grid, "readers");
        grid.readers = pair("anne", "anne");
        grid.n_readers = 2;
        wrong(&grid, "readers");
}

static void test_frozen(void **state)
{
        Contracts__AppraisalRow row = a_row();
        Contracts__PutAppraisalGrid grid = a_grid();
        Types__Id *marked_by[] = {who("anne")};
        struct grid_readers marked = {marked_by, 1};
        struct refusal refusal;
        (void)state;
        grid.scale = 10;
        assert_true(grid_may_change(&row, &grid, &marked, &refusal)); /* no offer yet */
        assert_true(grid_may_change(NULL, &grid, &marked, &refusal));
        row.offers = 1;
        assert_false(grid_may_change(&row, &grid, &marked, &refusal));
        grid.scale = 20;
        assert_true(grid_may_change(&row, &grid, &marked, &refusal));
        grid.readers = pair("anne", "chloe");
        assert_true(grid_may_change(&row, &grid, &marked, &refusal));
        grid.readers = pair("chloe", "bruno");
        assert_false(grid_may_change(&row, &grid, &marked, &refusal));
        assert_string_equal(refusal.field, "readers");
        assert_true(grid_is_reader(&row, id_of(who("bruno"))));
        assert_false(grid_is_reader(&row, id_of(who("chloe"))));
}

static void test_marks(void **state)
{
        Contracts__AppraisalRow row = a_row();
        Contracts__OfferMark *list[] = {mark(1, 150), mark(2, 200), mark(3, 10)};
        struct grid_marks marks = {list, 2};
        struct refusal refusal;
        (void)state;
        assert_true(grid_check_marks(&row, &marks, &refusal));
        marks.count = 1;
        assert_false(grid_check_marks(&row, &marks, &refusal));
        assert_string_equal(refusal.field, "marks");
        marks.count = 3;
        assert_false(grid_check_marks(&row, &marks, &refusal));
        assert_string_equal(refusal.field, "marks.criterion");
        list[2]->criterion = 2;
        assert_false(grid_check_marks(&row, &marks, &refusal)); /* twice */
        assert_string_equal(refusal.field, "marks.criterion");
        marks.count = 2;
        list[1]->mark->millionths = 20000001;
        assert_false(grid_check_marks(&row, &marks, &refusal));
        assert_string_equal(refusal.field, "marks.mark");
        list[1]->mark->millionths = -1;
        assert_false(grid_check_marks(&row, &marks, &refusal));
        assert_null(grid_mark_of(&marks, 3));
}

/* A fifth of a scale of 20: 4 points are near, more are not. */
static void test_agreement(void **state)
{
        Contracts__AppraisalRow row = a_row();
        Contracts__OfferMark *by_anne[] = {mark(1, 150), mark(2, 80)}, *by_bruno[] = {mark(1, 110), mark(2, 121)};
        Contracts__OfferMark *said[] = {mark(2, 100)}, **agreed;
        Contracts__ReaderMarks first = CONTRACTS__READER_MARKS__INIT, second = CONTRACTS__READER_MARKS__INIT;
        struct grid_agreement agreement = {&first, &second, {said, 0}, share_of_millionths(200000)};
        struct refusal refusal;
        (void)state;
        first.marks = by_anne;
        second.marks = by_bruno;
        first.n_marks = second.n_marks = 2;
        assert_false(grid_differ(&row, agreement.gap, by_anne[0], by_bruno[0]));
        assert_true(grid_differ(&row, agreement.gap, by_anne[1], by_bruno[1]));
        assert_false(grid_agree(&row, &agreement, &arena, &agreed, &refusal));
        assert_non_null(strstr(refusal.text, "sous-critère 2"));
        agreement.given.count = 1;
        said[0]->reason = (char *)"relu ensemble";
        assert_true(grid_agree(&row, &agreement, &arena, &agreed, &refusal));
        assert_int_equal(agreed[0]->mark->millionths, 13000000);
        assert_int_equal(agreed[1]->mark->millionths, 10000000);
        const struct grid_marks all = {agreed, 2};
        assert_int_equal(decimal_millionths(grid_result(&row, &all)), 11800000); /* 13 x 60 % + 10 x 40 % */
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
                cmocka_unit_test(test_the_grid),
                cmocka_unit_test(test_frozen),
                cmocka_unit_test(test_marks),
                cmocka_unit_test(test_agreement),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
