/* Where who is signed in gets mail: confirmed by its link, changed, removed, erased with the account. */
#include "tests/unit/services/accounts/mail/fixture.h"

#include "common/store/eventlog.h"

static void test_confirmed(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, "quatre mots sans lien");
        assert_true(set_address(f, marie, "marie@exemple.fr")->awaits_confirmation);
        assert_string_equal(own_access(f, marie)->awaiting_address, "marie@exemple.fr");
        assert_string_equal(own_access(f, marie)->address, "");
        ProtobufCBinaryData hash = link_of(f, MAIL(CONFIRM_ADDRESS));
        confirm_address(f, hash);
        assert_string_equal(own_access(f, marie)->address, "marie@exemple.fr");
        Accounts__ConfirmOwnAddress again = ACCOUNTS__CONFIRM_OWN_ADDRESS__INIT;
        again.hash = hash;
        (void)fixture_refused(f, at_the_door(f), "ConfirmOwnAddress", &again, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        uint64_t before = engine_position(f->engine);
        assert_false(set_address(f, marie, "MARIE@exemple.fr")->awaits_confirmation); /* it is hers already */
        assert_int_equal(engine_position(f->engine), before);
}

/* The one before is told, and is nowhere any more. */
static void test_changed(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        (void)set_address(f, marie, "faux@exemple.fr");
        disown_mail(f, link_of(f, MAIL(CONFIRM_ADDRESS)));
        assert_string_equal(own_access(f, marie)->awaiting_address, "");
        (void)set_address(f, marie, "m.durand@exemple.fr");
        assert_string_equal(own_access(f, marie)->address, "marie@exemple.fr");
        confirm_address(f, link_of(f, MAIL(CONFIRM_ADDRESS)));
        assert_string_equal(own_access(f, marie)->address, "m.durand@exemple.fr");
        const Accounts__MailDue *due = newest_mail(f, 0);
        assert_int_equal(due->kind, MAIL(ADDRESS_CHANGED));
        assert_string_equal(mail_to_send(f, due)->email, "marie@exemple.fr");
        (void)set_address(f, marie, "");
        assert_string_equal(own_access(f, marie)->address, "");
        assert_string_equal(mail_to_send(f, newest_mail(f, 0))->email, "m.durand@exemple.fr");
        uint64_t before = engine_position(f->engine);
        ask_sign_in_link(f, "marie@exemple.fr");
        ask_sign_in_link(f, "m.durand@exemple.fr");
        assert_int_equal(engine_position(f->engine), before);
}

static void test_six_a_day(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, "quatre mots sans lien");
        Accounts__SetOwnAddress command = ACCOUNTS__SET_OWN_ADDRESS__INIT;
        for (int i = 0; i < MAIL_OF_A_DAY; i++)
                (void)set_address(f, marie, arena_printf(&f->arena, "marie%d@exemple.fr", i));
        command.email = arena_text(&f->arena, "encore@exemple.fr");
        const Types__Refusal *refusal =
                fixture_refused(f, marie, "SetOwnAddress", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(refusal->field, "email");
        (void)fixture_refused(f, operator_of(f), "SetOwnAddress", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        f->world.now_ms_value += MAIL_DAY_MS;
        (void)set_address(f, marie, "encore@exemple.fr");
}

/* No unpublished part of the log holds a box of hers any more. */
static void assert_erased(struct fixture *f)
{
        for (uint64_t number = 1; number <= engine_position(f->engine); number++) {
                struct log_entry entry;
                const Accounts__Event *event = fixture_event(f, number);
                bool is_mail = event->body_case == ACCOUNTS__EVENT__BODY_ADDRESS_GIVEN ||
                               event->body_case == ACCOUNTS__EVENT__BODY_MAIL_DUE;
                struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
                assert_true(log_get(txn, number, &entry));
                assert_true(!is_mail || entry.sealed.size == 0);
                txn_end_read(txn);
        }
}

static void test_erased_with_the_account(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_address(f, "marie", TYPES__ROLE__BUYER, "marie@exemple.fr");
        (void)set_address(f, marie, "autre@exemple.fr");
        ask_sign_in_link(f, "marie@exemple.fr");
        revoke_user(f, "marie");
        assert_erased(f);
        Wire__Passport *luc = with_address(f, "luc", TYPES__ROLE__BUYER, "luc@exemple.fr");
        Accounts__EndMembership left = ACCOUNTS__END_MEMBERSHIP__INIT;
        left.membership_id = luc->membership;
        (void)fixture_get(f, operator_of(f), "EndMembership", &left);
        assert_erased(f);
        uint64_t before = engine_position(f->engine);
        ask_sign_in_link(f, "luc@exemple.fr");
        assert_int_equal(engine_position(f->engine), before);
}

/* A network without the key that would seal it keeps none. */
static void test_without_the_key(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, "quatre mots sans lien");
        Accounts__SetOwnAddress command = ACCOUNTS__SET_OWN_ADDRESS__INIT;
        command.email = arena_text(&f->arena, "marie@exemple.fr");
        (void)fixture_refused(f, marie, "SetOwnAddress", &command, TYPES__REFUSAL_CODE__UNAVAILABLE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_sign_in, fixture_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_confirmed),
                TEST(test_changed),
                TEST(test_six_a_day),
                TEST(test_erased_with_the_account),
                cmocka_unit_test_setup_teardown(test_without_the_key, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
