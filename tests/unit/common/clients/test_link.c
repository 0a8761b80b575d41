/* A link against a server that forgets, refuses, answers late or answers rubbish. The server is a bare ROUTER socket in
 * a thread of the test: what is tested is what a daemon would see and what the caller gets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "common/clients/link.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "tracking/commands.pb-c.h"

enum { ENDPOINT_SIZE = 64, RUBBISH = 1, SILENT = 2, REFUSE = 3, FORGET_ONCE = 4, ANSWER = 5 };

static char directory[] = "/tmp/guichet-link-XXXXXX";
static struct topology network;
static struct instance instance;
static const char *no_territory[] = {NULL};
static char endpoint[ENDPOINT_SIZE];
static void *context;
static pthread_t server_thread;

/* How the server behaves next is told by Page.limit of the request; the tests read what it saw. */
static struct seen {
        pthread_mutex_t mutex;
        uint32_t requests;
        uint8_t last_id[16];
        uint8_t first_id[16];
        size_t passport_size;
        uint8_t passport[1024];
} seen = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static struct slice make_reply(uint32_t behaviour, struct slice id, struct arena *arena)
{
        Wire__Reply reply = WIRE__REPLY__INIT;
        Types__Refusal refusal = TYPES__REFUSAL__INIT;
        Contracts__ContractsReply body = CONTRACTS__CONTRACTS_REPLY__INIT;
        char text[] = "non";

        reply.id = pb_bytes(id);
        reply.position = 42;
        if (behaviour == REFUSE) {
                refusal.code = TYPES__REFUSAL_CODE__NOT_FOUND;
                refusal.text = text;
                reply.outcome_case = WIRE__REPLY__OUTCOME_REFUSAL;
                reply.refusal = &refusal;
        } else {
                body.next = pb_bytes(slice_of_text("next"));
                reply.outcome_case = WIRE__REPLY__OUTCOME_BODY;
                reply.body = pb_bytes(pb_encode(&body, arena));
        }
        return pb_encode(&reply, arena);
}

static uint32_t note_request(struct slice frame, struct arena *arena, struct slice *ret_id)
{
        Wire__Envelope *envelope = pb_decode(&wire__envelope__descriptor, frame, arena);
        Contracts__ContractsRequest *request =
                pb_decode(&contracts__contracts_request__descriptor, pb_slice(envelope->body), arena);

        (void)pthread_mutex_lock(&seen.mutex);
        if (seen.requests++ == 0)
                memcpy(seen.first_id, envelope->id.data, sizeof(seen.first_id));
        memcpy(seen.last_id, envelope->id.data, sizeof(seen.last_id));
        seen.passport_size = envelope->passport.len;
        if (envelope->passport.len > 0)
                memcpy(seen.passport, envelope->passport.data, envelope->passport.len);
        uint32_t behaviour = request->page == NULL ? ANSWER : request->page->limit;
        if (behaviour == FORGET_ONCE)
                behaviour = seen.requests == 1 ? SILENT : ANSWER;
        (void)pthread_mutex_unlock(&seen.mutex);
        *ret_id = pb_slice(envelope->id);
        return behaviour;
}

static void serve_one(void *socket, zmq_msg_t *peer)
{
        uint8_t frame[4096];
        struct arena arena;
        struct slice id;
        int size = zmq_recv(socket, frame, sizeof(frame), 0);

        arena_init(&arena);
        uint32_t behaviour = note_request(slice_of(frame, (size_t)size), &arena, &id);
        struct slice reply = behaviour == RUBBISH ? slice_of_text("\xff\xff\xff") : make_reply(behaviour, id, &arena);
        if (behaviour != SILENT) {
                (void)zmq_msg_send(peer, socket, ZMQ_SNDMORE);
                (void)zmq_send(socket, reply.data, reply.size, 0);
        }
        arena_fini(&arena);
}

static void *serve(void *socket)
{
        for (;;) {
                zmq_msg_t peer;
                (void)zmq_msg_init(&peer);
                if (zmq_msg_recv(&peer, socket, 0) < 0) { /* the context ends */
                        (void)zmq_msg_close(&peer);
                        (void)zmq_close(socket);
                        return NULL;
                }
                serve_one(socket, &peer);
                (void)zmq_msg_close(&peer);
        }
}

static struct link *open_link(uint32_t timeout_ms)
{
        struct link_options options = {.peer = "ctl", .timeout_ms = timeout_ms};
        struct err_info info = {0};
        struct link *link;
        if (link_open(&network, &options, &link, &info) != 0)
                fail_msg("%s", info.text);
        return link;
}

static int ask(struct link *link, uint32_t behaviour, struct arena *arena, struct answer *ret, struct err_info *info)
{
        Types__Page page = TYPES__PAGE__INIT;
        Contracts__ContractsRequest request = CONTRACTS__CONTRACTS_REQUEST__INIT;
        page.limit = behaviour;
        request.page = &page;
        (void)pthread_mutex_lock(&seen.mutex);
        seen.requests = 0;
        (void)pthread_mutex_unlock(&seen.mutex);
        int err = link_call(link, "contracts.Contracts", &request.base, NULL, arena, ret, info);
        /* What the server noted came before its answer; ThreadSanitizer cannot tell from ZeroMQ, but from this. */
        (void)pthread_mutex_lock(&seen.mutex);
        (void)pthread_mutex_unlock(&seen.mutex);
        return err;
}

static void test_answers(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        struct answer answer;
        struct err_info info = {0};
        struct link *link = open_link(5000);

        assert_int_equal(ask(link, ANSWER, &arena, &answer, &info), 0);
        assert_non_null(answer.body);
        assert_null(answer.refusal);
        assert_int_equal(answer.position, 42);
        assert_int_equal(((const Contracts__ContractsReply *)answer.body)->next.len, 4);

        assert_int_equal(ask(link, REFUSE, &arena, &answer, &info), 0);
        assert_null(answer.body);
        assert_string_equal(answer.refusal->text, "non");

        assert_int_equal(ask(link, RUBBISH, &arena, &answer, &info), ERR_MALFORMED);
        link_close(link);
}

static void test_resends_with_the_same_key(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        struct answer answer;
        struct err_info info = {0};
        struct link *link = open_link(10000);
        assert_int_equal(ask(link, FORGET_ONCE, &arena, &answer, &info), 0);
        assert_non_null(answer.body);
        assert_int_equal(seen.requests, 2);
        assert_memory_equal(seen.first_id, seen.last_id, sizeof(seen.first_id));
        link_close(link);
}

static void test_gives_up(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        struct answer answer;
        struct err_info info = {0};
        struct link *link = open_link(50);
        assert_int_equal(ask(link, SILENT, &arena, &answer, &info), ERR_TIMEOUT);
        assert_non_null(strstr(info.text, "contracts-1"));
        link_close(link);
}

static void test_no_such_method(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        struct answer answer = {0};
        struct err_info info = {0};
        struct link *link = open_link(50);
        Tracking__ReferBeneficiary refer = TRACKING__REFER_BENEFICIARY__INIT;
        assert_int_equal(link_call(link, "tracking.Nothing", &refer.base, NULL, &arena, &answer, &info), ERR_CONFIG);
        /* a service that this network has not: a refusal, nobody is asked */
        assert_int_equal(link_call(link, "tracking.ReferBeneficiary", &refer.base, NULL, &arena, &answer, &info), 0);
        assert_int_equal(answer.refusal->code, TYPES__REFUSAL_CODE__UNKNOWN_METHOD);
        link_close(link);
}

static void test_passport_is_signed_and_kept(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        struct answer answer;
        struct err_info info = {0};
        struct link *link = open_link(5000);
        assert_int_equal(ask(link, ANSWER, &arena, &answer, &info), 0);
        assert_int_equal(seen.passport_size, 0);

        char user[] = "alix";
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = user;
        passport.role = TYPES__ROLE__FACILITATOR;
        link_act_as(link, &passport);
        assert_int_equal(ask(link, ANSWER, &arena, &answer, &info), 0);
        struct slice first = arena_copy_slice(&arena, slice_of(seen.passport, seen.passport_size));
        assert_int_equal(ask(link, ANSWER, &arena, &answer, &info), 0);
        assert_true(slice_equal(first, slice_of(seen.passport, seen.passport_size)));

        struct secrets secrets;
        struct signer signer = {.name = "ctl"};
        const struct verified_passport *verified;
        struct world world = world_real();
        assert_int_equal(secrets_load(&network, "ctl", &secrets, &info), 0);
        assert_int_equal(crypto_sign_ed25519_sk_to_pk(signer.public_key, secrets.signing_secret), 0);
        struct passport_cache *cache = passport_cache_new(&signer, 1);
        assert_int_equal(passport_verify(cache, first, world.now_ms(&world), &verified, &info), 0);
        assert_string_equal(passport_of(verified)->user, "alix");
        passport_release(verified);
        passport_cache_free(cache);
        link_close(link);
}

static void test_many_in_flight(void **state)
{
        (void)state;
        enum { POSTED = 300 };
        scoped(arena_fini) struct arena arena = {0};
        struct err_info info = {0};
        struct link *link = open_link(5000);
        struct world world = world_seeded(1, 1700000000000);
        Contracts__ContractsRequest request = CONTRACTS__CONTRACTS_REQUEST__INIT;
        struct id last = {0};
        for (size_t i = 0; i < POSTED; i++) {
                last = id_new(&world, 1700000000000, 0);
                assert_int_equal(link_post(link, &instance, "contracts.Contracts", &request.base, last, &info), 0);
        }
        Wire__Reply *reply = NULL;
        for (size_t i = 0; i < POSTED; i++)
                assert_int_equal(link_collect(link, 5000, &arena, &reply, &info), 1);
        assert_true(slice_equal(pb_slice(reply->id), id_slice(&last)));
        assert_int_equal(link_collect(link, 0, &arena, &reply, &info), 0);
        link_close(link);
}

static int start_server(void **state)
{
        (void)state;
        struct secrets server;
        struct secrets ctl;
        int yes = 1;
        size_t size = sizeof(endpoint);
        if (mkdtemp(directory) == NULL || secrets_create(directory, "server", &server, NULL) != 0 ||
            secrets_create(directory, "ctl", &ctl, NULL) != 0)
                return -1;
        context = zmq_ctx_new();
        void *socket = zmq_socket(context, ZMQ_ROUTER);
        (void)zmq_setsockopt(socket, ZMQ_CURVE_SERVER, &yes, sizeof(yes));
        (void)zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, server.curve_secret, CURVE_TEXT_SIZE);
        if (zmq_bind(socket, "tcp://127.0.0.1:*") != 0 ||
            zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, endpoint, &size) != 0)
                return -1;
        static char public_key[CURVE_TEXT_SIZE];
        memcpy(public_key, server.curve_public, sizeof(public_key));
        instance = (struct instance){.name = "contracts-1",
                                     .service = "contracts",
                                     .endpoint = endpoint,
                                     .public_key = public_key,
                                     .territories = no_territory};
        network = (struct topology){.directory = directory, .instances = &instance, .instance_count = 1};
        return pthread_create(&server_thread, NULL, serve, socket);
}

static int stop_server(void **state)
{
        (void)state;
        static const char *const files[] = {"keys/server.key", "keys/ctl.key"};
        char path[64];
        (void)zmq_ctx_term(context);
        (void)pthread_join(server_thread, NULL);
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                (void)snprintf(path, sizeof(path), "%s/%s", directory, files[i]);
                if (unlink(path) != 0)
                        return -1;
        }
        (void)snprintf(path, sizeof(path), "%s/keys", directory);
        return rmdir(path) == 0 && rmdir(directory) == 0 ? 0 : -1;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_answers),
                cmocka_unit_test(test_resends_with_the_same_key),
                cmocka_unit_test(test_gives_up),
                cmocka_unit_test(test_no_such_method),
                cmocka_unit_test(test_passport_is_signed_and_kept),
                cmocka_unit_test(test_many_in_flight),
        };
        return cmocka_run_group_tests(tests, start_server, stop_server);
}
