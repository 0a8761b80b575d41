/* ParkedMails: what was given up, by pages, with its reason and nobody's words. */
#include "tests/unit/services/notifications/parked.h"

static const Notifications__ParkedMailsReply *parked(struct fixture *f, uint32_t limit, ProtobufCBinaryData after)
{
        Notifications__ParkedMailsRequest query = NOTIFICATIONS__PARKED_MAILS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = limit;
        page.after = after;
        query.page = &page;
        return fixture_get(f, operator_of(f), "ParkedMails", &query);
}

static void test_with_its_reason(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        (void)subscribe(f, 2, "31", "b@exemple.fr");
        assert_int_equal(parked(f, 0, (ProtobufCBinaryData){0})->n_mails, 0);
        declare_need(f, "31");
        struct id notice = notice_of(f, 2);
        f->world.now_ms_value += 1000;
        give_up(f, notice, "550 5.1.1 ... no such user");
        const Notifications__ParkedMailsReply *reply = parked(f, 0, (ProtobufCBinaryData){0});
        assert_int_equal(reply->n_mails, 1);
        const Notifications__ParkedMailView *mail = reply->mails[0];
        assert_true(id_equal(id_of(mail->notice_id), notice));
        assert_true(id_equal(id_of(mail->organisation_id), organisation(2)));
        assert_string_equal(mail->organisation_name, "Mission locale du Lauragais");
        assert_int_equal(mail->kind, KIND(NEED_OPENED));
        assert_int_equal(mail->posted_at->ms, FIXTURE_NOW_MS);
        assert_int_equal(mail->given_up_at->ms, FIXTURE_NOW_MS + 1000);
        assert_int_equal(mail->attempts, 1);
        assert_string_equal(mail->reason, "550 5.1.1 ... no such user");
        assert_int_equal(reply->next.len, 0);
}

static void test_by_pages(void **state)
{
        enum { MANY = 5 };
        struct fixture *f = *state;
        ProtobufCBinaryData after = {0};
        uint32_t seen = 0;
        for (uint8_t n = 1; n <= MANY; n++)
                (void)subscribe(f, n, "31", "a@exemple.fr");
        declare_need(f, "31");
        for (uint8_t n = 1; n <= MANY; n++)
                give_up(f, notice_of(f, n), "no");
        do {
                const Notifications__ParkedMailsReply *reply = parked(f, 2, after);
                seen += (uint32_t)reply->n_mails;
                after = reply->next;
        } while (after.len > 0);
        assert_int_equal(seen, MANY);
}

static void test_refused(void **state)
{
        struct fixture *f = *state;
        Notifications__ParkedMailsRequest query = NOTIFICATIONS__PARKED_MAILS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        page.after = pb_bytes(slice_of("elsewhere", 9));
        (void)fixture_refused(f, operator_of(f), "ParkedMails", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        page.after = (ProtobufCBinaryData){0};
        (void)fixture_refused(f, facilitator(f, "*"), "ParkedMails", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, prescriber(f, 1), "ParkedMails", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_with_its_reason, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_pages, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
