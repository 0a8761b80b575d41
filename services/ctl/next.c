/* next: what has to be done next, whatever room knows of it: proposals, persons who wait, eligibilities, placements of
 * which nothing is heard, visits, outcomes, hours; what is late first, as whoever is named with --as. */
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/id.h"
#include "common/base/local_time.h"
#include "common/base/world.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/eligibility_text.h"
#include "services/ctl/next_line.h"
#include "services/ctl/options.h"
#include "services/ctl/proposal_text.h"
#include "services/ctl/session.h"
#include "tracking/queries.pb-c.h"

enum {
        MONTHS = 2,      /* before this one, whose hours may be open */
        HOURS_DAYS = 15, /* after the month: so long may they take */
};

struct next {
        const char *directory, *territory, *as, *organisation;
        bool others, late;
        uint64_t seconds;
        Types__Role role;
        struct day today;
        int month; /* that is asked for */
        struct session session;
        struct arena arena;
        struct next_line *lines;
        size_t count;
};

static void end_next(struct next *next)
{
        session_close(&next->session);
        arena_fini(&next->arena);
}

/* What nobody has to do by a day is not to be done next. */
static void add_line(struct next *next, struct next_line line)
{
        if (line.by == NULL)
                return;
        line.is_late = line.by->days < day_number(next->today);
        if (next->late && !line.is_late)
                return;
        next->lines = pb_append(next->lines, &next->count, sizeof(line), &next->arena);
        next->lines[next->count - 1] = line;
}

/* ---- of each room: a reply's lines, and its cursor */

static ProtobufCBinaryData of_proposals(struct next *next, const void *message)
{
        const Tracking__NextActionsReply *reply = message;
        for (size_t i = 0; i < reply->n_actions; i++) {
                const Tracking__NextAction *action = reply->actions[i];
                add_line(next, (struct next_line){.by = action->act_by,
                                                  .since = action->since,
                                                  .actor = proposal_actor_text(action->actor),
                                                  .label = action->label,
                                                  .id = action->proposal_id,
                                                  .about = action->need_title,
                                                  .action = action->action,
                                                  .state = proposal_state_text(action->state)});
        }
        return reply->next;
}

static ProtobufCBinaryData of_waiting(struct next *next, const void *message)
{
        const Tracking__WaitingPersonsReply *reply = message;
        for (size_t i = 0; i < reply->n_persons; i++) {
                const Tracking__WaitingPerson *person = reply->persons[i];
                add_line(next, (struct next_line){.by = person->act_by,
                                                  .since = person->since,
                                                  .actor = proposal_actor_text(person->actor),
                                                  .id = person->beneficiary_id,
                                                  .about = "personne",
                                                  .action = person->action,
                                                  .state = waiting_state_text(person->state)});
        }
        return reply->next;
}

static ProtobufCBinaryData of_eligibilities(struct next *next, const void *message)
{
        const Tracking__EligibilityDueReply *reply = message;
        for (size_t i = 0; i < reply->n_lines; i++) {
                const Tracking__EligibilityDueLine *line = reply->lines[i];
                if (line->next_action == TRACKING__ELIGIBILITY_ACTION__DECIDE)
                        continue; /* among the persons who wait */
                add_line(next, (struct next_line){.by = line->next_before != NULL ? line->next_before
                                                                                  : day_to(&next->arena, next->today),
                                                  .actor = "facilitateur",
                                                  .id = line->beneficiary_id,
                                                  .about = "éligibilité",
                                                  .action = eligibility_text_action(line->next_action)});
        }
        return reply->next;
}

static ProtobufCBinaryData of_follow_up(struct next *next, const void *message)
{
        const Tracking__FollowUpDueReply *reply = message;
        for (size_t i = 0; i < reply->n_lines; i++) {
                const Tracking__FollowUpDueLine *line = reply->lines[i];
                bool is_visit = line->visit != TRACKING__VISIT_STATE__VISIT_UNKNOWN;
                add_line(next, (struct next_line){.by = line->act_by,
                                                  .since = line->since,
                                                  .actor = "facilitateur",
                                                  .id = line->placement_id,
                                                  .about = is_visit ? "visite prévue" : "sans nouvelles",
                                                  .action = is_visit ? "Faire la visite prévue" : line->acts_next,
                                                  .state = is_visit ? "prévue" : "rien"});
        }
        return reply->next;
}

static ProtobufCBinaryData of_outcomes(struct next *next, const void *message)
{
        static const char *const moments[] = {"", "à la sortie", "à six mois", "à douze mois"};
        const Tracking__OutcomesDueReply *reply = message;
        for (size_t i = 0; i < reply->n_lines; i++) {
                const Tracking__OutcomeDueLine *line = reply->lines[i];
                add_line(next,
                         (struct next_line){.by = line->ask_by,
                                            .since = line->due_on,
                                            .actor = "facilitateur",
                                            .id = line->placement_id,
                                            .about = (size_t)line->at < ARRAY_SIZE(moments) ? moments[line->at] : "",
                                            .action = "Demander ce que la personne est devenue",
                                            .state = line->acts_next});
        }
        return reply->next;
}

static ProtobufCBinaryData of_evidence(struct next *next, const void *message)
{
        static const char *const actors[] = {"personne", "facilitateur", "employeur"};
        const Tracking__EvidenceListReply *reply = message;
        for (size_t i = 0; i < reply->n_items; i++) {
                const Tracking__EvidenceView *item = reply->items[i];
                size_t actor = (size_t)item->next_actor;
                add_line(next, (struct next_line){.by = item->act_by,
                                                  .since = item->since,
                                                  .actor = actor < ARRAY_SIZE(actors) ? actors[actor] : actors[0],
                                                  .id = item->placement_id,
                                                  .about = "contrôle sur échantillon",
                                                  .action = item->next_action});
        }
        return reply->next;
}

static ProtobufCBinaryData of_relocations(struct next *next, const void *message)
{
        const Tracking__RelocationsReply *reply = message;
        for (size_t i = 0; i < reply->n_lines; i++) {
                const Tracking__RelocationView *one = reply->lines[i];
                add_line(next, (struct next_line){.by = one->answer_by,
                                                  .since = one->agreed_on,
                                                  .actor = "facilitateur",
                                                  .label = one->label,
                                                  .id = one->relocation_id,
                                                  .about = "changement de département",
                                                  .action = one->acts_next});
        }
        return reply->next;
}

/* Of hours the month tells since when: they are awaited from the first day after it. */
static ProtobufCBinaryData of_hours(struct next *next, const void *message)
{
        static const struct {
                const char *actor, *action, *state;
        } states[] = {
                [TRACKING__HOURS_STATE__HOURS_AWAITED] = {"employeur", "Déclarer les heures du mois", "attendues"},
                [TRACKING__HOURS_STATE__HOURS_STATED] = {"facilitateur", "Valider les heures du mois", "déclarées"},
                [TRACKING__HOURS_STATE__HOURS_SENT_BACK] = {"employeur", "Déclarer à nouveau les heures", "renvoyées"},
                [TRACKING__HOURS_STATE__HOURS_TO_CHECK] = {"facilitateur", "Revoir les heures validées", "à revoir"},
        };
        const Tracking__MonthSheetReply *reply = message;
        struct day since = month_first_day(month_of_number(next->month + 1));
        for (size_t i = 0; i < reply->n_lines; i++) {
                const Tracking__MonthLine *line = reply->lines[i];
                size_t state = (size_t)line->state;
                if (state >= ARRAY_SIZE(states) || states[state].actor == NULL)
                        continue;
                bool is_facilitators = strcmp(states[state].actor, "facilitateur") == 0;
                bool is_mine = is_facilitators == (next->role == TYPES__ROLE__FACILITATOR);
                if (is_mine == next->others)
                        continue;
                add_line(next,
                         (struct next_line){.by = day_to(&next->arena, day_of_number(day_number(since) + HOURS_DAYS)),
                                            .since = day_to(&next->arena, since),
                                            .actor = states[state].actor,
                                            .id = line->placement_id,
                                            .about = line->employer_name,
                                            .action = states[state].action,
                                            .state = states[state].state});
        }
        return reply->next;
}

/* ---- asking */

/* Every page of a list. False: it was told why not. */
static bool ask(struct next *next, const char *method, void *request, Types__Page *page,
                ProtobufCBinaryData (*take)(struct next *next, const void *reply))
{
        page->after = (ProtobufCBinaryData){0};
        do {
                const void *reply = session_call(&next->session, method, request, NULL, &next->arena);
                if (reply == NULL)
                        return false;
                page->after = take(next, reply);
        } while (page->after.len > 0);
        return true;
}

static bool ask_hours(struct next *next)
{
        Tracking__MonthSheet request = TRACKING__MONTH_SHEET__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        request.page = &page;
        for (int before = MONTHS; before > 0; before--) {
                next->month = month_number(month_of_day(next->today)) - before;
                request.month = month_to(&next->arena, month_of_number(next->month));
                if (!ask(next, "tracking.MonthSheet", &request, &page, of_hours))
                        return false;
        }
        return true;
}

static bool ask_own(struct next *next)
{
        Tracking__WaitingPersons waiting = TRACKING__WAITING_PERSONS__INIT;
        Tracking__EligibilityDue eligibility = TRACKING__ELIGIBILITY_DUE__INIT;
        Tracking__FollowUpDue follow_up = TRACKING__FOLLOW_UP_DUE__INIT;
        Tracking__OutcomesDue outcomes = TRACKING__OUTCOMES_DUE__INIT;
        Tracking__Relocations relocations = TRACKING__RELOCATIONS__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        waiting.page = eligibility.page = follow_up.page = outcomes.page = relocations.page = &page;
        relocations.waiting_only = true;
        if (!ask(next, "tracking.WaitingPersons", &waiting, &page, of_waiting) ||
            !ask(next, "tracking.EligibilityDue", &eligibility, &page, of_eligibilities) ||
            !ask(next, "tracking.FollowUpDue", &follow_up, &page, of_follow_up))
                return false;
        follow_up.visits = true;
        return ask(next, "tracking.FollowUpDue", &follow_up, &page, of_follow_up) &&
               ask(next, "tracking.OutcomesDue", &outcomes, &page, of_outcomes) &&
               ask(next, "tracking.Relocations", &relocations, &page, of_relocations);
}

static bool ask_all(struct next *next)
{
        Tracking__NextActions query = TRACKING__NEXT_ACTIONS__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        query.of_others = next->others;
        if (!ask(next, "tracking.NextActions", &query, &page, of_proposals))
                return false;
        if (next->role == TYPES__ROLE__FACILITATOR && !next->others && !ask_own(next))
                return false;
        if (next->role == TYPES__ROLE__PRESCRIBER)
                return true;
        Tracking__EvidenceDue evidence = TRACKING__EVIDENCE_DUE__INIT;
        evidence.page = &page;
        evidence.of_others = next->others;
        return ask(next, "tracking.EvidenceDue", &evidence, &page, of_evidence) && ask_hours(next);
}

static int earlier(const void *a, const void *b)
{
        const struct next_line *left = a, *right = b;
        if (left->by->days != right->by->days)
                return left->by->days < right->by->days ? -1 : 1;
        int by_action = strcmp(left->action, right->action);
        return by_action != 0 ? by_action : memcmp(left->id->value.data, right->id->value.data, sizeof(struct id));
}

static int run_next(const struct verb *verb, int argc, char **argv)
{
        struct world world = world_real();
        scoped(end_next) struct next next = {.directory = "run", .territory = "*", .as = "FACILITATOR", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &next.directory},
                {.name = "--territory", .text = &next.territory},
                {.name = "--as", .text = &next.as},
                {.name = "--organisation", .text = &next.organisation},
                {.name = "--others", .flag = &next.others},
                {.name = "--late", .flag = &next.late},
                {.name = "--seconds", .number = &next.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows)};
        struct id organisation;
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (!role_parse(next.as, &next.role))
                return misused(verb, "« --as %s » n'est pas un rôle : FACILITATOR, PRESCRIBER, COMPANY…", next.as);
        if (next.organisation != NULL && id_parse(next.organisation, &organisation) != 0)
                return misused(verb, "« --organisation %s » : ce n'est pas un UUID.", next.organisation);
        if (!session_open(next.directory, (uint32_t)next.seconds * 1000, &next.session))
                return CTL_FAILED;
        next.today = local_day("", world.now_ms(&world));
        session_act(&next.session, next.role, next.organisation == NULL ? NULL : &organisation, next.territory);
        if (!ask_all(&next))
                return CTL_FAILED;
        if (next.count > 0)
                qsort(next.lines, next.count, sizeof(*next.lines), earlier);
        next_print(next.lines, next.count);
        return CTL_DONE;
}

const struct verb verb_next = {
        .name = "next",
        .summary = "ce qui est à faire ensuite, depuis quand et d'ici quand, le plus en retard d'abord",
        .usage = "guichetctl next [--others] [--late] [--as RÔLE] [--organisation UUID] [--territory 31,82]\n"
                 "                [--dir run] [--seconds 10]\n\n"
                 "Propositions, personnes en attente, éligibilités, parcours sans nouvelles, visites, issues,\n"
                 "contrôles, changements de département, heures des deux derniers mois : en une liste.\n\n"
                 "  --others  pour un facilitateur : ce que les autres ont à faire dans ses territoires\n"
                 "  --late    ce qui est en retard seulement\n\n"
                 "Exemples :\n"
                 "  guichetctl next --territory 31\n"
                 "  guichetctl next --as COMPANY --organisation UUID",
        .run = run_next,
};
