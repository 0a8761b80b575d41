#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <zmq.h>

#include "common/base/limits.h"
#include "common/bus/socket.h"

struct fixture {
        void *context, *left, *right;
};

static int setup(void **state)
{
        static struct fixture f;
        static const int none = 0;
        f.context = zmq_ctx_new();
        f.left = zmq_socket(f.context, ZMQ_PAIR);
        f.right = zmq_socket(f.context, ZMQ_PAIR);
        assert_int_equal(zmq_setsockopt(f.left, ZMQ_LINGER, &none, sizeof(none)), 0);
        assert_int_equal(zmq_bind(f.left, "inproc://here"), 0);
        assert_int_equal(zmq_connect(f.right, "inproc://here"), 0);
        *state = &f;
        return 0;
}

static int teardown(void **state)
{
        struct fixture *f = *state;
        (void)zmq_close(f->left);
        (void)zmq_close(f->right);
        return zmq_ctx_term(f->context);
}

static void parts_of_a_message_are_told_apart(void **state)
{
        struct fixture *f = *state;
        char byte;
        assert_int_equal(socket_events(f->right) & ZMQ_POLLIN, 0);
        assert_int_equal(zmq_send(f->left, "a", 1, ZMQ_SNDMORE), 1);
        assert_int_equal(zmq_send(f->left, "b", 1, ZMQ_SNDMORE), 1);
        assert_int_equal(zmq_send(f->left, "c", 1, 0), 1);
        assert_int_equal(zmq_send(f->left, "d", 1, 0), 1);
        assert_true((socket_events(f->right) & ZMQ_POLLIN) != 0);
        assert_int_equal(zmq_recv(f->right, &byte, 1, ZMQ_DONTWAIT), 1);
        assert_true(socket_more(f->right));
        socket_skip(f->right); /* b and c */
        assert_false(socket_more(f->right));
        assert_int_equal(zmq_recv(f->right, &byte, 1, ZMQ_DONTWAIT), 1);
        assert_int_equal(byte, 'd');
        assert_false(socket_more(f->right));
        socket_skip(f->right); /* nothing to skip */
        assert_int_equal(socket_events(f->right) & ZMQ_POLLIN, 0);
}

static int64_t frame_bound(void *zmq)
{
        int64_t bytes = 0;
        size_t size = sizeof(bytes);
        assert_int_equal(zmq_getsockopt(zmq, ZMQ_MAXMSGSIZE, &bytes, &size), 0);
        return bytes;
}

static int number(void *zmq, int option)
{
        int value = 0;
        size_t size = sizeof(value);
        assert_int_equal(zmq_getsockopt(zmq, option, &value, &size), 0);
        return value;
}

static void everything_is_bounded(void **state)
{
        struct fixture *f = *state;
        assert_int_equal(frame_bound(f->left), -1); /* what libzmq does by itself */
        socket_options(f->left, 7, 8);
        assert_int_equal(frame_bound(f->left), LIMIT_FRAME_BYTES);
        assert_in_range(number(f->left, ZMQ_LINGER), 1, 1000);
        assert_in_range(number(f->left, ZMQ_SNDHWM), 1, 1 << 20);
        assert_in_range(number(f->left, ZMQ_RCVHWM), 1, 1 << 20);
        assert_in_range(number(f->left, ZMQ_RECONNECT_IVL_MAX), number(f->left, ZMQ_RECONNECT_IVL), 10000);
}

static void curve_takes_good_keys_only(void **state)
{
        struct fixture *f = *state;
        char public_key[41], secret[41];
        assert_int_equal(zmq_curve_keypair(public_key, secret), 0);
        assert_int_equal(socket_curve_server(f->left, secret), 0);
        assert_int_equal(number(f->left, ZMQ_MECHANISM), ZMQ_CURVE);
        assert_int_equal(number(f->left, ZMQ_CURVE_SERVER), 1);
        assert_int_equal(socket_curve_client(f->right, public_key, secret, public_key), 0);
        assert_int_equal(number(f->right, ZMQ_CURVE_SERVER), 0);
        assert_int_equal(socket_curve_server(f->left, "court"), -1);
        assert_int_equal(socket_curve_client(f->right, public_key, secret, "court"), -1);
        assert_int_equal(socket_curve_client(f->right, "court", secret, public_key), -1);
        assert_int_equal(socket_curve_client(f->right, public_key, "court", public_key), -1);
}

static void a_failure_says_where_and_why(void **state)
{
        struct fixture *f = *state;
        struct err_info info = {0};
        assert_int_equal(zmq_bind(f->right, "tcp://nowhere"), -1);
        assert_int_equal(socket_failed(&info, "cannot listen on", "tcp://nowhere"), ERR_TRANSPORT);
        assert_int_equal(info.code, ERR_TRANSPORT);
        assert_non_null(strstr(info.text, "cannot listen on tcp://nowhere: "));
        assert_non_null(strstr(info.text, zmq_strerror(EINVAL)));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(parts_of_a_message_are_told_apart, setup, teardown),
                cmocka_unit_test_setup_teardown(everything_is_bounded, setup, teardown),
                cmocka_unit_test_setup_teardown(curve_takes_good_keys_only, setup, teardown),
                cmocka_unit_test_setup_teardown(a_failure_says_where_and_why, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
