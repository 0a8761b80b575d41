/* Files that were taken out: noted in the name of who took them, told to who audits, forgotten after a set time. */
#include "tests/unit/services/accounts/fixture.h"

#include "accounts/exports.pb-c.h"
#include "common/store/eventlog.h"
#include "services/accounts/exports/exports_rows.h"

static void note(struct fixture *f, const Wire__Passport *actor, const char *what)
{
        Accounts__NoteExport command = ACCOUNTS__NOTE_EXPORT__INIT;
        command.method = (char[]){"contracts.FinalStatement"};
        command.form = (char[]){"pdf"};
        command.what = arena_text(&f->arena, what);
        (void)fixture_get(f, actor, "NoteExport", &command);
}

static const Accounts__ExportsReply *exports(struct fixture *f, const Types__Id *account)
{
        Accounts__ExportsRequest query = ACCOUNTS__EXPORTS_REQUEST__INIT;
        query.account_id = (Types__Id *)(uintptr_t)account;
        return fixture_get(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), "Exports", &query);
}

static Wire__Passport *somebody(struct fixture *f, const char *name)
{
        const Accounts__CreateUser *command = account_in(f, name, TYPES__ROLE__BUYER, "31");
        const Accounts__CreateUserReply *reply = create(f, command);
        Wire__Passport *actor = signed_in(f, command, reply->user_id, reply->membership_id);
        actor->place = arena_text(&f->arena, "192.0.2.7");
        return actor;
}

static void test_by_whom_and_from_where(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = somebody(f, "marie"), *paul = somebody(f, "paul");
        note(f, marie, "{\"contractId\":\"1\"}");
        note(f, paul, "{\"contractId\":\"2\"}");
        struct slice told = engine_events_after(f->engine, engine_position(f->engine) - 2, 0, &f->arena);
        assert_null(memmem(told.data, told.size, "192.0.2", 7)); /* where from is published nowhere */
        const Accounts__ExportsReply *all = exports(f, NULL);
        assert_int_equal(all->n_exports, 2);
        assert_string_equal(all->exports[0]->user, "paul");
        assert_string_equal(all->exports[0]->what, "{\"contractId\":\"2\"}");
        assert_string_equal(all->exports[0]->place, "192.0.2.7");
        assert_int_equal(all->exports[0]->role, TYPES__ROLE__BUYER);
        assert_int_equal(exports(f, marie->account)->n_exports, 1);
        Accounts__ExportsRequest query = ACCOUNTS__EXPORTS_REQUEST__INIT;
        (void)fixture_refused(f, marie, "Exports", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Accounts__NoteExport command = ACCOUNTS__NOTE_EXPORT__INIT;
        command.method = command.form = (char[]){"x"};
        (void)fixture_refused(f, operator_of(f), "NoteExport", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_forgotten_in_time(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *marie = somebody(f, "marie");
        struct log_entry entry;
        for (int i = 0; i < 70; i++)
                note(f, marie, "{}");
        uint64_t first = engine_position(f->engine) - 69;
        f->world.now_ms_value += INT64_C(1095) * 86400000 + 1;
        note(f, marie, "{}");
        assert_int_equal(exports(f, NULL)->n_exports, 7); /* so many at a time */
        note(f, marie, "{}");
        assert_int_equal(exports(f, NULL)->n_exports, 2);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_int_equal(txn_count(txn, T_EXPORT_OF), 2);
        assert_true(log_get(txn, first, &entry));
        assert_int_equal(entry.sealed.size, 0);
        txn_end_read(txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_whom_and_from_where, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_forgotten_in_time, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
