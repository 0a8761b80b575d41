/* PreviewOrganisations: what ImportOrganisations would say, and nothing is recorded. */
#include "tests/unit/services/directory/lists.h"

static void test_it_says_what_the_import_says(void **state)
{
        struct fixture *f = *state;
        Directory__ImportOrganisations *command = partners_list(f, PARTNERS_HEADER);
        partners_row(f, command, arena_printf(&f->arena, "Un|%s|EI|31000|Toulouse||", siret_numbered(f, 1)));
        partners_row(f, command, "Deux|12|EI||||");
        uint64_t position = engine_position(f->engine);
        const Types__ListReport *preview = preview_partners(f, command);
        assert_null(preview->batch_id);
        assert_int_equal(engine_position(f->engine), position);
        assert_null(found(f, siret_numbered(f, 1)));
        const Types__ListReport *report = import_partners(f, command);
        assert_int_equal(report->n_rows, preview->n_rows);
        for (size_t i = 0; i < report->n_rows; i++)
                assert_true(slice_equal(pb_encode(report->rows[i], &f->arena), pb_encode(preview->rows[i], &f->arena)));
        assert_int_equal(preview->created, 1);
        assert_int_equal(preview->rejected, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_it_says_what_the_import_says, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
