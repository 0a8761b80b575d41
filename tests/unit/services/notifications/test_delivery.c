/* Mail on its way, against a real server: sent once, tried again, given up, played again; through a full disk and a
 * stop. The process around the engine (common/service/service.c) is played here, on one thread, so that each step is
 * ours. */
#include "tests/unit/services/notifications/fixture.h"

#include <errno.h>

#include "services/notifications/daemon.h"
#include "services/notifications/delivery.h"
#include "tests/lib/smtp_server.h"

enum { WRITES_MAX = 16, DEADLINE_MS = 60000 };

/* The desk: everything of one test. */
struct desk {
        struct fixture *f;
        struct notifications_config config;
        struct smtp_server server;
        uv_loop_t loop;
        struct jobs *jobs; /* NULL: not yet, or not any more */
        struct {
                void (*fn)(struct work *work, void *of);
                void (*done)(void *of, int err);
                void *of;
        } writes[WRITES_MAX];
        size_t write_count;
};

static struct desk desk;

static void take_write(void *argument, void (*fn)(struct work *work, void *of), void (*done)(void *of, int err),
                       void *of)
{
        (void)argument;
        assert_true(desk.write_count < WRITES_MAX);
        desk.writes[desk.write_count].fn = fn;
        desk.writes[desk.write_count].done = done;
        desk.writes[desk.write_count++].of = of;
}

static int open_desk(void **state)
{
        desk = (struct desk){.write_count = 0};
        smtp_server_init(&desk.server);
        desk.config = (struct notifications_config){desk.server.url, "guichet@exemple.fr", "", "", "none", "", ""};
        (void)fixture_open(state, &notifications_spec, &desk.config);
        desk.f = *state;
        assert_int_equal(uv_loop_init(&desk.loop), 0);
        return 0;
}

/* From here on, mails leave. */
static void serve(void)
{
        struct jobs_options options = {
                .kinds = notifications_spec.jobs, .engine = desk.f->engine, .loop = &desk.loop, .write = take_write};
        desk.jobs = jobs_new(&options);
}

static void write_all(void)
{
        for (size_t i = 0; i < desk.write_count; i++) {
                int err = write_internal(desk.f, desk.writes[i].fn, desk.writes[i].of);
                desk.writes[i].done(desk.writes[i].of, err);
        }
        desk.write_count = 0;
}

static struct job_figures figures(void)
{
        return jobs_figures(desk.jobs, JOB_MAIL);
}

static void on_deadline(uv_timer_t *timer)
{
        (void)timer;
        fail_msg("nothing came of it after %d ms", DEADLINE_MS);
}

/* Turns the loop until `count` results were recorded (or failed to be). */
static void turn_until_writes(size_t count)
{
        uv_timer_t deadline;
        assert_int_equal(uv_timer_init(&desk.loop, &deadline), 0);
        assert_int_equal(uv_timer_start(&deadline, on_deadline, DEADLINE_MS, 0), 0);
        for (size_t done = 0; done < count;) {
                while (desk.write_count == 0)
                        (void)uv_run(&desk.loop, UV_RUN_ONCE);
                done += desk.write_count;
                write_all();
        }
        uv_close((uv_handle_t *)&deadline, NULL);
        (void)uv_run(&desk.loop, UV_RUN_NOWAIT);
}

static int close_desk(void **state)
{
        if (desk.jobs != NULL)
                jobs_quit(desk.jobs);
        daemon_quit(NULL, engine_context(desk.f->engine));
        (void)uv_run(&desk.loop, UV_RUN_DEFAULT);
        assert_int_equal(uv_loop_close(&desk.loop), 0);
        jobs_free(desk.jobs);
        smtp_server_fini(&desk.server);
        return fixture_close(state);
}

static void expect_delivery(uint8_t n, Notifications__DeliveryState state)
{
        assert_int_equal(inbox(desk.f, n)->notices[0]->delivery, state);
}

static const Notifications__NoticeRow *row_of(uint8_t n)
{
        struct id id = id_of(inbox(desk.f, n)->notices[0]->notice_id);
        struct txn *txn = txn_begin_read(engine_store(desk.f->engine), NULL);
        const Notifications__NoticeRow *row = store_find_notice(txn, id, &desk.f->arena);
        txn_end_read(txn);
        return row;
}

static struct due_name mail_of(uint8_t n)
{
        return (struct due_name){JOB_MAIL, id_of(inbox(desk.f, n)->notices[0]->notice_id)};
}

static uint32_t attempts_of(uint8_t n)
{
        struct due_name name = mail_of(n);
        struct txn *txn = txn_begin_read(engine_store(desk.f->engine), NULL);
        struct due due = {.attempts = UINT32_MAX};
        assert_true(due_find(txn, &notifications_due, name, &due));
        txn_end_read(txn);
        return due.attempts;
}

static struct parked parked_of(uint8_t n)
{
        struct due_name name = mail_of(n);
        struct txn *txn = txn_begin_read(engine_store(desk.f->engine), NULL);
        struct parked parked = {.attempts = 0};
        assert_true(parked_find(txn, &notifications_due, name, &parked));
        txn_end_read(txn);
        return parked;
}

/* What waited in the store when the daemon started, and what came since, leaves: more of it than there are slots. */
static void test_sent(void **state)
{
        struct fixture *f = *state;
        enum { MANY = 2 * DAEMON_CHANNELS + 1 };
        static char got[32768];
        char id[ID_TEXT_SIZE], line[80];
        smtp_server_start(&desk.server);
        for (uint8_t n = 1; n <= MANY - 1; n++)
                (void)subscribe(f, n, "31", arena_printf(&f->arena, "ml%d@exemple.fr", n));
        (void)subscribe(f, MANY, "31", ""); /* inbox only */
        declare_need(f, "31");
        serve();
        turn_until_writes(MANY - 1);
        decide_eligibility(f, 1, "31");
        jobs_look(desk.jobs);
        turn_until_writes(1);

        assert_int_equal(outbox(f, NULL), 0);
        assert_int_equal(recent(f)->notices[0]->delivery, STATE(SENT));
        assert_int_equal(recent(f)->notices[1]->delivery, STATE(SENT));
        assert_int_equal(figures().done, MANY);
        assert_int_equal(figures().under_way, 0);
        smtp_server_read(&desk.server, got, sizeof(got));
        assert_int_equal(smtp_server_count(got, "defects []\n"), MANY);
        assert_int_equal(smtp_server_count(got, "subject Nouveau besoin : 3 postes « Maçon coffreur » à partir du "
                                                "02/11/2026\n"),
                         MANY - 1);
        for (uint8_t n = 1; n <= MANY - 1; n++) {
                const Notifications__InboxReply *reply = inbox(f, n);
                for (size_t i = 0; i < reply->n_notices; i++) {
                        id_format(id_of(reply->notices[i]->notice_id), id);
                        (void)snprintf(line, sizeof(line), "id <%s@exemple.fr>\nto ml%d@exemple.fr\n", id, n);
                        assert_int_equal(smtp_server_count(got, line), 1);
                }
        }
}

static void test_tried_again(void **state)
{
        struct fixture *f = *state;
        int64_t due_ms = 0;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        declare_need(f, "31");
        serve(); /* nobody listens */
        turn_until_writes(1);
        expect_delivery(1, STATE(QUEUED));
        assert_int_equal(outbox(f, &due_ms), 1);
        assert_int_equal(due_ms, f->world.now_ms_value + 30000);
        assert_true(row_of(1)->failure[0] != '\0');

        f->world.now_ms_value += 29999; /* not yet */
        jobs_look(desk.jobs);
        assert_int_equal(figures().under_way, 0);
        f->world.now_ms_value += 1;
        jobs_look(desk.jobs);
        turn_until_writes(1);
        assert_int_equal(outbox(f, &due_ms), 1);
        assert_int_equal(due_ms, f->world.now_ms_value + 60000);
        assert_int_equal(attempts_of(1), 2);

        smtp_server_start(&desk.server);
        f->world.now_ms_value += 60000;
        jobs_look(desk.jobs);
        turn_until_writes(1);
        expect_delivery(1, STATE(SENT));
        assert_int_equal(figures().failed, 2);
}

static void test_given_up_in_the_end(void **state)
{
        struct fixture *f = *state;
        int64_t due_ms = 0;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        declare_need(f, "31");
        serve();
        for (uint32_t attempt = 1; attempt <= 10; attempt++) {
                assert_int_equal(outbox(f, &due_ms), 1);
                f->world.now_ms_value = due_ms;
                jobs_look(desk.jobs);
                turn_until_writes(1);
        }
        assert_int_equal(outbox(f, NULL), 0);
        expect_delivery(1, STATE(FAILED));
        assert_int_equal(parked_of(1).attempts, 10);
}

static void test_given_up_at_once(void **state)
{
        struct fixture *f = *state;
        smtp_server_start(&desk.server);
        (void)subscribe(f, 1, "31", "inconnu@exemple.fr");
        (void)subscribe(f, 2, "31", "plein@exemple.fr");
        declare_need(f, "31");
        serve();
        turn_until_writes(2);
        expect_delivery(1, STATE(FAILED));
        assert_non_null(strstr(row_of(1)->failure, "550"));
        assert_int_equal(parked_of(1).attempts, 1);
        assert_string_equal(parked_of(1).reason, row_of(1)->failure);
        expect_delivery(2, STATE(QUEUED));
        assert_int_equal(outbox(f, NULL), 1);
}

static uint32_t replay(const struct id *notice)
{
        Notifications__ReplayMails command = NOTIFICATIONS__REPLAY_MAILS__INIT;
        command.notice_id = notice == NULL ? NULL : id_to(&desk.f->arena, *notice);
        const Notifications__ReplayMailsReply *reply =
                fixture_get(desk.f, fixture_actor(desk.f, TYPES__ROLE__OPERATOR, NULL, "*"), "ReplayMails", &command);
        return reply->replayed;
}

/* What was given up goes out once an operator has it played again, and counts as sent. */
static void test_played_again(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        (void)subscribe(f, 2, "31", "inconnu@exemple.fr");
        declare_need(f, "31");
        serve(); /* nobody listens */
        for (uint32_t attempt = 1; attempt <= 10; attempt++) {
                turn_until_writes(2);
                f->world.now_ms_value += 6 * 3600 * 1000;
                jobs_look(desk.jobs);
        }
        expect_delivery(1, STATE(FAILED));
        expect_delivery(2, STATE(FAILED));
        smtp_server_start(&desk.server);
        struct id one = mail_of(1).id;
        assert_int_equal(replay(&one), 1);
        expect_delivery(1, STATE(QUEUED));
        jobs_look(desk.jobs);
        turn_until_writes(1);
        expect_delivery(1, STATE(SENT));
        expect_delivery(2, STATE(FAILED));
        assert_int_equal(replay(NULL), 1); /* all: the one that is left */
        jobs_look(desk.jobs);
        turn_until_writes(1);
        expect_delivery(2, STATE(FAILED));
        assert_non_null(strstr(parked_of(2).reason, "550"));
        assert_int_equal(outbox(f, NULL), 0);
}

/* The address goes while the mail waits: nobody to send to, and nothing to play again. */
static void test_the_address_was_removed(void **state)
{
        struct fixture *f = *state;
        Notifications__Unsubscribe command = NOTIFICATIONS__UNSUBSCRIBE__INIT;
        command.subscription_id = subscribe(f, 1, "31", "a@exemple.fr");
        declare_need(f, "31");
        (void)fixture_get(f, prescriber(f, 1), "Unsubscribe", &command);
        serve();
        turn_until_writes(1);
        expect_delivery(1, STATE(FAILED));
        assert_string_equal(row_of(1)->failure, "the address was removed");
        assert_int_equal(replay(NULL), 0);
}

/* The server has the mail but the disk is full: the result is kept until it can be recorded, and no mail goes twice. */
static void test_a_full_disk(void **state)
{
        struct fixture *f = *state;
        static char got[8192];
        smtp_server_start(&desk.server);
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        declare_need(f, "31");
        f->world.commits_until_fault = 0;
        f->world.fault_errno = ENOSPC;
        serve();
        turn_until_writes(1);
        expect_delivery(1, STATE(QUEUED));
        jobs_look(desk.jobs);
        f->world.commits_until_fault = -1;
        turn_until_writes(1);
        expect_delivery(1, STATE(SENT));
        smtp_server_read(&desk.server, got, sizeof(got));
        assert_int_equal(smtp_server_count(got, "id <"), 1);
}

/* The server took the mail, and its 250 is lost: sent again as the same mail, by its Message-ID, which is how whoever
 * gets both knows; what is recorded is one failure, then one success. */
static void test_an_answer_that_is_lost(void **state)
{
        struct fixture *f = *state;
        static char got[8192];
        char id[ID_TEXT_SIZE], line[80];
        int64_t due_ms = 0;
        smtp_server_start(&desk.server);
        (void)subscribe(f, 1, "31", "perdu@exemple.fr");
        declare_need(f, "31");
        serve();
        turn_until_writes(1);
        expect_delivery(1, STATE(QUEUED));
        assert_int_equal(attempts_of(1), 1);
        assert_int_equal(outbox(f, &due_ms), 1);
        f->world.now_ms_value = due_ms;
        jobs_look(desk.jobs);
        turn_until_writes(1);
        expect_delivery(1, STATE(SENT));
        assert_int_equal(outbox(f, NULL), 0);
        assert_int_equal(inbox(f, 1)->n_notices, 1);
        assert_int_equal(figures().done, 1);
        assert_int_equal(figures().failed, 1);

        smtp_server_read(&desk.server, got, sizeof(got));
        id_format(id_of(inbox(f, 1)->notices[0]->notice_id), id);
        (void)snprintf(line, sizeof(line), "id <%s@exemple.fr>\n", id);
        assert_int_equal(smtp_server_count(got, line), 2);
        assert_int_equal(smtp_server_count(got, "id <"), 2);
        /* byte for byte: all that stands in the first stands in the second */
        const char *second = strstr(got + 1, "\nid <") + 1;
        assert_int_equal(strlen(second) * 2, strlen(got));
        assert_memory_equal(got, second, strlen(second));
}

/* Stopped while a server keeps us waiting: soon over, and the mail still in the outbox (close_desk() runs the loop). */
static void test_stopped_under_way(void **state)
{
        struct fixture *f = *state;
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        struct sockaddr_in address = {.sin_family = AF_INET,
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                                      .sin_port = htons((uint16_t)desk.server.port)};
        assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
        assert_int_equal(listen(fd, 8), 0);
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        declare_need(f, "31");
        serve();
        assert_int_equal(figures().under_way, 1);
        int connection = accept(fd, NULL, NULL); /* it is on the line now */
        assert_true(connection >= 0);
        uint64_t start_ns = uv_hrtime();
        assert_int_equal(close_desk(state), 0);
        assert_true(uv_hrtime() - start_ns < UINT64_C(10000000000));
        assert_int_equal(desk.write_count, 0);
        (void)close(connection);
        (void)close(fd);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_sent, open_desk, close_desk),
                cmocka_unit_test_setup_teardown(test_tried_again, open_desk, close_desk),
                cmocka_unit_test_setup_teardown(test_given_up_in_the_end, open_desk, close_desk),
                cmocka_unit_test_setup_teardown(test_given_up_at_once, open_desk, close_desk),
                cmocka_unit_test_setup_teardown(test_played_again, open_desk, close_desk),
                cmocka_unit_test_setup_teardown(test_the_address_was_removed, open_desk, close_desk),
                cmocka_unit_test_setup_teardown(test_a_full_disk, open_desk, close_desk),
                cmocka_unit_test_setup_teardown(test_an_answer_that_is_lost, open_desk, close_desk),
                cmocka_unit_test_setup(test_stopped_under_way, open_desk),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
