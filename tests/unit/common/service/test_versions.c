/* Nobody overwrites what he has not read: with a toy that keeps one clause for each lot of a contract. */
#include "tests/unit/common/service/toy.h"

#include "common/service/versions.h"
#include "contracts/commands.pb-c.h"
#include "contracts/events.pb-c.h"

enum { T_CLAUSE = RUNTIME_TABLES, T_VERSION, THING_CLAUSE = 1 };
static const struct table_spec tables[] = {{"clause", TABLE_STATE}, {"version", TABLE_STATE}};
static const struct version_row version_rows[] = {
        {CONTRACTS__EVENT__BODY_CLAUSE_PUT, THING_CLAUSE, {"contract_id", "lot"}, NULL}};
static const struct versions versions = {T_VERSION, version_rows, ARRAY_SIZE(version_rows)};

/* Twice, as a command may: its own events are no conflict. */
static struct reply handle(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PutClause *command = (const void *)message;
        for (int i = 0; i < 2; i++) {
                Contracts__ClausePut put = CONTRACTS__CLAUSE_PUT__INIT;
                put.contract_id = command->contract_id;
                put.lot = command->lot;
                put.territories = command->territories;
                put.n_territories = command->n_territories;
                work_record(work, &put.base);
        }
        return reply_ok(work, pb_new(&contracts__put_clause_reply__descriptor, work->arena));
}

static void apply(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Contracts__ClausePut *put = ((const Contracts__Event *)event->body)->clause_put;
        struct key key = key_of_id(id_of(put->contract_id));
        key_u32(&key, put->lot);
        (void)arena;
        txn_put(txn, T_CLAUSE, key_slice(&key), slice_of_text(put->n_territories > 0 ? put->territories[0] : ""));
        versions_note(txn, &versions, event);
}

static const struct dispatch_row dispatch[] = {
        {.method = "PutClause", .mode = MODE_COMMAND, .roles = ROLE_BIT(FACILITATOR), .handle = handle}};
static const struct right_row right_rows[] = {
        {"PutClause", "contract_id", RIGHT_NONE, NULL, "versions are what is tested"},
        {"PutClause", "territories", RIGHT_NONE, NULL, "versions are what is tested"},
};
static const struct rights rights = {right_rows, ARRAY_SIZE(right_rows)};
static const struct service_spec spec = {
        .name = "contracts",
        .store_version = 1,
        .tables = tables,
        .table_count = ARRAY_SIZE(tables),
        .dispatch = dispatch,
        .dispatch_count = ARRAY_SIZE(dispatch),
        .rights = &rights,
        .event = &contracts__event__descriptor,
        .apply = apply,
        .versions = &versions,
};

static const struct id contract = {{1, 2, 3}};

static struct engine_answer put(struct toy *toy, uint32_t lot, uint64_t seen, const char *territory)
{
        Contracts__PutClause command = CONTRACTS__PUT_CLAUSE__INIT;
        struct engine_answer answer;
        char *territories[] = {(char *)(uintptr_t)territory};
        command.contract_id = id_to(&toy->arena, contract);
        command.lot = lot;
        command.seen = seen;
        command.territories = territories;
        command.n_territories = 1;
        toy->actor.role = TYPES__ROLE__FACILITATOR;
        assert_int_equal(engine_call(toy->engine, &toy->actor, "PutClause", &command.base, NULL, &toy->arena, &answer),
                         0);
        return answer;
}

static const char *refused(struct toy *toy, struct engine_answer answer, Types__RefusalCode code)
{
        struct verify_report report;
        assert_non_null(answer.refusal);
        assert_int_equal(answer.refusal->code, code);
        assert_string_equal(answer.refusal->field, "seen");
        assert_int_equal(engine_verify(toy->engine, NULL, 0, &report, &toy->info), 0);
        assert_int_equal(report.differences, 0);
        return answer.refusal->text;
}

static uint64_t version(struct toy *toy, uint32_t lot)
{
        struct txn *txn = txn_begin_read(engine_store(toy->engine), NULL);
        struct key key = version_key(THING_CLAUSE);
        key_id(&key, contract);
        key_u32(&key, lot);
        uint64_t number = version_of(txn, T_VERSION, &key);
        txn_end_read(txn);
        return number;
}

static void what_is_there_must_have_been_read(void **state)
{
        (void)state;
        struct toy *toy = toy_open(&spec);
        assert_non_null(put(toy, 1, 0, "31").body); /* nothing was there */
        assert_int_equal(version(toy, 1), 2);
        const char *text = refused(toy, put(toy, 1, 0, "62"), TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(text, "existe déjà : anne, le "));
        assert_non_null(strstr(text, "version 2 ; diffère de votre envoi : territories"));
        assert_int_equal(engine_position(toy->engine), 2);

        assert_non_null(put(toy, 1, 2, "62").body);
        assert_non_null(strstr(refused(toy, put(toy, 1, 2, "09"), TYPES__REFUSAL_CODE__WRONG_STATE),
                               "a changé depuis votre lecture"));
        assert_non_null(put(toy, 1, 4, "09").body);
        toy_close(toy);
}

static void other_things_are_no_conflict_and_any_later_position_will_do(void **state)
{
        (void)state;
        struct toy *toy = toy_open(&spec);
        assert_non_null(put(toy, 1, 0, "31").body);
        assert_non_null(put(toy, 2, 0, "31").body); /* another lot */
        assert_non_null(put(toy, 1, 3, "62").body); /* read when the log was at 3: lot 1 was at 2 */
        (void)refused(toy, put(toy, 1, 7, "62"), TYPES__REFUSAL_CODE__INVALID_FIELD); /* nobody has read that */
        toy_close(toy);
}

static void whatever_stands_there_is_said_on_purpose(void **state)
{
        (void)state;
        struct toy *toy = toy_open(&spec);
        assert_non_null(put(toy, 1, 0, "31").body);
        assert_non_null(put(toy, 1, VERSION_ANY, "62").body);
        toy_close(toy);
}

static struct item *queued(struct toy *toy, uint64_t seen, struct item *next)
{
        Contracts__PutClause command = CONTRACTS__PUT_CLAUSE__INIT;
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        struct id id = id_new(&toy->world, toy->world.now_ms(&toy->world), 0);
        struct slice reply;
        command.contract_id = id_to(&toy->arena, contract);
        command.lot = 1;
        command.seen = seen;
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t) "contracts.PutClause";
        envelope.id = pb_bytes(id_slice(&id));
        toy->actor.expires_at_ms = toy->world.now_ms(&toy->world) + 60000;
        envelope.passport = pb_bytes(passport_sign(&toy->actor, toy->secret, &toy->arena));
        envelope.body = pb_bytes(pb_encode(&command, &toy->arena));
        struct item *item = engine_accept(toy->engine, slice_of_text("peer"), pb_encode(&envelope, &toy->arena),
                                          &toy->arena, &reply);
        assert_non_null(item);
        item->next = next;
        return item;
}

/* In one batch: who has read is not in the way of who has not, whoever comes first. */
static void a_neighbour_that_is_refused_is_in_nobody_s_way(void **state)
{
        (void)state;
        struct toy *toy = toy_open(&spec);
        assert_non_null(put(toy, 1, 0, "31").body);
        struct item *third = queued(toy, 2, NULL), *second = queued(toy, 2, third), *first = queued(toy, 1, second);
        struct item *all[] = {first, second, third};
        const Types__RefusalCode codes[] = {TYPES__REFUSAL_CODE__WRONG_STATE, TYPES__REFUSAL_CODE__REFUSAL_NONE,
                                            TYPES__REFUSAL_CODE__WRONG_STATE};
        assert_int_equal(engine_run(toy->engine, first, &toy->info), 0);
        for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
                const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, all[i]->reply, &toy->arena);
                bool granted = reply->outcome_case == WIRE__REPLY__OUTCOME_BODY;
                assert_int_equal(granted ? TYPES__REFUSAL_CODE__REFUSAL_NONE : reply->refusal->code, codes[i]);
                item_free(toy->engine, &all[i]);
        }
        assert_int_equal(version(toy, 1), 4);
        toy_close(toy);
}

static void only_commands_that_say_it_are_asked(void **state)
{
        (void)state;
        Contracts__PutClause replaces = CONTRACTS__PUT_CLAUSE__INIT;
        Contracts__OpenContract opens = CONTRACTS__OPEN_CONTRACT__INIT;
        assert_null(version_seen(&opens.base));
        version_seen_any(&replaces.base);
        assert_true(replaces.seen == VERSION_ANY);
        replaces.seen = 5;
        version_seen_any(&replaces.base); /* it says it already */
        assert_int_equal(*version_seen(&replaces.base), 5);
}

/* ---- who is told */

static struct version_change told;
static unsigned told_times;

static void note_telling(struct work *work, const struct version_change *change)
{
        (void)work;
        told = *change;
        told_times++;
}
static const struct versions telling_versions = {T_VERSION, version_rows, ARRAY_SIZE(version_rows), note_telling};

static struct toy *telling_open(void)
{
        static struct service_spec telling;
        telling = spec;
        telling.versions = &telling_versions;
        told_times = 0;
        return toy_open(&telling);
}

static void put_by(struct toy *toy, uint8_t account, const char *territory)
{
        struct id id = {{account}};
        Wire__Passport actor = toy->actor, held = actor;
        actor.account = id_to(&toy->arena, id);
        toy->actor = actor;
        assert_non_null(put(toy, 1, VERSION_ANY, territory).body);
        toy->actor = held;
}

static bool was_told(uint8_t account)
{
        for (size_t i = 0; i < told.count; i++)
                if (told.others[i].b[0] == account)
                        return true;
        return false;
}

/* Whoever has decided on it is told of every later change, be it the third; nobody of her own. */
static void those_who_decided_before_are_told(void **state)
{
        (void)state;
        struct toy *toy = telling_open();
        put_by(toy, 1, "31");
        put_by(toy, 1, "32");
        assert_int_equal(told_times, 0);
        put_by(toy, 2, "62"); /* two events of one command: told once */
        assert_int_equal(told_times, 1);
        assert_int_equal(told.thing, THING_CLAUSE);
        assert_int_equal(told.before, 4);
        assert_int_equal(told.count, 1);
        assert_true(was_told(1));
        put_by(toy, 2, "09");
        assert_int_equal(told_times, 2);
        assert_true(was_told(1) && !was_told(2));
        put_by(toy, 3, "11");
        assert_int_equal(told.count, 2);
        assert_true(was_told(1) && was_told(2));
        toy_close(toy);
}

static void not_more_are_remembered_than_may_be(void **state)
{
        (void)state;
        struct toy *toy = telling_open();
        struct verify_report report;
        for (uint8_t account = 1; account <= VERSION_AUTHORS_MAX + 3; account++)
                put_by(toy, account, account % 2 == 0 ? "31" : "62");
        put_by(toy, 100, "09");
        assert_int_equal(told.count, VERSION_AUTHORS_MAX);
        assert_false(was_told(3));
        assert_true(was_told(4) && was_told(VERSION_AUTHORS_MAX + 3));
        assert_int_equal(engine_verify(toy->engine, NULL, 0, &report, &toy->info), 0);
        assert_int_equal(report.differences, 0);
        toy_close(toy);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_there_must_have_been_read),
                cmocka_unit_test(other_things_are_no_conflict_and_any_later_position_will_do),
                cmocka_unit_test(whatever_stands_there_is_said_on_purpose),
                cmocka_unit_test(those_who_decided_before_are_told),
                cmocka_unit_test(not_more_are_remembered_than_may_be),
                cmocka_unit_test(a_neighbour_that_is_refused_is_in_nobody_s_way),
                cmocka_unit_test(only_commands_that_say_it_are_asked),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
