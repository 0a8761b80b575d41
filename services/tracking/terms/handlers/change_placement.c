/* AmendPlacement: the work contract of a placement is renewed, or its hours, post, kind or contacts change, from a day
 * on. CorrectPlacement: they were entered wrongly. What held before stays in the view.
 * Caller: a facilitator of the placement's territory. Both emit PlacementChanged, and HoursSetToCheck where the first
 * or last month no longer holds what was vouched for. */
#include "common/base/text.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/hours/doubt.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/contacts.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/placements/naming.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/following.h"
#include "services/tracking/rules/wording.h"
#include "services/tracking/terms/terms.h"
#include "tracking/calls.h"

struct wanted {
        struct id id;
        Tracking__PlacementTerms *terms;
        char *tutor, *referent; /* "": as before */
        struct placement row;
        Tracking__PlacementFile *file;
};

/* Hours of a month in which there would be no contract would be hours of nobody. */
static bool no_hours_outside(const struct work *work, const struct wanted *wanted, struct refusal *ret)
{
        const Types__Day *ends_on = wanted->terms->ends_on;
        int32_t begun = month_number(month_of_day(wanted->row.starts_on));
        int32_t first = month_number(month_of_day(day_of(wanted->terms->starts_on)));
        int32_t until = month_number(placement_last_month(&wanted->row, work->today));
        int32_t last = ends_on == NULL ? until : month_number(month_of_day(day_of(ends_on)));
        bool before = true;
        struct month month;
        char text[MONTH_WORDING_SIZE];
        if (!tracking_first_counted(work->txn, wanted->id, begun, first <= until ? first - 1 : until, &month)) {
                before = false;
                if (!tracking_first_counted(work->txn, wanted->id, last < begun ? begun : last + 1, until, &month))
                        return true;
        }
        month_wording(month, text);
        return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, before ? "starts_on" : "ends_on",
                      "Des heures sont déclarées en %s, hors de ces dates : vérifiez-les, ou faites ramener ces "
                      "heures à zéro.",
                      text);
}

static bool names_are_sound(const struct wanted *wanted, struct refusal *ret)
{
        if (!text_holds_nir(wanted->tutor) && !text_holds_nir(wanted->referent))
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, text_holds_nir(wanted->tutor) ? "tutor" : "referent",
                      "Écrivez seulement le nom.");
}

/* Of somebody who was named since, that naming is what is wrong. */
static bool nobody_was_named(const struct work *work, const struct wanted *wanted, struct refusal *ret)
{
        bool tutor = !text_is_empty(wanted->tutor) &&
                     naming_on(wanted->file, TRACKING__PROFESSIONAL__AS_TUTOR, work->today) != NULL;
        bool referent = !text_is_empty(wanted->referent) &&
                        naming_on(wanted->file, TRACKING__PROFESSIONAL__AS_REFERENT, work->today) != NULL;
        if (!wanted->terms->is_correction || (!tutor && !referent))
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, tutor ? "tutor" : "referent",
                      "Quelqu'un d'autre a été nommé depuis : retirez cette nomination (WithdrawNaming), ou nommez "
                      "quelqu'un à partir d'un jour (%s).",
                      tutor ? "NameTutor" : "NameReferent");
}

static bool may_change(struct work *work, const struct wanted *wanted, struct grant *ret_grant, struct refusal *ret)
{
        struct vouched vouched;
        const struct policy_question asked = {
                .buyer = tracking_buyer_of(work->txn, wanted->row.obligation, work->arena),
                .territory = wanted->row.territory,
                .at = day_of(wanted->terms->starts_on),
        };
        Tracking__PlacementTerms **terms;
        size_t count = placement_terms(wanted->file, work->arena, &terms);
        const struct terms_question question = {
                .now = terms[count - 1],
                .wanted = wanted->terms,
                .count = count,
                .other_contacts = !text_is_empty(wanted->tutor) || !text_is_empty(wanted->referent),
                .placement = &wanted->row,
                .policy_before = wanted->file->opened->policy_code,
                .rules = &tracking_of(work)->rules,
                .vouched = &vouched,
                .policy = eligibility_policy(&tracking_of(work)->rules, &asked),
        };
        vouched_of(work->txn, wanted->row.beneficiary, NULL, work->arena, &vouched);
        const struct stay stay = {wanted->row.beneficiary, wanted->row.obligation, day_of(wanted->terms->starts_on),
                                  wanted->terms->ends_on};
        const struct continued_days days = {wanted->id, stay.starts_on,
                                            wanted->row.ended      ? wanted->row.ended_on
                                            : stay.ends_on != NULL ? day_of(stay.ends_on)
                                                                   : day_of_number(DAY_OPEN_NUMBER),
                                            "ends_on"};
        return names_are_sound(wanted, ret) && nobody_was_named(work, wanted, ret) &&
               terms_may_change(&question, ret_grant, ret) && no_hours_outside(work, wanted, ret) &&
               continuation_holds(work, &days, ret) &&
               (wanted->row.ended || placement_stands_alone(work->txn, &stay, wanted->id, ret));
}

/* Empty where neither changes. */
static int seal_contacts(struct work *work, const struct wanted *wanted, struct slice *ret_sealed)
{
        Tracking__PlacementContacts contacts = TRACKING__PLACEMENT_CONTACTS__INIT;
        *ret_sealed = slice_of(NULL, 0);
        if (text_is_empty(wanted->tutor) && text_is_empty(wanted->referent))
                return 0;
        const Tracking__PlacementContacts *before =
                contacts_on(work, wanted->id, wanted->file, day_of(wanted->terms->changed_on));
        if (before != NULL)
                contacts = *before;
        if (!text_is_empty(wanted->tutor)) {
                contacts.tutor = wanted->tutor;
                contacts.tutor_function = NULL;
        }
        if (!text_is_empty(wanted->referent)) {
                contacts.referent = wanted->referent;
                contacts.referent_function = NULL;
        }
        contacts_make_key(work, wanted->id, wanted->file);
        return contacts_seal(work, wanted->id, &contacts, ret_sealed);
}

static void record_change(struct work *work, const struct wanted *wanted, const struct grant *grant,
                          struct slice sealed)
{
        const struct placement *row = &wanted->row;
        Tracking__PlacementChanged body = TRACKING__PLACEMENT_CHANGED__INIT;
        body.placement_id = id_to(work->arena, wanted->id);
        body.beneficiary_id = id_to(work->arena, row->beneficiary);
        body.obligation_id = id_to(work->arena, row->obligation);
        body.prescriber = id_is_zero(row->prescriber) ? NULL : id_to(work->arena, row->prescriber);
        body.territory = arena_text(work->arena, row->territory);
        body.modality = (Types__Modality)row->modality;
        body.is_private = row->is_private;
        body.terms = wanted->terms;
        body.started_on = day_to(work->arena, row->starts_on);
        body.eligible_until = day_to(work->arena, grant->until);
        body.again_from = day_unless_open(work->arena, grant->again_from);
        body.again_until = day_unless_open(work->arena, grant->again_until);
        body.counts_until = day_unless_open(work->arena, grant->counts_until);
        body.policy_code = arena_text(work->arena, grant->policy);
        body.rules_version = arena_text(work->arena, tracking_of(work)->rules.version);
        body.visits_planned = true;
        body.names_tutor = !text_is_empty(wanted->tutor);
        body.visits = following_visits(
                following_rule(dated_on(&tracking_of(work)->followup, work->today), (Types__Modality)row->modality),
                wanted->terms->starts_on, wanted->terms->ends_on, work->arena, &body.n_visits);
        work_record_sealed(work, &body.base, sealed);
}

/* Months at either end whose days are fewer now: what was vouched for there may be more than they hold. */
static void doubt_months(struct work *work, const struct wanted *wanted)
{
        struct placement after = wanted->row;
        after.starts_on = day_of(wanted->terms->starts_on);
        after.ends_on =
                wanted->terms->ends_on == NULL ? day_of_number(DAY_OPEN_NUMBER) : day_of(wanted->terms->ends_on);
        struct day last = placement_last_day(&after);
        struct month begins = month_of_day(after.starts_on);
        bool is_later = day_number(after.starts_on) > day_number(wanted->row.starts_on);
        bool is_sooner = day_number(last) < day_number(placement_last_day(&wanted->row));
        if (is_later)
                hours_doubt(work, &(struct doubt){wanted->id, &after, begins, TRACKING__CHECK_CAUSE__CHECK_DATES});
        if (is_sooner && !(is_later && month_number(month_of_day(last)) == month_number(begins)))
                hours_doubt(work, &(struct doubt){wanted->id, &after, month_of_day(last),
                                                  TRACKING__CHECK_CAUSE__CHECK_DATES});
}

/* Fills in what is known of the placement; false: there is none. */
static bool load(struct work *work, const Types__Id *id, struct wanted *wanted)
{
        wanted->id = id_of(id);
        wanted->file = tracking_placement_file(work->txn, wanted->id, work->arena);
        return wanted->file != NULL && tracking_placement(work->txn, wanted->id, &wanted->row);
}

static bool change(struct work *work, const struct wanted *wanted, Types__Day **ret_until, struct reply *ret_no)
{
        struct refusal refusal;
        struct slice sealed;
        struct grant grant;
        if (!may_change(work, wanted, &grant, &refusal)) {
                *ret_no = reply_refusal(work, &refusal);
                return false;
        }
        int err = seal_contacts(work, wanted, &sealed);
        if (err != 0) {
                *ret_no = reply_sealed(work, err);
                return false;
        }
        record_change(work, wanted, &grant, sealed);
        doubt_months(work, wanted);
        *ret_until = day_to(work->arena, grant.until);
        return true;
}

struct reply handle_amend_placement(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__AmendPlacement *command = (const Tracking__AmendPlacement *)message;
        Tracking__AmendPlacementReply *reply = pb_new(&tracking__amend_placement_reply__descriptor, work->arena);
        Tracking__PlacementTerms terms = TRACKING__PLACEMENT_TERMS__INIT;
        struct wanted wanted = {.terms = &terms, .tutor = command->tutor, .referent = command->referent};
        struct reply no;

        if (!load(work, command->placement_id, &wanted))
                return reply_no_placement(work);
        terms.changed_on = command->changed_on;
        terms.change_code = command->amendment_code;
        terms.starts_on = day_to(work->arena, wanted.row.starts_on);
        terms.ends_on = command->ends_on;
        terms.weekly_hours = command->weekly_hours;
        terms.rome_code = command->rome_code;
        terms.work_contract = command->work_contract;
        return change(work, &wanted, &reply->eligible_until, &no) ? reply_ok(work, reply) : no;
}

/* The first day of the terms that are set right: that of the placement, unless an amendment brought them. */
static Types__Day *first_day(struct work *work, const Tracking__PlacementFile *file, Types__Day *starts_on)
{
        Tracking__PlacementTerms **terms;
        size_t count = placement_terms(file, work->arena, &terms);
        const Tracking__PlacementTerms *now = terms[count - 1];
        return now->changed_on->days == now->starts_on->days ? starts_on : now->changed_on;
}

struct reply handle_correct_placement(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__CorrectPlacement *command = (const Tracking__CorrectPlacement *)message;
        Tracking__CorrectPlacementReply *reply = pb_new(&tracking__correct_placement_reply__descriptor, work->arena);
        Tracking__PlacementTerms terms = TRACKING__PLACEMENT_TERMS__INIT;
        struct wanted wanted = {.terms = &terms, .tutor = command->tutor, .referent = command->referent};
        struct reply no;

        if (!load(work, command->placement_id, &wanted))
                return reply_no_placement(work);
        terms.is_correction = true;
        terms.changed_on = first_day(work, wanted.file, command->starts_on);
        terms.change_code = command->correction_code;
        terms.starts_on = command->starts_on;
        terms.ends_on = command->ends_on;
        terms.weekly_hours = command->weekly_hours;
        terms.rome_code = command->rome_code;
        terms.work_contract = command->work_contract;
        return change(work, &wanted, &reply->eligible_until, &no) ? reply_ok(work, reply) : no;
}
