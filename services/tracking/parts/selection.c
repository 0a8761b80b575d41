#include "services/tracking/parts/selection.h"

#include <sodium.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/codec/types.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"

#define KIND(name) TRACKING__EVENT__BODY_##name

static const struct {
        uint32_t kind;
        enum part_belongs belongs;
} rows[] = {
        {KIND(BENEFICIARY_REFERRED), PART_BY_PERSON},
        {KIND(BENEFICIARY_FILE_OPENED), PART_BY_PERSON},
        {KIND(BENEFICIARY_ERASED), PART_STAYS}, /* what is counted of her stays where she was */
        {KIND(ELIGIBILITY_DECIDED), PART_BY_PERSON},
        {KIND(ELIGIBILITY_PROPOSED), PART_BY_PERSON},
        {KIND(PROOF_SEEN), PART_BY_PERSON},
        {KIND(PROOF_WITHDRAWN), PART_BY_PERSON},
        {KIND(ELIGIBILITY_TURNED_DOWN), PART_BY_PERSON},
        {KIND(ELIGIBILITY_SUSPENDED), PART_BY_PERSON},
        {KIND(ELIGIBILITY_RESUMED), PART_BY_PERSON},
        {KIND(ELIGIBILITY_STRUCK), PART_BY_PERSON},
        {KIND(PLACEMENT_OPENED), PART_BY_PERSON},
        {KIND(PLACEMENT_ENDED), PART_BY_PERSON},
        {KIND(PLACEMENT_RECLASSIFIED), PART_BY_PERSON},
        {KIND(PLACEMENT_CHANGED), PART_BY_PERSON},
        {KIND(PLACEMENT_LINKED), PART_BY_PERSON},
        {KIND(EMPLOYER_REFERENCE_SET), PART_BY_PERSON},
        {KIND(PROFESSIONAL_NAMED), PART_BY_PERSON},
        {KIND(NAMING_WITHDRAWN), PART_BY_PERSON},
        {KIND(PRESENCE_STATED), PART_BY_PERSON},
        {KIND(PRESENCE_WITHDRAWN), PART_BY_PERSON},
        {KIND(PLACEMENT_END_CORRECTED), PART_BY_PERSON},
        {KIND(PLACEMENT_REOPENED), PART_BY_PERSON},
        {KIND(OUTCOME_RECORDED), PART_BY_PERSON},
        {KIND(HOURS_SUBMITTED), PART_BY_PLACEMENT},
        {KIND(HOURS_VALIDATED), PART_BY_PLACEMENT},
        {KIND(HOURS_TAKEN_BACK), PART_BY_PLACEMENT},
        {KIND(HOURS_RETURNED), PART_BY_PLACEMENT},
        {KIND(HOURS_SPLIT), PART_BY_PERSON},
        {KIND(HOURS_SET_TO_CHECK), PART_BY_PLACEMENT},
        {KIND(INVOICE_CONVERTED), PART_BY_INVOICE},
        {KIND(INVOICE_RECLASSIFIED), PART_BY_INVOICE},
        {KIND(INVOICE_CORRECTED), PART_BY_INVOICE},
        {KIND(INVOICE_CANCELLED), PART_BY_INVOICE},
        {KIND(CHANGED_BY_ANOTHER), PART_STAYS}, /* who is told has it from here */
        {KIND(DOCUMENT_ATTACHED), PART_BY_PERSON},
        {KIND(DOCUMENT_REMOVED), PART_BY_PERSON},
        {KIND(DOCUMENT_OPENED), PART_BY_PERSON},
        {KIND(BATCH_IMPORTED), PART_STAYS},
        {KIND(BATCH_UNDONE), PART_STAYS},
        {KIND(FILE_EXPORTED), PART_BY_PERSON},
        {KIND(IDENTITY_RECTIFIED), PART_BY_PERSON},
        {KIND(RESTRICTION_CHANGED), PART_BY_PERSON},
        {KIND(RETENTION_LOOKED), PART_BY_PERSON},
        {KIND(IDENTITY_KEYED), PART_BY_PERSON},
        {KIND(PERSON_SOUGHT), PART_BY_PERSON},
        {KIND(PERSONS_MERGED), PART_BY_PERSON},
        {KIND(PERSONS_UNMERGED), PART_BY_PERSON},
        {KIND(PERSONS_KEPT_APART), PART_BY_PERSON},
        {KIND(PROPOSAL_MADE), PART_BY_PERSON},
        {KIND(PROPOSAL_MOVED), PART_BY_PERSON},
        {KIND(PROPOSAL_CORRECTED), PART_BY_PERSON},
        {KIND(PROPOSAL_COMPANY_CHANGED), PART_BY_PERSON},
        {KIND(CONTACT_RECORDED), PART_BY_PERSON},
        {KIND(CONTACT_CORRECTED), PART_BY_PERSON},
        {KIND(ACTION_RECORDED), PART_BY_PERSON},
        {KIND(ACTION_MOVED), PART_BY_PERSON},
        {KIND(RELOCATION_PROPOSED), PART_BY_PERSON},
        {KIND(RELOCATION_ENDED), PART_BY_PERSON},
        {KIND(BENEFICIARY_RELOCATED), PART_BY_PERSON},
        {KIND(CONTROL_DRAWN), PART_STAYS}, /* a sample is of its territory; what is open holds it (beginning.c) */
        {KIND(EVIDENCE_MOVED), PART_STAYS},
        {KIND(EVIDENCE_TAKEN_BACK), PART_STAYS},
        {KIND(CONTROL_CLOSED), PART_STAYS},
        {KIND(CONTROL_REOPENED), PART_STAYS},
        {KIND(PART_MOVE_BEGUN), PART_STAYS},
        {KIND(PART_ACCEPTED), PART_STAYS},
        {KIND(PART_HELD), PART_STAYS},
        {KIND(PART_RELEASED), PART_STAYS},
        {KIND(PART_GONE), PART_STAYS},
        {KIND(PART_MOVE_CANCELLED), PART_STAYS},
        {KIND(PART_MOVE_ENDED), PART_STAYS},
        {KIND(PART_OPENED), PART_STAYS},
        {KIND(PART_TAKEN), PART_STAYS},
        {KIND(PART_CLOSED), PART_STAYS},
};

enum part_belongs part_belongs(uint32_t kind)
{
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                if (rows[i].kind == kind)
                        return rows[i].belongs;
        return PART_UNDECIDED;
}

static struct id named_by(const ProtobufCMessage *body, const char *name)
{
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(body->descriptor, name);
        if (field == NULL || field->descriptor != &types__id__descriptor || field->label == PROTOBUF_C_LABEL_REPEATED)
                return (struct id){{0}};
        return id_of(*(Types__Id *const *)(const void *)((const uint8_t *)body + field->offset));
}

struct part_named part_named(const Tracking__Event *event)
{
        struct part_named named = {0};
        const ProtobufCMessage *body = (const ProtobufCMessage *)event->beneficiary_referred; /* whichever it is */
        if (event->body_case == TRACKING__EVENT__BODY__NOT_SET || body == NULL)
                return named;
        named.person = named_by(body, "beneficiary_id");
        named.placement = named_by(body, "placement_id");
        named.proposal = named_by(body, "proposal_id");
        named.invoice = named_by(body, "invoice_id");
        return named;
}

struct id part_subject(struct txn *txn, const Tracking__Event *event, struct arena *arena)
{
        struct part_named named = part_named(event);
        struct placement placement;
        switch (part_belongs((uint32_t)event->body_case)) {
        case PART_BY_PERSON: return named.person;
        case PART_BY_PLACEMENT:
                return tracking_placement(txn, named.placement, &placement) ? placement.beneficiary : (struct id){{0}};
        case PART_BY_INVOICE:
                return tracking_invoice(txn, named.invoice, arena) != NULL ? named.invoice : (struct id){{0}};
        case PART_UNDECIDED:
        case PART_STAYS: break;
        }
        return (struct id){{0}};
}

/* The same on every machine, and for ever: it says where somebody is. */
static bool is_in_bucket(const Tracking__PartChoice *choice, struct id id)
{
        uint8_t hash[crypto_generichash_BYTES_MIN];
        if (choice->buckets == 0)
                return true;
        require(crypto_generichash(hash, sizeof(hash), id.b, sizeof(id.b), NULL, 0) == 0);
        uint32_t number = (uint32_t)hash[0] << 24 | (uint32_t)hash[1] << 16 | (uint32_t)hash[2] << 8 | hash[3];
        return number % choice->buckets == choice->bucket - 1;
}

bool part_has_person(struct txn *txn, const Tracking__PartChoice *choice, struct id person, struct arena *arena)
{
        struct id main = identity_main(txn, person);
        if (choice->of_person != NULL)
                return id_equal(identity_main(txn, id_of(choice->of_person)), main);
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(txn, main, arena);
        return row != NULL && strcmp(row->territory, choice->of_territory) == 0 && is_in_bucket(choice, main);
}

bool part_has_invoice(const Tracking__PartChoice *choice, struct id invoice, const char *territory)
{
        return choice->of_person == NULL && strcmp(territory, choice->of_territory) == 0 &&
               is_in_bucket(choice, invoice);
}
