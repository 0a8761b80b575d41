/* A store of 100 MB that the program before wrote, made here with its spec: the daemon of today makes it one of today,
 * killed twice on the way, and everything follows from the logs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/service/engine.h"
#include "common/service/topology.h"
#include "common/store/replace.h"
#include "contracts/commands.pb-c.h"
#include "runtime/queries.pb-c.h"
#include "services/contracts/dispatch.h"
#include "services/contracts/record/record_rows.h"
#include "tests/lib/network.h"
#include "tests/lib/send_signal.h"

enum { STORE_BYTES = 100 * 1000 * 1000, RECORDS = 128, OBJECT = 1400, PATIENCE_MS = 240000 };

static const char NAME[] = "contracts-1";
static struct network *network;
static struct arena arena;
static char *store;

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts-1", "contracts", ""}, {"directory-1", "directory", ""}};
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        store = arena_printf(&arena, "%s/stores/%s", network_directory(network), NAME);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        arena_fini(&arena);
        return 0;
}

/* --- the store of the program before --- */

static Contracts__ContractRecord *a_record(uint32_t number, struct arena *memory)
{
        Contracts__ContractRecord *record = pb_new(&contracts__contract_record__descriptor, memory);
        char *object = arena_alloc(memory, OBJECT + 1);
        memset(object, 'o', OBJECT);
        object[OBJECT] = '\0';
        record->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record->format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record->number = arena_printf(memory, "2026-%u", number);
        record->buyer_siret = arena_text(memory, "21310555400017");
        record->object = object;
        record->cpv = arena_text(memory, "45442100-8");
        record->place = pb_new(&contracts__place__descriptor, memory);
        record->place->kind = CONTRACTS__PLACE_KIND__COMMUNE;
        record->place->code = arena_text(memory, "31555");
        record->duration_months = 12;
        record->notified_on = day_to(memory, day_of_civil((struct civil){2026, 3, 2}));
        record->published_on = day_to(memory, day_of_civil((struct civil){2026, 4, 1}));
        record->amount = money_to(memory, money_of_cents(100000000));
        return record;
}

static void import_some(struct engine *engine, uint32_t first)
{
        struct arena memory scoped(arena_fini) = {0};
        Contracts__ContractRecord *records[RECORDS];
        Contracts__ImportContracts command = CONTRACTS__IMPORT_CONTRACTS__INIT;
        Wire__Passport actor = WIRE__PASSPORT__INIT;
        char *everywhere = (char[]){"*"};
        struct engine_answer answer = {0};
        actor.user = (char[]){"essai"};
        actor.role = TYPES__ROLE__COORDINATOR;
        actor.territories = &everywhere;
        actor.n_territories = 1;
        for (uint32_t i = 0; i < RECORDS; i++)
                records[i] = a_record(first + i, &memory);
        command.records = records;
        command.n_records = RECORDS;
        assert_int_equal(engine_call(engine, &actor, "ImportContracts", &command.base, NULL, &memory, &answer), 0);
        assert_non_null(answer.body);
}

/* Its tables are as no program of today would leave them. */
static void spoil(struct engine *engine)
{
        struct err_info info;
        int err;
        do {
                struct txn *txn = txn_begin_write(engine_store(engine), &info);
                assert_non_null(txn);
                txn_allow(txn, TABLE_STATE);
                txn_clear_table(txn, T_HISTORY);
                txn_put(txn, T_ABOUT, slice_of_text("spoilt"), slice_of_text("x"));
                err = txn_commit(txn, &info);
        } while (err == ERR_MAP_FULL && store_grow(engine_store(engine), &info) == 0);
        assert_int_equal(err, 0);
}

/* How many events it has. */
static uint64_t make_old_store(void)
{
        static struct service_spec old;
        struct world world = world_real();
        struct secrets secrets;
        struct engine_options options = {
                .spec = &old, .instance = NAME, .directory = store, .world = &world, .master_key = secrets.master_key};
        struct engine *engine = NULL;
        struct err_info info;
        struct store_room room = {0};
        old = contracts_spec;
        old.store_version--;
        assert_int_equal(secrets_load(link_topology(network_link(network)), NAME, &secrets, &info), 0);
        if (engine_open(&options, &engine, &info) != 0)
                fail_msg("%s", info.text);
        for (uint32_t first = 0; room.used_bytes < STORE_BYTES; first += RECORDS) {
                import_some(engine, first);
                store_room(engine_store(engine), &room);
        }
        spoil(engine);
        uint64_t events = engine_position(engine);
        engine_close(engine);
        return events;
}

/* --- the daemon of today --- */

static pid_t run(const char *more)
{
        const char *bin = getenv("GUICHET_BIN");
        char *program = arena_printf(&arena, "%s/guichet-contracts", bin != NULL ? bin : "build/dev/bin");
        char *topology = arena_printf(&arena, "%s/topology.json", network_directory(network));
        pid_t child = fork();
        assert_true(child >= 0);
        if (child != 0)
                return child;
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        (void)execl(program, program, "--topology", topology, "--instance", NAME, more, (char *)NULL);
        _exit(127);
}

/* Until the store that is being made has so many bytes, or is gone: then it has taken the old one's place. What the
 * kill before left behind does not count. */
static bool wait_for_scratch(pid_t child, const struct stat *left, off_t bytes)
{
        char *path = arena_printf(&arena, "%s/migration/data.mdb", store);
        struct stat made;
        bool seen = false;
        for (int waited_ms = 0; waited_ms < PATIENCE_MS; waited_ms += 2) {
                bool there = stat(path, &made) == 0 && memcmp(&made.st_mtim, &left->st_mtim, sizeof(made.st_mtim)) != 0;
                if (there && made.st_size >= bytes)
                        return true;
                if (seen && !there)
                        return false;
                seen = seen || there;
                assert_int_equal(waitpid(child, NULL, WNOHANG), 0);
                (void)poll(NULL, 0, 2);
        }
        fail_msg("no migration within %d ms", PATIENCE_MS);
        return false;
}

static void kill_in_the_middle(struct stat *left, off_t bytes)
{
        int status;
        pid_t child = run(NULL);
        assert_true(wait_for_scratch(child, left, bytes));
        assert_int_equal(send_signal(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(stat(arena_printf(&arena, "%s/migration/data.mdb", store), left), 0);
}

static uint64_t events_of(void)
{
        struct answer answer;
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        const struct instance *instance = topology_instance(link_topology(network_link(network)), NAME);
        assert_int_equal(link_call_instance(network_link(network), instance, "runtime.Health", &request.base, NULL,
                                            &arena, &answer, NULL),
                         0);
        return ((const Runtime__HealthReply *)(const void *)answer.body)->position;
}

static void a_large_old_store_is_migrated_through_kills(void **state)
{
        (void)state;
        struct stat left = {0};
        int status;
        network_kill(network, NAME, SIGTERM);
        store_remove(store);
        uint64_t events = make_old_store();

        kill_in_the_middle(&left, 1 << 20);
        kill_in_the_middle(&left, 40 << 20);
        pid_t child = run(NULL); /* this one goes through, however long it takes under a sanitizer */
        (void)wait_for_scratch(child, &left, (off_t)1 << 40);
        assert_int_equal(send_signal(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, &status, 0), child);

        network_restart(network, NAME);
        assert_int_equal(events_of(), events);
        assert_int_not_equal(access(arena_printf(&arena, "%s/migration", store), F_OK), 0);
        child = run("--verify");
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(a_large_old_store_is_migrated_through_kills)};
        return cmocka_run_group_tests(tests, start, stop);
}
