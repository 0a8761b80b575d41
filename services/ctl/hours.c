/* hours: a month's hours, as those who state and those who vouch for them need them: the sheet of a month, what was
 * stated, sent back with a reason, validated one by one or all that nothing speaks against, and the history. */
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/print_json.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "services/ctl/typed.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum { DECISIONS_MAX = 200, ID_WIDTH = 38, NAME_WIDTH = 26, FIGURE_WIDTH = -10, STATE_WIDTH = 14 };

struct month_verb {
        const struct verb *verb;
        const char *directory, *territory, *role, *organisation;
        const char *code, *reason, *hours, *training, *state, *on, *parts;
        bool json;
        uint64_t seconds;
        struct id placement;
        struct month month;
        struct session session;
        struct arena arena;
};

static void end_month(struct month_verb *m)
{
        session_close(&m->session);
        arena_fini(&m->arena);
}

static char *said(struct month_verb *m, const char *text)
{
        return text == NULL ? NULL : arena_text(&m->arena, text);
}

static const void *call(struct month_verb *m, const char *method, const void *request)
{
        return session_call(&m->session, method, request, NULL, &m->arena);
}

/* ---- as a reader expects them */

static const char *state_word(Tracking__HoursState state)
{
        static const char *const words[] = {"?", "attendues", "à valider", "renvoyées", "validées", "à revérifier"};
        return (size_t)state < ARRAY_SIZE(words) ? words[state] : words[0];
}

static const char *figure(const Types__Hours *hours, char ret[NUMBER_TEXT_SIZE])
{
        char canonical[QUANTITY_TEXT_SIZE];
        if (hours == NULL)
                return "";
        hours_format(hours_of(hours), canonical);
        return amount_text(canonical, ret);
}

static void print_warnings(Tracking__HoursWarning *const *warnings, size_t count)
{
        for (size_t i = 0; i < count; i++)
                (void)printf("    %s : %s\n", warnings[i]->blocks ? "refusé" : "à vérifier", warnings[i]->text);
}

/* ---- month */

static void print_line(const Tracking__MonthLine *line)
{
        char id[ID_TEXT_SIZE], text[NUMBER_TEXT_SIZE];
        id_format(id_of(line->placement_id), id);
        print_cell(id, ID_WIDTH);
        print_cell(line->employer_name, NAME_WIDTH);
        print_cell(figure(line->before, text), FIGURE_WIDTH);
        print_cell(figure(line->submitted, text), FIGURE_WIDTH);
        print_cell(figure(line->training, text), FIGURE_WIDTH);
        print_cell(figure(line->validated, text), FIGURE_WIDTH);
        (void)printf("  %s%s%s%s%s\n", state_word(line->state), line->return_label[0] != '\0' ? " : " : "",
                     line->return_label, line->employer_reference[0] != '\0' ? "  réf. " : "",
                     line->employer_reference);
        if (line->eligible_days[0] != '\0')
                (void)printf("    %s\n", line->eligible_days);
        print_warnings(line->warnings, line->n_warnings);
}

static void print_head(void)
{
        static const char *const heads[] = {"mois d'avant", "déclarées", "formation", "validées"};
        print_cell("parcours", ID_WIDTH);
        print_cell("employeur", NAME_WIDTH);
        for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
                print_cell(heads[i], FIGURE_WIDTH);
        (void)puts("  état");
}

static bool read_state(const struct month_verb *m, Tracking__HoursState *ret)
{
        *ret = TRACKING__HOURS_STATE__HOURS_STATE_UNKNOWN;
        if (m->state == NULL)
                return true;
        const ProtobufCEnumValue *value =
                protobuf_c_enum_descriptor_get_value_by_name(&tracking__hours_state__descriptor, m->state);
        if (value != NULL)
                *ret = (Tracking__HoursState)value->value;
        return value != NULL;
}

/* Every line of the month, page after page. False: it was told why not. */
static bool each_line(struct month_verb *m, Tracking__HoursState state,
                      bool (*see)(struct month_verb *m, const Tracking__MonthLine *line))
{
        Tracking__MonthSheet request = TRACKING__MONTH_SHEET__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        request.page = &page;
        request.month = month_to(&m->arena, m->month);
        request.state = state;
        if (strchr(m->territory, ',') == NULL && strcmp(m->territory, "*") != 0)
                request.territory = said(m, m->territory);
        do {
                const Tracking__MonthSheetReply *reply = call(m, "tracking.MonthSheet", &request);
                if (reply == NULL)
                        return false;
                for (size_t i = 0; i < reply->n_lines; i++)
                        if (!see(m, reply->lines[i]))
                                return false;
                page.after = reply->next;
        } while (page.after.len > 0);
        return true;
}

static bool show_line(struct month_verb *m, const Tracking__MonthLine *line)
{
        if (m->json)
                return print_json(stdout, &line->base);
        print_line(line);
        return true;
}

static int month_sheet(struct month_verb *m)
{
        Tracking__HoursState state;
        if (!read_state(m, &state))
                return misused(m->verb,
                               "« --state %s » : HOURS_AWAITED, HOURS_STATED, HOURS_SENT_BACK, "
                               "HOURS_VOUCHED_FOR ou HOURS_TO_CHECK.",
                               m->state);
        if (!m->json)
                print_head();
        return each_line(m, state, show_line) ? CTL_DONE : CTL_FAILED;
}

/* ---- history */

static void print_entry(const Tracking__HoursEntry *entry)
{
        static const char *const acts[] = {"?",        "déclarées",    "renvoyées",
                                           "validées", "à revérifier", "reprises (import annulé)"};
        char at[INSTANT_TEXT_SIZE], text[NUMBER_TEXT_SIZE], on[DAY_TEXT_SIZE];
        instant_format(entry->at->ms, at);
        day_format(day_of(entry->happened_on), on);
        (void)printf("%s  ", on);
        print_cell(figure(entry->hours, text), FIGURE_WIDTH);
        (void)printf("  %s", (size_t)entry->act < ARRAY_SIZE(acts) ? acts[entry->act] : acts[0]);
        (void)printf(", par %s%s%s", entry->user[0] != '\0' ? entry->user : "ce service",
                     entry->organisation_name[0] != '\0' ? " pour " : "", entry->organisation_name);
        if (entry->label[0] != '\0')
                (void)printf(" : %s", entry->label);
        if (entry->reason[0] != '\0')
                (void)printf(" (« %s »)", entry->reason);
        if (entry->reason_erased || entry->reason_withheld)
                (void)printf(" (motif %s)", entry->reason_erased ? "effacé" : "non montré : traitement limité");
        for (size_t i = 0; i < entry->n_accepted; i++)
                (void)printf("%s%s", i == 0 ? " ; alertes acceptées : " : ", ", entry->accepted[i]);
        (void)printf(" (saisi le %.10s)\n", at);
}

static const Tracking__HoursHistoryReply *read_history(struct month_verb *m, Types__Page *page)
{
        Tracking__HoursHistory request = TRACKING__HOURS_HISTORY__INIT;
        request.placement_id = id_to(&m->arena, m->placement);
        request.month = month_to(&m->arena, m->month);
        request.page = page;
        return call(m, "tracking.HoursHistory", &request);
}

static int history(struct month_verb *m)
{
        Types__Page page = TYPES__PAGE__INIT;
        do {
                const Tracking__HoursHistoryReply *reply = read_history(m, &page);
                if (reply == NULL)
                        return CTL_FAILED;
                if (m->json && !print_json(stdout, &reply->base))
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_entries && !m->json; i++)
                        print_entry(reply->entries[i]);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

/* The version that whoever acts has before his eyes; false: it was told why not. */
static bool read_version(struct month_verb *m, uint64_t *ret)
{
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = 1;
        const Tracking__HoursHistoryReply *reply = read_history(m, &page);
        *ret = reply != NULL && reply->n_entries > 0 ? reply->entries[0]->version : 0;
        return reply != NULL;
}

/* ---- submit, copy */

static bool read_hours(const struct month_verb *m, const char *text, Types__Hours **ret)
{
        struct hours hours;
        *ret = NULL;
        if (text == NULL)
                return true;
        if (!typed_hours(text, &hours))
                return misused(m->verb, "« %s » : il faut " TYPED_HOURS ".", text) == CTL_DONE;
        *ret = hours_to((struct arena *)(uintptr_t)&m->arena, hours);
        return true;
}

/* --on; absent: today. */
static bool read_day(struct month_verb *m, Types__Day **ret)
{
        struct day day;
        *ret = NULL;
        if (m->on == NULL)
                return true;
        if (!typed_day(m->on, &day))
                return misused(m->verb, "« --on %s » : il faut " TYPED_DAY ".", m->on) == CTL_DONE;
        *ret = day_to(&m->arena, day);
        return true;
}

static int submit(struct month_verb *m)
{
        Tracking__SubmitHours request = TRACKING__SUBMIT_HOURS__INIT;
        if (m->hours == NULL)
                return misused(m->verb, "il faut « --hours HEURES ».");
        if (!read_hours(m, m->hours, &request.hours) || !read_hours(m, m->training, &request.training) ||
            !read_day(m, &request.stated_on))
                return CTL_MISUSED;
        request.placement_id = id_to(&m->arena, m->placement);
        request.month = month_to(&m->arena, m->month);
        const Tracking__SubmitHoursReply *reply = call(m, "tracking.SubmitHours", &request);
        if (reply == NULL)
                return CTL_FAILED;
        (void)puts("Déclarées.");
        print_warnings(reply->warnings, reply->n_warnings);
        return CTL_DONE;
}

static int copy(struct month_verb *m)
{
        Tracking__CopyHours request = TRACKING__COPY_HOURS__INIT;
        char text[NUMBER_TEXT_SIZE];
        request.placement_id = id_to(&m->arena, m->placement);
        request.month = month_to(&m->arena, m->month);
        const Tracking__CopyHoursReply *reply = call(m, "tracking.CopyHours", &request);
        if (reply == NULL)
                return CTL_FAILED;
        (void)printf("Déclarées comme le mois précédent : %s h.\n", figure(reply->hours, text));
        print_warnings(reply->warnings, reply->n_warnings);
        return CTL_DONE;
}

/* ---- return, validate */

static int send_back(struct month_verb *m)
{
        Tracking__ReturnHours request = TRACKING__RETURN_HOURS__INIT;
        if (m->code == NULL)
                return misused(m->verb, "il faut « --code CODE », ce qui est à corriger (deploy/rules/hours.json).");
        if (!read_day(m, &request.returned_on))
                return CTL_MISUSED;
        request.placement_id = id_to(&m->arena, m->placement);
        request.month = month_to(&m->arena, m->month);
        request.return_code = said(m, m->code);
        request.reason = said(m, m->reason);
        if (!read_version(m, &request.seen) || call(m, "tracking.ReturnHours", &request) == NULL)
                return CTL_FAILED;
        (void)puts(
                "Renvoyées : qui les avait déclarées en est prévenu. Les mots du motif se lisent dans l'historique.");
        return CTL_DONE;
}

static int validate(struct month_verb *m)
{
        Tracking__ValidateHours request = TRACKING__VALIDATE_HOURS__INIT;
        char text[NUMBER_TEXT_SIZE];
        if (!read_hours(m, m->hours, &request.hours) || !read_day(m, &request.validated_on))
                return CTL_MISUSED;
        request.placement_id = id_to(&m->arena, m->placement);
        request.month = month_to(&m->arena, m->month);
        request.reason = said(m, m->reason);
        if (!read_version(m, &request.seen))
                return CTL_FAILED;
        const Tracking__ValidateHoursReply *reply = call(m, "tracking.ValidateHours", &request);
        if (reply == NULL)
                return CTL_FAILED;
        (void)printf("Validées : %s h comptent.\n", figure(reply->hours, text));
        print_warnings(reply->warnings, reply->n_warnings);
        return CTL_DONE;
}

/* ---- validate-month: all that nothing speaks against, in as many commands as it takes */

static Tracking__MonthDecision *decisions[DECISIONS_MAX];
static size_t decision_count, validated_count, refused_count, left_count;

static bool send_decisions(struct month_verb *m)
{
        Tracking__ValidateMonth request = TRACKING__VALIDATE_MONTH__INIT;
        if (decision_count == 0)
                return true;
        request.territory = said(m, m->territory);
        request.month = month_to(&m->arena, m->month);
        request.decisions = decisions;
        request.n_decisions = decision_count;
        const Tracking__ValidateMonthReply *reply = call(m, "tracking.ValidateMonth", &request);
        if (reply == NULL)
                return false;
        for (size_t i = 0; i < reply->n_verdicts; i++) {
                const Tracking__MonthVerdict *verdict = reply->verdicts[i];
                char id[ID_TEXT_SIZE];
                id_format(id_of(verdict->placement_id), id);
                if (verdict->refusal != NULL)
                        (void)printf("%s  non validées : %s\n", id, verdict->refusal->text);
        }
        validated_count += reply->validated;
        refused_count += reply->refused;
        decision_count = 0;
        return true;
}

static bool decide_line(struct month_verb *m, const Tracking__MonthLine *line)
{
        if (line->n_warnings > 0) {
                print_line(line);
                left_count++;
                return true;
        }
        Tracking__MonthDecision *decision = pb_new(&tracking__month_decision__descriptor, &m->arena);
        decision->placement_id = line->placement_id;
        decision->version = line->version;
        decisions[decision_count++] = decision;
        return decision_count < DECISIONS_MAX || send_decisions(m);
}

static int validate_month(struct month_verb *m)
{
        if (strchr(m->territory, ',') != NULL || strcmp(m->territory, "*") == 0)
                return misused(m->verb, "il faut « --territory DEPARTEMENT », un seul.");
        if (!each_line(m, TRACKING__HOURS_STATE__HOURS_STATED, decide_line) || !send_decisions(m))
                return CTL_FAILED;
        (void)printf("%zu validée(s), %zu refusée(s), %zu laissée(s) à vérifier une à une.\n", validated_count,
                     refused_count, left_count);
        return CTL_DONE;
}

/* ---- */

/* "UUID=0.6" or "UUID=90.00h" */
static bool read_part(struct month_verb *m, char *text, Tracking__HoursPart *ret)
{
        struct id id;
        struct share share;
        char *figure = strchr(text, '=');
        size_t size = figure == NULL ? 0 : strlen(figure);
        if (size < 2)
                return false;
        *figure++ = '\0';
        if (id_parse(text, &id) != 0)
                return false;
        ret->placement_id = id_to(&m->arena, id);
        if (figure[size - 2] == 'h') {
                figure[size - 2] = '\0';
                return read_hours(m, figure, &ret->hours);
        }
        if (!typed_share(figure, &share))
                return false;
        ret->share = share_to(&m->arena, share);
        return true;
}

static bool read_parts(struct month_verb *m, Tracking__SplitHours *request)
{
        char *rest = NULL, *list = said(m, m->parts);
        for (char *text = strtok_r(list, ",", &rest); text != NULL; text = strtok_r(NULL, ",", &rest)) {
                Tracking__HoursPart *part = pb_new(&tracking__hours_part__descriptor, &m->arena);
                request->parts = pb_append(request->parts, &request->n_parts, sizeof(part), &m->arena);
                request->parts[request->n_parts - 1] = part;
                if (!read_part(m, text, part))
                        return false;
        }
        return request->n_parts > 0;
}

static int split(struct month_verb *m)
{
        Tracking__SplitHours request = TRACKING__SPLIT_HOURS__INIT;
        if (m->hours == NULL || m->parts == NULL || !read_parts(m, &request) ||
            !read_hours(m, m->hours, &request.hours))
                return misused(m->verb, "il faut « --hours HEURES », celles qui ont été travaillées, et « --parts "
                                        "UUID=0.6,UUID=0.4 » (ou des heures : UUID=90.00h).");
        request.territory = said(m, m->territory);
        request.month = month_to(&m->arena, m->month);
        request.reason = said(m, m->reason);
        const Tracking__SplitHoursReply *reply = call(m, "tracking.SplitHours", &request);
        if (reply == NULL)
                return CTL_FAILED;
        for (size_t i = 0; i < reply->n_parts; i++) {
                char id[ID_TEXT_SIZE], text[NUMBER_TEXT_SIZE];
                id_format(id_of(reply->parts[i]->placement_id), id);
                (void)printf("%s  %s h, %s\n", id, figure(reply->parts[i]->hours, text),
                             reply->parts[i]->validated ? "validées" : "déclarées");
        }
        return CTL_DONE;
}

static const struct act {
        const char *name;
        int (*run)(struct month_verb *m);
        bool is_of_placement;
        Types__Role role; /* who does it, unless said otherwise */
} acts[] = {
        {"month", month_sheet, false, TYPES__ROLE__FACILITATOR},
        {"history", history, true, TYPES__ROLE__FACILITATOR},
        {"submit", submit, true, TYPES__ROLE__FACILITATOR},
        {"copy", copy, true, TYPES__ROLE__FACILITATOR},
        {"split", split, false, TYPES__ROLE__FACILITATOR},
        {"return", send_back, true, TYPES__ROLE__FACILITATOR},
        {"validate", validate, true, TYPES__ROLE__FACILITATOR},
        {"validate-month", validate_month, false, TYPES__ROLE__FACILITATOR},
};

static int act(struct month_verb *m, const struct act *one, int words, char **argv)
{
        Types__Role role = one->role;
        struct id organisation = {0};
        int expected = one->is_of_placement ? 3 : 2;
        if (words != expected || !typed_month(argv[expected - 1], &m->month) ||
            (one->is_of_placement && id_parse(argv[1], &m->placement) != 0))
                return misused(m->verb, "« %s » demande %s un mois, comme 2026-11.", one->name,
                               one->is_of_placement ? "l'UUID d'un parcours et" : "");
        if ((m->role != NULL && !role_parse(m->role, &role)) ||
            (m->organisation != NULL && id_parse(m->organisation, &organisation) != 0))
                return misused(m->verb, "« --as » demande un rôle, « --organisation » un UUID.");
        if (!session_open(m->directory, (uint32_t)m->seconds * 1000, &m->session))
                return CTL_FAILED;
        session_act(&m->session, role, m->organisation != NULL ? &organisation : NULL, m->territory);
        return one->run(m);
}

static int run_hours(const struct verb *verb, int argc, char **argv)
{
        scoped(end_month) struct month_verb m = {.verb = verb, .directory = "run", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &m.directory},
                {.name = "--territory", .text = &m.territory},
                {.name = "--as", .text = &m.role},
                {.name = "--organisation", .text = &m.organisation},
                {.name = "--code", .text = &m.code},
                {.name = "--reason", .text = &m.reason},
                {.name = "--on", .text = &m.on},
                {.name = "--hours", .text = &m.hours},
                {.name = "--training", .text = &m.training},
                {.name = "--parts", .text = &m.parts},
                {.name = "--state", .text = &m.state},
                {.name = "--json", .flag = &m.json},
                {.name = "--seconds", .number = &m.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 2, .words_max = 3};
        int words = options_parse(verb, &options, argc, argv);
        for (size_t i = 0; words > 0 && i < ARRAY_SIZE(acts); i++)
                if (strcmp(acts[i].name, argv[0]) == 0)
                        return act(&m, &acts[i], words, argv);
        return words < 0 ? CTL_MISUSED
                         : misused(verb,
                                   "« %s » : month, history, submit, copy, split, return, validate ou validate-month.",
                                   argv[0]);
}

const struct verb verb_hours = {
        .name = "hours",
        .summary = "les heures d'un mois : la feuille du mois, l'historique, déclarer, renvoyer, valider",
        .usage =
                "guichetctl hours month MOIS [--state ETAT] [--json]\n"
                "guichetctl hours history PARCOURS MOIS [--json]\n"
                "guichetctl hours submit PARCOURS MOIS --hours HEURES [--training HEURES] [--on JOUR]\n"
                "guichetctl hours copy PARCOURS MOIS\n"
                "guichetctl hours split MOIS --territory 31 --hours HEURES --parts UUID=0.6,UUID=0.4 [--reason TEXTE]\n"
                "guichetctl hours return PARCOURS MOIS --code CODE [--reason TEXTE] [--on JOUR]\n"
                "guichetctl hours validate PARCOURS MOIS [--hours HEURES] [--reason TEXTE] [--on JOUR]\n"
                "guichetctl hours validate-month MOIS --territory 31\n"
                "                 [--as ROLE] [--organisation UUID] [--territory 31,82] [--dir run] [--seconds 10]\n\n"
                "Agit comme facilitateur, ou comme « --as COMPANY » ou « STRUCTURE » avec « --organisation ».\n\n"
                "  month           une ligne par parcours du mois : employeur, mois d'avant, heures, état, alertes\n"
                "  history         chaque nombre, qui, pour qui, quand et pourquoi, le plus récent d'abord\n"
                "  submit          déclare ; une nouvelle déclaration remplace la précédente, jusqu'à la validation\n"
                "  copy            déclare les mêmes heures que le mois précédent\n"
                "  split           répartit le mois d'un contrat entre les parcours de plusieurs clauses, par\n"
                "                  parts (UUID=0.6) ou par heures (UUID=90.00h)\n"
                "  return          renvoie à qui a déclaré, qui en est prévenu avec la raison\n"
                "  validate        valide, ou corrige ce qui l'était ; un autre nombre que déclaré, ou une alerte,\n"
                "                  demande un motif\n"
                "  validate-month  valide tout ce qui attend sans alerte dans le département, et montre le reste\n\n"
                "  --code    un code de deploy/rules/hours.json : FIGURE, EVIDENCE, DATES, ABSENCES…\n"
                "  --reason  en quelques mots, sans le nom de la personne ; conservé scellé\n"
                "  --state   HOURS_AWAITED, HOURS_STATED, HOURS_SENT_BACK, HOURS_VOUCHED_FOR, HOURS_TO_CHECK\n\n"
                "Exemples :\n"
                "  guichetctl hours month 2026-10 --territory 31\n"
                "  guichetctl hours return UUID 2026-10 --code EVIDENCE --reason \"la feuille de la semaine 42\"\n"
                "  guichetctl hours validate UUID 2026-10 --hours 140 --reason \"absence du 12 au 14\"",
        .run = run_hours,
};
