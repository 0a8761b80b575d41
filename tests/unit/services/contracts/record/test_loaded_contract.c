/* The contract that a command or a query is about, and what it is called. */
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/record/loaded_contract.h"

struct scene {
        struct fixture *f;
        struct work work;
        Types__Id *contract;
        struct loaded_contract loaded;
        struct refusal refusal;
};

static struct scene begin(struct fixture *f)
{
        struct scene scene = {.f = f};
        scene.contract = a_contract(f);
        scene.work.arena = &f->arena;
        scene.work.txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(scene.work.txn);
        return scene;
}

static bool finds(struct scene *scene)
{
        return loaded_contract_find(&scene->work, scene->contract, &scene->loaded, &scene->refusal);
}

/* Whose it may be is the table of rights': test_rights.c. */
static void test_found_or_not(void **state)
{
        struct fixture *f = *state;
        struct scene scene = begin(f);
        assert_true(finds(&scene));
        assert_null(scene.loaded.file);
        scene.contract = id_to(&f->arena, id_numbered(9));
        assert_false(finds(&scene));
        assert_int_equal(scene.refusal.code, TYPES__REFUSAL_CODE__NOT_FOUND);
        txn_end_read(scene.work.txn);
}

static void test_what_it_is_called(void **state)
{
        struct fixture *f = *state;
        struct scene scene = begin(f);
        assert_true(finds(&scene));
        assert_false(loaded_contract_has_ended(&scene.loaded));
        assert_string_equal(loaded_contract_name(&scene.loaded, &f->arena), "contrat n° 2026-031");
        assert_string_equal(loaded_contract_buyer(&scene.work, &scene.loaded), "l'acheteur de SIRET " BUYER_SIRET);
        scene.loaded.record->number = arena_text(&f->arena, "");
        scene.loaded.record->buyer_name = arena_text(&f->arena, "Ville d'Essai");
        assert_string_equal(loaded_contract_name(&scene.loaded, &f->arena), "contrat en préparation");
        assert_string_equal(loaded_contract_buyer(&scene.work, &scene.loaded), "Ville d'Essai");
        scene.loaded.record->buyer_name = arena_text(&f->arena, "");
        txn_end_read(scene.work.txn);
        directory_names(f, 1, 5, BUYER_SIRET, "Ville de l'Annuaire");
        scene.work.txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(scene.work.txn);
        assert_string_equal(loaded_contract_buyer(&scene.work, &scene.loaded), "Ville de l'Annuaire");
        txn_end_read(scene.work.txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_found_or_not, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_it_is_called, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
