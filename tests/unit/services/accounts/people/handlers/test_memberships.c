/* Several roles of one person: given, consented to, each with its token; one is left, the others stand. */
#include "tests/unit/services/accounts/fixture.h"

static Accounts__AddMembership *role_of(struct fixture *f, const char *name, Types__Role role, uint8_t organisation)
{
        Accounts__AddMembership *command = pb_new(&accounts__add_membership__descriptor, &f->arena);
        const struct id id = {.b = {organisation}};
        command->name = arena_text(&f->arena, name);
        command->role = role;
        command->organisation = organisation == 0 ? NULL : id_to(&f->arena, id);
        command->territories = arena_alloc(&f->arena, sizeof(char *));
        command->territories[0] = arena_text(&f->arena, "31");
        command->n_territories = 1;
        return command;
}

static Accounts__EndMembership *end_of(struct fixture *f, const Types__Id *membership, int32_t days_ago)
{
        Accounts__EndMembership *command = pb_new(&accounts__end_membership__descriptor, &f->arena);
        command->membership_id = id_to(&f->arena, id_of(membership));
        command->left_on = day_to(&f->arena, day_of_number(20744 - days_ago)); /* 2026-10-18 */
        command->reason = arena_text(&f->arena, "mutation");
        return command;
}

static const Accounts__UserView *view_of(struct fixture *f, const Types__Id *membership)
{
        const Accounts__UsersReply *all = all_users(f);
        for (size_t i = 0; i < all->n_users; i++)
                if (id_equal(id_of(all->users[i]->membership_id), id_of(membership)))
                        return all->users[i];
        fail_msg("it is not listed");
        return NULL;
}

static void test_a_second_role(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *coordinator = coordinator_of(f);
        (void)create(f, account_in(f, "marie", TYPES__ROLE__BUYER, "31"));
        const Accounts__CreateUserReply *second =
                fixture_get(f, operator_of(f), "AddMembership", role_of(f, "marie", TYPES__ROLE__STRUCTURE, 2));
        assert_string_equal(second->token, ""); /* it reads of persons */
        const Accounts__TokenReply *confirmed = fixture_get(f, coordinator, "ConfirmUser", named(f, "marie"));
        assert_true(id_equal(id_of(confirmed->user_id), id_of(second->user_id)));
        assert_int_equal(all_users(f)->n_users, 3);

        /* which of the two is asked for must be said */
        Accounts__RenewToken renew = ACCOUNTS__RENEW_TOKEN__INIT;
        renew.name = arena_text(&f->arena, "marie");
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator, "RenewToken", &renew, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "membershipId");
        renew.membership_id = second->membership_id;
        (void)fixture_get(f, coordinator, "RenewToken", &renew);
        (void)fixture_refused(f, operator_of(f), "AddMembership", role_of(f, "marie", TYPES__ROLE__STRUCTURE, 2),
                              TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        (void)fixture_refused(f, operator_of(f), "AddMembership", role_of(f, "personne", TYPES__ROLE__BUYER, 2),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_she_has_left_one(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *coordinator = coordinator_of(f);
        const Accounts__CreateUserReply *first = create(f, account_in(f, "marie", TYPES__ROLE__BUYER, "31"));
        const Accounts__CreateUserReply *second =
                fixture_get(f, operator_of(f), "AddMembership", role_of(f, "marie", TYPES__ROLE__BUYER, 2));
        (void)fixture_refused(f, coordinator, "EndMembership", end_of(f, first->membership_id, -1),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_get(f, coordinator, "EndMembership", end_of(f, first->membership_id, 10));
        (void)fixture_refused(f, coordinator, "EndMembership", end_of(f, first->membership_id, 10),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        const Accounts__UserView *gone = view_of(f, first->membership_id);
        const Accounts__UserView *stands = view_of(f, second->membership_id);
        assert_true(gone->revoked);
        assert_null(gone->token_ends);
        assert_int_equal(gone->left_on->days, 20734);
        assert_string_equal(gone->left_reason, "mutation");
        assert_false(stands->revoked);
        assert_non_null(stands->token_ends);
        revoke_user(f, "marie"); /* the whole account: no role of it stands */
        assert_true(view_of(f, second->membership_id)->revoked);
        (void)fixture_refused(f, operator_of(f), "AddMembership", role_of(f, "marie", TYPES__ROLE__BUYER, 3),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_of_others_nothing_is_told(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *coordinator = coordinator_of(f);
        const Wire__Passport *marie = create_confirmed(f, coordinator, account(f, "marie"));
        const Accounts__CreateUserReply *far = create(f, account_in(f, "loin", TYPES__ROLE__PRESCRIBER, "81"));
        const struct id none = {.b = {9}};
        const Types__Refusal *other = fixture_refused(f, marie, "EndMembership", end_of(f, far->membership_id, 0),
                                                      TYPES__REFUSAL_CODE__NOT_FOUND);
        const Types__Refusal *nobody = fixture_refused(f, marie, "EndMembership", end_of(f, id_to(&f->arena, none), 0),
                                                       TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(other->text, nobody->text);
        assert_string_equal(other->field, nobody->field);
        (void)fixture_get(f, marie, "EndMembership", end_of(f, marie->membership, 0)); /* her own she may leave */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_second_role, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_she_has_left_one, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_others_nothing_is_told, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
