/* Is somebody known already? Asked of one partition with a name, or with a file, of the others with a ticket. */
#include "common/service/page.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/known.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/referral.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

/* KnownPerson: who may be this person, here; and the ticket for the other partitions. A command, because who asked, and
 * why, is kept: of each file that was found, or that none was. The identity is not. Caller: a prescriber, a facilitator
 * of the territory. Emits PersonSought. Its reply is never stored. */
static void record_found(struct work *work, Types__Id *beneficiary, const char *territory, char *reason_code)
{
        Tracking__PersonSought sought = TRACKING__PERSON_SOUGHT__INIT;
        sought.beneficiary_id = beneficiary;
        sought.territory = arena_text(work->arena, territory);
        sought.reason_code = reason_code;
        work_record(work, &sought.base);
}

static void record_question(struct work *work, const char *territory, char *reason_code, const struct known_list *known)
{
        for (size_t i = 0; i < known->count; i++) {
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, known->at[i].id, work->arena);
                if (row != NULL)
                        record_found(work, id_to(work->arena, known->at[i].id), row->territory, reason_code);
        }
        if (known->count == 0)
                record_found(work, NULL, territory, reason_code);
}

struct reply handle_known_person(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__KnownPerson *command = (const Tracking__KnownPerson *)message;
        const struct digest_maker *maker = tracking_of(work)->digests;
        Tracking__ReferBeneficiary referral = TRACKING__REFER_BENEFICIARY__INIT;
        struct known_list known;
        struct refusal refusal;

        referral.identity = command->identity;
        if (!referral_is_sound(&referral, work->today, &refusal) ||
            !referral_may_be_given(work, command->territory, NULL, &refusal))
                return reply_refusal(work, &refusal);
        Tracking__PersonDigests *digests = digests_of(maker, command->identity, work->arena);
        known_find(work->txn, digests, &known);
        Tracking__KnownPersonReply *reply = pb_new(&tracking__known_person_reply__descriptor, work->arena);
        reply->known = arena_alloc(work->arena, KNOWN_MAX * sizeof(*reply->known));
        reply->n_known = known_lines(work, &known, reply->known);
        reply->ticket = pb_bytes(ticket_make(work, maker, digests));
        record_question(work, command->territory, command->reason_code, &known);
        return reply_ok(work, reply);
}

/* All but her own files, those that are merged with this one too. */
static void leave_out(const struct work *work, struct id id, struct known_list *known)
{
        struct id person = identity_main(work->txn, id);
        size_t count = 0;
        for (size_t i = 0; i < known->count; i++)
                if (!id_equal(identity_main(work->txn, known->at[i].id), person))
                        known->at[count++] = known->at[i];
        known->count = count;
}

static void put_files(struct work *work, struct id id, Tracking__SeekDoublesReply *reply)
{
        struct files files = identity_files(work->txn, id);
        reply->files = arena_alloc(work->arena, files.count * sizeof(*reply->files));
        for (size_t i = 0; i < files.count; i++) {
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, files.at[i], work->arena);
                if (row != NULL && passport_covers(work->actor, row->territory))
                        reply->files[reply->n_files++] = id_to(work->arena, files.at[i]);
        }
}

/* SeekDoubles: who may be the person of this file, here; and the ticket for the other partitions. Her identity is
 * unsealed for that and told to nobody. A command, as KnownPerson; a reading of this file and of each that was found.
 * Caller: a facilitator of the file's territory. Emits PersonSought. Its reply is never stored. */
struct reply handle_seek_doubles(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__SeekDoubles *command = (const Tracking__SeekDoubles *)message;
        const struct digest_maker *maker = tracking_of(work)->digests;
        struct id id = id_of(command->beneficiary_id);
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        struct known_list known;
        int err;

        if (row == NULL)
                return reply_no_beneficiary(work);
        const Tracking__Sealed *content =
                work_unseal(work, id, pb_slice(row->sealed_identity), &tracking__sealed__descriptor, &err);
        if (content == NULL || content->content_case != TRACKING__SEALED__CONTENT_IDENTITY)
                return reply_sealed(work, content == NULL ? err : ERR_FORGED);
        Tracking__PersonDigests *digests = digests_of(maker, content->identity, work->arena);
        known_find(work->txn, digests, &known);
        leave_out(work, id, &known);
        Tracking__SeekDoublesReply *reply = pb_new(&tracking__seek_doubles_reply__descriptor, work->arena);
        reply->known = arena_alloc(work->arena, KNOWN_MAX * sizeof(*reply->known));
        reply->n_known = known_lines(work, &known, reply->known);
        reply->ticket = pb_bytes(ticket_make(work, maker, digests));
        put_files(work, id, reply);
        record_found(work, command->beneficiary_id, row->territory, command->reason_code);
        if (known.count > 0)
                record_question(work, row->territory, command->reason_code, &known);
        return reply_ok(work, reply);
}

/* KnownElsewhere: who may be the one of the ticket, in this partition. Caller: who has just asked KnownPerson. */
struct reply handle_known_elsewhere(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__KnownElsewhere *query = (const Tracking__KnownElsewhere *)message;
        Tracking__KnownElsewhereReply *reply = pb_new(&tracking__known_elsewhere_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        Tracking__KnownPersonLine *lines[KNOWN_MAX];
        struct known_list known;
        struct refusal refusal;

        const Tracking__PersonDigests *asked =
                ticket_open(work, tracking_of(work)->digests, pb_slice(query->ticket), &refusal);
        if (asked == NULL)
                return reply_refusal(work, &refusal);
        if (page.after.size > 0)
                return page_refuse(work); /* a partition's answer is one page */
        known_find(work->txn, asked, &known);
        size_t count = known_lines(work, &known, lines);
        for (size_t i = 0; i < count; i++)
                page_add(&page, lines[i]);
        return page_reply(&page);
}
