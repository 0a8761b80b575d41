/* ValidateHours: the facilitator vouches for a month's hours; from then on they count in the obligation's ledger.
 * A month may be validated again at another figure, with its reason: the event then tells the one it replaces.
 * ValidateMonth: many at once, each by itself: one that is refused stops no other.
 * Caller: a facilitator of the placement's territory. Emits HoursValidated, unless nothing changes. */
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/split.h"
#include "services/tracking/hours/validation.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/wording.h"
#include "tracking/calls.h"

/* Of a month that is split over clauses no part is above what it has of it. */
static bool may_validate(const struct work *work, const Tracking__ValidateHours *command, struct validation *ret,
                         struct refusal *ret_refusal)
{
        return validation_may_be_made(work, command, ret, ret_refusal) &&
               split_allows(work, id_of(command->placement_id), month_of(command->month), ret->figure, ret_refusal);
}

struct reply handle_validate_hours(struct work *work, const ProtobufCMessage *message)
{
        struct validation validation;
        struct refusal refusal;

        if (!may_validate(work, (const Tracking__ValidateHours *)message, &validation, &refusal))
                return reply_refusal(work, &refusal);
        int err = validation.is_said_again ? 0 : validation_record(work, &validation);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__ValidateHoursReply *reply = pb_new(&tracking__validate_hours_reply__descriptor, work->arena);
        reply->hours = hours_to(work->arena, hours_of_hundredths(validation.figure));
        reply->warnings = findings_to(work->arena, &validation.findings, &reply->n_warnings);
        return reply_ok(work, reply);
}

/* ---- many at once */

/* Security: of another's placement a line learns what it would of none. */
static bool is_theirs(const struct work *work, const Tracking__ValidateMonth *command,
                      const Tracking__MonthDecision *decision, struct refusal *ret)
{
        struct placement placement;
        struct statement statement;
        struct id id = id_of(decision->placement_id);
        if (!tracking_placement(work->txn, id, &placement) || !scope_changes_placement(work, &placement))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "placement_id",
                              "Ce parcours n'existe pas ici, ou n'est pas d'un de vos territoires : vérifiez son "
                              "identifiant.");
        if (tracking_statement(work->txn, month_of(command->month), id, &statement) &&
            statement.version > decision->version)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "version",
                              "Ces heures ont changé depuis votre lecture : relisez la ligne, puis recommencez.");
        return true;
}

static bool decide(struct work *work, const Tracking__ValidateMonth *command, const Tracking__MonthDecision *decision,
                   Tracking__MonthVerdict *verdict, struct refusal *ret)
{
        Tracking__ValidateHours one = TRACKING__VALIDATE_HOURS__INIT;
        struct validation validation = {0};
        one.placement_id = decision->placement_id;
        one.month = command->month;
        one.hours = decision->hours;
        one.reason = decision->reason;
        bool may_be = is_theirs(work, command, decision, ret) && may_validate(work, &one, &validation, ret);
        verdict->warnings = findings_to(work->arena, &validation.findings, &verdict->n_warnings);
        if (!may_be)
                return false;
        if (!validation.is_said_again && validation_record(work, &validation) != 0)
                return refuse(ret, TYPES__REFUSAL_CODE__UNAVAILABLE, "placement_id",
                              "Le dossier scellé de la personne ne s'ouvre pas : prévenez l'exploitant du réseau.");
        verdict->hours = hours_to(work->arena, hours_of_hundredths(validation.figure));
        return true;
}

static bool is_of_here(const struct work *work, const char *territory, struct refusal *ret)
{
        if (!homes_has_territory(work, territory))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Le département « %s » n'est pas suivi par ce service : indiquez celui des parcours.",
                              territory);
        /* Security: the department picks the partition; each line is hers by its placement. */
        return passport_covers(work->actor, territory) ||
               refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                      "Vous n'agissez pas dans le département %s : adressez-vous à son facilitateur.", territory);
}

struct reply handle_validate_month(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ValidateMonth *command = (const Tracking__ValidateMonth *)message;
        Tracking__ValidateMonthReply *reply = pb_new(&tracking__validate_month_reply__descriptor, work->arena);
        struct refusal refusal;

        if (!is_of_here(work, command->territory, &refusal))
                return reply_refusal(work, &refusal);
        reply->verdicts = arena_alloc(work->arena, (command->n_decisions + 1) * sizeof(*reply->verdicts));
        for (size_t i = 0; i < command->n_decisions; i++) {
                Tracking__MonthVerdict *verdict = pb_new(&tracking__month_verdict__descriptor, work->arena);
                verdict->placement_id = command->decisions[i]->placement_id;
                reply->verdicts[reply->n_verdicts++] = verdict;
                if (decide(work, command, command->decisions[i], verdict, &refusal)) {
                        reply->validated++;
                } else {
                        verdict->refusal = refusal_to(work->arena, &refusal);
                        reply->refused++;
                }
        }
        return reply_ok(work, reply);
}
