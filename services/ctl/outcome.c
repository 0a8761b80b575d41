/* outcome: how placements end, and what becomes of the persons: the end, set right or taken back, the outcome at the
 * end, six and twelve months later, and whom to ask now. Acts as a facilitator of the territory. */
#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/person_text.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "services/ctl/typed.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

struct outcome {
        const struct verb *verb;
        const char *directory;
        const char *territory;
        const char *on, *outcome, *at, *code, *reason, *source, *correction;
        bool not_reached, late;
        uint64_t attempts;
        uint64_t seconds;
        struct id id;
        struct session session;
        struct arena arena;
};

static void end_outcome(struct outcome *outcome)
{
        session_close(&outcome->session);
        arena_fini(&outcome->arena);
}

static char *said(struct outcome *outcome, const char *text)
{
        return arena_text(&outcome->arena, text == NULL ? "" : text);
}

/* False after a complaint. */
static bool read_day(struct outcome *outcome, Types__Day **ret)
{
        struct day day;
        if (outcome->on == NULL || !typed_day(outcome->on, &day)) {
                (void)misused(outcome->verb, "il faut « --on JOUR », celui où cela s'est passé : " TYPED_DAY ".");
                return false;
        }
        *ret = day_to(&outcome->arena, day);
        return true;
}

static bool read_name(const struct outcome *outcome, const char *text, const ProtobufCEnumDescriptor *of, int *ret)
{
        if (text == NULL)
                return true;
        const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(of, text);
        if (value != NULL)
                *ret = value->value;
        else
                (void)misused(outcome->verb, "« %s » : voyez --help pour les valeurs.", text);
        return value != NULL;
}

static bool read_outcome(const struct outcome *outcome, Tracking__Outcome *ret)
{
        int value = TRACKING__OUTCOME__OUTCOME_UNKNOWN;
        if (!read_name(outcome, outcome->outcome, &tracking__outcome__descriptor, &value))
                return false;
        *ret = (Tracking__Outcome)value;
        return true;
}

/* What stands there now, so that nobody's later word is overwritten; false after a complaint. */
static bool read_version(struct outcome *outcome, Tracking__OutcomeMoment at, uint64_t *ret)
{
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = id_to(&outcome->arena, outcome->id);
        const Tracking__PlacementView *view =
                session_call(&outcome->session, "tracking.PlacementById", &query, NULL, &outcome->arena);
        *ret = 0;
        for (size_t i = 0; view != NULL && i < view->n_outcomes; i++)
                if (view->outcomes[i]->at == at)
                        *ret = view->outcomes[i]->version;
        return view != NULL;
}

static int asked(struct outcome *outcome, const char *method, const void *request)
{
        return session_call(&outcome->session, method, request, NULL, &outcome->arena) != NULL ? CTL_DONE : CTL_FAILED;
}

/* ---- the end */

static int end_placement(struct outcome *outcome)
{
        Tracking__EndPlacement request = TRACKING__END_PLACEMENT__INIT;
        if (!read_day(outcome, &request.ended_on) || !read_outcome(outcome, &request.outcome))
                return CTL_MISUSED;
        request.placement_id = id_to(&outcome->arena, outcome->id);
        request.end_code = said(outcome, outcome->code);
        request.reason = said(outcome, outcome->reason);
        return asked(outcome, "tracking.EndPlacement", &request);
}

static int correct(struct outcome *outcome)
{
        Tracking__CorrectEnd request = TRACKING__CORRECT_END__INIT;
        if (!read_day(outcome, &request.ended_on) || !read_outcome(outcome, &request.outcome))
                return CTL_MISUSED;
        if (!read_version(outcome, TRACKING__OUTCOME_MOMENT__AT_EXIT, &request.seen))
                return CTL_FAILED;
        request.placement_id = id_to(&outcome->arena, outcome->id);
        request.end_code = said(outcome, outcome->code);
        request.reason = said(outcome, outcome->reason);
        request.correction = said(outcome, outcome->correction);
        return asked(outcome, "tracking.CorrectEnd", &request);
}

static int reopen(struct outcome *outcome)
{
        Tracking__ReopenPlacement request = TRACKING__REOPEN_PLACEMENT__INIT;
        if (!read_version(outcome, TRACKING__OUTCOME_MOMENT__AT_EXIT, &request.seen))
                return CTL_FAILED;
        request.placement_id = id_to(&outcome->arena, outcome->id);
        request.correction = said(outcome, outcome->correction);
        return asked(outcome, "tracking.ReopenPlacement", &request);
}

/* ---- outcomes */

static int record_outcome(struct outcome *outcome)
{
        Tracking__RecordOutcome request = TRACKING__RECORD_OUTCOME__INIT;
        int at = TRACKING__OUTCOME_MOMENT__MOMENT_UNKNOWN;
        if (!read_day(outcome, &request.known_on) || !read_outcome(outcome, &request.outcome) ||
            !read_name(outcome, outcome->at, &tracking__outcome_moment__descriptor, &at))
                return CTL_MISUSED;
        request.at = (Tracking__OutcomeMoment)at;
        if (!read_version(outcome, request.at, &request.seen))
                return CTL_FAILED;
        request.placement_id = id_to(&outcome->arena, outcome->id);
        request.not_reached = outcome->not_reached;
        request.attempts = (uint32_t)outcome->attempts;
        request.source_code = said(outcome, outcome->source);
        request.correction = said(outcome, outcome->correction);
        const Tracking__RecordOutcomeReply *reply =
                session_call(&outcome->session, "tracking.RecordOutcome", &request, NULL, &outcome->arena);
        if (reply == NULL)
                return CTL_FAILED;
        if (reply->goes_on)
                (void)puts("Noté. Elle reste à joindre : « guichetctl outcome due ».");
        return CTL_DONE;
}

static void tell_line(const Tracking__OutcomeDueLine *line)
{
        char id[ID_TEXT_SIZE], ended[DAY_TEXT_SIZE], by[DAY_TEXT_SIZE];
        id_format(id_of(line->placement_id), id);
        day_format(day_of(line->ended_on), ended);
        day_format(day_of(line->ask_by), by);
        print_cell(id, 36);
        (void)printf("  ");
        print_cell(line->territory, 4);
        print_cell(outcome_moment_text(line->at), 13);
        (void)printf("%s  %s%s  %u  %s\n", ended, by, line->late ? " !" : "  ", line->attempts, line->acts_next);
}

static int list_due(struct outcome *outcome)
{
        Tracking__OutcomesDue request = TRACKING__OUTCOMES_DUE__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t told = 0;
        request.page = &page;
        request.late_only = outcome->late;
        do {
                const Tracking__OutcomesDueReply *reply =
                        session_call(&outcome->session, "tracking.OutcomesDue", &request, NULL, &outcome->arena);
                if (reply == NULL)
                        return CTL_FAILED;
                if (told == 0 && reply->n_lines > 0)
                        (void)puts("Parcours                              Dép Quand        Terminé le  À demander "
                                   "avant Essais Par qui");
                for (size_t i = 0; i < reply->n_lines; i++)
                        tell_line(reply->lines[i]);
                told += reply->n_lines;
                page.after = reply->next;
        } while (page.after.len > 0);
        if (told == 0)
                (void)puts("Personne n'est à joindre.");
        return CTL_DONE;
}

/* ---- */

static const struct act {
        const char *name;
        int (*run)(struct outcome *outcome);
        int words; /* its own name too */
} acts[] = {
        {"end", end_placement, 2},     {"correct", correct, 2}, {"reopen", reopen, 2},
        {"record", record_outcome, 2}, {"due", list_due, 1},
};

static int act(struct outcome *outcome, int words, char **argv)
{
        for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
                if (strcmp(acts[i].name, argv[0]) != 0)
                        continue;
                if (words != acts[i].words || (words == 2 && id_parse(argv[1], &outcome->id) != 0))
                        return misused(outcome->verb, "« %s » demande %s.", argv[0],
                                       acts[i].words == 2 ? "l'UUID d'un parcours" : "un réseau seulement");
                if (!session_open(outcome->directory, (uint32_t)outcome->seconds * 1000, &outcome->session))
                        return CTL_FAILED;
                session_act(&outcome->session, TYPES__ROLE__FACILITATOR, NULL, outcome->territory);
                return acts[i].run(outcome);
        }
        return misused(outcome->verb, "« %s » : end, correct, reopen, record ou due.", argv[0]);
}

static int run_outcome(const struct verb *verb, int argc, char **argv)
{
        scoped(end_outcome) struct outcome outcome = {
                .verb = verb, .directory = "run", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &outcome.directory},
                {.name = "--territory", .text = &outcome.territory},
                {.name = "--on", .text = &outcome.on},
                {.name = "--outcome", .text = &outcome.outcome},
                {.name = "--at", .text = &outcome.at},
                {.name = "--code", .text = &outcome.code},
                {.name = "--reason", .text = &outcome.reason},
                {.name = "--source", .text = &outcome.source},
                {.name = "--correction", .text = &outcome.correction},
                {.name = "--not-reached", .flag = &outcome.not_reached},
                {.name = "--attempts", .number = &outcome.attempts, .number_max = 99},
                {.name = "--late", .flag = &outcome.late},
                {.name = "--seconds", .number = &outcome.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 2};
        int words = options_parse(verb, &options, argc, argv);
        return words < 0 ? CTL_MISUSED : act(&outcome, words, argv);
}

const struct verb verb_outcome = {
        .name = "outcome",
        .summary = "termine un parcours, corrige sa fin, note ce que la personne est devenue",
        .usage = "guichetctl outcome end UUID --on JOUR [--outcome ISSUE] [--code CODE] [--reason TEXTE]\n"
                 "guichetctl outcome correct UUID --on JOUR [--outcome ISSUE] [--code CODE] [--reason TEXTE]\n"
                 "                 --correction TEXTE\n"
                 "guichetctl outcome reopen UUID --correction TEXTE\n"
                 "guichetctl outcome record UUID --at MOMENT --on JOUR --outcome ISSUE --source CODE\n"
                 "guichetctl outcome record UUID --at MOMENT --on JOUR --not-reached --attempts N\n"
                 "guichetctl outcome due [--late]\n"
                 "                 [--dir run] [--territory 31,82] [--seconds 10]\n\n"
                 "Agit comme facilitateur ; UUID est celui d'un parcours.\n\n"
                 "  end      termine le parcours ; l'issue peut être dite plus tard (record)\n"
                 "  correct  redit une fin fausse : le jour, l'issue, le motif ; les chiffres suivent\n"
                 "  reopen   le parcours n'est pas terminé : sa fin est annulée\n"
                 "  record   ce que la personne est devenue, ou qu'elle n'a pas pu être jointe\n"
                 "  due      qui est à joindre, le plus ancien d'abord, par qui et avant quand ; « ! » : en retard\n\n"
                 "  --outcome     DURABLE_JOB, TRANSITION_JOB, POSITIVE_EXIT, OTHER_EXIT ou WITHDRAWN\n"
                 "  --at          AT_EXIT, AT_SIX_MONTHS ou AT_TWELVE_MONTHS\n"
                 "  --code        motif de la fin, un code de deploy/rules/outcomes.json : END_OF_CONTRACT…\n"
                 "  --source      qui l'a dit, un code du même fichier : PERSON, PRESCRIBER, EMPLOYER…\n"
                 "  --attempts    combien de fois on a essayé de la joindre, en tout\n"
                 "  --correction  pourquoi ce qui était noté est corrigé ; reste au dossier, scellé\n\n"
                 "Exemples :\n"
                 "  guichetctl outcome end UUID --on 2026-09-30 --code END_OF_CONTRACT\n"
                 "  guichetctl outcome record UUID --at AT_EXIT --on 2026-10-06 --outcome DURABLE_JOB \\\n"
                 "                 --source PERSON\n"
                 "  guichetctl outcome due --late",
        .run = run_outcome,
};
