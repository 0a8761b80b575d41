/* What a disk, or a hand, does to files. A loaded network is stopped; for each seed its stores and keys are put back as
 * they were, one damage is done (harm.h), all six daemons are started, used, verified and stopped. What must hold:
 *   - no daemon ends by a signal, and guichetctl neither; `guichetctl verify` ends;
 *   - one that does not start, or ends, has said in its last line what is wrong and what to do;
 *   - where nobody said anything (no refusal to start, no divergence, no difference found by `guichetctl verify`),
 *     nothing is lost: each log has at least the events that it had;
 *   - of damaged pages `guichetctl verify` blames the damaged store and no other;
 *   - it tells every document that is missing or damaged.
 * It goes on after a seed that fails, says which, and ends with 1. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/blob_form.h"
#include "contracts/commands.pb-c.h"
#include "directory/commands.pb-c.h"
#include "runtime/queries.pb-c.h"
#include "tests/damage/harm.h"
#include "tests/lib/net.h"
#include "tests/lib/send_signal.h"
#include "tracking/commands.pb-c.h"

enum {
        TEXT_SIZE = 1 << 16,
        ASK_MS = 1500,
        START_US = 30000000,
        STOP_US = 20000000,
        VERIFY_US = 120000000,
        SETTLE_US = 4000000,
        STEP_MS = 20,
        PEOPLE = 60,
        ORGANISATIONS = 150,
        LAST_MONTH = 681, /* 2026-10 */
        DOCUMENTS = 4,
        DOCUMENT_BYTES = LIMIT_BLOB_PIECE_BYTES + 20000,
};

enum { INSTANCES = NET_ALL };

struct daemon_seen {
        pid_t pid; /* 0: has ended */
        int status;
        bool answered, diverged;
        uint64_t position;
};

struct damage {
        struct net *net;
        struct month_end month_end;
        struct world world;
        size_t statements;             /* stated and validated so far */
        char whole[4200], older[4200]; /* copies of stores and keys */
        uint64_t positions[INSTANCES]; /* of the whole network */
        struct daemon_seen seen[INSTANCES];
        uint64_t asked, refused_to_start, verify_told, diverged, unharmed, failed;
        char faults[1024]; /* of this seed */
};

static void fault(struct damage *damage, const char *who, const char *what)
{
        size_t size = strlen(damage->faults);
        (void)snprintf(damage->faults + size, sizeof(damage->faults) - size, "%s%s: %s", size == 0 ? "" : "; ", who,
                       what);
}

/* --- the loaded network --------------------------------------------------------------------------------------------
 */

static const ProtobufCMessage *make_organisation(void *argument, size_t n, struct arena *arena)
{
        Directory__Organisation *organisation = pb_new(&directory__organisation__descriptor, arena);
        organisation->kind = DIRECTORY__ORGANISATION_KIND__ACI;
        organisation->name = arena_printf(arena, "Chantier %zu", n);
        organisation->source = arena_text(arena, argument);
        organisation->source_id = arena_printf(arena, "%zu", n);
        organisation->territory = arena_text(arena, "31");
        Directory__PutOrganisation *request = pb_new(&directory__put_organisation__descriptor, arena);
        request->organisation = organisation;
        return &request->base;
}

static const ProtobufCMessage *make_statement(void *argument, size_t n, struct arena *arena)
{
        const struct damage *damage = argument;
        const struct month_end *month_end = &damage->month_end;
        n += damage->statements;
        Tracking__SubmitHours *request = pb_new(&tracking__submit_hours__descriptor, arena);
        request->placement_id = id_to(arena, month_end->placements[n % month_end->count]);
        request->month = month_to(arena, month_of_number(LAST_MONTH - (int32_t)(n / month_end->count)));
        request->hours = hours_to(arena, hours_of_hundredths(7000));
        return &request->base;
}

static const ProtobufCMessage *make_validation(void *argument, size_t n, struct arena *arena)
{
        const struct damage *damage = argument;
        const struct month_end *month_end = &damage->month_end;
        n += damage->statements;
        Tracking__ValidateHours *request = pb_new(&tracking__validate_hours__descriptor, arena);
        request->placement_id = id_to(arena, month_end->placements[n % month_end->count]);
        request->month = month_to(arena, month_of_number(LAST_MONTH - (int32_t)(n / month_end->count)));
        return &request->base;
}

static const ProtobufCMessage *make_referral(void *argument, size_t n, struct arena *arena)
{
        const struct damage *damage = argument;
        Tracking__Identity *identity = pb_new(&tracking__identity__descriptor, arena);
        identity->family_name = arena_printf(arena, "Personne %c%c", (int)('A' + n / 26 % 26), (int)('A' + n % 26));
        identity->given_name = arena_text(arena, "Essai");
        identity->born_on = day_to(arena, day_of_number(10957));
        Tracking__ReferBeneficiary *request = pb_new(&tracking__refer_beneficiary__descriptor, arena);
        request->identity = identity;
        request->territory = arena_text(arena, net_instance(damage->net, "tracking-2")->territories[0]);
        request->prescriber = id_to(arena, id_derived(0, slice_of_text("mission locale")));
        return &request->base;
}

static void copy_to(const struct damage *damage, const char *to)
{
        char stores[4300], keys[4300];
        (void)snprintf(stores, sizeof(stores), "%s/stores", damage->net->directory);
        (void)snprintf(keys, sizeof(keys), "%s/keys", damage->net->directory);
        const char *const make[] = {"/bin/mkdir", "-p", to, NULL};
        const char *const copy[] = {"/bin/cp", "-a", "--sparse=always", stores, keys, to, NULL};
        net_run(make);
        net_run(copy);
}

static void put_back(const struct damage *damage)
{
        char stores[4300], keys[4300], whole_stores[4300], whole_keys[4300];
        (void)snprintf(stores, sizeof(stores), "%s/stores", damage->net->directory);
        (void)snprintf(keys, sizeof(keys), "%s/keys", damage->net->directory);
        (void)snprintf(whole_stores, sizeof(whole_stores), "%s/stores", damage->whole);
        (void)snprintf(whole_keys, sizeof(whole_keys), "%s/keys", damage->whole);
        const char *const copy[] = {
                "/bin/cp", "-a", "--sparse=always", whole_stores, whole_keys, damage->net->directory, NULL};
        net_remove(stores);
        net_remove(keys);
        net_run(copy);
}

static void stop_network(struct damage *damage)
{
        for (size_t i = 0; i < INSTANCES; i++)
                net_stop_instance(damage->net, net_all[i]);
}

static void attach_document(struct damage *damage, size_t n)
{
        struct arena arena scoped(arena_fini) = {0};
        static uint8_t bytes[DOCUMENT_BYTES] = "%PDF-";
        Types__Id *placement = id_to(&arena, damage->month_end.placements[n]);
        Tracking__BeginDocument begin = TRACKING__BEGIN_DOCUMENT__INIT;
        Tracking__AttachDocument attach = TRACKING__ATTACH_DOCUMENT__INIT;
        begin.placement_id = attach.placement_id = placement;
        begin.size = sizeof(bytes);
        begin.media_type = TYPES__MEDIA_TYPE__PDF;
        const Tracking__BeginDocumentReply *begun = net_ask(damage->net, "tracking.BeginDocument", &begin, &arena);
        for (uint32_t i = 0; i < begun->pieces; i++) {
                struct blob_piece piece = blob_piece_of(sizeof(bytes), i);
                Tracking__PutDocumentPiece put = TRACKING__PUT_DOCUMENT_PIECE__INIT;
                put.placement_id = placement;
                put.upload_id = begun->upload_id;
                put.index = i;
                put.content = pb_bytes(slice_of(bytes + (size_t)i * LIMIT_BLOB_PIECE_BYTES, piece.plain));
                (void)net_ask(damage->net, "tracking.PutDocumentPiece", &put, &arena);
        }
        attach.upload_id = begun->upload_id;
        attach.title = arena_text(&arena, "Attestation d'embauche");
        (void)net_ask(damage->net, "tracking.AttachDocument", &attach, &arena);
}

static void load(struct damage *damage, size_t months, char *round)
{
        struct net *net = damage->net;
        size_t statements = months * damage->month_end.count;
        struct stream submit = {net, "tracking.SubmitHours", NULL, make_statement, NULL, damage};
        struct stream validate = {net, "tracking.ValidateHours", NULL, make_validation, NULL, damage};
        struct stream put = {net, "directory.PutOrganisation", NULL, make_organisation, NULL, round, "directory-1"};
        struct stream refer = {net, "tracking.ReferBeneficiary", NULL, make_referral, NULL, damage, "tracking-2"};
        stream_run(&submit, statements);
        stream_run(&validate, statements);
        damage->statements += statements;
        stream_run(&put, ORGANISATIONS);
        stream_run(&refer, ORGANISATIONS);
        for (size_t i = 0; i < DOCUMENTS; i++)
                attach_document(damage, i);
        net_wait_followed(net, "contracts-1", "tracking-1");
        net_wait_followed(net, "contracts-1", "directory-1");
        net_wait_followed(net, "reporting-1", "directory-1");
        net_wait_followed(net, "reporting-1", "contracts-1");
        net_wait_followed(net, "reporting-1", "tracking-1");
        net_wait_followed(net, "reporting-1", "tracking-2");
        net_wait_followed(net, "notifications-1", "contracts-1");
}

/* --- daemons whose last words are kept -----------------------------------------------------------------------------
 */

static void log_path(const struct damage *damage, const char *name, char ret[4300])
{
        (void)snprintf(ret, 4300, "%s/logs/%s.log", damage->net->directory, name);
}

/* The program's standard output and error go to the file. */
static pid_t spawn_into(const char *path, const char *const *arguments)
{
        pid_t pid = fork();
        if (pid < 0)
                harness_fail("cannot start %s", arguments[0]);
        if (pid == 0) {
                int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
                if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 || dup2(fd, STDERR_FILENO) < 0)
                        _exit(127);
                (void)execv(arguments[0], (char *const *)(uintptr_t)arguments);
                _exit(127);
        }
        return pid;
}

static void read_text(const char *path, char ret[TEXT_SIZE])
{
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t size = fd < 0 ? 0 : read(fd, ret, TEXT_SIZE - 1);
        ret[size < 0 ? 0 : size] = '\0';
        if (fd >= 0)
                (void)close(fd);
}

static void start_all(struct damage *damage)
{
        for (size_t i = 0; i < INSTANCES; i++) {
                char program[4300], topology[4300], path[4300];
                (void)snprintf(program, sizeof(program), "%s/guichet-%s", damage->net->bin,
                               net_instance(damage->net, net_all[i])->service);
                (void)snprintf(topology, sizeof(topology), "%s/topology.json", damage->net->directory);
                const char *const arguments[] = {program, "--topology", topology, "--instance", net_all[i], NULL};
                log_path(damage, net_all[i], path);
                damage->seen[i] = (struct daemon_seen){.pid = spawn_into(path, arguments)};
        }
}

static bool has_ended(struct daemon_seen *seen)
{
        if (seen->pid != 0 && waitpid(seen->pid, &seen->status, WNOHANG) == seen->pid)
                seen->pid = 0;
        return seen->pid == 0;
}

static bool ask_health(struct damage *damage, struct link *link, size_t at)
{
        struct arena arena scoped(arena_fini) = {0};
        struct daemon_seen *seen = &damage->seen[at];
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        struct answer answer;
        if (has_ended(seen) ||
            link_call_instance(link, net_instance(damage->net, net_all[at]), "runtime.Health", &request.base, NULL,
                               &arena, &answer, NULL) != 0 ||
            answer.body == NULL)
                return false;
        const Runtime__HealthReply *health = (const void *)answer.body;
        seen->answered = strcmp(health->state, "starting") != 0;
        seen->diverged = strcmp(health->state, "diverged") == 0;
        seen->position = health->position;
        return seen->answered;
}

static void wait_started(struct damage *damage, struct link *link)
{
        uint64_t give_up_us = harness_now_us() + START_US;
        for (size_t i = 0; i < INSTANCES;) {
                if (ask_health(damage, link, i) || has_ended(&damage->seen[i])) {
                        i++;
                        continue;
                }
                if (harness_now_us() > give_up_us) {
                        fault(damage, net_all[i], "neither serves nor ends");
                        return;
                }
                harness_pause_ms(STEP_MS);
        }
}

/* A feed that opens tells at once; what a source has told meanwhile is taken in. */
static void let_settle(struct damage *damage, struct link *link)
{
        uint64_t until_us = harness_now_us() + SETTLE_US, before = 1, now = 0;
        bool diverged = false;
        while (!diverged && before != now && harness_now_us() < until_us) {
                before = now;
                now = 0;
                for (size_t i = 0; i < INSTANCES; i++) {
                        (void)ask_health(damage, link, i);
                        now += damage->seen[i].position;
                        diverged = diverged || damage->seen[i].diverged;
                }
                harness_pause_ms(5 * STEP_MS);
        }
}

/* --- use, verify, stop ---------------------------------------------------------------------------------------------
 */

static void use(struct damage *damage, struct link *link, size_t n)
{
        struct arena arena scoped(arena_fini) = {0};
        char round[] = "usage";
        const struct {
                const char *instance, *method;
                const ProtobufCMessage *request;
        } calls[] = {
                {"directory-1", "directory.PutOrganisation", make_organisation(round, n, &arena)},
                {"tracking-1", "tracking.SubmitHours", make_statement(damage, n % damage->month_end.count, &arena)},
                {"tracking-1", "tracking.ValidateHours", make_validation(damage, n % damage->month_end.count, &arena)},
                {"tracking-2", "tracking.ReferBeneficiary", make_referral(damage, n, &arena)},
        };
        for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
                struct answer answer;
                for (size_t d = 0; d < INSTANCES; d++)
                        if (strcmp(net_all[d], calls[i].instance) == 0 && !has_ended(&damage->seen[d]))
                                damage->asked +=
                                        link_call_instance(link, net_instance(damage->net, net_all[d]), calls[i].method,
                                                           calls[i].request, NULL, &arena, &answer, NULL) == 0;
        }
}

/* Of damaged pages, the lines that find a fault are the victim's. */
static void check_blame(struct damage *damage, const struct harm *harm, const char *text)
{
        size_t size = strlen(harm->victim);
        for (const char *line = text; line != NULL && *line != '\0'; line = strchr(line, '\n')) {
                line += *line == '\n';
                const char *fault_at = strstr(line, "NON CONFORME"), *end = strchr(line, '\n');
                if (fault_at != NULL && end != NULL && fault_at < end &&
                    (strncmp(line, harm->victim, size) != 0 || line[size] != ' '))
                        fault(damage, "guichetctl verify", "blames another store");
        }
}

/* Whether it found a difference. */
/* False: it has not ended in time, so it was ended. */
static bool ends_in_time(pid_t pid, int *ret_status)
{
        uint64_t give_up_us = harness_now_us() + VERIFY_US;
        while (waitpid(pid, ret_status, WNOHANG) == 0) {
                if (harness_now_us() > give_up_us) {
                        (void)send_signal(pid, SIGKILL);
                        (void)waitpid(pid, ret_status, 0);
                        return false;
                }
                harness_pause_ms(STEP_MS);
        }
        return true;
}

static bool verify(struct damage *damage, const struct harm *harm, char text[TEXT_SIZE])
{
        char path[4300], program[4300];
        int status = 0;
        log_path(damage, "verify", path);
        (void)snprintf(program, sizeof(program), "%s/guichetctl", damage->net->bin);
        const char *const arguments[] = {program, "verify", "--dir", damage->net->directory, NULL};
        if (!ends_in_time(spawn_into(path, arguments), &status))
                fault(damage, "guichetctl verify", "does not end");
        else if (!WIFEXITED(status))
                fault(damage, "guichetctl verify", "ends by a signal");
        read_text(path, text);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
                return false;
        if (harm->of_pages)
                check_blame(damage, harm, text);
        if (strstr(text, "guichetctl restore") == NULL && strstr(text, "keys/") == NULL)
                fault(damage, "guichetctl verify", "names no remedy");
        return true;
}

static void stop_all(struct damage *damage)
{
        uint64_t give_up_us = harness_now_us() + STOP_US;
        for (size_t i = 0; i < INSTANCES; i++)
                if (!has_ended(&damage->seen[i]))
                        (void)send_signal(damage->seen[i].pid, SIGTERM);
        for (size_t i = 0; i < INSTANCES;) {
                if (has_ended(&damage->seen[i])) {
                        i++;
                        continue;
                }
                if (harness_now_us() > give_up_us) {
                        fault(damage, net_all[i], "does not stop");
                        (void)send_signal(damage->seen[i].pid, SIGKILL);
                        give_up_us += STOP_US;
                }
                harness_pause_ms(STEP_MS);
        }
}

/* --- judging -------------------------------------------------------------------------------------------------------
 */

/* The last line says what is wrong and what to do. */
static bool last_line_helps(const struct damage *damage, const char *instance, char text[TEXT_SIZE])
{
        static const char *const remedies[] = {"guichetctl", "ut it back", "Put the saved",
                                               "backup",     "chmod",      "exchanged"};
        char path[4300];
        log_path(damage, instance, path);
        read_text(path, text);
        size_t size = strlen(text);
        while (size > 0 && text[size - 1] == '\n')
                text[--size] = '\0';
        char *last = strrchr(text, '\n');
        last = last == NULL ? text : last + 1;
        for (size_t i = 0; i < ARRAY_SIZE(remedies); i++)
                if (strstr(last, remedies[i]) != NULL)
                        return true;
        (void)memmove(text, last, strlen(last) + 1);
        return false;
}

static bool judge_ends(struct damage *damage, char text[TEXT_SIZE])
{
        bool told = false;
        char what[400];
        for (size_t i = 0; i < INSTANCES; i++) {
                int status = damage->seen[i].status;
                if (status == 0)
                        continue;
                told = true;
                bool helps = last_line_helps(damage, net_all[i], text);
                if (WIFSIGNALED(status)) {
                        (void)snprintf(what, sizeof(what), "ends by signal %d: %.300s", WTERMSIG(status), text);
                        fault(damage, net_all[i], what);
                } else if (!helps) {
                        (void)snprintf(what, sizeof(what), "ends with %d and without a remedy: %.300s",
                                       WEXITSTATUS(status), text);
                        fault(damage, net_all[i], what);
                }
        }
        return told;
}

static void judge(struct damage *damage, const struct harm *harm, bool differs, char text[TEXT_SIZE])
{
        bool ended = judge_ends(damage, text), diverged = false;
        for (size_t i = 0; i < INSTANCES; i++)
                diverged = diverged || damage->seen[i].diverged;
        damage->refused_to_start += ended;
        damage->diverged += diverged && !ended;
        damage->verify_told += differs && !ended && !diverged;
        damage->unharmed += !ended && !diverged && !differs;
        if (harm->of_document && !differs)
                fault(damage, "guichetctl verify", "says nothing of a document that was lost");
        for (size_t i = 0; i < INSTANCES && !ended && !diverged && !differs; i++)
                if (damage->seen[i].position < damage->positions[i])
                        fault(damage, net_all[i], "has lost events, and nobody says so");
}

static void run_seed(struct damage *damage, uint64_t seed)
{
        static char text[TEXT_SIZE];
        struct err_info info = {0};
        struct link *link = NULL;
        struct arena arena scoped(arena_fini) = {0};
        struct link_options options = {.peer = "bench", .timeout_ms = ASK_MS};
        struct harm harm;
        damage->world = world_seeded(seed, 0);
        damage->faults[0] = '\0';
        put_back(damage);
        const struct harm_place place = {damage->net->directory, damage->older, net_all, INSTANCES, &damage->world};
        harm_do(&place, &harm);
        if (link_open(damage->net->topology, &options, &link, &info) != 0)
                harness_fail("%s", info.text);
        link_act_as(link, net_passport(damage->net, TYPES__ROLE__FACILITATOR, NULL, &arena));
        start_all(damage);
        wait_started(damage, link);
        use(damage, link, seed);
        let_settle(damage, link);
        bool differs = verify(damage, &harm, text);
        stop_all(damage);
        link_close(link);
        judge(damage, &harm, differs, text);
        damage->failed += damage->faults[0] != '\0';
        harness_note("seed %llu: %s: %s", (unsigned long long)seed, harm.told,
                     damage->faults[0] == '\0' ? "told, or unharmed" : damage->faults);
}

static void set_up(struct damage *damage, const struct harness *context)
{
        char first[] = "premier", second[] = "second";
        damage->net = net_start(context, net_all, INSTANCES);
        (void)snprintf(damage->whole, sizeof(damage->whole), "%s/whole", context->directory);
        (void)snprintf(damage->older, sizeof(damage->older), "%s/older", context->directory);
        month_end_prepare(damage->net, PEOPLE, &damage->month_end);
        load(damage, 1, first);
        stop_network(damage);
        copy_to(damage, damage->older);
        for (size_t i = 0; i < INSTANCES; i++)
                net_start_instance(damage->net, net_all[i], NULL);
        for (size_t i = 0; i < INSTANCES; i++)
                net_wait_serving(damage->net, net_all[i]);
        load(damage, 3, second);
        for (size_t i = 0; i < INSTANCES; i++) {
                (void)ask_health(damage, damage->net->link, i);
                damage->positions[i] = damage->seen[i].position;
        }
        stop_network(damage);
        copy_to(damage, damage->whole);
}

int main(int argc, char **argv)
{
        static const struct option options[] = {
                {"dir", required_argument, NULL, 'd'},
                {"bin", required_argument, NULL, 'b'},
                {"seeds", required_argument, NULL, 'n'},
                {"first", required_argument, NULL, 'f'},
                {NULL, 0, NULL, 0},
        };
        static struct damage damage;
        struct harness context = {.seconds = 1};
        uint64_t seeds = 20, first = 1;
        int option;
        while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
                switch (option) {
                case 'd': context.directory = optarg; break;
                case 'b': context.bin = optarg; break;
                case 'n': seeds = strtoull(optarg, NULL, 10); break;
                case 'f': first = strtoull(optarg, NULL, 10); break;
                default: return 2;
                }
        }
        if (context.directory == NULL || context.bin == NULL || seeds == 0 || sodium_init() < 0) {
                (void)fputs("usage: guichet-damage --dir DIR --bin DIR [--seeds N] [--first N]\n", stderr);
                return 2;
        }
        set_up(&damage, &context);
        for (uint64_t seed = first; seed < first + seeds; seed++)
                run_seed(&damage, seed);
        (void)printf(
                "%llu damages from seed %llu: %llu told by a daemon that ends, %llu by one that follows no longer, "
                "%llu by verify, %llu harmed nothing; %llu failed\n",
                (unsigned long long)seeds, (unsigned long long)first, (unsigned long long)damage.refused_to_start,
                (unsigned long long)damage.diverged, (unsigned long long)damage.verify_told,
                (unsigned long long)damage.unharmed, (unsigned long long)damage.failed);
        net_stop(damage.net);
        free(damage.month_end.placements);
        return damage.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
