/* The allow-list, asked as libzmq asks it: seven frames in, six out (ZeroMQ RFC 27). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <zmq.h>

#include "common/base/attr.h"
#include "common/bus/zap.h"

enum { KEY_BYTES = 32, KEY_TEXT = 41 };

struct fixture {
        void *context;
        void *asker; /* in libzmq's place */
        struct zap zap;
        char known[KEY_TEXT];
        char unknown[KEY_TEXT];
        const char *allowed[2];
};

static int setup(void **state)
{
        static struct fixture fixture;
        static const int none = 0, patience_ms = 3000;
        char secret[KEY_TEXT], other[KEY_TEXT];
        struct fixture *f = &fixture;
        *f = (struct fixture){.context = zmq_ctx_new()};
        assert_int_equal(zmq_curve_keypair(f->known, secret), 0);
        assert_int_equal(zmq_curve_keypair(f->unknown, other), 0);
        f->allowed[0] = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
        f->allowed[1] = f->known;
        f->zap.allowed = f->allowed;
        f->zap.allowed_count = ARRAY_SIZE(f->allowed);
        assert_int_equal(zap_open(&f->zap, f->context), 0);
        f->asker = zmq_socket(f->context, ZMQ_REQ);
        assert_int_equal(zmq_setsockopt(f->asker, ZMQ_LINGER, &none, sizeof(none)), 0);
        assert_int_equal(zmq_setsockopt(f->asker, ZMQ_RCVTIMEO, &patience_ms, sizeof(patience_ms)), 0);
        assert_int_equal(zmq_connect(f->asker, "inproc://zeromq.zap.01"), 0);
        *state = f;
        return 0;
}

static int teardown(void **state)
{
        struct fixture *f = *state;
        (void)zmq_close(f->asker);
        zap_close(&f->zap);
        zap_close(&f->zap); /* twice is no harm */
        return zmq_ctx_term(f->context);
}

struct question {
        const char *mechanism;
        const char *key; /* NULL: no seventh frame */
        size_t key_size; /* 0: the key as text, made 32 bytes */
};

static void ask(struct fixture *f, struct question question)
{
        static const char *const before[] = {"1.0", "17", "guichet", "127.0.0.1", ""};
        uint8_t key[300] = {0};
        size_t size = question.key_size;
        if (question.key != NULL && size == 0) {
                assert_non_null(zmq_z85_decode(key, question.key));
                size = KEY_BYTES;
        }
        for (size_t i = 0; i < ARRAY_SIZE(before); i++)
                assert_true(zmq_send(f->asker, before[i], strlen(before[i]), ZMQ_SNDMORE) >= 0);
        int more = question.key == NULL ? 0 : ZMQ_SNDMORE;
        assert_true(zmq_send(f->asker, question.mechanism, strlen(question.mechanism), more) >= 0);
        if (question.key != NULL)
                assert_true(zmq_send(f->asker, key, size, 0) >= 0);
}

static bool answered_yes(struct fixture *f)
{
        char frames[6][16];
        zmq_pollitem_t there = {.socket = f->zap.zmq, .events = ZMQ_POLLIN};
        assert_int_equal(zmq_poll(&there, 1, 3000), 1);
        assert_true(zap_answer(&f->zap));
        for (size_t i = 0; i < ARRAY_SIZE(frames); i++) {
                int more = 0;
                size_t size = sizeof(more);
                int length = zmq_recv(f->asker, frames[i], sizeof(frames[i]) - 1, 0);
                assert_in_range(length, 0, sizeof(frames[i]) - 1);
                frames[i][length] = '\0';
                assert_int_equal(zmq_getsockopt(f->asker, ZMQ_RCVMORE, &more, &size), 0);
                assert_int_equal(more, i + 1 < ARRAY_SIZE(frames));
        }
        assert_string_equal(frames[0], "1.0");
        assert_string_equal(frames[1], "17");
        assert_true(strcmp(frames[2], "200") == 0 || strcmp(frames[2], "400") == 0);
        return strcmp(frames[2], "200") == 0;
}

static void keys_on_the_list_come_in(void **state)
{
        struct fixture *f = *state;
        ask(f, (struct question){.mechanism = "CURVE", .key = f->known});
        assert_true(answered_yes(f));
        assert_int_equal(f->zap.turned_away, 0);
        assert_false(zap_answer(&f->zap)); /* nobody else asks */
}

static void all_others_are_turned_away_and_counted(void **state)
{
        struct fixture *f = *state;
        const struct question questions[] = {
                {.mechanism = "CURVE", .key = f->unknown},
                {.mechanism = "CURVE"},
                {.mechanism = "CURVE", .key = f->known, .key_size = 31},
                {.mechanism = "CURVE", .key = f->known, .key_size = 300}, /* larger than any frame that is kept */
                {.mechanism = "NULL"},
                {.mechanism = "PLAIN", .key = f->known},
        };
        for (size_t i = 0; i < ARRAY_SIZE(questions); i++) {
                ask(f, questions[i]);
                assert_false(answered_yes(f));
                assert_int_equal(f->zap.turned_away, i + 1);
        }
        ask(f, (struct question){.mechanism = "CURVE", .key = f->known}); /* and the next is served */
        assert_true(answered_yes(f));
}

static void an_empty_list_admits_nobody(void **state)
{
        struct fixture *f = *state;
        f->zap.allowed_count = 0;
        ask(f, (struct question){.mechanism = "CURVE", .key = f->known});
        assert_false(answered_yes(f));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(keys_on_the_list_come_in, setup, teardown),
                cmocka_unit_test_setup_teardown(all_others_are_turned_away_and_counted, setup, teardown),
                cmocka_unit_test_setup_teardown(an_empty_list_admits_nobody, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
