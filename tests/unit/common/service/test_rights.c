/* The table of rights: it is whole or the daemon does not start, and it is run before the handler. */
#include "tests/unit/common/service/toy.h"

#include "contracts/commands.pb-c.h"

static enum standing by_user(const struct work *work, const struct named *named)
{
        (void)named;
        if (strcmp(work->actor->user, "owner") == 0)
                return STANDING_CHANGE;
        return strcmp(work->actor->user, "reader") == 0 ? STANDING_READ : STANDING_UNKNOWN;
}

static const struct named_thing thing = {.standing = by_user, .unknown = "inconnu", .not_yours = "pas à vous"};
static const struct right_row whole[] = {
        {"Subscribe", "organisation_id", RIGHT_CHANGE, &thing, NULL},
        {"Subscribe", "territory", RIGHT_READ, &thing, NULL},
};

static int rows_of(const struct right_row *rows, size_t count, struct rights *ret)
{
        struct err_info info;
        const struct rights all = {rows, count};
        return rights_of_method(&all, "Subscribe", &notifications__subscribe__descriptor, ret, &info);
}

static void a_field_without_a_row_is_refused(void **state)
{
        struct rights rights;
        (void)state;
        assert_int_equal(rows_of(whole, 2, &rights), 0);
        assert_int_equal(rights.count, 2);
        assert_int_equal(rows_of(whole, 1, &rights), ERR_CONFIG);
        assert_int_equal(rows_of(NULL, 0, &rights), ERR_CONFIG);
        const struct right_row no_field[] = {whole[0], whole[1], {"Subscribe", "nothing", RIGHT_NONE, NULL, "?"}};
        assert_int_equal(rows_of(no_field, 3, &rights), ERR_CONFIG);
        const struct right_row no_reason[] = {whole[0], {"Subscribe", "territory", RIGHT_NONE, NULL, NULL}};
        assert_int_equal(rows_of(no_reason, 2, &rights), ERR_CONFIG);
        const struct right_row apart[] = {whole[0], {"Other", "x", RIGHT_NONE, NULL, "?"}, whole[1]};
        assert_int_equal(rows_of(apart, 3, &rights), ERR_CONFIG);
}

/* Nested and repeated fields are found too. */
static void fields_inside_need_rows(void **state)
{
        static const struct right_row rows[] = {{"AwardContract", "contract_id", RIGHT_READ, &thing, NULL}};
        struct rights all = {rows, 1}, rights;
        struct err_info info;
        (void)state;
        assert_int_equal(
                rights_of_method(&all, "AwardContract", &contracts__award_contract__descriptor, &rights, &info),
                ERR_CONFIG);
        assert_non_null(strstr(info.text, "offer_id"));
        assert_int_equal(rights_name_methods(&all, "contracts", &info), 0);
        assert_int_equal(rights_name_methods(&all, "tracking", &info), ERR_CONFIG);
}

static bool holds_for(const char *user, Notifications__Subscribe *request, struct refusal *ret)
{
        Wire__Passport actor = WIRE__PASSPORT__INIT;
        struct work work = {.actor = &actor};
        const struct rights rights = {whole, 2};
        actor.user = (char *)(uintptr_t)user;
        return rights_hold(&rights, &work, &request->base, ret);
}

static void whose_comes_first(void **state)
{
        uint8_t bytes[sizeof(struct id)] = {1};
        Types__Id id = TYPES__ID__INIT;
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        struct refusal refusal;
        (void)state;
        id.value = (ProtobufCBinaryData){sizeof(bytes), bytes};
        assert_true(holds_for("stranger", &request, &refusal)); /* nothing is named */
        request.organisation_id = &id;
        assert_true(holds_for("owner", &request, &refusal));
        assert_false(holds_for("reader", &request, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_false(holds_for("stranger", &request, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__NOT_FOUND);
        request.organisation_id = NULL;
        request.territory = (char *)(uintptr_t) "31";
        assert_true(holds_for("reader", &request, &refusal));
        assert_false(holds_for("stranger", &request, &refusal));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_field_without_a_row_is_refused),
                cmocka_unit_test(fields_inside_need_rows),
                cmocka_unit_test(whose_comes_first),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
