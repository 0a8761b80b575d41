/* RectifyIdentity: an identity is set right. The one before stays in the file, sealed, with who changed it and why.
 * Those who had opened the file are told, without a word of it. Caller: a facilitator of the person's territory,
 * its data protection officer. Emits IdentityRectified. */
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/known.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/privacy/person_file.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

enum { RECTIFICATIONS_MAX = 32, TOLD_MAX = 16 };

static bool is_sound(const struct work *work, const Tracking__RectifyIdentity *command, struct refusal *ret)
{
        Tracking__ReferBeneficiary referral = TRACKING__REFER_BENEFICIARY__INIT;
        referral.identity = command->identity;
        return referral_is_sound(&referral, work->today, ret) && reason_is_sound(command->reason, ret);
}

/* Both, each sealed by itself. */
static int seal_parts(struct work *work, const Tracking__RectifyIdentity *command, Tracking__Identity *before,
                      struct slice *ret)
{
        struct id id = id_of(command->beneficiary_id);
        struct slice identity, rectified;
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        Tracking__Rectification rectification = TRACKING__RECTIFICATION__INIT;
        Tracking__RectifiedParts parts = TRACKING__RECTIFIED_PARTS__INIT;
        content.content_case = TRACKING__SEALED__CONTENT_IDENTITY;
        content.identity = command->identity;
        int err = work_seal(work, id, &content, &identity);
        if (err != 0)
                return err;
        rectification.before = before;
        rectification.reason = command->reason;
        rectification.decided_by = work->actor->user;
        rectification.decided_by_account = id_to(work->arena, passport_account(work->actor));
        rectification.at = instant_to(work->arena, work->now_ms);
        content.content_case = TRACKING__SEALED__CONTENT_RECTIFICATION;
        content.rectification = &rectification;
        err = work_seal(work, id, &content, &rectified);
        if (err != 0)
                return err;
        struct known_list known;
        parts.digests = digests_of(tracking_of(work)->digests, command->identity, work->arena);
        known_find(work->txn, parts.digests, &known);
        digests_pair(parts.digests, &known, id, work->arena);
        parts.sealed_identity = pb_bytes(identity);
        parts.sealed_rectification = pb_bytes(rectified);
        *ret = pb_encode(&parts, work->arena);
        return 0;
}

static bool is_told(const Types__ChangedByAnother *change, struct id account)
{
        for (size_t i = 0; i < change->n_accounts; i++)
                if (id_equal(id_of(change->accounts[i]), account))
                        return true;
        return false;
}

/* The accounts that had opened her file, the last ones: they may act on what was wrong. */
static void add_readers(const struct work *work, struct id id, Types__ChangedByAnother *change)
{
        struct walk walk;
        struct id own = passport_account(work->actor);
        tracking_readings(work->txn, id, slice_of(NULL, 0), &walk);
        while (change->n_accounts < TOLD_MAX && walk_step(&walk)) {
                const Tracking__ReadingRow *row = tracking_reading(work->txn, walk_number(&walk), work->arena);
                if (row == NULL || row->sought || row->account == NULL || id_equal(id_of(row->account), own) ||
                    is_told(change, id_of(row->account)))
                        continue;
                change->accounts =
                        pb_append(change->accounts, &change->n_accounts, sizeof(*change->accounts), work->arena);
                change->accounts[change->n_accounts - 1] = row->account;
        }
        walk_end(&walk);
}

static void tell_readers(struct work *work, struct id id, char **territory)
{
        Types__ChangedByAnother change = TYPES__CHANGED_BY_ANOTHER__INIT;
        char text[ID_TEXT_SIZE];
        id_format(id, text);
        add_readers(work, id, &change);
        if (change.n_accounts == 0)
                return;
        change.thing = arena_printf(work->arena, "l'identité du dossier %s", text);
        change.after = arena_text(work->arena, "rectifiée : relisez le dossier avant de vous en servir");
        change.territories = territory;
        change.n_territories = 1;
        change.is_local = true;
        work_record(work, &change.base);
}

struct reply handle_rectify_identity(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__RectifyIdentity *command = (const Tracking__RectifyIdentity *)message;
        struct id id = id_of(command->beneficiary_id);
        struct refusal refusal;
        struct slice sealed;
        Tracking__Sealed *before;

        Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        if (row == NULL)
                return reply_no_beneficiary(work);
        if (!is_sound(work, command, &refusal))
                return reply_refusal(work, &refusal);
        if (row->n_sealed_rectifications >= RECTIFICATIONS_MAX)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                                    "L'identité a déjà été rectifiée %d fois : prévenez l'exploitant du réseau.",
                                    RECTIFICATIONS_MAX);
        int err = person_file_content(work, id, pb_slice(row->sealed_identity), TRACKING__SEALED__CONTENT_IDENTITY,
                                      &before);
        if (err == 0)
                err = seal_parts(work, command, before->identity, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__IdentityRectified rectified = TRACKING__IDENTITY_RECTIFIED__INIT;
        rectified.beneficiary_id = command->beneficiary_id;
        rectified.territory = row->territory;
        rectified.prescriber = row->prescriber;
        work_record_sealed(work, &rectified.base, sealed);
        tell_readers(work, id, &row->territory);
        return reply_ok(work, pb_new(&tracking__rectify_identity_reply__descriptor, work->arena));
}
