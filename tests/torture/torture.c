/* kill -9 under load, restart, check. Each cycle: a few hundred commands to all daemons, kept in flight and sent again
 * with their keys until acknowledged, while one daemon chosen by the seed is killed at a moment chosen by the seed.
 * Then, when everything is quiet:
 *   - each log has grown by exactly one event for each acknowledged command, and for each reaction to one;
 *   - the ledger in contracts and the statement in reporting say the sum of the hours whose validation was
 * acknowledged;
 *   - every daemon's --verify holds: tables and read models follow from the logs, hash chains are whole.
 * In each cycle a backup is taken under that load, at a moment chosen by the seed; one in four is killed on its way.
 * Every RESTORE_EVERY cycles the last one is put back into an empty place and its network started beside this one: what
 * was acknowledged before the backup began is there, each command sent again is known, sums and replays hold. */
#include <getopt.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "common/codec/pb.h"
#include "common/base/local_time.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "contracts/commands.pb-c.h"
#include "contracts/queries.pb-c.h"
#include "directory/commands.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "runtime/queries.pb-c.h"
#include "tests/lib/net.h"
#include "tests/lib/send_signal.h"
#include "tracking/commands.pb-c.h"

enum {
        COMMANDS_A_CYCLE = 300,
        WINDOW = 64,
        RESEND_US = 500000,
        QUIET_STEPS = 1000,
        QUIET_STEP_MS = 20,
        MONTHS = 10,
        LAST_MONTH = 681, /* 2026-10 */
        GIVE_UP_US = 60000000,
        RECENT = 64,
        RESTORE_EVERY = 10,
        KILL_ONE_IN = 4,
};

static const char *const victims[] = {"contracts-1", "tracking-1",      "tracking-2",
                                      "directory-1", "notifications-1", "reporting-1"};

enum kind { NEED, SUBMIT, VALIDATE, REFER, PUT, KINDS };

struct command { /* in flight */
        enum kind kind;
        uint64_t n;
        struct id key;
        uint64_t sent_us; /* 0: the slot is free */
};

/* What a backup must hold: all that was acknowledged when it began. */
struct promised {
        uint64_t acknowledged[KINDS];
        int64_t done_hundredths;
        struct command recent[RECENT];
};

struct backups {
        char place[4200], key[4200], restored[4200], program[4200];
        pid_t pid; /* 0: none is being taken */
        bool killed;
        struct promised begun, whole; /* of the one being taken, of the last that was finished */
        uint64_t taken, kills, restores;
};

struct torture {
        const struct harness *context;
        struct net *net;
        struct backups backups;
        struct command recent[RECENT]; /* the last to be acknowledged */
        size_t recent_next;
        struct month_end month_end;
        struct world world;
        struct command flight[WINDOW];
        uint64_t asked[KINDS], acknowledged[KINDS];
        uint64_t validate_ready; /* statements acknowledged, whose validation may be asked */
        int64_t done_hundredths;
        uint64_t base[ARRAY_SIZE(victims)];
};

static int64_t hundredths_of(uint64_t n)
{
        return (int64_t)(100 + n * 7919 % 12000);
}

/* The n-th statement: a placement and a month that no other has. */
static struct id placement_of(const struct torture *torture, uint64_t n)
{
        return torture->month_end.placements[n / MONTHS];
}

static int32_t month_of_statement(uint64_t n)
{
        return LAST_MONTH - (int32_t)(n % MONTHS);
}

/* --- requests: the same n always makes the same request ------------------------------------------------------------
 */

static const void *make_need(const struct torture *torture, uint64_t n, struct arena *arena)
{
        Contracts__DeclareNeed *request = pb_new(&contracts__declare_need__descriptor, arena);
        struct world world = world_real();
        request->obligation_id = id_to(arena, torture->month_end.obligation);
        request->rome_code = arena_text(arena, "A1203");
        request->title = arena_printf(arena, "Besoin %llu", (unsigned long long)n);
        request->positions = 1;
        request->starts_on = day_to(arena, day_of_number(day_number(local_day("", world.now_ms(&world))) + 30));
        request->commune = arena_text(arena, "31555");
        request->modality = TYPES__MODALITY__DIRECT_HIRE;
        return request;
}

static const void *make_submit(const struct torture *torture, uint64_t n, struct arena *arena)
{
        Tracking__SubmitHours *request = pb_new(&tracking__submit_hours__descriptor, arena);
        request->placement_id = id_to(arena, placement_of(torture, n));
        request->month = month_to(arena, month_of_number(month_of_statement(n)));
        request->hours = hours_to(arena, hours_of_hundredths(hundredths_of(n)));
        return request;
}

static const void *make_validate(const struct torture *torture, uint64_t n, struct arena *arena)
{
        Tracking__ValidateHours *request = pb_new(&tracking__validate_hours__descriptor, arena);
        request->placement_id = id_to(arena, placement_of(torture, n));
        request->month = month_to(arena, month_of_number(month_of_statement(n)));
        request->reason = arena_text(arena, "conforme au relevé signé"); /* some are far from the month before */
        return request;
}

static const void *make_refer(const struct torture *torture, uint64_t n, struct arena *arena)
{
        Tracking__Identity *identity = pb_new(&tracking__identity__descriptor, arena);
        identity->family_name = arena_printf(arena, "Personne %c%c%c", (int)('A' + n / 676 % 26),
                                             (int)('A' + n / 26 % 26), (int)('A' + n % 26));
        identity->given_name = arena_text(arena, "Essai");
        identity->born_on = day_to(arena, day_of_number(10957));
        Tracking__ReferBeneficiary *request = pb_new(&tracking__refer_beneficiary__descriptor, arena);
        request->identity = identity;
        request->territory = arena_text(arena, net_instance(torture->net, "tracking-2")->territories[0]);
        request->prescriber = id_to(arena, id_derived(0, slice_of_text("mission locale")));
        return request;
}

static const void *make_put(const struct torture *torture, uint64_t n, struct arena *arena)
{
        (void)torture;
        Directory__Organisation *organisation = pb_new(&directory__organisation__descriptor, arena);
        organisation->kind = DIRECTORY__ORGANISATION_KIND__ACI;
        organisation->name = arena_printf(arena, "Chantier %llu", (unsigned long long)n);
        organisation->source = arena_text(arena, "torture");
        organisation->source_id = arena_printf(arena, "%llu", (unsigned long long)n);
        organisation->territory = arena_text(arena, "31");
        Directory__PutOrganisation *request = pb_new(&directory__put_organisation__descriptor, arena);
        request->organisation = organisation;
        return request;
}

static const struct {
        const char *method, *instance;
        const void *(*make)(const struct torture *torture, uint64_t n, struct arena *arena);
        unsigned share; /* of a cycle's commands, in percent; validations follow their statements */
} kinds[KINDS] = {
        [NEED] = {"contracts.DeclareNeed", "contracts-1", make_need, 20},
        [SUBMIT] = {"tracking.SubmitHours", "tracking-1", make_submit, 25},
        [VALIDATE] = {"tracking.ValidateHours", "tracking-1", make_validate, 25},
        [REFER] = {"tracking.ReferBeneficiary", "tracking-2", make_refer, 15},
        [PUT] = {"directory.PutOrganisation", "directory-1", make_put, 15},
};

/* --- in flight ------------------------------------------------------------------------------------------------------
 */

static uint64_t draw(struct torture *torture, uint64_t below)
{
        uint64_t value;
        torture->world.random(&torture->world, &value, sizeof(value));
        return value % below;
}

static void send(struct torture *torture, struct command *command)
{
        struct arena arena scoped(arena_fini) = {0};
        struct err_info info = {0};
        const ProtobufCMessage *request = kinds[command->kind].make(torture, command->n, &arena);
        version_seen_any(request); /* the statements that it validates are its own */
        if (link_post(torture->net->link, net_instance(torture->net, kinds[command->kind].instance),
                      kinds[command->kind].method, request, command->key, &info) != 0)
                harness_fail("%s: %s", kinds[command->kind].method, info.text);
        command->sent_us = harness_now_us();
}

static void ask_next(struct torture *torture, struct command *slot)
{
        struct world real = world_real();
        enum kind kind = NEED;
        unsigned at = (unsigned)draw(torture, 100);
        while (at >= kinds[kind].share)
                at -= kinds[kind++].share;
        if (kind == VALIDATE && torture->asked[VALIDATE] == torture->validate_ready)
                kind = SUBMIT;
        if (kind == SUBMIT && torture->asked[SUBMIT] == torture->month_end.count * MONTHS)
                kind = PUT;
        *slot = (struct command){
                .kind = kind, .n = torture->asked[kind]++, .key = id_new(&real, real.now_ms(&real), 0)};
        send(torture, slot);
}

/* Statements are acknowledged in any order; validations are asked in the order of n, for those below the first gap. */
static void note_statement(struct torture *torture)
{
        uint64_t ready = torture->asked[SUBMIT];
        for (size_t i = 0; i < WINDOW; i++)
                if (torture->flight[i].sent_us != 0 && torture->flight[i].kind == SUBMIT &&
                    torture->flight[i].n < ready)
                        ready = torture->flight[i].n;
        torture->validate_ready = ready;
}

static void acknowledge(struct torture *torture, const Wire__Reply *reply)
{
        for (size_t i = 0; i < WINDOW; i++) {
                struct command *command = &torture->flight[i];
                if (command->sent_us == 0 || memcmp(command->key.b, reply->id.data, sizeof(command->key.b)) != 0)
                        continue;
                if (reply->outcome_case != WIRE__REPLY__OUTCOME_BODY &&
                    reply->refusal->code == TYPES__REFUSAL_CODE__UNAVAILABLE)
                        return; /* it stops, or it is full: ask again */
                if (reply->outcome_case != WIRE__REPLY__OUTCOME_BODY)
                        harness_fail("%s %llu is refused: %s: %s", kinds[command->kind].method,
                                     (unsigned long long)command->n, reply->refusal->field, reply->refusal->text);
                torture->recent[torture->recent_next++ % RECENT] = *command;
                command->sent_us = 0;
                torture->acknowledged[command->kind]++;
                if (command->kind == SUBMIT)
                        note_statement(torture);
                if (command->kind == VALIDATE)
                        torture->done_hundredths += hundredths_of(command->n);
                return;
        }
}

static size_t in_flight(const struct torture *torture)
{
        size_t count = 0;
        for (size_t i = 0; i < WINDOW; i++)
                count += torture->flight[i].sent_us != 0;
        return count;
}

static void send_again(struct torture *torture)
{
        uint64_t now_us = harness_now_us();
        for (size_t i = 0; i < WINDOW; i++)
                if (torture->flight[i].sent_us != 0 && now_us - torture->flight[i].sent_us > RESEND_US)
                        send(torture, &torture->flight[i]);
}

static void collect(struct torture *torture)
{
        struct arena arena scoped(arena_fini) = {0};
        struct err_info info = {0};
        Wire__Reply *reply;
        int got = link_collect(torture->net->link, 20, &arena, &reply, &info);
        if (got < 0)
                harness_fail("%s", info.text);
        if (got == 1)
                acknowledge(torture, reply);
}

static void kill_and_restart(struct torture *torture, const char *victim)
{
        net_kill_instance(torture->net, victim);
        net_start_instance(torture->net, victim, NULL);
}

/* --- backups -------------------------------------------------------------------------------------------------------
 */

static void prepare_backups(struct torture *torture)
{
        struct backups *backups = &torture->backups;
        const char *directory = torture->context->directory;
        (void)snprintf(backups->program, sizeof(backups->program), "%s/guichetctl", torture->context->bin);
        (void)snprintf(backups->place, sizeof(backups->place), "%s/sauvegardes", directory);
        (void)snprintf(backups->key, sizeof(backups->key), "%s/secours", directory);
        const char *const new_key[] = {backups->program,        "backup", "--new-key", backups->key, "--dir",
                                       torture->net->directory, NULL};
        net_run(new_key);
}

static void begin_backup(struct torture *torture)
{
        struct backups *backups = &torture->backups;
        const char *const arguments[] = {
                backups->program,       "backup", backups->place,          "--keep", "2", "--without",
                "gateway-1,accounts-1", "--dir",  torture->net->directory, NULL};
        memcpy(backups->begun.acknowledged, torture->acknowledged, sizeof(torture->acknowledged));
        memcpy(backups->begun.recent, torture->recent, sizeof(torture->recent));
        backups->begun.done_hundredths = torture->done_hundredths;
        backups->killed = draw(torture, KILL_ONE_IN) == 0;
        backups->pid = net_spawn(arguments, true);
}

static void end_backup(struct torture *torture)
{
        struct backups *backups = &torture->backups;
        int status;
        if (waitpid(backups->pid, &status, 0) != backups->pid)
                harness_fail("a backup cannot be waited for");
        backups->pid = 0;
        if (WIFSIGNALED(status) && backups->killed) {
                backups->kills++;
                return;
        }
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
                harness_fail("a backup ends with status %d", status);
        backups->whole = backups->begun;
        backups->taken++;
}

static void load_with_a_kill(struct torture *torture, const char *victim)
{
        uint64_t kill_at = draw(torture, COMMANDS_A_CYCLE), asked = 0, give_up_us = harness_now_us() + GIVE_UP_US;
        uint64_t backup_at = draw(torture, COMMANDS_A_CYCLE), end_at = backup_at + 1 + draw(torture, 60);
        bool killed = false;
        while (asked < COMMANDS_A_CYCLE || in_flight(torture) > 0) {
                for (size_t i = 0; i < WINDOW && asked < COMMANDS_A_CYCLE; i++)
                        if (torture->flight[i].sent_us == 0) {
                                ask_next(torture, &torture->flight[i]);
                                asked++;
                        }
                if (!killed && asked >= kill_at) {
                        kill_and_restart(torture, victim);
                        killed = true;
                }
                if (backup_at != UINT64_MAX && asked >= backup_at) {
                        begin_backup(torture);
                        backup_at = UINT64_MAX;
                }
                if (torture->backups.killed && torture->backups.pid > 0 && asked >= end_at)
                        (void)send_signal(torture->backups.pid, SIGKILL);
                collect(torture);
                send_again(torture);
                if (harness_now_us() > give_up_us)
                        harness_fail("%zu commands are not acknowledged after a minute", in_flight(torture));
        }
        end_backup(torture);
}

/* --- checks ---------------------------------------------------------------------------------------------------------
 */

static const Runtime__HealthReply *health_of(struct torture *torture, const char *instance, struct arena *arena)
{
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        struct answer answer;
        if (link_call_instance(torture->net->link, net_instance(torture->net, instance), "runtime.Health",
                               &request.base, NULL, arena, &answer, NULL) != 0)
                return NULL;
        return (const void *)answer.body;
}

/* Everyone has taken in all that the others have told. */
static bool quiet(struct torture *torture, uint64_t positions[ARRAY_SIZE(victims)])
{
        struct arena arena scoped(arena_fini) = {0};
        const Runtime__HealthReply *healths[ARRAY_SIZE(victims)];
        for (size_t i = 0; i < ARRAY_SIZE(victims); i++) {
                healths[i] = health_of(torture, victims[i], &arena);
                if (healths[i] == NULL)
                        return false;
                positions[i] = healths[i]->position;
        }
        for (size_t i = 0; i < ARRAY_SIZE(victims); i++)
                for (size_t s = 0; s < healths[i]->n_sources; s++)
                        for (size_t v = 0; v < ARRAY_SIZE(victims); v++)
                                if (strcmp(victims[v], healths[i]->sources[s]->instance) == 0 &&
                                    healths[i]->sources[s]->position != positions[v])
                                        return false;
        return true;
}

static void wait_until_quiet(struct torture *torture, uint64_t positions[ARRAY_SIZE(victims)])
{
        for (int i = 0; i < QUIET_STEPS; i++) {
                uint64_t again[ARRAY_SIZE(victims)];
                if (quiet(torture, positions) && quiet(torture, again) && memcmp(positions, again, sizeof(again)) == 0)
                        return;
                harness_pause_ms(QUIET_STEP_MS);
        }
        harness_fail("the daemons do not come to rest");
}

/* An acknowledged command is one event, its reactions are one each, and there is nothing else; but for notifications,
 * which plan what waits too, for several events at once. */
static void check_counts(const struct torture *torture, const uint64_t positions[ARRAY_SIZE(victims)])
{
        const uint64_t *done = torture->acknowledged;
        const uint64_t expected[ARRAY_SIZE(victims)] = {
                done[NEED] + done[VALIDATE], done[SUBMIT] + done[VALIDATE], done[REFER], done[PUT], done[NEED], 0};
        for (size_t i = 0; i < ARRAY_SIZE(victims); i++) {
                uint64_t told = positions[i] - torture->base[i];
                bool plans = strcmp(victims[i], "notifications-1") == 0;
                if (plans ? told < expected[i] : told != expected[i])
                        harness_fail("%s: %llu events, %llu were acknowledged", victims[i], (unsigned long long)told,
                                     (unsigned long long)expected[i]);
        }
}

/* Hours in the ledger of the one obligation that there is, which reporting must know as well. */
static int64_t hours_done(struct torture *torture)
{
        struct arena arena scoped(arena_fini) = {0};
        Contracts__ObligationById by_id = CONTRACTS__OBLIGATION_BY_ID__INIT;
        by_id.obligation_id = id_to(&arena, torture->month_end.obligation);
        const Contracts__ObligationView *view = net_ask(torture->net, "contracts.ObligationById", &by_id, &arena);
        Reporting__ConsolidationRequest request = REPORTING__CONSOLIDATION_REQUEST__INIT;
        const Reporting__ConsolidationReply *all = net_ask(torture->net, "reporting.Consolidation", &request, &arena);
        int64_t ledger = hours_hundredths(hours_of(view->done)), told = hours_hundredths(hours_of(all->done));
        if (ledger != told)
                harness_fail("hours validated: %lld in the ledger, %lld in reporting (hundredths)", (long long)ledger,
                             (long long)told);
        return ledger;
}

static void check_sums(struct torture *torture)
{
        int64_t done = hours_done(torture);
        if (done != torture->done_hundredths)
                harness_fail("hours validated: %lld acknowledged, %lld in the ledger (hundredths)",
                             (long long)torture->done_hundredths, (long long)done);
}

static void check_replay(struct torture *torture)
{
        for (size_t i = 0; i < ARRAY_SIZE(victims); i++) {
                pid_t pid = net_spawn_instance(torture->net, victims[i], "--verify", true);
                int status;
                if (waitpid(pid, &status, 0) < 0 || status != 0)
                        harness_fail("%s --verify fails", victims[i]);
        }
}

/* --- what was put back ---------------------------------------------------------------------------------------------
 */

static void restore_last(struct torture *torture)
{
        struct backups *backups = &torture->backups;
        (void)snprintf(backups->restored, sizeof(backups->restored), "%s/restored-%llu", torture->context->directory,
                       (unsigned long long)backups->restores++);
        const char *const arguments[] = {backups->program,  "restore",   backups->place,          "--key",
                                         backups->key,      "--against", torture->net->directory, "--dir",
                                         backups->restored, NULL};
        net_run(arguments);
}

/* Of two kinds whose events one daemon counts together, or of one twice: at least what was acknowledged when the backup
 * began, at most what has been by now. */
static void check_promise(const struct torture *torture, enum kind kind, enum kind other, uint64_t restored)
{
        const uint64_t *before = torture->backups.whole.acknowledged, *now = torture->acknowledged;
        uint64_t least = before[kind] + (other == kind ? 0 : before[other]);
        uint64_t most = now[kind] + (other == kind ? 0 : now[other]);
        if (restored < least || restored > most)
                harness_fail("restored: %llu of %s and %s; %llu were acknowledged before the backup, %llu until now",
                             (unsigned long long)restored, kinds[kind].method, kinds[other].method,
                             (unsigned long long)least, (unsigned long long)most);
}

static void check_promises(struct torture *torture, const uint64_t positions[ARRAY_SIZE(victims)])
{
        uint64_t grown[ARRAY_SIZE(victims)];
        for (size_t i = 0; i < ARRAY_SIZE(victims); i++)
                grown[i] = positions[i] - torture->base[i];
        check_promise(torture, NEED, VALIDATE, grown[0]);
        check_promise(torture, SUBMIT, VALIDATE, grown[1]);
        check_promise(torture, REFER, REFER, grown[2]);
        check_promise(torture, PUT, PUT, grown[3]);
}

/* Sent once more, each must be known: its answer is the one that was kept. */
static void check_known(struct torture *restored, const struct promised *promised)
{
        for (size_t i = 0; i < RECENT; i++) {
                struct arena arena scoped(arena_fini) = {0};
                struct err_info info = {0};
                Wire__Reply *reply = NULL;
                struct command again = promised->recent[i];
                if (id_is_zero(again.key))
                        continue;
                send(restored, &again);
                if (link_collect(restored->net->link, 10000, &arena, &reply, &info) != 1)
                        harness_fail("%s is not answered by the restored network", kinds[again.kind].method);
                if (reply->outcome_case != WIRE__REPLY__OUTCOME_BODY || !reply->repeated_key)
                        harness_fail("%s %llu was acknowledged before the backup, and is not in it",
                                     kinds[again.kind].method, (unsigned long long)again.n);
        }
}

static void check_restored(struct torture *torture)
{
        uint64_t positions[ARRAY_SIZE(victims)];
        if (torture->backups.taken == 0)
                return;
        restore_last(torture);
        struct torture *restored = calloc(1, sizeof(*restored));
        if (restored == NULL)
                harness_fail("out of memory");
        restored->month_end = torture->month_end;
        restored->net = net_start_in(torture->context, torture->backups.restored, victims, ARRAY_SIZE(victims));
        wait_until_quiet(restored, positions);
        check_promises(torture, positions);
        int64_t done = hours_done(restored);
        if (done < torture->backups.whole.done_hundredths || done > torture->done_hundredths)
                harness_fail("hours validated: %lld restored, %lld acknowledged before the backup", (long long)done,
                             (long long)torture->backups.whole.done_hundredths);
        check_known(restored, &torture->backups.whole);
        check_replay(restored);
        net_stop(restored->net);
        free(restored);
        net_remove(torture->backups.restored);
}

/* --- the run --------------------------------------------------------------------------------------------------------
 */

static void set_up(struct torture *torture, const struct harness *context, uint64_t cycles)
{
        torture->context = context;
        torture->net = net_start(context, victims, ARRAY_SIZE(victims));
        prepare_backups(torture);
        month_end_prepare(torture->net, 100 + cycles * COMMANDS_A_CYCLE / MONTHS / 2, &torture->month_end);
        for (int i = 0; i < 2; i++) {
                struct arena arena scoped(arena_fini) = {0};
                Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
                request.organisation_id = id_to(&arena, id_derived(i, slice_of_text("prescripteur")));
                request.organisation_name = arena_text(&arena, "Prescripteur");
                request.territory = arena_text(&arena, "31");
                (void)net_ask(torture->net, "notifications.Subscribe", &request, &arena);
        }
        wait_until_quiet(torture, torture->base);
}

static void run(const struct harness *context, uint64_t cycles, uint64_t seed)
{
        struct torture *torture = calloc(1, sizeof(*torture));
        uint64_t positions[ARRAY_SIZE(victims)];
        if (torture == NULL)
                harness_fail("out of memory");
        torture->world = world_seeded(seed, 0);
        set_up(torture, context, cycles);
        for (uint64_t cycle = 1; cycle <= cycles; cycle++) {
                const char *victim = victims[draw(torture, ARRAY_SIZE(victims))];
                load_with_a_kill(torture, victim);
                wait_until_quiet(torture, positions);
                check_counts(torture, positions);
                check_sums(torture);
                check_replay(torture);
                if (cycle % RESTORE_EVERY == 0 || cycle == cycles)
                        check_restored(torture);
                harness_note("cycle %llu/%llu: %s killed, all holds", (unsigned long long)cycle,
                             (unsigned long long)cycles, victim);
        }
        (void)printf("%llu cycles, seed %llu: %llu needs, %llu statements, %llu validations, %llu referrals, %llu "
                     "organisations: "
                     "each acknowledged one is there once, every table follows from the logs; %llu backups under load, "
                     "%llu killed, %llu restored with all that was acknowledged before them\n",
                     (unsigned long long)cycles, (unsigned long long)seed,
                     (unsigned long long)torture->acknowledged[NEED], (unsigned long long)torture->acknowledged[SUBMIT],
                     (unsigned long long)torture->acknowledged[VALIDATE],
                     (unsigned long long)torture->acknowledged[REFER], (unsigned long long)torture->acknowledged[PUT],
                     (unsigned long long)torture->backups.taken, (unsigned long long)torture->backups.kills,
                     (unsigned long long)torture->backups.restores);
        net_stop(torture->net);
        free(torture->month_end.placements);
        free(torture);
}

int main(int argc, char **argv)
{
        static const struct option options[] = {
                {"dir", required_argument, NULL, 'd'},
                {"bin", required_argument, NULL, 'b'},
                {"cycles", required_argument, NULL, 'c'},
                {"seed", required_argument, NULL, 's'},
                {NULL, 0, NULL, 0},
        };
        struct harness context = {.seconds = 1};
        uint64_t cycles = 20, seed = 1;
        int option;
        while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
                switch (option) {
                case 'd': context.directory = optarg; break;
                case 'b': context.bin = optarg; break;
                case 'c': cycles = strtoull(optarg, NULL, 10); break;
                case 's': seed = strtoull(optarg, NULL, 10); break;
                default: return 2;
                }
        }
        if (context.directory == NULL || context.bin == NULL || cycles == 0 || sodium_init() < 0) {
                (void)fputs("usage: guichet-torture --dir DIR --bin DIR [--cycles N] [--seed N]\n", stderr);
                return 2;
        }
        run(&context, cycles, seed);
        return EXIT_SUCCESS;
}
