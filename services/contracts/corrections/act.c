#include "services/contracts/corrections/corrections.h"

#include <string.h>

#include "common/store/eventlog.h"
#include "common/store/stored.h"
#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/page/events.h"
#include "services/contracts/record/suspension.h"

/* Of one command: a list of 500 rows may tell of as many lots of one contract, each with clause, obligation, hours. */
enum { EVENTS_MAX = 2048 };

bool act_event_read(const struct work *work, uint64_t number, struct act_event *ret)
{
        struct log_entry entry;
        if (number == 0 || !log_get(work->txn, number, &entry))
                return false;
        ret->number = number;
        ret->record = pb_decode(&wire__event_record__descriptor, entry.record, work->arena);
        require_stored(ret->record != NULL);
        ret->event = pb_decode(&contracts__event__descriptor, pb_slice(ret->record->body), work->arena);
        require_stored(ret->event != NULL);
        return true;
}

bool correction_is_kept(Contracts__Event__BodyCase what)
{
        /* Of an award, or of a running contract that was taken over: withdrawn with it, and never alone. */
        return event_row_of(what)->remedy == NULL || what == CONTRACTS__EVENT__BODY_CLAUSE_PUT ||
               what == CONTRACTS__EVENT__BODY_COMMITMENT_RECORDED || what == CONTRACTS__EVENT__BODY_CONTRACT_OPENED;
}

static bool is_of_command(const struct act_event *a, const struct act_event *b)
{
        return slice_equal(pb_slice(a->record->cause), pb_slice(b->record->cause));
}

/* A command may be about several contracts (AssignObligation, everywhere): each is withdrawn in its own. */
static bool is_of_contract(const struct work *work, const struct act_event *a, const struct act_event *b)
{
        struct id one = {{0}}, other = {{0}};
        return event_contract(work->txn, work->arena, a->event, &one) ==
                       event_contract(work->txn, work->arena, b->event, &other) &&
               id_equal(one, other);
}

struct act act_of(const struct work *work, const struct act_event *event)
{
        struct act act = {0};
        struct act_event one;
        uint64_t first = event->number;

        while (first > 1 && event->number - first < EVENTS_MAX && act_event_read(work, first - 1, &one) &&
               is_of_command(&one, event))
                first--;
        for (uint64_t number = first; act.count < EVENTS_MAX && act_event_read(work, number, &one); number++) {
                if (!is_of_command(&one, event))
                        break;
                if (!correction_is_kept(one.event->body_case) || !is_of_contract(work, &one, event))
                        continue;
                act.events = pb_append(act.events, &act.count, sizeof(*act.events), work->arena);
                act.events[act.count - 1] = one;
        }
        return act;
}

struct act act_of_events(const struct work *work, uint64_t first, uint64_t last)
{
        struct act act = {0};
        struct act_event one;
        for (uint64_t number = first; number <= last; number++) {
                if (!act_event_read(work, number, &one) || !correction_is_kept(one.event->body_case))
                        continue;
                act.events = pb_append(act.events, &act.count, sizeof(*act.events), work->arena);
                act.events[act.count - 1] = one;
        }
        return act;
}

/* ---- by reflection */

static const void *member_named(const ProtobufCMessage *message, const char *name, ProtobufCType type)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        if (field == NULL || field->type != type || field->label == PROTOBUF_C_LABEL_REPEATED)
                return NULL;
        return (const uint8_t *)message + field->offset;
}

bool correction_is_buyers_own(const Contracts__Event *event)
{
        const ProtobufCMessage *body = event_body(event);
        const ProtobufCMessage *const *inside = member_named(body, "decision", PROTOBUF_C_TYPE_MESSAGE);
        const ProtobufCMessage *messages[] = {body, inside == NULL ? NULL : *inside};
        for (size_t i = 0; i < ARRAY_SIZE(messages); i++) {
                if (messages[i] == NULL)
                        continue;
                const protobuf_c_boolean *by = member_named(messages[i], "by_buyer", PROTOBUF_C_TYPE_BOOL);
                const protobuf_c_boolean *copied =
                        member_named(messages[i], "recorded_for_buyer", PROTOBUF_C_TYPE_BOOL);
                if ((by != NULL && *by) || (copied != NULL && !*copied))
                        return true;
        }
        return false;
}

static bool value_names(const ProtobufCMessage *value, struct id id)
{
        if (value == NULL)
                return false;
        if (value->descriptor == &types__id__descriptor)
                return id_equal(id_of((const Types__Id *)value), id);
        return correction_names(value, id);
}

bool correction_names(const ProtobufCMessage *message, struct id id)
{
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                const uint8_t *member = (const uint8_t *)message + field->offset;
                if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                        continue;
                if (field->label != PROTOBUF_C_LABEL_REPEATED) {
                        if (value_names(*(const ProtobufCMessage *const *)(const void *)member, id))
                                return true;
                        continue;
                }
                size_t count = *(const size_t *)(const void *)((const uint8_t *)message + field->quantifier_offset);
                const ProtobufCMessage *const *list = *(const ProtobufCMessage *const *const *)(const void *)member;
                for (size_t k = 0; k < count; k++)
                        if (value_names(list[k], id))
                                return true;
        }
        return false;
}

/* ---- what the general rule does not see */

static bool took_reminder(const struct act_event *later, const Contracts__ReminderSent *reminder)
{
        if (later->event->body_case != CONTRACTS__EVENT__BODY_CASE_OPENED || reminder->period_end == NULL)
                return false;
        const Contracts__CaseOpened *opened = later->event->case_opened;
        return opened->period_end != NULL && opened->period_end->days == reminder->period_end->days &&
               id_equal(id_of(opened->obligation_id), id_of(reminder->obligation_id));
}

static bool reminder_admits(const struct work *work, struct id contract, const struct act_event *event,
                            struct refusal *ret_refusal)
{
        struct act_event later;
        struct walk walk;
        bool taken = false;

        contracts_walk_history(work->txn, contract, WALK_DOWN, slice_of(NULL, 0), &walk);
        while (!taken && walk_step(&walk) && walk_number(&walk) > event->number)
                taken = contracts_withdrawn_by(work->txn, walk_number(&walk)) == 0 &&
                        act_event_read(work, walk_number(&walk), &later) &&
                        took_reminder(&later, event->event->reminder_sent);
        walk_end(&walk);
        return !taken || refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "act",
                                "Un dossier de contrôle ouvert depuis compte ce rappel (acte n° %llu) : annulez-le "
                                "d'abord.",
                                (unsigned long long)later.number);
}

/* Whether the act suspended what begins on that day. */
static bool began(const struct act_event *act, const Contracts__Suspension *suspension)
{
        const Types__Day *from = NULL;
        if (act->event->body_case == CONTRACTS__EVENT__BODY_EXECUTION_SUSPENDED)
                from = act->event->execution_suspended->from;
        if (act->event->body_case == CONTRACTS__EVENT__BODY_RELIEF_DECIDED)
                from = act->event->relief_decided->from;
        return from != NULL && from->days == suspension->from->days;
}

/* The one that begins later of two that would meet; NULL: none would. */
static const Contracts__Suspension *would_meet(const Contracts__ContractFile *file)
{
        for (size_t i = 0; i < file->n_suspensions; i++) {
                const Contracts__Suspension *one = file->suspensions[i], *met = suspension_met(file, one);
                if (met != NULL)
                        return met->from->days >= one->from->days ? met : one;
        }
        return NULL;
}

static void leave_out(Contracts__ContractFile *file, const Contracts__ExecutionResumed *resumed, struct arena *arena)
{
        size_t i = 0;
        while (i < file->n_resumptions &&
               (file->resumptions[i]->resumed_on->days != resumed->resumed_on->days ||
                file->resumptions[i]->lot != resumed->lot ||
                !id_equal(id_of(file->resumptions[i]->obligation_id), id_of(resumed->obligation_id))))
                i++;
        if (i < file->n_resumptions)
                file->resumptions[i] = file->resumptions[--file->n_resumptions];
        for (size_t k = 0; k < file->n_suspensions; k++)
                file->suspensions[k]->to = suspension_last(file, file->suspensions[k], arena);
}

/* Without the resumption a suspension would run on, into another one. */
static bool resumption_admits(const struct work *work, struct id contract, const struct act_event *event,
                              struct refusal *ret_refusal)
{
        Contracts__ContractFile *file = contracts_file_of(work->txn, work->arena, id_to(work->arena, contract));
        struct act_event later;
        struct walk walk;
        bool found = false;

        leave_out(file, event->event->execution_resumed, work->arena);
        const Contracts__Suspension *met = would_meet(file);
        if (met == NULL)
                return true;
        contracts_walk_history(work->txn, contract, WALK_DOWN, slice_of(NULL, 0), &walk);
        while (!found && walk_step(&walk))
                found = contracts_withdrawn_by(work->txn, walk_number(&walk)) == 0 &&
                        act_event_read(work, walk_number(&walk), &later) && began(&later, met);
        walk_end(&walk);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "act",
                      "Sans cette reprise, une suspension courrait jusque dans une autre (acte n° %llu) : annulez "
                      "celle-ci d'abord.",
                      (unsigned long long)(found ? later.number : event->number));
}

/* The order or invoice of the event; NULL: it is of another kind. */
static const Contracts__ContractOrder *order_in(const Contracts__Event *event)
{
        if (event->body_case == CONTRACTS__EVENT__BODY_ORDER_RECORDED)
                return event->order_recorded->order;
        return event->body_case == CONTRACTS__EVENT__BODY_CONTRACT_INVOICE_RECORDED
                       ? event->contract_invoice_recorded->invoice
                       : NULL;
}

static bool takes_back(const struct act_event *other, const struct act_event *event)
{
        const Contracts__ContractOrder *credit = order_in(other->event), *order = order_in(event->event);
        return credit != NULL && other->event->body_case == event->event->body_case &&
               id_equal(id_of(credit->obligation_id), id_of(order->obligation_id)) &&
               money_cents(money_of(credit->amount)) < 0;
}

bool correction_find_credit(const struct work *work, struct id contract, const struct act_event *event,
                            struct act_event *ret)
{
        struct walk walk;
        bool found = false;

        if (order_in(event->event) == NULL)
                return false;
        contracts_walk_history(work->txn, contract, WALK_DOWN, slice_of(NULL, 0), &walk);
        while (!found && walk_step(&walk))
                found = contracts_withdrawn_by(work->txn, walk_number(&walk)) == 0 &&
                        act_event_read(work, walk_number(&walk), ret) && takes_back(ret, event);
        walk_end(&walk);
        return found;
}

static bool offer_admits(const struct work *work, struct id contract, const Contracts__OfferRecorded *offer,
                         struct refusal *ret_refusal)
{
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, contract);
        const Contracts__AppraisalRow *row = appraisal_find(work->txn, work->arena, contract, offer->lot);
        /* Security: offers are their readers' alone. */
        return (record != NULL && offers_are_read_by(work, contract, record, row)) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "act",
                      "Les offres de ce lot ne sont ouvertes qu'à ses lecteurs : adressez-vous à l'un d'eux.");
}

bool correction_admits(const struct work *work, struct id contract, const struct act_event *event,
                       struct refusal *ret_refusal)
{
        if (event->event->body_case == CONTRACTS__EVENT__BODY_REMINDER_SENT)
                return reminder_admits(work, contract, event, ret_refusal);
        if (event->event->body_case == CONTRACTS__EVENT__BODY_EXECUTION_RESUMED)
                return resumption_admits(work, contract, event, ret_refusal);
        if (event->event->body_case == CONTRACTS__EVENT__BODY_OFFER_RECORDED)
                return offer_admits(work, contract, event->event->offer_recorded, ret_refusal);
        return true;
}
