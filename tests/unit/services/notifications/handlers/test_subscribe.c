/* Subscribe: a new address is told nothing before its code came back, and codes are not mailed without measure. */
#include "tests/unit/services/notifications/changes.h"

#include "services/notifications/subscription.h"

static const Notifications__SubscribeReply *ask(struct fixture *f, const char *territory, const char *email)
{
        Notifications__Subscribe command = subscribing(f, territory, email);
        return fixture_get(f, prescriber(f, 1), "Subscribe", &command);
}

static void refused(struct fixture *f, const char *territory, const char *email)
{
        Notifications__Subscribe command = subscribing(f, territory, email);
        const Types__Refusal *refusal =
                fixture_refused(f, prescriber(f, 1), "Subscribe", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(refusal->field, "email");
}

static const Notifications__SubscriptionView *seen(struct fixture *f)
{
        Notifications__SubscriptionsRequest query = NOTIFICATIONS__SUBSCRIPTIONS_REQUEST__INIT;
        const Notifications__SubscriptionsReply *reply = fixture_get(f, prescriber(f, 1), "Subscriptions", &query);
        return reply->subscriptions[0];
}

/* Whoever types somebody's address subscribes them to nothing. */
static void test_an_unconfirmed_address_is_told_nothing(void **state)
{
        struct fixture *f = *state;
        const Notifications__SubscribeReply *reply = ask(f, "31", "victime@exemple.fr");
        assert_true(reply->awaits_confirmation);
        assert_int_equal(outbox(f, NULL), 1); /* the code, and that is all that is ever mailed there */
        for (int i = 0; i < 3; i++)
                declare_need(f, "31");
        decide_eligibility(f, 1, "31");
        assert_int_equal(outbox(f, NULL), 1);
        assert_int_equal(inbox(f, 1)->n_notices, 4);
        assert_string_equal(seen(f)->email, "");
        assert_string_equal(seen(f)->awaiting_email, "victime@exemple.fr");
}

static void test_again_replaces_the_address_once_confirmed(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = subscribe(f, 1, "31", "a@exemple.fr");
        uint64_t position = engine_position(f->engine);
        assert_true(id_equal(id_of(ask(f, "31", "a@exemple.fr")->subscription_id), id_of(first)));
        assert_int_equal(engine_position(f->engine), position); /* nothing new */
        f->world.now_ms_value += CODE_INTERVAL_MS;
        assert_true(ask(f, "31", "b@exemple.fr")->awaits_confirmation);
        assert_string_equal(seen(f)->email, "a@exemple.fr"); /* until the code is back */
        const Notifications__ConfirmAddressReply *reply =
                fixture_get(f, prescriber(f, 1), "ConfirmAddress", typing(f, first, awaiting(f, first)->code));
        assert_true(reply->confirmed);
        assert_string_equal(seen(f)->email, "b@exemple.fr");
        assert_string_equal(seen(f)->awaiting_email, "");
        assert_false(id_equal(id_of(ask(f, "09", "")->subscription_id), id_of(first)));
}

static void test_codes_are_bounded(void **state)
{
        struct fixture *f = *state;
        (void)ask(f, "31", "a@exemple.fr");
        refused(f, "31", "a@exemple.fr"); /* at once again */
        refused(f, "31", "b@exemple.fr");
        for (int i = 1; i < CODES_A_DAY_OF_SUBSCRIPTION; i++) {
                f->world.now_ms_value += CODE_INTERVAL_MS;
                (void)ask(f, "31", "a@exemple.fr");
                assert_int_equal(outbox(f, NULL), 1); /* the code before is worth nothing, and no longer mailed */
        }
        f->world.now_ms_value += CODE_INTERVAL_MS;
        refused(f, "31", "a@exemple.fr");
        f->world.now_ms_value += CODE_LIFE_MS;
        (void)ask(f, "31", "a@exemple.fr");
}

/* An address that another organisation has is answered like any other. */
static void test_whether_it_is_known_is_not_told(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 2, "31", "connue@exemple.fr");
        const Notifications__SubscribeReply *known = ask(f, "31", "connue@exemple.fr");
        const Notifications__SubscribeReply *unknown = ask(f, "09", "inconnue@exemple.fr");
        assert_true(known->awaits_confirmation && unknown->awaits_confirmation);
        assert_int_equal(outbox(f, NULL), 2);
}

static bool in_store(struct fixture *f, const char *words)
{
        static uint8_t file[4 << 20];
        char path[128];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", f->directory);
        FILE *stream = fopen(path, "rb");
        assert_non_null(stream);
        size_t size = fread(file, 1, sizeof(file), stream);
        assert_int_equal(fclose(stream), 0);
        return memmem(file, size, words, strlen(words)) != NULL;
}

/* The store holds addresses sealed, and events none; once removed, the key is gone, and replay gives the same rows. */
static void test_addresses_are_sealed(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = subscribe(f, 1, "31", "ml.lauragais@exemple.fr");
        declare_need(f, "31");
        assert_true(in_store(f, "Mission locale du Lauragais"));
        assert_false(in_store(f, "ml.lauragais@exemple.fr"));
        struct slice published = engine_events_after(f->engine, 0, 0, &f->arena);
        assert_null(memmem(published.data, published.size, "ml.lauragais", strlen("ml.lauragais")));

        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        Types__Id *address = store_find_subscription(txn, id_of(id), &f->arena)->address_id;
        struct slice sealed = pb_slice(store_find_address(txn, id_of(address), &f->arena)->sealed), plain;
        txn_end_read(txn);
        assert_int_equal(vault_unseal(engine_vault(f->engine), id_of(address), sealed, &f->arena, &plain), 0);
        (void)ask(f, "31", ""); /* no mail any more */
        assert_int_equal(vault_unseal(engine_vault(f->engine), id_of(address), sealed, &f->arena, &plain),
                         ERR_NOT_FOUND);
        assert_string_equal(seen(f)->email, "");
        fixture_verify(f);
        fixture_reopen(f);
        assert_int_equal(vault_unseal(engine_vault(f->engine), id_of(address), sealed, &f->arena, &plain),
                         ERR_NOT_FOUND);
}

static void test_without_a_mail_server(void **state)
{
        struct fixture *f = *state;
        assert_true(ask(f, "31", "a@exemple.fr")->awaits_confirmation);
        assert_int_equal(outbox(f, NULL), 0);
}

static void test_security(void **state)
{
        struct fixture *f = *state;
        Notifications__Subscribe command = subscribing(f, "31", "a@exemple.fr");
        command.organisation_id = id_to(&f->arena, organisation(2));
        (void)fixture_refused(f, prescriber(f, 1), "Subscribe", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, facilitator(f, "09"), "Subscribe", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, facilitator(f, "09 31"), "Subscribe", &command);
        command = subscribing(f, "65", "a@exemple.fr");
        (void)fixture_refused(f, prescriber(f, 1), "Subscribe", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        struct id company = organisation(3);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__COMPANY, &company, "*"), "Subscribe", &command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_bad_field(void **state)
{
        struct fixture *f = *state;
        Notifications__Subscribe command = subscribing(f, "31", "a@exemple.fr\nBcc: b@exemple.fr");
        (void)fixture_refused(f, prescriber(f, 1), "Subscribe", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

/* One thing, one name: the directory's, where it has one; else what was typed, shown as such. */
static void test_an_organisation_has_the_directory_s_name(void **state)
{
        struct fixture *f = *state;
        (void)ask(f, "31", "");
        assert_string_equal(seen(f)->organisation_name, "Mission locale du Lauragais");
        assert_true(seen(f)->name_unverified);
        directory_puts(f, 1, "Mission locale Haute-Garonne", "");
        assert_string_equal(seen(f)->organisation_name, "Mission locale Haute-Garonne");
        assert_false(seen(f)->name_unverified);
        Notifications__Subscribe command = subscribing(f, "09", "");
        command.organisation_name = (char *)""; /* nothing need be typed */
        (void)fixture_get(f, prescriber(f, 1), "Subscribe", &command);
        command.organisation_name = (char *)"France Travail";
        (void)fixture_get(f, prescriber(f, 1), "Subscribe", &command);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Notifications__SubscriptionRow *row = store_find_subscription_of(txn, organisation(1), "09", &f->arena);
        assert_string_equal(row->organisation_name, "Mission locale Haute-Garonne");
        txn_end_read(txn);
        directory_takes_back(f, 1); /* then what was typed is all that is known */
        assert_true(seen(f)->name_unverified);
        directory_puts(f, 1, "Mission locale Haute-Garonne", "");
        assert_false(seen(f)->name_unverified);
        (void)fixture_refused(
                f, prescriber(f, 2), "Subscribe",
                &(Notifications__Subscribe){PROTOBUF_C_MESSAGE_INIT(&notifications__subscribe__descriptor),
                                            .organisation_name = (char *)"", .territory = command.territory,
                                            .email = (char *)""},
                TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_an_organisation_has_the_directory_s_name, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_unconfirmed_address_is_told_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_again_replaces_the_address_once_confirmed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_codes_are_bounded, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whether_it_is_known_is_not_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_addresses_are_sealed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_a_mail_server, setup_without_mail, fixture_close),
                cmocka_unit_test_setup_teardown(test_security, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_bad_field, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
