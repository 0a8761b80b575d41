/* followup: what is done for a person beside hours: contacts, adjustments, actions before the job, and who is to act
 * now. Acts as a facilitator of her territory. */
#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/person_text.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "services/ctl/typed.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

struct followup {
        const struct verb *verb;
        const char *directory;
        const char *territory;
        const char *on, *kind, *with, *result, *text, *placement, *state, *hours, *code, *correction;
        const char *reason, *reason_code;
        bool withdrawn, visits, gone;
        uint64_t seconds;
        struct id id, other;
        struct session session;
        struct arena arena;
};

static void end_followup(struct followup *followup)
{
        session_close(&followup->session);
        arena_fini(&followup->arena);
}

static char *said(struct followup *followup, const char *text)
{
        return arena_text(&followup->arena, text == NULL ? "" : text);
}

/* ---- what was typed; false after a complaint */

static bool read_day(struct followup *followup, Types__Day **ret)
{
        struct day day;
        if (followup->on == NULL || !typed_day(followup->on, &day)) {
                (void)misused(followup->verb, "il faut « --on JOUR », celui où cela s'est passé : " TYPED_DAY ".");
                return false;
        }
        *ret = day_to(&followup->arena, day);
        return true;
}

static bool read_name(const struct followup *followup, const char *text, const ProtobufCEnumDescriptor *of, int *ret)
{
        const ProtobufCEnumValue *value = text == NULL ? NULL : protobuf_c_enum_descriptor_get_value_by_name(of, text);
        if (value == NULL) {
                (void)misused(followup->verb, "« %s » : voyez --help pour les valeurs.", text == NULL ? "" : text);
                return false;
        }
        *ret = value->value;
        return true;
}

static bool read_placement(struct followup *followup, Types__Id **ret)
{
        struct id id;
        if (followup->placement == NULL)
                return true;
        if (id_parse(followup->placement, &id) != 0) {
                (void)misused(followup->verb, "« --placement » demande l'UUID d'un parcours.");
                return false;
        }
        *ret = id_to(&followup->arena, id);
        return true;
}

static Tracking__FollowUpContact *read_contact(struct followup *followup)
{
        int with = TRACKING__CONTACT_WITH__WITH_PERSON;
        Tracking__FollowUpContact *contact = pb_new(&tracking__follow_up_contact__descriptor, &followup->arena);
        if (!read_day(followup, &contact->happened_on) ||
            (followup->with != NULL &&
             !read_name(followup, followup->with, &tracking__contact_with__descriptor, &with)))
                return NULL;
        contact->met_with = (Tracking__ContactWith)with;
        contact->kind_code = said(followup, followup->kind);
        contact->result_code = said(followup, followup->result == NULL ? "MET" : followup->result);
        contact->text = said(followup, followup->text);
        return contact;
}

/* ---- contacts and actions */

static void tell_made(struct id id, const char *warning)
{
        char text[ID_TEXT_SIZE];
        id_format(id, text);
        (void)puts(text);
        if (warning[0] != '\0')
                (void)puts(warning);
}

static int record_contact(struct followup *followup)
{
        Tracking__RecordContact request = TRACKING__RECORD_CONTACT__INIT;
        request.contact = read_contact(followup);
        if (request.contact == NULL || !read_placement(followup, &request.placement_id))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&followup->arena, followup->id);
        const Tracking__RecordContactReply *reply =
                session_call(&followup->session, "tracking.RecordContact", &request, NULL, &followup->arena);
        if (reply == NULL)
                return CTL_FAILED;
        tell_made(id_of(reply->contact_id), reply->warning);
        if (reply->visit_on != NULL) {
                char day[DAY_TEXT_SIZE];
                day_format(day_of(reply->visit_on), day);
                (void)printf("C'était la visite prévue le %s.\n", day);
        }
        return CTL_DONE;
}

static const Tracking__FollowUpReply *read_list(struct followup *followup, Types__Page *page)
{
        Tracking__FollowUp query = TRACKING__FOLLOW_UP__INIT;
        query.beneficiary_id = id_to(&followup->arena, followup->id);
        query.page = page;
        return session_call(&followup->session, "tracking.FollowUp", &query, NULL, &followup->arena);
}

/* What stands there now, so that nobody's later word is overwritten; 0: it is not there. */
static uint64_t version_of_contact(const Tracking__FollowUpReply *list, struct id id)
{
        for (size_t i = 0; i < list->n_contacts; i++)
                if (id_equal(id_of(list->contacts[i]->contact_id), id))
                        return list->contacts[i]->version;
        return 0;
}

static uint64_t version_of_action(const Tracking__FollowUpReply *list, struct id id)
{
        for (size_t i = 0; i < list->n_actions; i++)
                if (id_equal(id_of(list->actions[i]->action_id), id))
                        return list->actions[i]->version;
        return 0;
}

static int correct_contact(struct followup *followup)
{
        enum { ALL = 500 };
        Tracking__CorrectContact request = TRACKING__CORRECT_CONTACT__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = ALL;
        request.contact = read_contact(followup);
        if (request.contact == NULL)
                return CTL_MISUSED;
        const Tracking__FollowUpReply *list = read_list(followup, &page);
        if (list == NULL)
                return CTL_FAILED;
        request.seen = version_of_contact(list, followup->other);
        request.beneficiary_id = id_to(&followup->arena, followup->id);
        request.contact_id = id_to(&followup->arena, followup->other);
        request.withdrawn = followup->withdrawn;
        request.correction = said(followup, followup->correction);
        const Tracking__CorrectContactReply *reply =
                session_call(&followup->session, "tracking.CorrectContact", &request, NULL, &followup->arena);
        if (reply != NULL && reply->warning[0] != '\0')
                (void)puts(reply->warning);
        return reply != NULL ? CTL_DONE : CTL_FAILED;
}

static int record_action(struct followup *followup)
{
        Tracking__RecordAction request = TRACKING__RECORD_ACTION__INIT;
        if (!read_day(followup, &request.asked_on) || !read_placement(followup, &request.placement_id))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&followup->arena, followup->id);
        request.kind_code = said(followup, followup->kind);
        request.text = said(followup, followup->text);
        const Tracking__RecordActionReply *reply =
                session_call(&followup->session, "tracking.RecordAction", &request, NULL, &followup->arena);
        if (reply == NULL)
                return CTL_FAILED;
        tell_made(id_of(reply->action_id), reply->warning);
        return CTL_DONE;
}

static int move_action(struct followup *followup)
{
        Tracking__MoveAction request = TRACKING__MOVE_ACTION__INIT;
        int state = 0;
        struct hours hours;
        if (!read_day(followup, &request.happened_on) ||
            !read_name(followup, followup->state, &tracking__action_state__descriptor, &state))
                return CTL_MISUSED;
        if (followup->hours != NULL && !typed_hours(followup->hours, &hours))
                return misused(followup->verb, "« --hours » : il faut " TYPED_HOURS ".");
        const Tracking__FollowUpReply *list = read_list(followup, NULL);
        if (list == NULL)
                return CTL_FAILED;
        request.seen = version_of_action(list, followup->other);
        request.beneficiary_id = id_to(&followup->arena, followup->id);
        request.action_id = id_to(&followup->arena, followup->other);
        request.state = (Tracking__ActionState)state;
        request.hours = followup->hours == NULL ? NULL : hours_to(&followup->arena, hours);
        request.giving_up_code = said(followup, followup->code);
        request.correction = said(followup, followup->correction);
        return session_call(&followup->session, "tracking.MoveAction", &request, NULL, &followup->arena) != NULL
                       ? CTL_DONE
                       : CTL_FAILED;
}

/* ---- lists */

static void tell_visits(const Tracking__FollowUpReply *list)
{
        static const char *const states[] = {"?", "prévue", "à faire", "manquée", "faite"};
        for (size_t i = 0; i < list->n_visits; i++) {
                char day[DAY_TEXT_SIZE];
                day_format(day_of(list->visits[i]->planned_on), day);
                (void)printf("  visite prévue le %s : %s\n", day,
                             (size_t)list->visits[i]->state < ARRAY_SIZE(states) ? states[list->visits[i]->state]
                                                                                 : states[0]);
        }
}

static int show(struct followup *followup)
{
        Types__Page page = TYPES__PAGE__INIT;
        do {
                const Tracking__FollowUpReply *list = read_list(followup, &page);
                if (list == NULL)
                        return CTL_FAILED;
                tell_visits(list);
                for (size_t i = 0; i < list->n_actions; i++)
                        person_text_action(stdout, list->actions[i]);
                for (size_t i = 0; i < list->n_contacts; i++)
                        person_text_contact(stdout, list->contacts[i]);
                page.after = list->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

static int read_texts(struct followup *followup)
{
        Tracking__OpenFollowUp request = TRACKING__OPEN_FOLLOW_UP__INIT;
        request.beneficiary_id = id_to(&followup->arena, followup->id);
        request.reason = said(followup, followup->reason);
        request.reason_code = said(followup, followup->reason_code);
        const Tracking__FollowUpNotes *notes =
                session_call(&followup->session, "tracking.OpenFollowUp", &request, NULL, &followup->arena);
        if (notes == NULL)
                return CTL_FAILED;
        person_text_follow_up(stdout, notes);
        return CTL_DONE;
}

static void tell_due(const Tracking__FollowUpDueLine *line)
{
        char id[ID_TEXT_SIZE], since[DAY_TEXT_SIZE], by[DAY_TEXT_SIZE];
        id_format(id_of(line->placement_id), id);
        day_format(day_of(line->since), since);
        day_format(day_of(line->act_by), by);
        print_cell(id, 36);
        (void)printf("  ");
        print_cell(line->territory, 4);
        (void)printf("%s  %s  %4u  %s\n", since, by, line->days_late, line->acts_next);
}

static int list_due(struct followup *followup)
{
        Tracking__FollowUpDue request = TRACKING__FOLLOW_UP_DUE__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t told = 0;
        request.page = &page;
        request.visits = followup->visits;
        request.gone = followup->gone;
        do {
                const Tracking__FollowUpDueReply *reply =
                        session_call(&followup->session, "tracking.FollowUpDue", &request, NULL, &followup->arena);
                if (reply == NULL)
                        return CTL_FAILED;
                if (told == 0 && reply->n_lines > 0)
                        (void)puts("Parcours                              Dép Depuis      Avant le    Jours Qui agit");
                for (size_t i = 0; i < reply->n_lines; i++)
                        tell_due(reply->lines[i]);
                told += reply->n_lines;
                page.after = reply->next;
        } while (page.after.len > 0);
        if (told == 0)
                (void)puts(followup->gone     ? "Aucun employeur ne dit qu'une personne est partie."
                           : followup->visits ? "Aucune visite n'attend."
                                              : "Aucun parcours n'est sans nouvelles.");
        return CTL_DONE;
}

/* ---- */

static const struct act {
        const char *name;
        int (*run)(struct followup *followup);
        int words; /* its own name too */
} acts[] = {
        {"contact", record_contact, 2},
        {"correct", correct_contact, 3},
        {"action", record_action, 2},
        {"move", move_action, 3},
        {"show", show, 2},
        {"read", read_texts, 2},
        {"due", list_due, 1},
};

static int act(struct followup *followup, int words, char **argv)
{
        static const char *const wanted[] = {"", "un réseau seulement", "l'UUID d'une personne",
                                             "l'UUID d'une personne, puis celui du contact ou de l'action"};
        for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
                if (strcmp(acts[i].name, argv[0]) != 0)
                        continue;
                if (words != acts[i].words || (words > 1 && id_parse(argv[1], &followup->id) != 0) ||
                    (words > 2 && id_parse(argv[2], &followup->other) != 0))
                        return misused(followup->verb, "« %s » demande %s.", argv[0], wanted[acts[i].words]);
                if (!session_open(followup->directory, (uint32_t)followup->seconds * 1000, &followup->session))
                        return CTL_FAILED;
                session_act(&followup->session, TYPES__ROLE__FACILITATOR, NULL, followup->territory);
                return acts[i].run(followup);
        }
        return misused(followup->verb, "« %s » : contact, correct, action, move, show, read ou due.", argv[0]);
}

static int run_followup(const struct verb *verb, int argc, char **argv)
{
        scoped(end_followup) struct followup followup = {
                .verb = verb, .directory = "run", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &followup.directory},
                {.name = "--territory", .text = &followup.territory},
                {.name = "--on", .text = &followup.on},
                {.name = "--kind", .text = &followup.kind},
                {.name = "--with", .text = &followup.with},
                {.name = "--result", .text = &followup.result},
                {.name = "--text", .text = &followup.text},
                {.name = "--placement", .text = &followup.placement},
                {.name = "--state", .text = &followup.state},
                {.name = "--hours", .text = &followup.hours},
                {.name = "--code", .text = &followup.code},
                {.name = "--correction", .text = &followup.correction},
                {.name = "--reason", .text = &followup.reason},
                {.name = "--reason-code", .text = &followup.reason_code},
                {.name = "--withdrawn", .flag = &followup.withdrawn},
                {.name = "--visits", .flag = &followup.visits},
                {.name = "--gone", .flag = &followup.gone},
                {.name = "--seconds", .number = &followup.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 3};
        int words = options_parse(verb, &options, argc, argv);
        return words < 0 ? CTL_MISUSED : act(&followup, words, argv);
}

const struct verb verb_followup = {
        .name = "followup",
        .summary = "note un contact, une action ou un aménagement, et dit qui doit agir",
        .usage =
                "guichetctl followup contact UUID --on JOUR --kind SORTE [--with AVEC] [--result CODE] [--text TEXTE]\n"
                "                 [--placement UUID]\n"
                "guichetctl followup correct UUID CONTACT --on JOUR --kind SORTE … --correction TEXTE [--withdrawn]\n"
                "guichetctl followup action UUID --on JOUR --kind SORTE [--text TEXTE] [--placement UUID]\n"
                "guichetctl followup move UUID ACTION --on JOUR --state ÉTAT [--hours H] [--code CODE]\n"
                "                 [--correction TEXTE]\n"
                "guichetctl followup show UUID\n"
                "guichetctl followup read UUID --reason-code CODE --reason TEXTE\n"
                "guichetctl followup due [--visits | --gone]\n"
                "                 [--dir run] [--territory 31,82] [--seconds 10]\n\n"
                "Agit comme facilitateur ; UUID est celui d'une personne.\n\n"
                "  contact  un contact a eu lieu, ou a été tenté ; un texte qui parle de santé, de justice ou de\n"
                "           croyances est refusé\n"
                "  correct  redit un contact, entier, ou le retire\n"
                "  action   demande un aménagement (formation, mobilité, médiation) ou une action avant l'embauche\n"
                "  move     en cours, faite ou abandonnée ; revenir en arrière demande un motif\n"
                "  show     contacts, actions et visites prévues, sans un mot de ce qui s'est dit\n"
                "  read     ce qui s'est dit ; conservé comme une lecture du dossier\n"
                "  due      parcours sans nouvelles, ou visites prévues, les plus anciens d'abord : qui agit, avant "
                "quand\n\n"
                "  --kind, --result, --code  des codes de deploy/rules/followup.json : VISIT, CALL, MET, NO_PLACE…\n"
                "  --with    WITH_PERSON (d'office), WITH_TUTOR, WITH_REFERENT ou WITH_PRESCRIBER\n"
                "  --state   ACTION_ASKED, ACTION_UNDER_WAY, ACTION_DONE ou ACTION_GIVEN_UP\n\n"
                "Exemples :\n"
                "  guichetctl followup contact UUID --on 2026-10-12 --kind VISIT --with WITH_TUTOR \\\n"
                "                 --placement UUID --text \"horaires vus avec le tuteur\"\n"
                "  guichetctl followup due --visits",
        .run = run_followup,
};
