#include "tests/unit/services/notifications/fixture.h"

static void test_one_line_for_all_who_were_told(void **state)
{
        struct fixture *f = *state;
        for (uint8_t n = 1; n <= 3; n++)
                (void)subscribe(f, n, "31", n == 1 ? "a@exemple.fr" : "");
        declare_need(f, "31");
        decide_eligibility(f, 2, "31");

        const Notifications__InboxReply *reply = recent(f);
        assert_int_equal(reply->n_notices, 2);
        assert_int_equal(reply->notices[0]->kind, KIND(ELIGIBILITY_KNOWN));
        assert_string_equal(reply->notices[0]->organisation_name, "Mission locale du Lauragais");
        assert_int_equal(reply->notices[0]->delivery, STATE(DELIVERY_NONE));
        assert_string_equal(reply->notices[1]->organisation_name, "3 organisations");
        assert_int_equal(reply->notices[1]->delivery, STATE(QUEUED));
}

static void test_pages_of_the_own_territories(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        (void)subscribe(f, 1, "09", "");
        for (int i = 0; i < 9; i++)
                declare_need(f, i % 3 == 0 ? "09" : "31");
        Types__Page page = TYPES__PAGE__INIT;
        Notifications__RecentNoticesRequest query = NOTIFICATIONS__RECENT_NOTICES_REQUEST__INIT;
        size_t count = 0;
        page.limit = 1;
        query.page = &page;
        do {
                const Notifications__InboxReply *reply = fixture_get(f, facilitator(f, "09"), "RecentNotices", &query);
                for (size_t i = 0; i < reply->n_notices; i++, count++)
                        assert_string_equal(reply->notices[i]->territory, "09");
                page.after = reply->next;
        } while (page.after.len > 0);
        assert_int_equal(count, 3);

        page.after = (ProtobufCBinaryData){3, (uint8_t *)(uintptr_t) "abc"};
        (void)fixture_refused(f, facilitator(f, "09"), "RecentNotices", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, prescriber(f, 1), "RecentNotices", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* The contract that needs are of: opened, or set right, as one of this kind. */
static void tell_kind(struct fixture *f, Contracts__ContractKind kind, bool is_amended)
{
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__ContractOpened opened = CONTRACTS__CONTRACT_OPENED__INIT;
        Contracts__ContractAmended amended = CONTRACTS__CONTRACT_AMENDED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        record.kind = kind;
        opened.contract_id = amended.contract_id = id_to(&f->arena, organisation(210));
        opened.record = amended.record = &record;
        event.body_case = is_amended ? CONTRACTS__EVENT__BODY_CONTRACT_AMENDED : CONTRACTS__EVENT__BODY_CONTRACT_OPENED;
        if (is_amended)
                event.contract_amended = &amended;
        else
                event.contract_opened = &opened;
        feed_contracts(f, &event);
}

static void need_of_contract(struct fixture *f, bool is_private)
{
        Contracts__NeedDeclared need = need_in(f, "31");
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        need.contract_id = id_to(&f->arena, organisation(210));
        need.is_private = is_private;
        event.body_case = CONTRACTS__EVENT__BODY_NEED_DECLARED;
        event.need_declared = &need;
        feed_contracts(f, &event);
}

/* Of every overseer: whether the one notice there is, is seen; nor by way of who was told. */
static void assert_seen(struct fixture *f, bool is_private)
{
        Notifications__RecentNoticesRequest query = NOTIFICATIONS__RECENT_NOTICES_REQUEST__INIT;
        static const struct {
                Types__Role role;
                const char *territories;
                size_t seen, seen_of_private;
        } cases[] = {{TYPES__ROLE__OPERATOR, "*", 1, 0},
                     {TYPES__ROLE__COORDINATOR, "*", 1, 1},
                     {TYPES__ROLE__FACILITATOR, "31", 1, 1},
                     {TYPES__ROLE__FACILITATOR, "09", 0, 0},
                     {TYPES__ROLE__AUDITOR, "*", 1, 0}};
        Notifications__InboxRequest of_another = NOTIFICATIONS__INBOX_REQUEST__INIT;
        of_another.organisation_id = id_to(&f->arena, organisation(1));
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                const Wire__Passport *actor = fixture_actor(f, cases[i].role, NULL, cases[i].territories);
                size_t seen = is_private ? cases[i].seen_of_private : cases[i].seen;
                const Notifications__InboxReply *reply = fixture_get(f, actor, "RecentNotices", &query);
                assert_int_equal(reply->n_notices, seen);
                reply = fixture_get(f, actor, "Inbox", &of_another);
                assert_int_equal(reply->n_notices, seen);
        }
}

static void test_private_ones_are_for_their_readers(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        tell_kind(f, CONTRACTS__CONTRACT_KIND__PRIVATE, false);
        need_of_contract(f, true);
        assert_seen(f, true);
        assert_int_equal(inbox(f, 1)->n_notices, 1);
}

/* What is private is asked when it is read: events of before said nothing of it, and a kind is set right later. */
static void test_a_kind_that_is_set_right(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        tell_kind(f, CONTRACTS__CONTRACT_KIND__PRIVATE, false);
        need_of_contract(f, false);
        assert_seen(f, true);
        tell_kind(f, CONTRACTS__CONTRACT_KIND__MARKET, true);
        assert_seen(f, false);
        tell_kind(f, CONTRACTS__CONTRACT_KIND__PRIVATE, true);
        assert_seen(f, true);
}

static void tell_placement(struct fixture *f)
{
        Tracking__PlacementOpened opened = TRACKING__PLACEMENT_OPENED__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        opened.placement_id = id_to(&f->arena, organisation(220));
        opened.beneficiary_id = id_to(&f->arena, organisation(201));
        opened.prescriber = id_to(&f->arena, organisation(1));
        opened.territory = arena_text(&f->arena, "31");
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_OPENED;
        event.placement_opened = &opened;
        feed_tracking(f, &event);
}

static void test_a_placement_that_is_set_right(void **state)
{
        struct fixture *f = *state;
        Tracking__PlacementReclassified again = TRACKING__PLACEMENT_RECLASSIFIED__INIT;
        Tracking__Event event = TRACKING__EVENT__INIT;
        tell_placement(f);
        assert_seen(f, false);
        again.placement_id = id_to(&f->arena, organisation(220));
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_RECLASSIFIED;
        event.placement_reclassified = &again;
        again.is_private = true;
        feed_tracking(f, &event);
        assert_seen(f, true);
        again.is_private = false;
        feed_tracking(f, &event);
        assert_seen(f, false);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_one_line_for_all_who_were_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages_of_the_own_territories, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_private_ones_are_for_their_readers, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_kind_that_is_set_right, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_placement_that_is_set_right, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
