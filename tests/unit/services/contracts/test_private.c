/* A private contract: the coordinator, the facilitators of its territories, its client and its contractors see it; an
 * auditor, another buyer, a facilitator elsewhere, another company see nothing of it, by whatever query. */
#include "tests/unit/services/contracts/fixture.h"

#include "common/service/spec.h"
#include "common/store/eventlog.h"

#define CLIENT "Siège de la coopérative" /* what must not be seen */

struct scene {
        struct fixture *f;
        Types__Id *contract, *obligation;
};

/* In 31, with a clause, an obligation of organisation 1, a need; its client is organisation 5. */
static struct scene begin(struct fixture *f)
{
        struct scene scene = {.f = f};
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.record = a_record(f);
        open.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        open.record->object = arena_text(&f->arena, CLIENT);
        const Contracts__OpenContractReply *opened = fixture_get(f, facilitator(f), "OpenContract", &open);
        scene.contract = opened->contract_id;
        Contracts__RecordObligation *owe = obligation_on(f, put_clause(f, clause_on(f, scene.contract))->clause_id);
        scene.obligation = record_obligation(f, owe)->obligation_id;
        (void)declare(f, coordinator(f), need_for(f, scene.obligation));
        directory_tells(f, 1, 5, BUYER_SIRET);
        directory_tells(f, 2, 6, "21090122900018");
        return scene;
}

/* Those who are told nothing. */
static size_t strangers(struct fixture *f, const Wire__Passport *ret[4])
{
        ret[0] = fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*");
        ret[1] = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65 09");
        ret[2] = of_organisation(f, TYPES__ROLE__BUYER, 6);
        ret[3] = of_organisation(f, TYPES__ROLE__COMPANY, 2);
        return 4;
}

static void assert_closed(struct scene *scene, const Wire__Passport *actor, const char *method, const void *query)
{
        struct engine_answer answer = fixture_ask(scene->f, actor, method, query);
        assert_null(answer.body);
        bool by_role = strcmp(answer.refusal->field, "role") == 0;
        assert_int_equal(answer.refusal->code,
                         by_role ? TYPES__REFUSAL_CODE__NOT_ALLOWED : TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_one_by_one(void **state)
{
        struct scene scene = begin(*state);
        const Wire__Passport *actors[4];
        Contracts__ContractById by_id = CONTRACTS__CONTRACT_BY_ID__INIT;
        Contracts__ContractFactsRequest facts = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        Contracts__ContractHistoryRequest history = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        Contracts__ObligationById obligation = CONTRACTS__OBLIGATION_BY_ID__INIT;
        by_id.contract_id = facts.contract_id = history.contract_id = scene.contract;
        obligation.obligation_id = scene.obligation;
        for (size_t i = 0; i < strangers(scene.f, actors); i++) {
                assert_closed(&scene, actors[i], "ContractById", &by_id);
                assert_closed(&scene, actors[i], "ContractFacts", &facts);
                assert_closed(&scene, actors[i], "ContractHistory", &history);
                assert_closed(&scene, actors[i], "ObligationById", &obligation);
        }
        (void)fixture_get(scene.f, facilitator(scene.f), "ContractFacts", &facts);
        (void)fixture_get(scene.f, of_organisation(scene.f, TYPES__ROLE__BUYER, 5), "ContractFacts", &facts);
        (void)fixture_get(scene.f, of_organisation(scene.f, TYPES__ROLE__COMPANY, 1), "ContractFacts", &facts);
}

static void test_lists(void **state)
{
        struct scene scene = begin(*state);
        struct fixture *f = scene.f;
        const Wire__Passport *actors[4];
        Contracts__ContractsRequest contracts = CONTRACTS__CONTRACTS_REQUEST__INIT;
        Contracts__ObligationsRequest obligations = CONTRACTS__OBLIGATIONS_REQUEST__INIT, of_contract = obligations;
        Contracts__NeedsRequest needs = CONTRACTS__NEEDS_REQUEST__INIT;
        of_contract.contract_id = scene.contract;
        for (size_t i = 0; i < strangers(f, actors); i++) {
                const Contracts__ObligationsReply *owed = fixture_get(f, actors[i], "Obligations", &obligations);
                assert_int_equal(owed->n_obligations, 0);
                owed = fixture_get(f, actors[i], "Obligations", &of_contract);
                assert_int_equal(owed->n_obligations, 0);
                const Contracts__NeedsReply *told = fixture_get(f, actors[i], "Needs", &needs);
                assert_int_equal(told->n_needs, 0);
                if (actors[i]->role == TYPES__ROLE__COMPANY)
                        continue; /* lists no contracts at all */
                const Contracts__ContractsReply *list = fixture_get(f, actors[i], "Contracts", &contracts);
                assert_int_equal(list->n_contracts, 0);
        }
        const Contracts__ObligationsReply *owed = fixture_get(f, facilitator(f), "Obligations", &obligations);
        assert_int_equal(owed->n_obligations, 1);
        const Contracts__ContractsReply *list = fixture_get(f, facilitator(f), "Contracts", &contracts);
        assert_int_equal(list->n_contracts, 1);
}

/* Prescribers and structures of the territory are called, and are not told for whom. */
static void test_its_need(void **state)
{
        struct scene scene = begin(*state);
        struct fixture *f = scene.f;
        Contracts__NeedsRequest query = CONTRACTS__NEEDS_REQUEST__INIT;
        const struct {
                const Wire__Passport *actor;
                size_t needs;
                const char *company;
        } cases[] = {
                {of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), 1, ""},
                {fixture_actor(f, TYPES__ROLE__PRESCRIBER, NULL, "65"), 0, NULL},
                {of_organisation(f, TYPES__ROLE__STRUCTURE, 8), 1, ""},
                {fixture_actor(f, TYPES__ROLE__STRUCTURE, NULL, "65"), 0, NULL},
                {of_organisation(f, TYPES__ROLE__COMPANY, 1), 1, "Peintures du Lauragais"},
                {facilitator(f), 1, "Peintures du Lauragais"},
                {coordinator(f), 1, "Peintures du Lauragais"},
                {of_organisation(f, TYPES__ROLE__BUYER, 5), 1, "Peintures du Lauragais"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                const Contracts__NeedsReply *reply = fixture_get(f, cases[i].actor, "Needs", &query);
                assert_int_equal(reply->n_needs, cases[i].needs);
                if (cases[i].needs > 0)
                        assert_string_equal(reply->needs[0]->contractor_name, cases[i].company);
        }
}

static bool holds(struct slice bytes, const char *text)
{
        return memmem(bytes.data, bytes.size, text, strlen(text)) != NULL;
}

/* The event of the need goes to whoever calls prescribers: it has neither the company nor the client. */
static void test_what_the_event_says(void **state)
{
        struct scene scene = begin(*state);
        struct log_entry entry;
        uint64_t last = engine_position(scene.f->engine); /* NeedDeclared */
        struct txn *txn = txn_begin_read(engine_store(scene.f->engine), NULL);
        assert_non_null(txn);
        assert_true(log_get(txn, last, &entry));
        assert_true(holds(entry.record, "Peintre en bâtiment"));
        assert_false(holds(entry.record, "Lauragais"));
        assert_false(holds(entry.record, CLIENT));
        txn_end_read(txn);

        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        query.contract_id = scene.contract;
        const Contracts__ContractHistoryReply *told =
                fixture_get(scene.f, facilitator(scene.f), "ContractHistory", &query);
        assert_non_null(strstr(told->lines[3]->text, "Peintures du Lauragais")); /* its own may know */
}

/* A clause that names the stranger's own territory does not open the contract either. */
static void test_no_clause_from_elsewhere(void **state)
{
        struct scene scene = begin(*state);
        Contracts__PutClause *command = clause_on(scene.f, scene.contract);
        command->lot = 2;
        in_territories(scene.f, command, "65");
        assert_closed(&scene, fixture_actor(scene.f, TYPES__ROLE__FACILITATOR, NULL, "65"), "PutClause", command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_one_by_one, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_lists, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_its_need, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_the_event_says, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_no_clause_from_elsewhere, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
