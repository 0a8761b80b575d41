/* Random histories over all that moves hours: obligations, amendments, transfers with and without their buyers'
 * agreement, waivers, orders and invoices of a framework agreement, changes of contractor, what tracking validates; and
 * what must be refused. Beside them a model that knows nothing of the daemon. After each step the sum over all accounts
 * is zero and nothing has been passed on to nobody; at the end every obligation holds what the model says, its entries
 * make its balances, and replaying the log gives the tables. The daemon is closed and opened again in between. */
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "tests/unit/services/contracts/obligations/scene.h"

#include "common/base/siret.h"

enum { STEPS = 500, CLAUSES = 4, COMPANIES = 5, OBLIGATIONS_MAX = 40, SOURCES = 24, TRANSFERS_MAX = 200, MEMBERS = 2 };

/* Hundredths of an hour, as an attentive person would write them down. */
struct expected {
        Types__Id *id;
        size_t clause, company;
        int64_t demanded, done, converted, transferred, waived, forecast;
};

struct pending {
        Types__Id *id;
        size_t from, to;
        int64_t hundredths;
        bool needs[2], agreed[2]; /* by buyer */
        bool decided;
};

struct history {
        struct fixture *f;
        Types__Id *clauses[CLAUSES]; /* of two buyers in turn */
        struct expected owed[OBLIGATIONS_MAX];
        size_t count;
        struct pending transfers[TRANSFERS_MAX];
        size_t transfer_count;
        uint64_t told; /* by tracking */
        int64_t done[SOURCES], converted[SOURCES];
        size_t of[SOURCES]; /* whose hours these are: a placement keeps its obligation */
        Types__Id *members[MEMBERS];
        int64_t ordered[MEMBERS], invoiced[MEMBERS]; /* euros */
        uint32_t numbers;
};

static uint32_t dice(struct history *history, uint32_t sides)
{
        uint32_t value;
        history->f->world.random(&history->f->world, &value, sizeof(value));
        return value % sides;
}

static size_t any(struct history *history)
{
        return dice(history, (uint32_t)history->count);
}

static int64_t remaining(const struct expected *owed)
{
        return owed->demanded - owed->done - owed->converted - owed->transferred - owed->waived;
}

static bool may_go(const struct expected *owed, int64_t hundredths)
{
        return hundredths > 0 && hundredths <= remaining(owed);
}

static size_t buyer_of(const struct expected *owed)
{
        return owed->clause % 2;
}

static char *siret_of_company(struct fixture *f, size_t company)
{
        char siret[SIRET_DIGITS + 1];
        siret_make(13002526 + (unsigned)company, 1, siret);
        return arena_text(&f->arena, siret);
}

static const char *siret_of_buyer(size_t buyer)
{
        return buyer == 0 ? BUYER_SIRET : OTHER_BUYER_SIRET;
}

/* Whether the command was taken, which must be as expected; a refusal must have recorded nothing. */
static const void *try(struct history *history, const Wire__Passport *actor, const char *method, const void *command,
                       bool expected)
{
        uint64_t before = engine_position(history->f->engine);
        struct engine_answer answer = fixture_ask(history->f, actor, method, command);
        if ((answer.body != NULL) != expected)
                fail_msg("%s: %s %s", method, expected ? "refused:" : "was granted",
                         answer.refusal != NULL ? answer.refusal->text : "");
        if (answer.body == NULL)
                assert_int_equal(engine_position(history->f->engine), before);
        return answer.body;
}

static void owe(struct history *history)
{
        struct fixture *f = history->f;
        if (history->count == OBLIGATIONS_MAX)
                return;
        struct expected *owed = &history->owed[history->count];
        owed->clause = dice(history, CLAUSES);
        owed->company = dice(history, COMPANIES);
        bool owes_already = false;
        for (size_t i = 0; i < history->count; i++)
                owes_already = owes_already ||
                               (history->owed[i].clause == owed->clause && history->owed[i].company == owed->company);
        Contracts__RecordObligation *command = obligation_on(f, history->clauses[owed->clause]);
        command->contractor_siret = siret_of_company(f, owed->company);
        owed->demanded = 1 + dice(history, 5000000);
        command->hours = hours_to(&f->arena, hours_of_hundredths(owed->demanded));
        const Contracts__RecordObligationReply *reply =
                try(history, facilitator(f), "RecordObligation", command, !owes_already);
        if (reply == NULL) {
                *owed = (struct expected){0};
                return;
        }
        owed->id = reply->obligation_id;
        history->count++;
}

static void validate(struct history *history, bool invoice)
{
        struct fixture *f = history->f;
        size_t source = dice(history, SOURCES);
        int64_t hundredths = dice(history, 8) == 0 ? 0 : dice(history, 74400);
        struct expected *owed = &history->owed[history->of[source]];
        int64_t *held = &(invoice ? history->converted : history->done)[source];
        if (invoice)
                invoice_converted(f, ++history->told, owed->id, (uint8_t)(100 + source), hundredths);
        else
                hours_validated(f, ++history->told, owed->id, (uint8_t)source, hundredths);
        *(invoice ? &owed->converted : &owed->done) += hundredths - *held;
        *held = hundredths;
}

static void amend(struct history *history)
{
        struct expected *owed = &history->owed[any(history)];
        int64_t hundredths = (int64_t)dice(history, 6000000) - 10000;
        Contracts__AmendObligation *command = amendment(history->f, owed->id, 0);
        command->hours = hours_to(&history->f->arena, hours_of_hundredths(hundredths));
        if (try(history, facilitator(history->f), "AmendObligation", command, hundredths >= 0) != NULL)
                owed->demanded = hundredths;
}

/* By the buyer, by the facilitator with its letter, or by those who have no word in it. */
static void waive(struct history *history)
{
        struct fixture *f = history->f;
        struct expected *owed = &history->owed[any(history)];
        int64_t hundredths = dice(history, 400000);
        Contracts__WaiveHours *command = waiver(f, owed->id, 0);
        command->hours = hours_to(&f->arena, hours_of_hundredths(hundredths));
        const Wire__Passport *const actors[] = {facilitator(f), facilitator(f), buyer(f), other_buyer(f),
                                                of_organisation(f, TYPES__ROLE__COMPANY, 1)};
        uint32_t who = dice(history, ARRAY_SIZE(actors));
        if (who == 0)
                command->decision = NULL; /* nobody's decision */
        bool decided = who == 1 || who == 2 + buyer_of(owed);
        if (try(history, actors[who], "WaiveHours", command, decided && may_go(owed, hundredths)) != NULL)
                owed->waived += hundredths;
}

static void propose_any(struct history *history)
{
        struct fixture *f = history->f;
        size_t from = any(history), to = any(history);
        const struct expected *giver = &history->owed[from], *taker = &history->owed[to];
        int64_t hundredths = dice(history, 1000000);
        if (history->transfer_count == TRANSFERS_MAX)
                return;
        Contracts__ProposeTransfer *command = transfer_from(f, giver->id, taker->id, 0);
        command->hours = hours_to(&f->arena, hours_of_hundredths(hundredths));
        bool related = from != to && (giver->clause == taker->clause || giver->company == taker->company);
        const Contracts__ProposeTransferReply *reply =
                try(history, facilitator(f), "ProposeTransfer", command, related && may_go(giver, hundredths));
        if (reply == NULL)
                return;
        struct pending *transfer = &history->transfers[history->transfer_count++];
        *transfer = (struct pending){.id = reply->transfer_id, .from = from, .to = to, .hundredths = hundredths};
        transfer->needs[buyer_of(giver)] = transfer->needs[buyer_of(taker)] = true;
        assert_int_equal(reply->n_buyer_sirets, transfer->needs[0] + transfer->needs[1]);
}

static void decide_any(struct history *history)
{
        struct fixture *f = history->f;
        if (history->transfer_count == 0)
                return;
        struct pending *transfer = &history->transfers[dice(history, (uint32_t)history->transfer_count)];
        size_t who = dice(history, 2);
        bool itself = dice(history, 2) == 0, has_word = transfer->needs[who] && !transfer->decided;
        const Wire__Passport *actor = !itself ? facilitator(f) : who == 0 ? buyer(f) : other_buyer(f);
        struct expected *giver = &history->owed[transfer->from], *taker = &history->owed[transfer->to];
        Contracts__LedgerDecision *decision = itself ? NULL : written(f, siret_of_buyer(who));
        if (dice(history, 6) == 0) {
                Contracts__RefuseTransfer command = CONTRACTS__REFUSE_TRANSFER__INIT;
                command.transfer_id = transfer->id;
                command.decision = decision;
                command.reason = arena_text(&f->arena, "Les plannings ne s'accordent pas");
                transfer->decided |= try(history, actor, "RefuseTransfer", &command, has_word) != NULL;
                return;
        }
        Contracts__AgreeTransfer command = CONTRACTS__AGREE_TRANSFER__INIT;
        command.transfer_id = transfer->id;
        command.decision = decision;
        if (try(history, actor, "AgreeTransfer", &command, has_word && may_go(giver, transfer->hundredths)) == NULL)
                return;
        transfer->agreed[who] = true;
        if (transfer->needs[1 - who] && !transfer->agreed[1 - who])
                return;
        transfer->decided = true;
        giver->transferred += transfer->hundredths;
        taker->transferred -= transfer->hundredths;
}

/* What 1 h for each full 2,000 € beyond 100,000 € makes of both, and of the first one's part. */
static void expect_framework(const int64_t euros_of[MEMBERS], int64_t ret_parts[MEMBERS])
{
        int64_t sum = euros_of[0] + euros_of[1];
        int64_t total = sum <= 100000 ? 0 : (sum - 100000) / 2000 * 100;
        ret_parts[0] = sum == 0 ? 0 : total * euros_of[0] / sum;
        ret_parts[1] = total - ret_parts[0];
}

static void work_on_framework(struct history *history, bool invoice)
{
        struct fixture *f = history->f;
        size_t member = dice(history, MEMBERS);
        int64_t *sums = invoice ? history->invoiced : history->ordered;
        int64_t amount = (int64_t)dice(history, 90000) - 20000;
        bool again = dice(history, 8) == 0 && history->numbers > 0;
        const char *number = arena_printf(&f->arena, "F%u", again ? history->numbers : ++history->numbers);
        if (again) { /* a number that was taken, or refused, for the first member: not twice */
                Contracts__RecordContractInvoice *first = invoice_of(f, history->members[0], number, 1);
                Contracts__RecordContractInvoice *twice = invoice_of(f, history->members[0], number, 1);
                if (fixture_ask(f, facilitator(f), "RecordContractInvoice", first).body != NULL)
                        history->invoiced[0] += 1;
                (void)try(history, facilitator(f), "RecordContractInvoice", twice, false);
                return;
        }
        bool fits = amount != 0 && sums[member] + amount >= 0;
        const void *taken = invoice ? try(history, facilitator(f), "RecordContractInvoice",
                                          invoice_of(f, history->members[member], number, amount), fits)
                                    : try(history, buyer(f), "RecordOrder",
                                          order_of(f, history->members[member], number, amount), fits);
        if (taken != NULL)
                sums[member] += amount;
}

static void assign(struct history *history)
{
        struct fixture *f = history->f;
        struct expected *owed = &history->owed[any(history)];
        size_t company = dice(history, COMPANIES);
        bool owes_already = false;
        for (size_t i = 0; i < history->count; i++)
                owes_already = owes_already ||
                               (history->owed[i].clause == owed->clause && history->owed[i].company == company);
        Contracts__AssignObligation command = CONTRACTS__ASSIGN_OBLIGATION__INIT;
        command.obligation_id = owed->id;
        command.contractor_siret = siret_of_company(f, company);
        command.contractor_name = arena_text(&f->arena, "Repreneur");
        command.reference = arena_text(&f->arena, "Avenant de transfert");
        command.assigned_on = a_day(f, 2026, 10, 2);
        if (try(history, facilitator(f), "AssignObligation", &command, !owes_already) != NULL)
                owed->company = company;
}

static void publish_again(struct history *history)
{
        Contracts__ContractRecord *record = a_record(history->f);
        add_modification(history->f, record, 1 + dice(history, 5), a_day(history->f, 2026, 6, 1),
                         100 + dice(history, 3));
        (void)import(history->f, record);
}

static void do_something(struct history *history)
{
        struct fixture *f = history->f;
        switch (dice(history, 16)) {
        case 0: owe(history); break;
        case 1: publish_again(history); break;
        case 2: (void)declare(f, coordinator(f), need_for(f, history->owed[0].id)); break;
        case 3: validate(history, true); break;
        case 4: amend(history); break;
        case 5:
        case 6: waive(history); break;
        case 7:
        case 8: propose_any(history); break;
        case 9:
        case 10:
        case 11: decide_any(history); break;
        case 12: work_on_framework(history, true); break;
        case 13: work_on_framework(history, false); break;
        case 14: assign(history); break;
        default: validate(history, false); break;
        }
        f->world.now_ms_value += dice(history, 1000);
        if (dice(history, 50) == 0)
                fixture_reopen(f);
}

static void check(struct history *history, const struct expected *owed)
{
        struct fixture *f = history->f;
        int64_t balance[ACCOUNT_COUNT + 1] = {0};
        const Contracts__ObligationView *view = see_obligation(f, owed->id);
        for (size_t i = 0; i < view->n_entries; i++) {
                balance[view->entries[i]->from] -= view->entries[i]->hours->hundredths;
                balance[view->entries[i]->to] += view->entries[i]->hours->hundredths;
        }
        assert_int_equal(view->due->hundredths, owed->demanded);
        assert_int_equal(view->done->hundredths, owed->done);
        assert_int_equal(view->converted->hundredths, owed->converted);
        assert_int_equal(view->transferred->hundredths, owed->transferred);
        assert_int_equal(view->waived->hundredths, owed->waived);
        assert_int_equal(view->remaining->hundredths, remaining(owed));
        assert_int_equal(balance[CONTRACTS__ACCOUNT__CLAUSE], -owed->demanded);
        assert_int_equal(balance[CONTRACTS__ACCOUNT__DUE], remaining(owed));
        assert_int_equal(balance[CONTRACTS__ACCOUNT__DONE], owed->done);
        assert_int_equal(balance[CONTRACTS__ACCOUNT__CONVERTED], owed->converted);
        assert_int_equal(balance[CONTRACTS__ACCOUNT__TRANSFERRED], owed->transferred);
        assert_int_equal(balance[CONTRACTS__ACCOUNT__WAIVED], owed->waived);
        assert_int_equal(balance[CONTRACTS__ACCOUNT__FORECAST], owed->forecast);
        assert_int_equal(balance[CONTRACTS__ACCOUNT__PLANNED], -owed->forecast);
        assert_int_equal(ledger_sum(f, owed->id), 0);
}

/* Over all obligations: the sum, and what was passed on from one to another. */
static void check_all(struct fixture *f)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(txn);
        struct ledger all = contracts_ledger_of_all(txn, &f->arena);
        txn_end_read(txn);
        assert_int_equal(hours_hundredths(all.balance[ACCOUNT_TRANSFERRED]), 0);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

static void begin(struct history *history, uint64_t seed)
{
        struct fixture *f = history->f;
        f->world.seed_state = seed;
        framework_scene(f, history->members);
        Contracts__ContractRecord *record = a_record(f);
        record->number = arena_text(&f->arena, "2026-041");
        Types__Id *contracts[2] = {import(f, record)->contract_id};
        record = a_record(f);
        record->buyer_siret = arena_text(&f->arena, OTHER_BUYER_SIRET);
        contracts[1] = import(f, record)->contract_id;
        directory_tells(f, 1, 5, BUYER_SIRET);
        directory_tells(f, 2, 6, OTHER_BUYER_SIRET);
        for (uint32_t i = 0; i < CLAUSES; i++) {
                Contracts__PutClause *command = clause_on(f, contracts[i % 2]);
                command->lot = i + 2;
                history->clauses[i] = put_clause(f, command)->clause_id;
        }
        while (history->count < 5)
                owe(history);
        for (size_t i = 0; i < SOURCES; i++)
                history->of[i] = dice(history, 5);
}

static void run(struct fixture *f, uint64_t seed)
{
        struct history history = {.f = f};
        begin(&history, seed);
        for (size_t i = 0; i < STEPS; i++) {
                do_something(&history);
                check_all(f);
        }
        for (size_t i = 0; i < history.count; i++)
                check(&history, &history.owed[i]);
        int64_t due[MEMBERS], forecast[MEMBERS];
        expect_framework(history.invoiced, due);
        expect_framework(history.ordered, forecast);
        for (size_t i = 0; i < MEMBERS; i++) {
                struct expected owed = {.id = history.members[i], .demanded = due[i], .forecast = forecast[i]};
                check(&history, &owed);
        }
        assert_true(history.transfer_count > 0);
}

static void test_random_history_1(void **state)
{
        run(*state, 1);
}

static void test_random_history_2(void **state)
{
        run(*state, 20261122);
}

static void test_random_history_3(void **state)
{
        run(*state, UINT64_C(0xfeedbeef12345678));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_random_history_1, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_random_history_2, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_random_history_3, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
