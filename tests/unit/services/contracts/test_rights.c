/* The table of rights run over all methods, generated from the catalogue: whoever has no right to a thing gets, for
 * each id that names it, the very bytes that an id of nothing gets, and nothing is recorded. A new method is covered by
 * being there: the engine does not open while one of its fields that names a thing has no row. */
#include "tests/unit/services/contracts/fixture.h"

#include "common/codec/catalogue.h"
#include "services/contracts/rights.h"
#include "tests/lib/fill.h"

/* ---- a private contract of client 5 in department 31, what hangs on it, and strangers */

struct scene {
        struct fixture *f;
        Types__Id *ids[8];
        size_t count;
};

static void keep(struct scene *scene, Types__Id *id)
{
        assert_true(scene->count < ARRAY_SIZE(scene->ids));
        scene->ids[scene->count++] = id;
}

static struct scene private_scene(struct fixture *f)
{
        struct scene scene = {.f = f};
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.record = a_record(f);
        open.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        open.record->format = CONTRACTS__RECORD_FORMAT__OURS;
        open.record->published_on = NULL;
        const Contracts__OpenContractReply *opened = fixture_get(f, facilitator(f), "OpenContract", &open);
        const Contracts__PutClauseReply *clause = put_clause(f, clause_on(f, opened->contract_id));
        const Contracts__RecordObligationReply *owed = record_obligation(f, obligation_on(f, clause->clause_id));
        const Contracts__DeclareNeedReply *need = declare(f, facilitator(f), need_for(f, owed->obligation_id));
        directory_tells(f, 1, 1, CONTRACTOR_SIRET);
        directory_tells(f, 2, 5, BUYER_SIRET);
        directory_tells(f, 3, 8, "35600000000048");
        keep(&scene, opened->contract_id);
        keep(&scene, clause->clause_id);
        keep(&scene, owed->obligation_id);
        keep(&scene, need->need_id);
        return scene;
}

/* ---- a request in which one field names one thing, made by reflection */

static void put_at(struct fixture *f, ProtobufCMessage *message, const char *path, const struct id *id)
{
        char name[64];
        size_t size = strcspn(path, ".");
        (void)snprintf(name, sizeof(name), "%.*s", (int)size, path);
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        assert_non_null(field);
        uint8_t *start = (uint8_t *)message;
        bool is_there = field->label != PROTOBUF_C_LABEL_REPEATED && *(void **)(void *)(start + field->offset) != NULL;
        void *inner = path[size] != '.' ? id_to(&f->arena, *id)
                      : is_there        ? *(void **)(void *)(start + field->offset)
                                        : fill_least(field->descriptor, &(uint64_t){1}, &f->arena);
        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                void **list = arena_alloc(&f->arena, sizeof(*list));
                list[0] = inner;
                *(void ***)(void *)(start + field->offset) = list;
                *(size_t *)(void *)(start + field->quantifier_offset) = 1;
        } else {
                *(void **)(void *)(start + field->offset) = inner;
        }
        if (path[size] == '.')
                put_at(f, inner, path + size + 1, id);
}

static struct engine_answer ask_about(struct fixture *f, const Wire__Passport *actor, const struct right_row *row,
                                      const struct id *id)
{
        struct catalogue_method method;
        char name[80];
        (void)snprintf(name, sizeof(name), "contracts.%s", row->method);
        assert_true(catalogue_method(name, &method));
        uint64_t seed = 1;
        ProtobufCMessage *request = fill_least(method.method->input, &seed, &f->arena);
        put_at(f, request, row->field, id);
        return fixture_ask(f, actor, row->method, request);
}

static bool same_refusal(const Types__Refusal *one, const Types__Refusal *other)
{
        return one->code == other->code && strcmp(one->field, other->field) == 0 && strcmp(one->text, other->text) == 0;
}

static void nothing_is_told(struct scene *scene, const Wire__Passport *stranger, const struct right_row *row)
{
        struct fixture *f = scene->f;
        struct id nothing = id_numbered(99);
        uint64_t before = engine_position(f->engine);
        struct engine_answer none = ask_about(f, stranger, row, &nothing);
        for (size_t i = 0; i < scene->count; i++) {
                struct id id = id_of(scene->ids[i]);
                struct engine_answer answer = ask_about(f, stranger, row, &id);
                if (answer.refusal == NULL || none.refusal == NULL || !same_refusal(answer.refusal, none.refusal))
                        fail_msg("role %d: %s.%s tells that thing %zu is there", (int)stranger->role, row->method,
                                 row->field, i);
        }
        assert_int_equal(engine_position(f->engine), before);
}

/* All rows, all things, whoever is nobody to the private contract. */
static void test_strangers_learn_nothing(void **state)
{
        struct fixture *f = *state;
        struct scene scene = private_scene(f);
        const struct id other = id_numbered(8);
        const Wire__Passport *strangers[] = {
                fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "62"),
                fixture_actor(f, TYPES__ROLE__BUYER, &other, "31"),
                fixture_actor(f, TYPES__ROLE__COMPANY, &other, "31"),
                fixture_actor(f, TYPES__ROLE__STRUCTURE, &other, "62"),
                fixture_actor(f, TYPES__ROLE__PRESCRIBER, &other, "62"),
                fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"),
                fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"),
        };
        size_t asked = 0;
        for (size_t r = 0; r < contracts_rights.count; r++) {
                const struct right_row *row = &contracts_rights.rows[r];
                if (row->right == RIGHT_NONE)
                        continue;
                for (size_t i = 0; i < ARRAY_SIZE(strangers); i++)
                        nothing_is_told(&scene, strangers[i], row);
                asked++;
        }
        assert_true(asked > 90);
}

/* What she may read she may not change: of a public contract in another department every command is refused. */
static void test_what_is_read_is_not_changed(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *elsewhere = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "62");
        Types__Id *contract = a_contract(f);
        const Contracts__PutClauseReply *clause = put_clause(f, clause_on(f, contract));
        Types__Id *obligation = record_obligation(f, obligation_on(f, clause->clause_id))->obligation_id;
        const struct {
                const struct named_thing *thing;
                Types__Id *id;
        } things[] = {{&thing_contract, contract}, {&thing_clause, clause->clause_id}, {&thing_obligation, obligation}};
        uint64_t before = engine_position(f->engine);
        for (size_t r = 0; r < contracts_rights.count; r++) {
                const struct right_row *row = &contracts_rights.rows[r];
                for (size_t i = 0; i < ARRAY_SIZE(things); i++) {
                        struct id id = id_of(things[i].id);
                        if (row->right != RIGHT_CHANGE || row->thing != things[i].thing)
                                continue;
                        struct engine_answer answer = ask_about(f, elsewhere, row, &id);
                        assert_non_null(answer.refusal);
                        if (answer.refusal->code != TYPES__REFUSAL_CODE__NOT_ALLOWED)
                                fail_msg("%s.%s: %s", row->method, row->field, answer.refusal->text);
                }
        }
        assert_int_equal(engine_position(f->engine), before);
}

/* 31 put the clause: 62 does not replace it by naming its own department. */
static void test_a_clause_of_another_territory(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)put_clause(f, clause_on(f, contract));
        Contracts__PutClause *again = clause_on(f, contract);
        in_territories(f, again, "62");
        again->calibration->amount = euros(f, 20000);
        const Wire__Passport *elsewhere = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "62");
        (void)fixture_refused(f, elsewhere, "PutClause", again, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        again->lot = 2; /* nobody follows it yet, and the place that was published may be wrong */
        (void)fixture_get(f, elsewhere, "PutClause", again);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_strangers_learn_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_read_is_not_changed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_clause_of_another_territory, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
