/* Who had decided on a thing is told that another account changed it: whom, of what, what stood and what stands. The
 * event is recorded beside the change; these tests read it back from the log. */
#include "services/contracts/page/replaced.h"
#include "tests/unit/services/contracts/fixture.h"

#include "common/store/eventlog.h"
#include "services/contracts/page/events.h"
#include "services/contracts/page/others.h"
#include "services/contracts/record/versions.h"

enum { ANNE = 101, BRUNO, COMPANY_ACCOUNT };

static Wire__Passport *with_account(struct fixture *f, Wire__Passport *actor, uint8_t account)
{
        actor->account = id_to(&f->arena, id_numbered(account));
        return actor;
}

static Wire__Passport *anne(struct fixture *f)
{
        return with_account(f, facilitator(f), ANNE);
}

static Wire__Passport *bruno(struct fixture *f)
{
        return with_account(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "62 31"), BRUNO);
}

/* The newest event, where it tells others; NULL: it is another. */
static const Types__ChangedByAnother *last_told(struct fixture *f)
{
        uint64_t position = engine_position(f->engine);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        struct log_entry entry;
        assert_true(log_get(txn, position, &entry));
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, &f->arena);
        const Contracts__Event *event = pb_decode(&contracts__event__descriptor, pb_slice(record->body), &f->arena);
        txn_end_read(txn);
        return event->body_case == CONTRACTS__EVENT__BODY_CHANGED_BY_ANOTHER ? event->changed_by_another : NULL;
}

static bool is_told(const Types__ChangedByAnother *change, uint8_t account)
{
        for (size_t i = 0; change != NULL && i < change->n_accounts; i++)
                if (id_equal(id_of(change->accounts[i]), id_numbered(account)))
                        return true;
        return false;
}

static void put_as(struct fixture *f, const Wire__Passport *actor, Contracts__PutClause *command, int64_t amount)
{
        command->calibration->amount = euros(f, amount);
        command->seen = VERSION_ANY;
        (void)fixture_get(f, actor, "PutClause", command);
}

/* The issue's own case: 62 replaced the clause that 31 had put, and nobody was told. */
static void test_a_clause_that_another_replaces(void **state)
{
        struct fixture *f = *state;
        Contracts__PutClause *command = clause_on(f, a_contract(f));
        put_as(f, anne(f), command, 1000000);
        assert_null(last_told(f)); /* nobody had decided before */
        put_as(f, anne(f), command, 900000);
        assert_null(last_told(f)); /* her own */
        put_as(f, bruno(f), command, 100000);
        const Types__ChangedByAnother *change = last_told(f);
        assert_non_null(change);
        assert_int_equal(change->n_accounts, 1);
        assert_true(is_told(change, ANNE));
        assert_non_null(strstr(change->thing, "la clause du lot 1"));
        assert_non_null(strstr(change->thing, "2026-031"));
        assert_non_null(strstr(change->before, "750")); /* hours */
        assert_non_null(strstr(change->after, "83"));
        assert_non_null(change->before_at);
        assert_string_equal(change->territories[0], "31");
        assert_string_equal(change->buyer_sirets[0], BUYER_SIRET);
        assert_int_equal(change->n_organisation_ids, 0);
        assert_false(change->is_local);

        put_as(f, bruno(f), command, 90000); /* again: she must not believe the figure that she was told */
        assert_true(is_told(last_told(f), ANNE));
        assert_false(is_told(last_told(f), BRUNO));
        put_as(f, anne(f), command, 800000);
        assert_true(is_told(last_told(f), BRUNO));
        assert_false(is_told(last_told(f), ANNE));
}

/* The same clause again changes nothing, and a refused one neither. */
static void test_nothing_changed_nobody_told(void **state)
{
        struct fixture *f = *state;
        Contracts__PutClause *command = clause_on(f, a_contract(f));
        put_as(f, anne(f), command, 1000000);
        uint64_t position = engine_position(f->engine);
        put_as(f, bruno(f), command, 1000000);
        command->calibration->amount = euros(f, 5);
        (void)fixture_refused(f, bruno(f), "PutClause", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_int_equal(engine_position(f->engine), position);
}

/* Steps that replace nothing as a whole: hours waived are told to who recorded the obligation. */
static void test_hours_that_another_waives(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordObligation *owed = obligation_on(f, a_clause(f));
        const Contracts__RecordObligationReply *reply = fixture_get(f, anne(f), "RecordObligation", owed);
        Contracts__WaiveHours waive = CONTRACTS__WAIVE_HOURS__INIT;
        Contracts__LedgerDecision decision = CONTRACTS__LEDGER_DECISION__INIT;
        decision.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        decision.reference = arena_text(&f->arena, "courrier du 3 mars");
        decision.decided_on = a_day(f, 2026, 5, 4);
        waive.obligation_id = reply->obligation_id;
        waive.hours = whole_hours(f, 10);
        waive.reason = arena_text(&f->arena, "chantier réduit");
        waive.decision = &decision;
        uint64_t version = see_obligation(f, reply->obligation_id)->version;
        (void)fixture_get(f, bruno(f), "WaiveHours", &waive);
        const Types__ChangedByAnother *change = last_told(f);
        assert_true(is_told(change, ANNE));
        assert_string_equal(change->reason, "chantier réduit");
        assert_int_equal(see_obligation(f, reply->obligation_id)->version, version); /* no other version of it */

        waive.reason = arena_text(&f->arena, "encore");
        (void)fixture_get(f, anne(f), "WaiveHours", &waive);
        assert_true(is_told(last_told(f), BRUNO)); /* who waived has decided on it too */
}

/* A company reads what became of its own need, not of what facilitators decide among themselves. */
static void test_a_need_that_another_closes(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Wire__Passport *company = with_account(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), COMPANY_ACCOUNT);
        Contracts__CloseNeed close = CONTRACTS__CLOSE_NEED__INIT;
        close.need_id = declare(f, company, need_for(f, obligation))->need_id;
        close.state = CONTRACTS__NEED_STATE__NEED_WITHDRAWN;
        close.reason = arena_text(&f->arena, "plus de candidats");
        (void)fixture_get(f, bruno(f), "CloseNeed", &close);
        const Types__ChangedByAnother *change = last_told(f);
        assert_true(is_told(change, COMPANY_ACCOUNT));
        assert_int_equal(change->n_organisation_ids, 1);
        assert_true(id_equal(id_of(change->organisation_ids[0]), id_numbered(1)));
        assert_string_equal(change->reason, "plus de candidats");
        assert_non_null(strstr(change->before, "Peintre"));
}

/* Every event either changes a thing that others may have decided on, or is named here with why it does not. */
static void test_no_event_is_forgotten(void **state)
{
        static const struct {
                Contracts__Event__BodyCase what;
                const char *because;
        } others[] = {
#define NOT(NAME, BECAUSE) {CONTRACTS__EVENT__BODY_##NAME, BECAUSE}
                NOT(CONTRACT_IMPORTED, "a publication: the buyer's own truth, kept beside ours"),
                NOT(CONTRACT_UPDATED, "the same"),
                NOT(PROGRAMME_IMPORTED, "the buyer's own list"),
                NOT(PROGRAMME_LINE_PUT, "the same; what was decided on the line stands"),
                NOT(DRAFT_KEPT, "kept beside those of before"),
                NOT(COMMITMENT_RECORDED, "part of the award, which is told"),
                NOT(LEDGER_POSTED, "hours that tracking counted: a reaction"),
                NOT(TAKEN_OVER_REPLACED, "the same"),
                NOT(ORDER_RECORDED, "added to those of before, a number counts once"),
                NOT(CONTRACT_INVOICE_RECORDED, "the same"),
                NOT(STATEMENT_RECEIVED, "documents are added to those of before"),
                NOT(REMINDER_SENT, "sent beside those of before"),
                NOT(BUYER_WARNED, "a step that undoes none"),
                NOT(OBSERVATIONS_RECEIVED, "the company's own words, beside the case"),
                NOT(PROMISE_DONE, "a paper beside those of before"),
                NOT(PROMISE_DATED, "a day that was agreed on, beside those of before"),
                NOT(EXECUTION_SUSPENDED, "the buyer's own order, beside those of before"),
                NOT(EXECUTION_RESUMED, "the end that the suspension foresaw"),
                NOT(CONTRACT_ENDED, "once"),
                NOT(ATTESTATION_ISSUED, "once"),
                NOT(CHANGED_BY_ANOTHER, "the telling itself"),
                NOT(PROGRAMME_LINE_TAKEN_BACK, "never of a line that somebody decided on"),
                NOT(BATCH_IMPORTED, "what its rows told stands beside it"),
                NOT(BATCH_UNDONE, "the same"),
                NOT(CONTRACT_PARTS_BEGAN, "a day has come: nobody changed anything"),
                NOT(ACT_WITHDRAWN, "told by the command itself, of each thing that the acts had changed"),
        };
        const ProtobufCMessageDescriptor *event = &contracts__event__descriptor;
        (void)state;
        for (unsigned i = 0; i < event->n_fields; i++) {
                bool is_row = false, is_other = false;
                for (size_t n = 0; n < contracts_versions.count; n++)
                        is_row |= contracts_versions.rows[n].event == event->fields[i].id;
                for (size_t n = 0; n < ARRAY_SIZE(others); n++)
                        is_other |= (uint32_t)others[n].what == event->fields[i].id;
                if (is_row == is_other)
                        fail_msg("%s: %s", event->fields[i].name, is_row ? "in both lists" : "in no list");
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_clause_that_another_replaces, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nothing_changed_nobody_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_hours_that_another_waives, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_need_that_another_closes, setup, fixture_close),
                cmocka_unit_test(test_no_event_is_forgotten),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
