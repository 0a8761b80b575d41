/* What a daemon meets that it should not: strangers, forgers, junk on its port, frames beyond bounds, a full disk, a
 * full map, a store of a later version. Whoever asks is told clearly, nothing acknowledged is lost, others are served.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <netinet/in.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

#include "common/base/limits.h"
#include "common/base/world.h"
#include "common/bus/dealer.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/engine.h"
#include "directory/commands.pb-c.h"
#include "directory/queries.pb-c.h"
#include "runtime/queries.pb-c.h"
#include "services/directory/dispatch.h"
#include "tests/lib/network.h"

enum { PATIENCE_MS = 10000, KEY_TEXT = 41, MIB = 1024 * 1024 };

static struct network *network;
static struct arena arena;
static uint32_t numbers; /* of the organisations put so far */

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"directory-1", "directory", ""},
                {"directory-2", "directory", "\"settings\":{\"map_mib_max\":1},"},
        };
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        return 0;
}

static char *store_path(const char *instance)
{
        return arena_printf(&arena, "%s/stores/%s", network_directory(network), instance);
}

static int stop(void **state)
{
        (void)state;
        (void)umount2(store_path("directory-1"), MNT_DETACH); /* where a test ended half way */
        network_stop(&network);
        arena_fini(&arena);
        return 0;
}

static const struct instance *instance_of(const char *name)
{
        return topology_instance(link_topology(network_link(network)), name);
}

static struct answer ask(const char *instance, const char *method, const void *request)
{
        struct answer answer = {0};
        struct err_info info = {0};
        int err = link_call_instance(network_link(network), instance_of(instance), method, request, NULL, &arena,
                                     &answer, &info);
        if (err != 0)
                fail_msg("%s: %s", method, info.text);
        return answer;
}

static const char *state_of(const char *instance)
{
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        return ((const Runtime__HealthReply *)(const void *)ask(instance, "runtime.Health", &request).body)->state;
}

static unsigned long turned_away(const char *instance)
{
        static const char line[] = "guichet_turned_away_total{instance=\"directory-1\"} ";
        Runtime__MetricsRequest request = RUNTIME__METRICS_REQUEST__INIT;
        struct answer answer = ask(instance, "runtime.Metrics", &request);
        const char *at = strstr(((const Runtime__MetricsReply *)(const void *)answer.body)->text, line);
        assert_non_null(at);
        return strtoul(at + strlen(line), NULL, 10);
}

/* An organisation with a description of `size` bytes. */
static struct answer put(const char *instance, size_t size)
{
        Directory__PutOrganisation command = DIRECTORY__PUT_ORGANISATION__INIT;
        Directory__Organisation organisation = DIRECTORY__ORGANISATION__INIT;
        char source_id[16], *address = arena_alloc(&arena, size + 1);
        memset(address, 'a', size);
        address[size] = '\0';
        (void)snprintf(source_id, sizeof(source_id), "%u", ++numbers);
        organisation.kind = DIRECTORY__ORGANISATION_KIND__ACI;
        organisation.name = (char *)(uintptr_t) "Les Jardins";
        organisation.source = (char *)(uintptr_t) "essai";
        organisation.source_id = source_id;
        organisation.territory = (char *)(uintptr_t) "31";
        organisation.address = address;
        command.organisation = &organisation;
        return ask(instance, "directory.PutOrganisation", &command);
}

static uint32_t count_of(const char *instance)
{
        Directory__CountsByKindRequest request = DIRECTORY__COUNTS_BY_KIND_REQUEST__INIT;
        struct answer answer = ask(instance, "directory.CountsByKind", &request);
        const Directory__CountsByKindReply *reply = (const void *)answer.body;
        uint32_t count = 0;
        for (size_t i = 0; reply != NULL && i < reply->n_counts; i++)
                count += reply->counts[i]->open;
        return count;
}

static void assert_served(const char *instance)
{
        uint32_t before = count_of(instance);
        assert_non_null(put(instance, 10).body);
        assert_int_equal(count_of(instance), before + 1);
        assert_string_equal(state_of(instance), "serving");
}

/* --- peers and forgers --------------------------------------------------------------------------------------------
 */

static struct dealers *dealers_with(const char *public_key, const char *secret_key)
{
        struct dealers *dealers = NULL;
        struct err_info info = {0};
        struct dealer_keys keys = {public_key, secret_key};
        const struct instance *target = instance_of("directory-1");
        size_t index;
        assert_int_equal(dealers_open(&keys, &dealers, &info), 0);
        assert_int_equal(dealers_connect(dealers, target->endpoint, target->public_key, &index, &info), 0);
        return dealers;
}

static struct secrets own_secrets(void)
{
        struct secrets secrets;
        struct err_info info = {0};
        assert_int_equal(secrets_load(link_topology(network_link(network)), "ctl", &secrets, &info), 0);
        return secrets;
}

static struct slice frame_of(const char *method, struct slice passport)
{
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        struct world world = world_real();
        struct id id = id_new(&world, world.now_ms(&world), 0);
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t)method;
        envelope.id = pb_bytes(arena_copy_slice(&arena, id_slice(&id)));
        envelope.passport = pb_bytes(passport);
        return pb_encode(&envelope, &arena);
}

static const Wire__Reply *exchange(struct dealers *dealers, struct slice frame)
{
        struct slice bytes;
        assert_int_equal(dealers_send(dealers, 0, frame, NULL), 0);
        assert_int_equal(dealers_receive(dealers, PATIENCE_MS, &arena, &bytes, NULL), 1);
        const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, bytes, &arena);
        assert_non_null(reply);
        return reply;
}

static void test_a_peer_without_an_allowed_key_gets_no_frame_read(void **state)
{
        (void)state;
        char public_key[KEY_TEXT], secret_key[KEY_TEXT];
        struct slice bytes;
        unsigned long before = turned_away("directory-1");
        assert_int_equal(zmq_curve_keypair(public_key, secret_key), 0);
        struct dealers *stranger = dealers_with(public_key, secret_key);
        for (int i = 0; i < 5; i++)
                assert_int_equal(dealers_send(stranger, 0, frame_of("runtime.Health", slice_of(NULL, 0)), NULL), 0);
        assert_int_equal(dealers_receive(stranger, 500, &arena, &bytes, NULL), 0); /* nothing: not even a refusal */
        assert_true(turned_away("directory-1") > before);
        assert_served("directory-1");
        dealers_close(stranger);
}

static struct slice passport_signed(const char *signer, const uint8_t *secret)
{
        struct world world = world_real();
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = (char *)(uintptr_t) "faussaire";
        passport.role = TYPES__ROLE__OPERATOR;
        passport.expires_at_ms = world.now_ms(&world) + LIMIT_PASSPORT_LIFE_MS;
        passport.signer = (char *)(uintptr_t)signer;
        return passport_sign(&passport, secret, &arena);
}

static void test_a_forged_actor_is_refused(void **state)
{
        (void)state;
        uint8_t public_key[SIGNING_PUBLIC_SIZE], forger[SIGNING_SECRET_SIZE];
        struct secrets own = own_secrets();
        assert_int_equal(crypto_sign_keypair(public_key, forger), 0);
        struct dealers *dealers = dealers_with(own.curve_public, own.curve_secret);
        const struct slice passports[] = {
                passport_signed("ctl", forger),                     /* in a known one's name */
                passport_signed("nobody-1", forger),                /* in nobody's */
                passport_signed("directory-1", own.signing_secret), /* a good key under another's name */
                slice_of("passport", 8),
                slice_of(NULL, 0),
        };
        for (size_t i = 0; i < ARRAY_SIZE(passports); i++) {
                const Wire__Reply *reply = exchange(dealers, frame_of("directory.CountsByKind", passports[i]));
                assert_int_equal(reply->outcome_case, WIRE__REPLY__OUTCOME_REFUSAL);
                assert_int_equal(reply->refusal->code, TYPES__REFUSAL_CODE__NOT_AUTHENTICATED);
                assert_non_null(strstr(reply->refusal->text, "identifiez-vous"));
        }
        const Wire__Reply *reply =
                exchange(dealers, frame_of("directory.CountsByKind", passport_signed("ctl", own.signing_secret)));
        assert_int_equal(reply->outcome_case, WIRE__REPLY__OUTCOME_BODY);
        dealers_close(dealers);
}

/* --- what is no frame ---------------------------------------------------------------------------------------------
 */

static void test_an_oversized_frame_costs_its_own_connection_only(void **state)
{
        (void)state;
        struct secrets own = own_secrets();
        struct dealers *dealers = dealers_with(own.curve_public, own.curve_secret);
        struct slice passport = passport_signed("ctl", own.signing_secret), bytes;
        assert_int_equal(exchange(dealers, frame_of("directory.CountsByKind", passport))->outcome_case,
                         WIRE__REPLY__OUTCOME_BODY);
        uint8_t *large = arena_zalloc(&arena, LIMIT_FRAME_BYTES + 1);
        assert_int_equal(dealers_send(dealers, 0, slice_of(large, LIMIT_FRAME_BYTES + 1), NULL), 0);
        assert_int_equal(dealers_receive(dealers, 300, &arena, &bytes, NULL), 0);
        assert_served("directory-1"); /* over another connection */
        int got = 0;
        for (int i = 0; i < 20 && got == 0; i++) { /* this one comes back by itself; what left before is lost */
                assert_int_equal(dealers_send(dealers, 0, frame_of("directory.CountsByKind", passport), NULL), 0);
                got = dealers_receive(dealers, 500, &arena, &bytes, NULL);
        }
        assert_int_equal(got, 1);
        dealers_close(dealers);
}

static void test_a_request_beyond_its_bound_is_refused_by_name(void **state)
{
        (void)state;
        struct secrets own = own_secrets();
        struct dealers *dealers = dealers_with(own.curve_public, own.curve_secret);
        Wire__Envelope *envelope =
                pb_decode(&wire__envelope__descriptor,
                          frame_of("directory.PutOrganisation", passport_signed("ctl", own.signing_secret)), &arena);
        assert_non_null(envelope);
        envelope->body = pb_bytes(slice_of(arena_zalloc(&arena, LIMIT_REQUEST_BYTES + 1), LIMIT_REQUEST_BYTES + 1));
        const Wire__Reply *reply = exchange(dealers, pb_encode(envelope, &arena));
        assert_int_equal(reply->outcome_case, WIRE__REPLY__OUTCOME_REFUSAL);
        assert_int_equal(reply->refusal->code, TYPES__REFUSAL_CODE__TOO_LARGE);
        dealers_close(dealers);
}

/* Random bytes; `greeted`: behind a right greeting of ZeroMQ, which says that CURVE is to follow. */
static void send_junk(const char *endpoint, size_t size, bool greeted)
{
        static const uint8_t greeting[64] = {0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1, 'C', 'U', 'R', 'V', 'E'};
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        uint8_t junk[1024];
        address.sin_port = htons((uint16_t)strtoul(strrchr(endpoint, ':') + 1, NULL, 10));
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        assert_true(fd >= 0);
        assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
        if (greeted)
                assert_int_equal(send(fd, greeting, sizeof(greeting), MSG_NOSIGNAL), sizeof(greeting));
        for (size_t sent = 0; sent < size; sent += sizeof(junk)) {
                randombytes_buf(junk, sizeof(junk));
                if (send(fd, junk, sizeof(junk), MSG_NOSIGNAL) < 0)
                        break; /* it hung up: as it should */
        }
        (void)close(fd);
}

static void test_junk_on_the_ports_does_no_harm(void **state)
{
        (void)state;
        for (int i = 0; i < 60; i++) {
                size_t size = i % 3 == 0 ? 1024 : 256 * 1024;
                send_junk(instance_of("directory-1")->endpoint, size, i % 2 == 0);
                send_junk(instance_of("directory-1")->events, size, i % 2 == 0);
        }
        assert_served("directory-1");
}

/* --- full: the disk, the map --------------------------------------------------------------------------------------
 */

static bool verifies(const char *instance)
{
        const char *bin = getenv("GUICHET_BIN");
        char *program = arena_printf(&arena, "%s/guichet-directory", bin != NULL ? bin : "build/dev/bin");
        char *topology = arena_printf(&arena, "%s/topology.json", network_directory(network));
        int status;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                (void)execl(program, program, "--topology", topology, "--instance", instance, "--verify", (char *)NULL);
                _exit(127);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Puts until the daemon has no room; how many it granted. Each refusal must say what is wrong, in French. */
static uint32_t put_until_full(const char *instance, const char *said)
{
        enum { FULL_LONG_BEFORE = 20000 };
        for (uint32_t granted = 0; granted < FULL_LONG_BEFORE; granted++) {
                struct answer answer = put(instance, 3000);
                if (answer.body != NULL)
                        continue;
                assert_int_equal(answer.refusal->code, TYPES__REFUSAL_CODE__UNAVAILABLE);
                if (strstr(answer.refusal->text, said) == NULL)
                        fail_msg("\"%s\" is not in: %s", said, answer.refusal->text);
                assert_non_null(strstr(answer.refusal->text, "rien n'a été enregistré"));
                return granted;
        }
        fail_msg("%s never was full", instance);
        return 0;
}

/* As much of `size` as there is room for. */
static void write_filler(const char *path, size_t size)
{
        static const char block[4096];
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_int_equal(setvbuf(file, NULL, _IONBF, 0), 0);
        for (size_t written = 0; written < size; written += sizeof(block))
                if (fwrite(block, 1, sizeof(block), file) != sizeof(block))
                        break;
        assert_int_equal(fclose(file), 0);
}

/* Fills the disk by `size` bytes more and the rest by commands, makes room again. Sizes that differ leave the disk full
 * at another place of a commit: before it, or in the middle of a write that takes a part only. */
static uint32_t fill_and_free(const char *filler, size_t size)
{
        write_filler(filler, size);
        uint32_t granted = put_until_full("directory-1", "disque de ce service est plein");
        assert_string_equal(state_of("directory-1"), "disk_full");
        assert_int_equal(remove(filler), 0);
        assert_non_null(put("directory-1", 3000).body);
        assert_string_equal(state_of("directory-1"), "serving");
        return granted + 1;
}

static void forget_that_it_was_made(const char *instance)
{
        assert_int_equal(unlink(arena_printf(&arena, "%s/keys/%s.made", network_directory(network), instance)), 0);
}

static void test_a_full_disk(void **state)
{
        (void)state;
        char *store = store_path("directory-1"), *filler = arena_printf(&arena, "%s/filler", store);
        network_kill(network, "directory-1", SIGTERM);
        if (mount("tmpfs", store, "tmpfs", 0, "mode=0700,size=24m") != 0) {
                network_restart(network, "directory-1");
                print_message("skipped: mounting a small disk takes root\n");
                skip();
        }
        forget_that_it_was_made("directory-1"); /* on this disk it begins anew */
        write_filler(filler, 22 * MIB);
        network_restart(network, "directory-1");

        uint32_t granted = put_until_full("directory-1", "disque de ce service est plein");
        assert_true(granted > 0);
        assert_string_equal(state_of("directory-1"), "disk_full");
        assert_int_equal(count_of("directory-1"), granted); /* questions are answered all the while */
        assert_true(verifies("directory-1"));

        network_kill(network, "directory-1", SIGKILL); /* and it may die in that state */
        network_restart(network, "directory-1");
        assert_int_equal(count_of("directory-1"), granted);
        granted += put_until_full("directory-1", "disque");
        assert_int_equal(remove(filler), 0);
        for (size_t i = 0; i < 20; i++)
                granted += fill_and_free(filler, 20 * MIB - i * (MIB / 2 + 7 * 4096));
        assert_int_equal(count_of("directory-1"), granted);
        assert_true(verifies("directory-1"));
        network_kill(network, "directory-1", SIGTERM);
        assert_int_equal(umount2(store, MNT_DETACH), 0);
        network_restart(network, "directory-1");
}

static void test_a_full_map(void **state)
{
        (void)state;
        uint32_t before = count_of("directory-2");
        uint32_t granted = put_until_full("directory-2", "taille maximale");
        assert_true(granted > 0);
        assert_string_equal(state_of("directory-2"), "disk_full");
        assert_int_equal(count_of("directory-2"), before + granted);
        assert_true(verifies("directory-2"));
        network_kill(network, "directory-2", SIGTERM); /* ends as it should, with a full map too */
        network_restart(network, "directory-2");
        assert_int_equal(count_of("directory-2"), before + granted);
}

/* --- a store of a later version -----------------------------------------------------------------------------------
 */

static void make_newer(const char *store)
{
        struct service_spec later = directory_spec;
        struct world world = world_real();
        struct engine *engine = NULL;
        struct err_info info = {0};
        uint32_t version = directory_spec.store_version + 1;
        later.store_version = version;
        struct engine_options options = {
                .spec = &later, .instance = "directory-2", .directory = store, .world = &world};
        if (engine_open(&options, &engine, &info) != 0)
                fail_msg("%s", info.text);
        engine_close(engine);
}

static void test_a_newer_store_is_refused_at_the_start(void **state)
{
        (void)state;
        const char *bin = getenv("GUICHET_BIN");
        char *command, line[4096] = "", *store = store_path("directory-2");
        network_kill(network, "directory-2", SIGTERM);
        char *data = arena_printf(&arena, "%s/data.mdb", store), *kept = arena_printf(&arena, "%s/kept", store);
        assert_int_equal(rename(data, kept), 0);
        make_newer(store);
        command = arena_printf(&arena, "%s/guichet-directory --topology %s/topology.json --instance directory-2 2>&1",
                               bin != NULL ? bin : "build/dev/bin", network_directory(network));
        FILE *out = popen(command, "re");
        assert_non_null(out);
        assert_non_null(fgets(line, sizeof(line), out));
        int status = pclose(out);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 0);
        assert_non_null(strstr(line, "start.failed"));
        assert_non_null(strstr(line, "newer"));
        assert_int_equal(rename(kept, data), 0);
        network_restart(network, "directory-2");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_peer_without_an_allowed_key_gets_no_frame_read),
                cmocka_unit_test(test_a_forged_actor_is_refused),
                cmocka_unit_test(test_an_oversized_frame_costs_its_own_connection_only),
                cmocka_unit_test(test_a_request_beyond_its_bound_is_refused_by_name),
                cmocka_unit_test(test_junk_on_the_ports_does_no_harm),
                cmocka_unit_test(test_a_full_disk),
                cmocka_unit_test(test_a_full_map),
                cmocka_unit_test(test_a_newer_store_is_refused_at_the_start),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, start, stop);
}
