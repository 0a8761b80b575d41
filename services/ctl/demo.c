/* demo: a region that lives, made up by the project itself, through the same commands as any other. */
#include "services/ctl/demo.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "services/ctl/demo_phases.h"
#include "services/ctl/role_users.h"
#include "services/ctl/health.h"
#include "services/ctl/network_file.h"
#include "services/ctl/options.h"
#include "services/ctl/pipeline.h"
#include "services/ctl/play.h"
#include "services/ctl/terminal.h"

enum {
        SETTLE_MS = 60000,
        DAY_MS = 86400000,
        SEED = 1,
        SHOWN_STRUCTURE = 8,  /* a temporary work agency: it has people at work */
        SHOWN_PRESCRIBER = 4, /* of Haute-Garonne */
        LABEL_WIDTH = 34,
        NUMBER_WIDTH = 8,
        REFUSALS_TOLD_MAX = 20,
};

struct demo {
        struct session *session;
        const struct demo_options *options;
        struct demo_plan *plan;
        int64_t started_ms;
        const struct demo_phase *phase;
        uint64_t done, refused;
};

struct demo_tag {
        const struct demo_phase *phase;
        size_t n;
};

static void on_answer(void *argument, const void *tag, const ProtobufCMessage *body, const Types__Refusal *refusal)
{
        struct demo *demo = argument;
        const struct demo_tag *from = tag;
        if (refusal == NULL) {
                demo->done++;
                if (from->phase->took != NULL)
                        from->phase->took(demo->plan, from->n, body);
                return;
        }
        progress_end();
        if (demo->refused++ < REFUSALS_TOLD_MAX)
                (void)complain("%s n° %zu refusé%s%s : %s", from->phase->title, from->n + 1,
                               refusal->field[0] != '\0' ? ", " : "", refusal->field, refusal->text);
}

static bool send_one(struct demo *demo, struct pipeline *pipeline, size_t n)
{
        scoped(arena_fini) struct arena arena = {0};
        struct demo_tag tag = {demo->phase, n};
        const ProtobufCMessage *request = demo->phase->make(demo->plan, n, &arena);
        if (request == NULL)
                return true;
        struct session_actor actor;
        demo->phase->who(demo->plan, n, &actor);
        const char *name = arena_printf(&arena, "demo/%llu/%s/%zu", (unsigned long long)demo->options->seed,
                                        demo->phase->title, n);
        struct pipeline_command command = {
                .method = demo->phase->method,
                .request = request,
                .key = id_derived(demo->started_ms, slice_of_text(name)),
                .actor = &actor,
                .tag = &tag,
                .tag_size = sizeof(tag),
        };
        return pipeline_send(pipeline, &command);
}

static bool run_phase(struct demo *demo, const struct demo_phase *phase)
{
        char text[NUMBER_TEXT_SIZE];
        session_act(demo->session, TYPES__ROLE__FACILITATOR, NULL, "*"); /* asks whether all is known everywhere */
        if (phase->settle && !health_wait_settled(demo->session, SETTLE_MS))
                return complain("les services n'ont pas rattrapé leur retard en une minute ; voir « guichetctl status "
                                "».") == 0;
        struct pipeline *pipeline = pipeline_new(demo->session, PIPELINE_WINDOW, on_answer, demo);
        demo->phase = phase;
        demo->done = 0;
        bool sent = true;
        for (size_t n = 0; n < phase->count && sent; n++) {
                sent = send_one(demo, pipeline, n);
                progress("%s : %zu", phase->title, n);
        }
        sent = sent && pipeline_finish(pipeline);
        pipeline_free(pipeline);
        progress_end();
        if (!sent)
                return false;
        (void)fputs("  ", stdout);
        print_cell(phase->title, LABEL_WIDTH);
        print_cell(number_text(demo->done, text), -NUMBER_WIDTH);
        (void)putchar('\n');
        return true;
}

static bool run_phases(struct demo *demo)
{
        for (size_t i = 0; i < demo_phase_count; i++)
                if (!run_phase(demo, &demo_phases[i]))
                        return false;
        if (demo->refused > 0)
                return complain("demandes refusées : %llu. La région n'est pas complète.",
                                (unsigned long long)demo->refused) == 0;
        const struct demo_organisation *planned = demo->plan->organisations;
        const struct role_organisations organisations = {
                .buyer = planned[0].id,
                .company = planned[demo_company(0)].id,
                .structure = planned[demo_structure(SHOWN_STRUCTURE)].id,
                .prescriber = planned[demo_prescriber(SHOWN_PRESCRIBER)].id,
                .prescriber_territory = demo_territory(demo->plan, planned[demo_prescriber(SHOWN_PRESCRIBER)].commune),
        };
        return role_users_create(demo->session, demo->options->directory, &organisations) &&
               health_wait_settled(demo->session, SETTLE_MS);
}

/* When the region was first loaded: the plan's first day, and what keys are derived from. Kept in demo.json, and
 * `loaded` once all of it was there, so that a load that was cut is not taken for a whole one. */
struct mark {
        int64_t started_ms;
        bool exists, loaded;
};

static bool write_mark(const struct demo_options *options, const struct mark *mark)
{
        char path[CTL_PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/demo.json", options->directory);
        json_t *json = json_object();
        require(json_object_set_new(json, "started_ms", json_integer(mark->started_ms)) == 0);
        require(json_object_set_new(json, "loaded", json_boolean(mark->loaded)) == 0);
        bool written = json_dump_file(json, path, JSON_INDENT(2)) == 0;
        json_decref(json);
        return written || complain("%s : écriture impossible (%s).", path, strerror(errno)) == 0;
}

static bool read_mark(const struct demo_options *options, struct mark *ret)
{
        char path[CTL_PATH_SIZE];
        struct world world = world_real();
        struct mark mark = {.started_ms = world.now_ms(&world)};
        (void)snprintf(path, sizeof(path), "%s/demo.json", options->directory);
        if (access(path, F_OK) == 0) {
                json_t *json = network_read(path);
                if (json == NULL)
                        return false;
                mark.exists = true;
                mark.loaded = json_is_true(json_object_get(json, "loaded"));
                mark.started_ms = (int64_t)json_integer_value(json_object_get(json, "started_ms"));
                json_decref(json);
                if (mark.started_ms <= 0)
                        return complain("%s : illisible ; supprimez-le.", path) == 0;
        } else if (!write_mark(options, &mark)) {
                return false;
        }
        *ret = mark;
        return true;
}

/* The daemons have forgotten the keys of the first load: sent again, each row would come a second time. */
static bool leave_as_it_is(const struct mark *mark)
{
        if (!mark->loaded)
                return complain("un chargement commencé il y a plus de %d jours n'a pas été fini et ne peut plus "
                                "l'être : repartez d'un répertoire vide.",
                                LIMIT_DEDUP_DAYS - 1) == 0;
        (void)puts("La région de démonstration est déjà là ; elle n'est pas rechargée.");
        return true;
}

/* The lives of some contracts, beside the region's many: every story of the folder, in the order of their names. */
static bool play_stories(const struct demo *demo)
{
        char directory[2 * CTL_PATH_SIZE], pattern[3 * CTL_PATH_SIZE];
        glob_t stories;
        bool good = true;
        if (demo->options->tables != NULL)
                (void)snprintf(directory, sizeof(directory), "%s", demo->options->tables);
        else if (!demo_directory(directory, sizeof(directory)))
                return false;
        (void)snprintf(pattern, sizeof(pattern), "%s/stories/*.json", directory);
        if (glob(pattern, 0, NULL, &stories) != 0)
                return complain("%s : aucune histoire à jouer.", pattern) == 0;
        for (size_t i = 0; i < stories.gl_pathc && good; i++) {
                struct play_options story = {.path = stories.gl_pathv[i], .now_ms = demo->started_ms, .is_once = true};
                good = play_story(demo->session, &story);
        }
        globfree(&stories);
        return good;
}

static bool load(struct demo *demo, struct mark *mark)
{
        struct demo_tables tables;
        struct world world = world_real();
        uint64_t started_us = world.monotonic_us(&world);
        if (!demo_tables_load(demo->options->tables, &tables))
                return false;
        demo->started_ms = mark->started_ms;
        demo->plan = demo_plan_new(&tables, demo->options->seed, local_day("", mark->started_ms));
        (void)printf("Région de démonstration, tout y est inventé%s :\n",
                     mark->loaded   ? " (déjà chargée, rien ne change)"
                     : mark->exists ? " (un chargement coupé est repris)"
                                    : "");
        bool done = run_phases(demo) && (mark->loaded || play_stories(demo));
        demo_plan_free(demo->plan);
        demo_tables_free(&tables);
        mark->loaded = true;
        if (!done || !write_mark(demo->options, mark))
                return false;
        (void)printf("Chargée en %.1f s.\n", (double)(world.monotonic_us(&world) - started_us) / 1e6);
        return true;
}

bool demo_load(struct session *session, const struct demo_options *options)
{
        struct demo demo = {.session = session, .options = options};
        struct world world = world_real();
        struct mark mark;
        if (!read_mark(options, &mark))
                return false;
        if (world.now_ms(&world) - mark.started_ms > (LIMIT_DEDUP_DAYS - 1) * (int64_t)DAY_MS)
                return leave_as_it_is(&mark);
        return load(&demo, &mark);
}

static int run_demo(const struct verb *verb, int argc, char **argv)
{
        struct demo_options demo = {.directory = "run", .seed = SEED};
        const struct option_row rows[] = {{.name = "--dir", .text = &demo.directory},
                                          {.name = "--tables", .text = &demo.tables},
                                          {.name = "--seed", .number = &demo.seed, .number_max = INT64_MAX}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows)};
        scoped(session_close) struct session session = {0};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (!session_open(demo.directory, 0, &session) || !demo_load(&session, &demo))
                return CTL_FAILED;
        (void)printf("Où regarder : guichetctl where --dir %s\n", demo.directory);
        return CTL_DONE;
}

const struct verb verb_demo = {
        .name = "demo",
        .summary = "charge une région de démonstration, inventée",
        .usage = "guichetctl demo [--dir run] [--tables deploy/demo] [--seed 1]\n\n"
                 "Acheteurs, marchés, clauses, besoins, personnes, parcours, heures et factures d'une région inventée "
                 "(vraies\n"
                 "communes, vrais codes CPV et ROME), chargés par les commandes ordinaires. Un compte par rôle est "
                 "créé :\n"
                 "ses jetons sont dans tokens.json. Recommencer ne change rien.\n\n"
                 "Exemple :\n"
                 "  guichetctl demo --dir run && guichetctl where --dir run",
        .run = run_demo,
};
