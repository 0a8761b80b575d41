/* RecordOffer: by those who read offers, after they were due, corrected until marked. */
#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"

#include "common/store/eventlog.h"

static void test_recorded_and_corrected(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Types__Id *offer = an_offer(f, contract);
        (void)fixture_refused(f, anne(f), "RecordOffer", offer_on(f, contract), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        Contracts__RecordOffer *command = offer_on(f, contract);
        command->offer_id = offer;
        command->offer->extra_hours = whole_hours(f, 100);
        const Contracts__RecordOfferReply *reply = fixture_get(f, the_buyer(f), "RecordOffer", command);
        assert_int_equal(reply->number, 1);
        const Contracts__AppraisalView *view = see_appraisal(f, bruno(f), contract);
        assert_int_equal(view->n_offers, 1);
        assert_int_equal(view->offers[0]->offer->extra_hours->hundredths, 10000);
        (void)fixture_get(f, anne(f), "MarkOffer", marks_of(f, offer, 150, 100));
        (void)fixture_refused(f, anne(f), "RecordOffer", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->offer_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, anne(f), "RecordOffer", command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Contracts__RecordOffer *command = offer_on(f, contract);
        command->lot = 2;
        (void)fixture_refused(f, anne(f), "RecordOffer", command, TYPES__REFUSAL_CODE__WRONG_STATE); /* no grid */
        command = offer_on(f, contract);
        command->offer->members[0]->share = a_share(f, 50);
        (void)fixture_refused(f, anne(f), "RecordOffer", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, facilitator(f), "RecordOffer", offer_on(f, contract),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED); /* of the territory, but no reader */
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "RecordOffer", offer_on(f, contract),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        f->world.now_ms_value -= 3 * A_DAY_MS; /* 2026-11-08: not due yet */
        (void)fixture_refused(f, anne(f), "RecordOffer", offer_on(f, contract), TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* Two names of one company in one message. */
static void test_a_member_under_two_names(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Contracts__RecordOffer *command = offer_on(f, contract);
        command->offer->members[0]->organisation = id_to(&f->arena, id_numbered(77));
        directory_tells(f, 2, 77, "21090122900018");
        const Types__Refusal *refusal =
                fixture_refused(f, anne(f), "RecordOffer", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "offer.members.organisation");
        directory_tells(f, 3, 77, command->offer->members[0]->siret);
        (void)fixture_get(f, anne(f), "RecordOffer", command);
}

/* Anne is told that the buyer corrected the offer that she recorded: in an event that all daemons read, so without a
 * word of what is sealed. */
static void test_what_is_sealed_is_not_told_to_whom_had_recorded_it(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Contracts__RecordOffer *command = offer_on(f, contract);
        command->offer_id = an_offer(f, contract);
        command->offer->extra_hours = whole_hours(f, 12345);
        (void)fixture_get(f, the_buyer(f), "RecordOffer", command);
        uint64_t position = engine_position(f->engine);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        struct log_entry entry;
        assert_true(log_get(txn, position, &entry));
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, &f->arena);
        const Contracts__Event *event = pb_decode(&contracts__event__descriptor, pb_slice(record->body), &f->arena);
        txn_end_read(txn);
        assert_int_equal(event->body_case, CONTRACTS__EVENT__BODY_CHANGED_BY_ANOTHER);
        assert_true(id_equal(id_of(event->changed_by_another->accounts[0]), passport_account(anne(f))));
        struct slice bytes = pb_slice(record->body);
        static const char *const hidden[] = {"Lauragais", CONTRACTOR_SIRET, SECRET_TUTORING, "345"};
        for (size_t i = 0; i < ARRAY_SIZE(hidden); i++)
                assert_null(memmem(bytes.data, bytes.size, hidden[i], strlen(hidden[i])));
}

static void test_less_than_the_clause_demands(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordOffer *command = offer_on(f, an_appraisal(f));
        command->offer->hours = whole_hours(f, 832);
        const Contracts__RecordOfferReply *reply = fixture_get(f, anne(f), "RecordOffer", command);
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "833"));
        command->offer_id = reply->offer_id;
        command->offer->hours = whole_hours(f, 833);
        reply = fixture_get(f, anne(f), "RecordOffer", command);
        assert_int_equal(reply->n_warnings, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_recorded_and_corrected, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_less_than_the_clause_demands, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_member_under_two_names, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_sealed_is_not_told_to_whom_had_recorded_it, setup,
                                                fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
