/* SplitHours: a month's hours of one work contract, stated for each of the clauses that it serves, as one. What is
 * validated already is corrected, by a facilitator, with a reason; the rest is stated. All of it is possible, or
 * nothing
 * is recorded. Caller: who may state the hours of each. Emits HoursSplit, and HoursSubmitted or HoursValidated of each
 * whose figure is another. */
#include "common/base/text.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/split.h"
#include "services/tracking/hours/submission.h"
#include "services/tracking/hours/surroundings.h"
#include "services/tracking/hours/validation.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

struct part {
        struct id id;
        int64_t figure;
        struct placement placement;
        Tracking__SubmitHours submit;
        Tracking__ValidateHours validate;
        struct submission submission;
        struct validation validation;
        bool is_validated; /* it was before */
};

/* ---- one contract of one person */

/* Security: each by itself; one that is another's is as if it were not there. */
static bool find_part(const struct work *work, const Types__Id *id, struct part *ret, struct refusal *ret_refusal)
{
        ret->id = id_of(id);
        if (tracking_placement(work->txn, ret->id, &ret->placement) && scope_states_hours(work, &ret->placement))
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "parts.placement_id",
                      "Un de ces parcours n'existe pas ici, ou n'est pas à vous : vérifiez les identifiants.");
}

static bool are_of_one_contract(const struct work *work, const struct part *parts, size_t count, struct refusal *ret)
{
        struct id person = identity_main(work->txn, parts[0].placement.beneficiary);
        for (size_t i = 1; i < count; i++) {
                if (!id_equal(identity_main(work->txn, parts[i].placement.beneficiary), person) ||
                    !id_equal(parts[i].placement.employer, parts[0].placement.employer))
                        return refuse(
                                ret, INVALID, "parts.placement_id",
                                "Une répartition est celle d'un contrat de travail : les parcours sont de la même "
                                "personne, chez le même employeur.");
                for (size_t n = 0; n < i; n++)
                        if (id_equal(parts[i].id, parts[n].id) ||
                            id_equal(parts[i].placement.obligation, parts[n].placement.obligation))
                                return refuse(
                                        ret, INVALID, "parts.placement_id",
                                        "Chaque clause a un parcours, une fois : retirez celui qui s'y trouve deux "
                                        "fois.");
        }
        return true;
}

static bool names_it(const struct part *parts, size_t count, struct id id)
{
        for (size_t i = 0; i < count; i++)
                if (id_equal(parts[i].id, id))
                        return true;
        return false;
}

/* Nobody who was in the split falls out of it with hours that nobody worked. */
static bool keeps_all(const struct work *work, const Tracking__SplitHours *command, const struct part *parts,
                      struct refusal *ret)
{
        for (size_t i = 0; i < command->n_parts; i++) {
                const Tracking__HoursSplitRow *row =
                        tracking_hours_split(work->txn, month_of(command->month), parts[i].id, work->arena);
                for (size_t n = 0; row != NULL && n < row->n_parts; n++)
                        if (!names_it(parts, command->n_parts, id_of(row->parts[n]->placement_id)))
                                return refuse(
                                        ret, INVALID, "parts",
                                        "Ce mois était réparti sur un parcours de plus : gardez-le, avec 0 s'il n'a "
                                        "plus d'heures.");
        }
        return true;
}

/* The days of one of them at least must hold what was worked in all. */
static bool days_hold_all(const struct work *work, const Tracking__SplitHours *command, const struct part *parts,
                          struct refusal *ret)
{
        bool holds = false;
        for (size_t i = 0; i < command->n_parts && !holds; i++) {
                struct findings findings;
                const struct figure figure = {parts[i].id, &parts[i].placement, month_of(command->month),
                                              hours_hundredths(hours_of(command->hours))};
                hours_look(work, &figure, &findings);
                holds = findings_pass(&findings, ret);
        }
        return holds;
}

/* ---- each part, by the rules of its own month */

static bool may_state(const struct work *work, const Tracking__SplitHours *command, struct part *part,
                      struct refusal *ret)
{
        part->submit = (Tracking__SubmitHours)TRACKING__SUBMIT_HOURS__INIT;
        part->submit.placement_id = id_to(work->arena, part->id);
        part->submit.month = command->month;
        part->submit.hours = hours_to(work->arena, hours_of_hundredths(part->figure));
        if (!submission_find(work, &part->submit, &part->submission, ret))
                return false;
        part->is_validated = part->submission.is_known && statement_is_validated(&part->submission.before);
        if (!part->is_validated)
                return submission_may_be_made(work, &part->submission, ret);
        part->validate = (Tracking__ValidateHours)TRACKING__VALIDATE_HOURS__INIT;
        part->validate.placement_id = part->submit.placement_id;
        part->validate.month = command->month;
        part->validate.hours = part->submit.hours;
        part->validate.reason = command->reason;
        if (!scope_changes_placement(work, &part->placement))
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                              "Les heures de ce mois sont déjà validées : demandez au facilitateur de corriger la "
                              "répartition.");
        return validation_may_be_made(work, &part->validate, &part->validation, ret);
}

static bool may_split(const struct work *work, const Tracking__SplitHours *command, struct part *parts,
                      struct refusal *ret)
{
        int64_t figures[SPLIT_PARTS_MAX];
        if (!split_hours(command, figures, ret))
                return false;
        for (size_t i = 0; i < command->n_parts; i++)
                if (!find_part(work, command->parts[i]->placement_id, &parts[i], ret))
                        return false;
        if (!are_of_one_contract(work, parts, command->n_parts, ret) || !keeps_all(work, command, parts, ret) ||
            !days_hold_all(work, command, parts, ret))
                return false;
        for (size_t i = 0; i < command->n_parts; i++) {
                parts[i].figure = figures[i];
                if (!may_state(work, command, &parts[i], ret))
                        return false;
        }
        return true;
}

/* ---- recording */

static void record_split(struct work *work, const Tracking__SplitHours *command, const struct part *parts)
{
        Tracking__HoursSplit body = TRACKING__HOURS_SPLIT__INIT;
        body.month = command->month;
        body.territory = arena_text(work->arena, parts[0].placement.territory);
        body.hours = command->hours;
        body.beneficiary_id = id_to(work->arena, parts[0].placement.beneficiary);
        body.parts = arena_alloc(work->arena, command->n_parts * sizeof(*body.parts));
        for (size_t i = 0; i < command->n_parts; i++) {
                Tracking__HoursPart *part = pb_new(&tracking__hours_part__descriptor, work->arena);
                part->placement_id = command->parts[i]->placement_id;
                part->share = command->parts[i]->share;
                part->hours = parts[i].submit.hours;
                body.parts[body.n_parts++] = part;
        }
        work_record(work, &body.base);
}

static int record_part(struct work *work, struct part *part, Tracking__SplitPart **ret)
{
        const struct findings *findings = part->is_validated ? &part->validation.findings : &part->submission.findings;
        Tracking__SplitPart *told = pb_new(&tracking__split_part__descriptor, work->arena);
        int err = 0;
        told->placement_id = part->submit.placement_id;
        told->hours = part->submit.hours;
        told->validated = part->is_validated;
        told->warnings = findings_to(work->arena, findings, &told->n_warnings);
        if (part->is_validated && !part->validation.is_said_again)
                err = validation_record(work, &part->validation);
        else if (!part->is_validated && !submission_is_same(&part->submission))
                submission_record(work, &part->submission, NULL, slice_of(NULL, 0));
        *ret = told;
        return err;
}

struct reply handle_split_hours(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__SplitHours *command = (const Tracking__SplitHours *)message;
        Tracking__SplitHoursReply *reply = pb_new(&tracking__split_hours_reply__descriptor, work->arena);
        struct part *parts = arena_zalloc(work->arena, SPLIT_PARTS_MAX * sizeof(*parts));
        struct refusal refusal;

        if (!may_split(work, command, parts, &refusal))
                return reply_refusal(work, &refusal);
        record_split(work, command, parts);
        reply->parts = arena_alloc(work->arena, command->n_parts * sizeof(*reply->parts));
        for (size_t i = 0; i < command->n_parts; i++) {
                int err = record_part(work, &parts[i], &reply->parts[reply->n_parts++]);
                if (err != 0)
                        return reply_sealed(work, err);
        }
        return reply_ok(work, reply);
}
