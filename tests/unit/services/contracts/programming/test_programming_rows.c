/* The rows of the room: inclusive structures counted by department, as the directory tells of them. */
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/programming/programming_rows.h"

static void told(struct fixture *f, uint64_t number, uint8_t organisation, Directory__OrganisationKind kind,
                 const char *territory)
{
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        put.organisation_id = id_to(&f->arena, id_numbered(organisation));
        put.organisation = pb_new(&directory__organisation__descriptor, &f->arena);
        put.organisation->kind = kind;
        put.organisation->territory = arena_text(&f->arena, territory);
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        assert_int_equal(engine_feed(f->engine, "directory", number, &event.base), 0);
}

static uint32_t structures(struct fixture *f, const char *territory)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(txn);
        uint32_t count = programme_structures(txn, &f->arena, territory);
        txn_end_read(txn);
        return count;
}

static void test_structures_are_counted(void **state)
{
        struct fixture *f = *state;
        assert_int_equal(structures(f, "31"), 0);
        told(f, 1, 1, DIRECTORY__ORGANISATION_KIND__EI, "31");
        told(f, 2, 2, DIRECTORY__ORGANISATION_KIND__ESAT, "31");
        told(f, 3, 3, DIRECTORY__ORGANISATION_KIND__ESAT, "31");
        told(f, 4, 4, DIRECTORY__ORGANISATION_KIND__REGIE_DE_QUARTIER, "09");
        told(f, 5, 5, DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL, "31"); /* no supplier */
        told(f, 6, 6, DIRECTORY__ORGANISATION_KIND__EI, "");               /* nobody knows where */
        assert_int_equal(structures(f, "31"), 3);
        assert_int_equal(structures(f, "09"), 1);
        assert_int_equal(structures(f, "3"), 0);

        told(f, 7, 1, DIRECTORY__ORGANISATION_KIND__EI, "31"); /* the same again */
        assert_int_equal(structures(f, "31"), 3);
        told(f, 8, 1, DIRECTORY__ORGANISATION_KIND__EI, "09"); /* it moved */
        assert_int_equal(structures(f, "31"), 2);
        assert_int_equal(structures(f, "09"), 2);
        told(f, 9, 2, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "31");
        assert_int_equal(structures(f, "31"), 1);
}

static void test_a_closed_one_counts_no_more(void **state)
{
        struct fixture *f = *state;
        told(f, 1, 1, DIRECTORY__ORGANISATION_KIND__ACI, "31");
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationClosed closed = DIRECTORY__ORGANISATION_CLOSED__INIT;
        closed.organisation_id = id_to(&f->arena, id_numbered(1));
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED;
        event.organisation_closed = &closed;
        assert_int_equal(engine_feed(f->engine, "directory", 2, &event.base), 0);
        assert_int_equal(structures(f, "31"), 0);
        assert_int_equal(engine_feed(f->engine, "directory", 3, &event.base), 0); /* told twice */
        assert_int_equal(structures(f, "31"), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_structures_are_counted, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_closed_one_counts_no_more, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
