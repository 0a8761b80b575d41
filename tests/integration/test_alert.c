/* From a company's need to a prescriber's inbox and mailbox: contracts and notifications as real processes, and a real
 * mail server. (Step 4 of the journey, and what a crash in the midst of it may not do.) */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/pb.h"
#include "common/base/local_time.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "contracts/commands.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "notifications/queries.pb-c.h"
#include "runtime/queries.pb-c.h"
#include "tests/lib/network.h"
#include "tests/lib/smtp_server.h"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 20, NEEDS_MISSED = 20 };

static const struct id prescriber = {{0x01, 0x92, 0xf0, 0xc1, 0x7a, 0x3b, 0x70, 0x00, 0x8f, 0, 0, 0, 0, 0, 0, 7}};

static struct smtp_server server;
static struct network *network;
static struct arena arena;
static Types__Id *obligation;

static void act_as(Types__Role role, const struct id *organisation)
{
        char *territories[] = {(char *)"31"};
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = (char *)"essai";
        passport.role = role;
        passport.organisation = organisation == NULL ? NULL : id_to(&arena, *organisation);
        passport.territories = territories;
        passport.n_territories = ARRAY_SIZE(territories);
        link_act_as(network_link(network), &passport);
}

/* Asks for what must be granted. */
static const void *ask(const char *method, const void *request)
{
        struct answer answer;
        struct err_info info = {0};
        version_seen_any(request);
        if (link_call(network_link(network), method, request, NULL, &arena, &answer, &info) != 0)
                fail_msg("%s: %s", method, info.text);
        if (answer.body == NULL)
                fail_msg("%s refused: %s: %s", method, answer.refusal->field, answer.refusal->text);
        return answer.body;
}

static Types__Money *euros(int64_t amount)
{
        return money_to(&arena, money_of_cents(amount * 100));
}

/* A contract with a clause, and who owes its hours. */
static Types__Id *owe_hours(void)
{
        Contracts__Place place = CONTRACTS__PLACE__INIT;
        place.kind = CONTRACTS__PLACE_KIND__COMMUNE;
        place.code = (char *)"31555";
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        record.kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record.format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record.number = (char *)"2026-031";
        record.buyer_siret = (char *)"13002526500013";
        record.object = (char *)"Réfection de l'école";
        record.place = &place;
        record.amount = euros(1000000);
        record.notified_on = day_to(&arena, day_of_civil((struct civil){2026, 3, 2}));
        Contracts__ImportContract import = CONTRACTS__IMPORT_CONTRACT__INIT;
        import.record = &record;
        const Contracts__ImportContractReply *contract = ask("contracts.ImportContract", &import);

        char *territories[] = {(char *)"31"};
        Contracts__Calibration calibration = CONTRACTS__CALIBRATION__INIT;
        calibration.amount = euros(1000000);
        calibration.labour_share = share_to(&arena, share_of_millionths(500000));
        calibration.insertion_rate = share_to(&arena, share_of_millionths(50000));
        calibration.hourly_cost = euros(30);
        Contracts__PutClause put = CONTRACTS__PUT_CLAUSE__INIT;
        put.contract_id = contract->contract_id;
        put.lot = 1;
        put.calibration = &calibration;
        put.territories = territories;
        put.n_territories = ARRAY_SIZE(territories);
        const Contracts__PutClauseReply *clause = ask("contracts.PutClause", &put);

        Contracts__RecordObligation owe = CONTRACTS__RECORD_OBLIGATION__INIT;
        owe.clause_id = clause->clause_id;
        owe.contractor_siret = (char *)"13002526500013";
        owe.contractor_name = (char *)"Bâtiment du Midi";
        const Contracts__RecordObligationReply *owed = ask("contracts.RecordObligation", &owe);
        return owed->obligation_id;
}

static void declare_need(void)
{
        struct world world = world_real();
        struct day today = local_day("", world.now_ms(&world));
        Contracts__DeclareNeed need = CONTRACTS__DECLARE_NEED__INIT;
        need.obligation_id = obligation;
        need.rome_code = (char *)"F1703";
        need.title = (char *)"Maçon coffreur";
        need.positions = 3;
        need.starts_on = day_to(&arena, day_add_months(today, 1));
        need.commune = (char *)"31555";
        need.modality = TYPES__MODALITY__DIRECT_HIRE;
        act_as(TYPES__ROLE__FACILITATOR, NULL);
        (void)ask("contracts.DeclareNeed", &need);
}

static const Notifications__InboxReply *inbox(void)
{
        Types__Page page = TYPES__PAGE__INIT;
        Notifications__InboxRequest query = NOTIFICATIONS__INBOX_REQUEST__INIT;
        page.limit = 100;
        query.page = &page;
        act_as(TYPES__ROLE__PRESCRIBER, &prescriber);
        return ask("notifications.Inbox", &query);
}

static size_t count_sent(const Notifications__InboxReply *reply)
{
        size_t sent = 0;
        for (size_t i = 0; i < reply->n_notices; i++)
                sent += reply->notices[i]->delivery == NOTIFICATIONS__DELIVERY_STATE__SENT;
        return sent;
}

/* Waits until the inbox holds `count` notices, all of them mailed. */
static const Notifications__InboxReply *wait_for(size_t count)
{
        const Notifications__InboxReply *reply = NULL;
        for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                reply = inbox();
                assert_true(reply->n_notices <= count);
                if (count_sent(reply) == count)
                        return reply;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("%zu of %zu notices, %zu of them mailed", reply->n_notices, count, count_sent(reply));
        return NULL;
}

static void test_told_and_mailed(void **state)
{
        (void)state;
        static char got[16384];
        declare_need();
        const Notifications__NoticeView *notice = wait_for(1)->notices[0];
        assert_int_equal(notice->kind, NOTIFICATIONS__NOTICE_KIND__NEED_OPENED);
        assert_string_equal(notice->territory, "31");
        assert_non_null(strstr(notice->text, "Bâtiment du Midi cherche 3 personnes"));

        smtp_server_read(&server, got, sizeof(got));
        assert_int_equal(smtp_server_count(got, "rcpt ml@exemple.fr\n"), 1 + 1); /* the code, and this */
        assert_int_equal(smtp_server_count(got, "subject Nouveau besoin : 3 postes « Maçon coffreur » à partir du "),
                         1);
        assert_int_equal(smtp_server_count(got, "defects []\n"), 1 + 1);
}

/* What happens while the daemon is down is told once it is back, once. */
static void test_through_a_crash(void **state)
{
        (void)state;
        static char got[65536];
        size_t before = wait_for(1)->n_notices;
        network_kill(network, "notifications-1", SIGKILL);
        for (int i = 0; i < NEEDS_MISSED; i++)
                declare_need();
        network_restart(network, "notifications-1");
        const Notifications__InboxReply *reply = wait_for(before + NEEDS_MISSED);

        smtp_server_read(&server, got, sizeof(got));
        assert_int_equal(smtp_server_count(got, "rcpt ml@exemple.fr\n"), 1 + before + NEEDS_MISSED);
        for (size_t i = 0; i < reply->n_notices; i++) {
                char id[ID_TEXT_SIZE];
                id_format(id_of(reply->notices[i]->notice_id), id);
                assert_int_equal(smtp_server_count(got, id), 1);
        }
}

/* Types the code back that the first mail to this address carries. */
static void confirm(const Notifications__SubscribeReply *subscribed, const char *address)
{
        static char got[262144];
        static const char marker[] = "avec votre abonnement :";
        const char *at = NULL, *to = arena_printf(&arena, "rcpt %s\n", address);
        for (int looks = 0; at == NULL && looks < 100; looks++) {
                smtp_server_read(&server, got, sizeof(got));
                at = strstr(got, to);
                at = at == NULL ? NULL : strstr(at, marker);
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        if (at == NULL)
                fail_msg("no mail with a code: %s", got);
        Notifications__ConfirmAddress command = NOTIFICATIONS__CONFIRM_ADDRESS__INIT;
        command.subscription_id = subscribed->subscription_id;
        command.code = arena_printf(&arena, "%.9s", at + strcspn(at, "0123456789"));
        const Notifications__ConfirmAddressReply *reply = ask("notifications.ConfirmAddress", &command);
        assert_true(reply->confirmed);
}

static void subscribe(const struct id *organisation, const char *address)
{
        Notifications__Subscribe command = NOTIFICATIONS__SUBSCRIBE__INIT;
        command.organisation_name = (char *)"Mission locale du Lauragais";
        command.territory = (char *)"31";
        command.email = arena_text(&arena, address);
        act_as(TYPES__ROLE__PRESCRIBER, organisation);
        confirm(ask("notifications.Subscribe", &command), address);
}

/* Killed while mails are on their way, again and again: each goes, at least once, and twice only if it was under way.
 */
static void test_killed_under_way(void **state)
{
        enum { KILLS = 4, NEEDS_A_KILL = 12, UNDER_WAY_MAX = 4 };
        (void)state;
        static char got[262144];
        size_t before = inbox()->n_notices;
        for (int kill = 0; kill < KILLS; kill++) {
                for (int i = 0; i < NEEDS_A_KILL; i++)
                        declare_need();
                network_kill(network, "notifications-1", SIGKILL);
                network_restart(network, "notifications-1");
        }
        const Notifications__InboxReply *reply = wait_for(before + KILLS * NEEDS_A_KILL);

        smtp_server_read(&server, got, sizeof(got));
        size_t twice = 0;
        for (size_t i = 0; i < reply->n_notices; i++) {
                char id[ID_TEXT_SIZE];
                id_format(id_of(reply->notices[i]->notice_id), id);
                size_t mails = smtp_server_count(got, id);
                assert_true(mails >= 1);
                twice += mails - 1;
        }
        assert_in_range(twice, 0, KILLS * UNDER_WAY_MAX);
}

static const Notifications__ParkedMailsReply *parked(void)
{
        Notifications__ParkedMailsRequest query = NOTIFICATIONS__PARKED_MAILS_REQUEST__INIT;
        act_as(TYPES__ROLE__OPERATOR, NULL);
        return ask("notifications.ParkedMails", &query);
}

static const char *metrics(void)
{
        Runtime__MetricsRequest request = RUNTIME__METRICS_REQUEST__INIT;
        struct link *link = network_link(network);
        struct answer answer;
        struct err_info info = {0};
        if (link_call_instance(link, topology_instance(link_topology(link), "notifications-1"), "runtime.Metrics",
                               &request.base, NULL, &arena, &answer, &info) != 0)
                fail_msg("runtime.Metrics: %s", info.text);
        return ((const Runtime__MetricsReply *)(const void *)answer.body)->text;
}

static void wait_until_sent(const struct id *organisation)
{
        Notifications__InboxRequest query = NOTIFICATIONS__INBOX_REQUEST__INIT;
        act_as(TYPES__ROLE__PRESCRIBER, organisation);
        for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                const Notifications__InboxReply *reply = ask("notifications.Inbox", &query);
                if (reply->n_notices > 0 && count_sent(reply) == reply->n_notices)
                        return;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("not mailed");
}

/* Given up, killed, and played again: it goes, once. */
static void test_parked_through_a_crash(void **state)
{
        static const struct id other = {{0x01, 0x92, 0xf0, 0xc1, 0x7a, 0x3b, 0x70, 0x00, 0x8f, 0, 0, 0, 0, 0, 0, 8}};
        static char got[262144];
        (void)state;
        subscribe(&other, "ferme@exemple.fr");
        declare_need();
        const Notifications__ParkedMailsReply *reply = parked();
        for (int waited_ms = 0; reply->n_mails == 0 && waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                (void)poll(NULL, 0, LOOK_EVERY_MS);
                reply = parked();
        }
        network_kill(network, "notifications-1", SIGKILL);
        network_restart(network, "notifications-1");
        reply = parked();
        assert_int_equal(reply->n_mails, 1);
        assert_non_null(strstr(reply->mails[0]->reason, "550 5.2.1 Mailbox closed"));
        assert_non_null(strstr(metrics(), "guichet_jobs_parked{instance=\"notifications-1\"} 1\n"));

        Notifications__ReplayMails command = NOTIFICATIONS__REPLAY_MAILS__INIT;
        const Notifications__ReplayMailsReply *replayed = ask("notifications.ReplayMails", &command);
        assert_int_equal(replayed->replayed, 1);
        wait_until_sent(&other);
        assert_int_equal(parked()->n_mails, 0);
        assert_non_null(strstr(metrics(), "guichet_jobs_parked{instance=\"notifications-1\"} 0\n"));
        assert_non_null(strstr(metrics(), "guichet_jobs_done_total{instance=\"notifications-1\",kind=\"mail\"} "));
        assert_non_null(strstr(metrics(), "guichet_mails_sent_total{instance=\"notifications-1\"} "));
        smtp_server_read(&server, got, sizeof(got));
        assert_int_equal(smtp_server_count(got, "rcpt ferme@exemple.fr\n"), 1 + 1); /* the code, and this */
}

static int start(void **state)
{
        (void)state;
        char more[256];
        smtp_server_init(&server);
        smtp_server_start(&server);
        (void)snprintf(more, sizeof(more),
                       "\"settings\":{\"smtp_url\":\"%s\",\"mail_from\":\"guichet@exemple.fr\",\"smtp_tls\":\"none\"},",
                       server.url);
        const struct network_part parts[] = {
                {"contracts-1", "contracts", ""},
                {"notifications-1", "notifications", arena_text(&arena, more)},
        };
        network = network_start(parts, ARRAY_SIZE(parts));

        subscribe(&prescriber, "ml@exemple.fr");
        act_as(TYPES__ROLE__FACILITATOR, NULL);
        obligation = owe_hours();
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        smtp_server_fini(&server);
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_told_and_mailed),
                cmocka_unit_test(test_through_a_crash),
                cmocka_unit_test(test_killed_under_way),
                cmocka_unit_test(test_parked_through_a_crash),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
