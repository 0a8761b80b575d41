/* A set of DEALERs against bare ROUTER sockets: CURVE both ways, frames of all connections in turn, time-outs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <zmq.h>

#include "common/bus/dealer.h"

enum { KEY_SIZE = 41, ROUTERS = 2 };

struct fixture {
        void *context;
        void *routers[ROUTERS];
        char endpoints[ROUTERS][64];
        char server_public[KEY_SIZE];
        struct dealers *dealers;
        size_t index[ROUTERS];
        struct arena arena;
};

static void make_router(struct fixture *fixture, size_t n, const char *secret)
{
        static const int yes = 1;
        static const int none = 0;
        static const int wait_ms = 3000;
        size_t size = sizeof(fixture->endpoints[n]);
        void *router = zmq_socket(fixture->context, ZMQ_ROUTER);
        assert_int_equal(zmq_setsockopt(router, ZMQ_CURVE_SERVER, &yes, sizeof(yes)), 0);
        assert_int_equal(zmq_setsockopt(router, ZMQ_CURVE_SECRETKEY, secret, KEY_SIZE), 0);
        assert_int_equal(zmq_setsockopt(router, ZMQ_LINGER, &none, sizeof(none)), 0);
        assert_int_equal(zmq_setsockopt(router, ZMQ_RCVTIMEO, &wait_ms, sizeof(wait_ms)), 0);
        assert_int_equal(zmq_bind(router, "tcp://127.0.0.1:*"), 0);
        assert_int_equal(zmq_getsockopt(router, ZMQ_LAST_ENDPOINT, fixture->endpoints[n], &size), 0);
        fixture->routers[n] = router;
}

static int open_fixture(void **state)
{
        static struct fixture fixture;
        char secret[KEY_SIZE];
        char own_public[KEY_SIZE];
        char own_secret[KEY_SIZE];
        struct dealer_keys keys = {own_public, own_secret};

        fixture = (struct fixture){.context = zmq_ctx_new()};
        arena_init(&fixture.arena);
        assert_int_equal(zmq_curve_keypair(fixture.server_public, secret), 0);
        assert_int_equal(zmq_curve_keypair(own_public, own_secret), 0);
        for (size_t n = 0; n < ROUTERS; n++)
                make_router(&fixture, n, secret);
        assert_int_equal(dealers_open(&keys, &fixture.dealers, NULL), 0);
        for (size_t n = 0; n < ROUTERS; n++)
                assert_int_equal(dealers_connect(fixture.dealers, fixture.endpoints[n], fixture.server_public,
                                                 &fixture.index[n], NULL),
                                 0);
        *state = &fixture;
        return 0;
}

static int close_fixture(void **state)
{
        struct fixture *fixture = *state;
        dealers_close(fixture->dealers);
        for (size_t n = 0; n < ROUTERS; n++)
                (void)zmq_close(fixture->routers[n]);
        (void)zmq_ctx_term(fixture->context);
        arena_fini(&fixture->arena);
        return 0;
}

/* Takes one message and sends the same back. */
static void echo(void *router)
{
        char peer[64];
        char frame[64];
        int peer_size = zmq_recv(router, peer, sizeof(peer), 0);
        assert_true(peer_size > 0);
        int size = zmq_recv(router, frame, sizeof(frame), 0);
        assert_true(size >= 0);
        assert_int_equal(zmq_send(router, peer, (size_t)peer_size, ZMQ_SNDMORE), peer_size);
        assert_int_equal(zmq_send(router, frame, (size_t)size, 0), size);
}

static void test_there_and_back(void **state)
{
        struct fixture *fixture = *state;
        static const char *const texts[ROUTERS] = {"one", "two"};
        for (size_t n = 0; n < ROUTERS; n++) {
                assert_int_equal(dealers_send(fixture->dealers, fixture->index[n], slice_of_text(texts[n]), NULL), 0);
                echo(fixture->routers[n]);
        }
        unsigned got = 0;
        for (size_t n = 0; n < ROUTERS; n++) {
                struct slice frame;
                assert_int_equal(dealers_receive(fixture->dealers, 3000, &fixture->arena, &frame, NULL), 1);
                for (unsigned i = 0; i < ROUTERS; i++)
                        if (slice_equal(frame, slice_of_text(texts[i])))
                                got |= 1u << i;
        }
        assert_int_equal(got, 3);
}

static void test_nothing_comes(void **state)
{
        struct fixture *fixture = *state;
        struct slice frame;
        assert_int_equal(dealers_receive(fixture->dealers, 0, &fixture->arena, &frame, NULL), 0);
        assert_int_equal(dealers_receive(fixture->dealers, 20, &fixture->arena, &frame, NULL), 0);
}

static void test_wrong_server_key(void **state)
{
        struct fixture *fixture = *state;
        char stranger[KEY_SIZE];
        char secret[KEY_SIZE];
        size_t index;
        int wait_ms = 200;
        assert_int_equal(zmq_curve_keypair(stranger, secret), 0);
        assert_int_equal(dealers_connect(fixture->dealers, fixture->endpoints[0], stranger, &index, NULL), 0);
        assert_int_equal(dealers_send(fixture->dealers, index, slice_of_text("secret"), NULL), 0);
        char frame[64];
        (void)zmq_setsockopt(fixture->routers[0], ZMQ_RCVTIMEO, &wait_ms, sizeof(wait_ms));
        assert_int_equal(zmq_recv(fixture->routers[0], frame, sizeof(frame), 0), -1);
}

static void test_bad_endpoint(void **state)
{
        struct fixture *fixture = *state;
        size_t index = 77;
        struct err_info info = {0};
        assert_int_equal(dealers_connect(fixture->dealers, "nowhere", fixture->server_public, &index, &info),
                         ERR_TRANSPORT);
        assert_int_equal(index, 77);
        assert_non_null(strstr(info.text, "nowhere"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_there_and_back),
                TEST(test_nothing_comes),
                TEST(test_wrong_server_key),
                TEST(test_bad_endpoint),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
