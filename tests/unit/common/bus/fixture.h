/* fixture.h: two processes' worth of bus in one loop: a server whose allow-list holds the client's key, and a client.
 * Endpoints are files in a directory of their own. fixture_until() runs the loop until something was counted. */
#ifndef TESTS_UNIT_COMMON_BUS_FIXTURE_H
#define TESTS_UNIT_COMMON_BUS_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "common/base/attr.h"
#include "common/bus/bus.h"

enum { KEY_TEXT = 41, PATIENCE_MS = 10000 };

struct keys {
        char public_key[KEY_TEXT], secret_key[KEY_TEXT];
};

struct fixture {
        uv_loop_t loop;
        uv_timer_t patience;
        bool late;
        char directory[64];
        char endpoints[2][96]; /* "ipc://…/0" */
        struct keys server_keys, client_keys, stranger_keys;
        const char *allowed[1];
        struct bus *server, *client;
        struct err_info info;
};

static inline struct bus *fixture_bus(struct fixture *f, const struct keys *keys)
{
        struct bus_keys borrowed = {keys->public_key, keys->secret_key};
        struct bus *bus = bus_new(&f->loop, &borrowed, f->allowed, ARRAY_SIZE(f->allowed), &f->info);
        assert_non_null(bus);
        return bus;
}

static inline int setup(void **state)
{
        struct fixture *f = calloc(1, sizeof(*f));
        assert_non_null(f);
        assert_int_equal(uv_loop_init(&f->loop), 0);
        assert_int_equal(uv_timer_init(&f->loop, &f->patience), 0);
        f->patience.data = f;
        (void)snprintf(f->directory, sizeof(f->directory), "/tmp/guichet-test-bus-XXXXXX");
        assert_non_null(mkdtemp(f->directory));
        for (size_t i = 0; i < ARRAY_SIZE(f->endpoints); i++)
                (void)snprintf(f->endpoints[i], sizeof(f->endpoints[i]), "ipc://%s/%zu", f->directory, i);
        assert_int_equal(zmq_curve_keypair(f->server_keys.public_key, f->server_keys.secret_key), 0);
        assert_int_equal(zmq_curve_keypair(f->client_keys.public_key, f->client_keys.secret_key), 0);
        assert_int_equal(zmq_curve_keypair(f->stranger_keys.public_key, f->stranger_keys.secret_key), 0);
        f->allowed[0] = f->client_keys.public_key;
        f->server = fixture_bus(f, &f->server_keys);
        f->client = fixture_bus(f, &f->client_keys);
        *state = f;
        return 0;
}

/* Also proves that everything that was opened closes: else the loop would not end, or say that it is busy. */
static inline int teardown(void **state)
{
        struct fixture *f = *state;
        bus_free(f->client);
        bus_free(f->server);
        uv_close((uv_handle_t *)&f->patience, NULL);
        assert_int_equal(uv_run(&f->loop, UV_RUN_DEFAULT), 0);
        assert_int_equal(uv_loop_close(&f->loop), 0);
        for (size_t i = 0; i < ARRAY_SIZE(f->endpoints); i++)
                (void)unlink(f->endpoints[i] + strlen("ipc://"));
        assert_int_equal(rmdir(f->directory), 0);
        free(f);
        return 0;
}

static inline void fixture_on_late(uv_timer_t *timer)
{
        struct fixture *f = timer->data;
        f->late = true;
}

/* Runs the loop until *counter reaches `wanted`; false where that does not happen within `ms`. */
static inline bool fixture_within(struct fixture *f, const size_t *counter, size_t wanted, uint64_t ms)
{
        f->late = false;
        assert_int_equal(uv_timer_start(&f->patience, fixture_on_late, ms, 0), 0);
        while (*counter < wanted && !f->late)
                (void)uv_run(&f->loop, UV_RUN_ONCE);
        (void)uv_timer_stop(&f->patience);
        return *counter >= wanted;
}

static inline void fixture_until(struct fixture *f, const size_t *counter, size_t wanted)
{
        if (!fixture_within(f, counter, wanted, PATIENCE_MS))
                fail_msg("%zu of %zu came", *counter, wanted);
}

static inline struct bus_socket *fixture_open(struct fixture *f, struct bus *bus, enum bus_kind kind,
                                              bus_receive_f receive, void *argument)
{
        struct bus_socket_spec spec = {.kind = kind,
                                       .endpoint = f->endpoints[0],
                                       .server_key = f->server_keys.public_key,
                                       .receive = receive,
                                       .argument = argument};
        struct bus_socket *socket = bus_open(bus, &spec, &f->info);
        if (socket == NULL)
                fail_msg("%s", f->info.text);
        return socket;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
