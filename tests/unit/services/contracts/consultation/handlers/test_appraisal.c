/* Appraisal: who reads offers, and that nobody else learns of them by any query or event. */
#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"

#include "common/base/require.h"
#include "common/codec/catalogue.h"

static bool holds(struct slice bytes, const char *text)
{
        size_t size = strlen(text);
        for (size_t i = 0; i + size <= bytes.size; i++)
                if (memcmp(bytes.data + i, text, size) == 0)
                        return true;
        return false;
}

static bool holds_secret(struct slice bytes)
{
        static const char *const secrets[] = {SECRET_TUTORING, "motif-secret", "Lauragais", "anne", "bruno"};
        for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
                if (holds(bytes, secrets[i]))
                        return true;
        return false;
}

static void set(ProtobufCMessage *message, const char *name, const void *value, size_t size)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        if (field != NULL && field->label != PROTOBUF_C_LABEL_REPEATED)
                (void)memcpy((char *)message + field->offset, value, size);
}

/* Every query of the daemon about this contract. */
static void sweep(struct fixture *f, const Wire__Passport *actor, Types__Id *contract)
{
        const uint32_t lot = 1;
        for (size_t i = 0; i < contracts_spec.dispatch_count; i++) {
                const struct dispatch_row *row = &contracts_spec.dispatch[i];
                struct catalogue_method method;
                if (row->mode != MODE_QUERY)
                        continue;
                assert_true(catalogue_method(arena_printf(&f->arena, "contracts.%s", row->method), &method));
                ProtobufCMessage *query = pb_new(method.method->input, &f->arena);
                set(query, "contract_id", &contract, sizeof(contract));
                set(query, "lot", &lot, sizeof(lot));
                struct engine_answer answer = fixture_ask(f, actor, row->method, query);
                if (answer.body != NULL && holds_secret(pb_encode(answer.body, &f->arena)))
                        fail_msg("%s tells role %d of an offer", row->method, (int)actor->role);
        }
}

static void test_nobody_else_learns_of_them(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        appraise(f, an_offer(f, contract), 150, 100);
        const Wire__Passport *others[] = {
                facilitator(f), /* of the territory, no reader */
                fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"),
                named(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "x"),
                of_organisation(f, TYPES__ROLE__BUYER, 6),
                of_organisation(f, TYPES__ROLE__COMPANY, 1), /* who made the offer */
                of_organisation(f, TYPES__ROLE__COMPANY, 2),
                of_organisation(f, TYPES__ROLE__STRUCTURE, 3),
                of_organisation(f, TYPES__ROLE__PRESCRIBER, 4),
                fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"),
        };
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                if (others[i]->role != TYPES__ROLE__FACILITATOR)
                        sweep(f, others[i], contract);
        Contracts__AppraisalRequest query = CONTRACTS__APPRAISAL_REQUEST__INIT;
        query.contract_id = contract;
        query.lot = 1;
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(f, others[i], "Appraisal", &query,
                                      others[i]->role == TYPES__ROLE__BUYER ? TYPES__REFUSAL_CODE__NOT_FOUND
                                                                            : TYPES__REFUSAL_CODE__NOT_ALLOWED);
        query.lot = 2;
        (void)fixture_refused(f, anne(f), "Appraisal", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        struct slice told = engine_events_after(f->engine, 0, 1 << 20, &f->arena);
        assert_true(holds(told, "Volume d'heures")); /* the grid is no secret */
        assert_false(holds(told, SECRET_TUTORING));
        assert_false(holds(told, "motif-secret"));
        assert_false(holds(told, "Lauragais"));
}

/* Facilitators and auditors read histories, where users' names stand, but nothing of the offers. */
static void test_histories_keep_silent(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        appraise(f, an_offer(f, contract), 150, 100);
        const Wire__Passport *readers[] = {facilitator(f), fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"),
                                           fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*")};
        for (size_t i = 0; i < ARRAY_SIZE(readers); i++) {
                struct slice bytes = pb_encode(see_facts(f, readers[i], contract), &f->arena);
                assert_false(holds(bytes, "Lauragais"));
                assert_false(holds(bytes, "secret"));
                assert_int_equal(see_facts(f, readers[i], contract)->n_appraisals, 0);
        }
        const Contracts__ContractFactsReply *own = see_facts(f, anne(f), contract);
        assert_int_equal(own->n_appraisals, 1);
        assert_int_equal(own->appraisals[0]->offers, 1);
        assert_int_equal(own->appraisals[0]->agreed, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_nobody_else_learns_of_them, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_histories_keep_silent, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
