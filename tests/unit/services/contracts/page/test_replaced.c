/* What is replaced in contracts: each row names fields that its event has; a clause and its view keep the number. */
#include "services/contracts/page/replaced.h"
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/record/versions.h"

static void test_every_row_can_be_asked(void **state)
{
        struct fixture *f = *state;
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        for (size_t i = 0; i < contracts_versions.count; i++) {
                const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(
                        &contracts__event__descriptor, contracts_versions.rows[i].event);
                Contracts__Event event = CONTRACTS__EVENT__INIT;
                assert_non_null(field);
                void *body = pb_new(field->descriptor, &f->arena);
                memcpy((uint8_t *)&event + field->offset, &body, sizeof(body));
                event.body_case = (Contracts__Event__BodyCase)contracts_versions.rows[i].event;
                /* a field that is not there would be a bug */
                assert_int_equal(versions_last(txn, &contracts_versions, &event, &f->arena), 0);
        }
        txn_end_read(txn);
}

/* Events that are added to what is there and change nothing that somebody decided on: postings, papers that came, acts
 * of other daemons. All others have a row: without one the view's `version` stands still and nobody is told. */
static const char *const only_added[] = {"contract_imported",   "contract_updated",
                                         "ledger_posted",       "taken_over_replaced",
                                         "programme_imported",  "programme_line_put",
                                         "draft_kept",          "commitment_recorded",
                                         "order_recorded",      "contract_invoice_recorded",
                                         "statement_received",  "reminder_sent",
                                         "buyer_warned",        "observations_received",
                                         "execution_suspended", "execution_resumed",
                                         "contract_ended",      "attestation_issued",
                                         "changed_by_another",  "programme_line_taken_back",
                                         "batch_imported",      "batch_undone",
                                         "act_withdrawn",       "contract_parts_began",
                                         "promise_done",        "promise_dated"};

static bool is_only_added(const char *name)
{
        for (size_t i = 0; i < ARRAY_SIZE(only_added); i++)
                if (strcmp(only_added[i], name) == 0)
                        return true;
        return false;
}

static bool has_row(uint32_t event)
{
        for (size_t i = 0; i < contracts_versions.count; i++)
                if (contracts_versions.rows[i].event == event)
                        return true;
        return false;
}

static void test_every_event_is_one_or_the_other(void **state)
{
        const ProtobufCMessageDescriptor *type = &contracts__event__descriptor;
        (void)state;
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0)
                        continue;
                if (has_row(field->id) == is_only_added(field->name))
                        fail_msg("%s: a row in page/replaced.c says what it changes, or it stands in only_added",
                                 field->name);
        }
}

static void test_a_clause_is_not_overwritten_unseen(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__PutClause *command = clause_on(f, contract);
        (void)put_clause(f, command);
        Contracts__ContractById by_id = CONTRACTS__CONTRACT_BY_ID__INIT;
        by_id.contract_id = contract;
        const Contracts__ContractView *view = fixture_get(f, facilitator(f), "ContractById", &by_id);
        uint64_t seen = view->clauses[0]->version;
        assert_int_equal(seen, engine_position(f->engine));

        command->calibration->rounding = CONTRACTS__ROUNDING__TO_35;
        (void)put_clause(f, command); /* somebody else, who has read it too */
        command->seen = seen;
        command->calibration->insertion_rate = share_to(&f->arena, share_of_millionths(10000));
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "PutClause", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(refusal->field, "seen");
        assert_non_null(strstr(refusal->text, "calibration"));
        view = fixture_get(f, facilitator(f), "ContractById", &by_id);
        command->seen = view->clauses[0]->version;
        (void)put_clause(f, command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_every_row_can_be_asked, setup, fixture_close),
                cmocka_unit_test(test_every_event_is_one_or_the_other),
                cmocka_unit_test_setup_teardown(test_a_clause_is_not_overwritten_unseen, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
